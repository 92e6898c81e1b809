"""Knows how a practice folder is made, looked at, unlocked and locked: whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import DamagedDatabase, NoSuchMember, WrongPassphrase
from desktop.storage.engine import Engines, open_engines, refuse_plain, require_known_schema
from desktop.storage.faults import SPACE_FOR_A_STEP, explained, fit_to_hold
from desktop.storage.head_file import HeadFile
from desktop.storage.machine import HeldLock
from desktop.storage.opened import Opened, Surroundings
from desktop.storage.opening import Before, look_before, mark_open, mark_refused
from desktop.storage.practice_layout import DATABASE, LOCK, MARKER, Layout, Reserve
from desktop.storage.rekeying import finish
from desktop.storage.vault.attempts import Attempts
from desktop.storage.vault.calibrate import calibrate
from desktop.storage.vault.keyfile import KeyFile, fit_name, read_key_file, write_key_file
from desktop.storage.vault.keyring import KeyRing, found, unlock
from desktop.storage.vault.kit import open_with_kit, recovered
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Credentials, Factor

if TYPE_CHECKING:
    from desktop.services.ports import Ids

__all__ = ["First", "Opened", "Surroundings", "create", "keep_recovered", "open_by_kit", "open_practice"]


@dataclass(frozen=True, slots=True)
class First:
    """The first member of a new practice."""

    name: str
    passphrase: str = field(repr=False)


def _keys_for(
    layout: Layout, member: str, given: Credentials, around: Surroundings
) -> tuple[KeyFile, KeyRing]:
    keys = read_key_file(layout.folder)
    holder = keys.current.member(member)
    if holder is None:
        raise NoSuchMember
    attempts = Attempts(layout.folder, around.disk)
    wait = attempts.begin(holder.id, around.clock.now())
    try:
        ring = unlock(keys, holder.id, given.passphrase, given.factor)
    except WrongPassphrase:
        raise WrongPassphrase(wait) from None
    except HoldfastError:
        attempts.clear(holder.id)  # whatever it was, it was not a wrong passphrase
        raise
    attempts.clear(holder.id)
    return keys, ring


def _open_marked(layout: Layout, heads: HeadFile, before: Before, ring: KeyRing) -> Engines:
    mark_open(heads, before)
    try:
        return open_engines(layout.database, ring.page_key)
    except BaseException:
        with contextlib.suppress(HoldfastError):
            mark_refused(layout, heads, before)
        raise


Unlocking = Callable[[], tuple[KeyFile, KeyRing]]


def _open_held(layout: Layout, around: Surroundings, lock: HeldLock, unlocking: Unlocking) -> Opened:
    layout.require_writable(around.disk)
    reserve = Reserve(layout, around.disk, around.reserve_bytes)
    gave_up = reserve.require_space()
    keys, ring = unlocking()
    heads = HeadFile(layout.folder, ring, around.disk)
    try:
        before = look_before(layout, heads)
        keys = finish(layout, keys, ring, around)
        schema = require_known_schema(layout.database, ring.page_key, around.known_schema)
        engines = _open_marked(layout, heads, before, ring)
    except BaseException:
        ring.wipe()
        raise
    layout.sweep(around.disk)
    if not gave_up:
        reserve.renew()
    return Opened(layout.folder, ring, engines, schema, around, lock, keys, gave_up, before=before)


def open_practice(
    folder: Path, member: str, passphrase: str, around: Surroundings, factor: Factor | None = None
) -> Opened:
    """Unlock a practice as a member, named by id or name.

    Refusals come before anything is written to the database, its log or the key file: NoPractice, UnfinishedPractice,
    MissingKeyFile, DamagedKeyFile, NewerKeyFile, MissingDatabase, PlainDatabase, DamagedDatabase, NewerDatabase,
    SyncedFolder, NetworkFolder, FolderNotWritable, NoLocks, AnotherInstance, DiskFull, NoSuchMember, TooManyTries,
    WrongPassphrase, SecondFactorNeeded, WrongSecondFactor, NotEnoughMemory, NotSafeHere, DamagedHead,
    TrailRefused. Takes about a second, for the passphrase; as long as a copy of the database where a change of keys
    was broken off.
    """
    given = Credentials(passphrase, factor)
    layout = Layout(folder)
    opened = _open(layout, around, lambda: _keys_for(layout, member, given, around))
    opened.factor = factor
    return opened


def open_by_kit(folder: Path, kit: Secret, member: str, given: Credentials, around: Surroundings) -> Opened:
    """Unlock with the recovery kit: the member named gets a new passphrase, a key file only if one is given.

    Their own keys are new, and the slot they had before is gone, once `keep_recovered` was called: until then the key
    file is as it was. KitOfAnother, NoSuchMember, PassphraseTooShort, and what `open_practice` raises but for what it
    says of passphrases.
    """
    check_new(given.passphrase)
    layout = Layout(folder)

    def unlocking() -> tuple[KeyFile, KeyRing]:
        keys = read_key_file(layout.folder)
        ring = open_with_kit(keys, kit)
        settled = finish(layout, keys, ring, around)
        holder = settled.member(member)
        if holder is None:
            raise NoSuchMember
        return recovered(settled, ring, holder.id, given, around.cost or calibrate())

    opened = _open(layout, around, unlocking)
    opened.factor = given.factor
    return opened


def prove(opened: Opened, passphrase: str) -> None:
    """Ask for the passphrase of who unlocked once more; each try counts. WrongPassphrase, TooManyTries.

    A key file that was asked for at unlock is not asked for again: it was here, and nothing was closed since.
    """
    given = Credentials(passphrase, opened.factor)
    _, ring = _keys_for(Layout(opened.folder), opened.member_id, given, opened.around)
    ring.wipe()


def keep_recovered(opened: Opened) -> None:
    """Put the new slot in place, and forget how often the passphrase before it was wrong. DiskFull, DiskTrouble."""
    opened.keep(opened.keys)
    Attempts(opened.folder, opened.around.disk).clear(opened.member_id)


def _open(layout: Layout, around: Surroundings, unlocking: Unlocking) -> Opened:
    layout.require_whole()
    around.machine.refuse_place(layout.folder)
    refuse_plain(layout.database)
    with explained():
        if layout.database.stat().st_size == 0 and not layout.file(DATABASE + "-wal").exists():
            raise DamagedDatabase
    layout.require_writable(around.disk)
    lock = around.machine.take_lock(layout.file(LOCK), around.clock.now())
    try:
        return _open_held(layout, around, lock, unlocking)
    except BaseException:
        lock.release()
        raise


Fill = Callable[[Opened], None]


def create(folder: Path, first: First, ids: Ids, around: Surroundings, fill: Fill) -> Opened:
    """Make a practice in a new or empty folder, and leave it unlocked by its first member.

    `fill` makes the tables and the first records; only after it has come back is the key file put in place, in one
    step, and the practice exists. If anything fails before, all that was made is removed; after a kill, what is left
    is recognised (UnfinishedPractice) and cleared away by the next `create`. Raises PassphraseTooShort, NameUnusable,
    AlreadyAPractice, FolderNotEmpty, UnfitFolder, SyncedFolder, NetworkFolder, FolderNotWritable, AnotherInstance,
    NoLocks, DiskFull.
    """
    check_new(first.passphrase)
    fit_name(first.name)
    layout = Layout(folder)
    layout.require_fit_for_new()
    around.machine.refuse_place(folder)
    with explained(), fit_to_hold():
        made_folder = around.disk.make_folder(folder)
    try:
        layout.require_writable(around.disk)
        lock = around.machine.take_lock(layout.file(LOCK), around.clock.now())
    except BaseException:
        _take_back(layout, around, made_folder)
        raise
    try:
        # Again, now that nobody else can be at it.
        layout.require_fit_for_new()
        return _create_held(layout, first, ids, around, fill, lock)
    except BaseException:
        lock.release()
        _take_back(layout, around, made_folder)
        raise


def _take_back(layout: Layout, around: Surroundings, made_folder: bool) -> None:
    if made_folder:
        with contextlib.suppress(OSError):
            around.disk.remove(layout.file(LOCK))
            layout.folder.rmdir()


def _create_held(
    layout: Layout, first: First, ids: Ids, around: Surroundings, fill: Fill, lock: HeldLock
) -> Opened:
    disk, reserve = around.disk, Reserve(layout, around.disk, around.reserve_bytes)
    opened: Opened | None = None
    needed = reserve.size + SPACE_FOR_A_STEP
    try:
        with explained(needed):
            layout.clear_remains(disk)
            free = disk.free(layout.folder)
            if free < needed:
                raise DiskFull(needed, free)
            with contextlib.suppress(OSError):
                layout.folder.chmod(0o700)
            disk.write_new(layout.file(MARKER), b"")
            disk.sync_folder(layout.folder)
            reserve.make()
            disk.write_new(layout.database, b"")
        keys, ring = found(ids.new(), ids.new(), first.name, first.passphrase, around.cost or calibrate())
        opened = Opened(layout.folder, ring, open_engines(layout.database, ring.page_key), 0, around, lock, keys)
        with explained(needed):
            fill(opened)
            disk.sync_folder(layout.folder)
        write_key_file(layout.folder, opened.keys, disk)  # `fill` may have given others a slot
    except BaseException:
        if opened is not None:
            opened.engines.close()
            opened.ring.wipe()
        with contextlib.suppress(OSError):
            layout.clear_remains(disk)
        raise
    layout.sweep(disk)  # from here on the practice exists, with or without its marker
    return opened
