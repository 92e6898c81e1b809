"""Knows how a practice folder is made, looked at, unlocked and locked: whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import DamagedDatabase, NoSuchMember, PracticeLocked, WrongPassphrase
from desktop.storage.disk import Disk
from desktop.storage.engine import Engines, open_engines, refuse_plain, require_known_schema
from desktop.storage.faults import SPACE_FOR_A_STEP, explained, fit_to_hold
from desktop.storage.machine import HeldLock, Machine
from desktop.storage.practice_layout import DATABASE, LOCK, MARKER, RESERVE_BYTES, Layout, Reserve
from desktop.storage.vault.attempts import Attempts
from desktop.storage.vault.calibrate import calibrate
from desktop.storage.vault.keyfile import KeyFile, fit_name, read_key_file, write_key_file
from desktop.storage.vault.keyring import KeyRing, found, unlock, with_member, with_name
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.primitives import Cost

if TYPE_CHECKING:
    from desktop.services.ports import Clock, Ids


@dataclass(frozen=True, slots=True)
class First:
    """The first member of a new practice."""

    name: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a practice is opened in. known_schema: the highest schema number that this program reads.

    cost: what a new slot's passphrase costs; None measures this machine. reserve_bytes: the space held back.
    """

    machine: Machine
    clock: Clock
    known_schema: int
    disk: Disk = field(default_factory=Disk)
    cost: Cost | None = None
    reserve_bytes: int = RESERVE_BYTES


@dataclass(slots=True)
class Opened:
    """An unlocked practice: its keys, its engines, and the lock that keeps others out. `close` locks it again.

    schema: the number found at opening. gave_reserve_up: the disk was so full that the reserve was freed to open.
    """

    folder: Path
    ring: KeyRing
    engines: Engines
    schema: int
    around: Surroundings
    lock: HeldLock
    keys: KeyFile
    gave_reserve_up: bool = False
    closed: bool = False

    @property
    def practice_id(self) -> str:
        """The practice's identifier."""
        return self.ring.practice_id

    @property
    def member_id(self) -> str:
        """Who unlocked."""
        return self.ring.member_id

    @property
    def reserve(self) -> Reserve:
        """The space held back."""
        return Reserve(Layout(self.folder), self.around.disk, self.around.reserve_bytes)

    def add_member(self, member_id: str, name: str, passphrase: str) -> None:
        """Give somebody a slot of their own. MemberHasSlot, PassphraseTooShort, DiskFull; all or nothing."""
        if self.closed:
            raise PracticeLocked
        keys = with_member(self.keys, self.ring, member_id, name, passphrase, self.around.cost or calibrate())
        write_key_file(self.folder, keys, self.around.disk)
        self.keys = keys

    def rename_member(self, member_id: str, name: str) -> None:
        """Show another name at unlock. NoSuchMember, MemberHasSlot, NameUnusable, DiskFull; all or nothing."""
        if self.closed:
            raise PracticeLocked
        keys = with_name(self.keys, self.ring, member_id, name)
        write_key_file(self.folder, keys, self.around.disk)
        self.keys = keys

    def prove(self, passphrase: str) -> None:
        """Ask for the passphrase of who unlocked once more; each try counts. WrongPassphrase, TooManyTries."""
        _, ring = _keys_for(Layout(self.folder), self.member_id, passphrase, self.around)
        ring.wipe()

    def close(self) -> None:
        """Close the database, forget the keys, let the folder go; may be called twice."""
        if self.closed:
            return
        self.closed = True
        try:
            self.engines.close()
        finally:
            self.ring.wipe()
            self.lock.release()


def _keys_for(layout: Layout, member: str, passphrase: str, around: Surroundings) -> tuple[KeyFile, KeyRing]:
    keys = read_key_file(layout.folder)
    holder = keys.member(member)
    if holder is None:
        raise NoSuchMember
    attempts = Attempts(layout.folder, around.disk)
    wait = attempts.begin(holder.id, around.clock.now())
    try:
        ring = unlock(keys, holder.id, passphrase)
    except WrongPassphrase:
        raise WrongPassphrase(wait) from None
    except HoldfastError:
        attempts.clear(holder.id)  # whatever it was, it was not a wrong passphrase
        raise
    attempts.clear(holder.id)
    return keys, ring


def _open_held(
    layout: Layout, member: str, passphrase: str, around: Surroundings, lock: HeldLock
) -> Opened:
    layout.require_writable(around.disk)
    reserve = Reserve(layout, around.disk, around.reserve_bytes)
    gave_up = reserve.require_space()
    keys, ring = _keys_for(layout, member, passphrase, around)
    try:
        schema = require_known_schema(layout.database, ring.page_key, around.known_schema)
        engines = open_engines(layout.database, ring.page_key)
    except BaseException:
        ring.wipe()
        raise
    layout.sweep(around.disk)
    if not gave_up:
        reserve.renew()
    return Opened(layout.folder, ring, engines, schema, around, lock, keys, gave_up)


def open_practice(folder: Path, member: str, passphrase: str, around: Surroundings) -> Opened:
    """Unlock a practice as a member, named by id or name.

    Refusals come before anything is written to the database, its log or the key file: NoPractice, UnfinishedPractice,
    MissingKeyFile, DamagedKeyFile, NewerKeyFile, MissingDatabase, PlainDatabase, DamagedDatabase, NewerDatabase,
    SyncedFolder, NetworkFolder, FolderNotWritable, NoLocks, AnotherInstance, DiskFull, NoSuchMember, TooManyTries,
    WrongPassphrase, SecondFactorNeeded, NotEnoughMemory, NotSafeHere. Takes about a second, for the passphrase.
    """
    layout = Layout(folder)
    layout.require_whole()
    around.machine.refuse_place(folder)
    refuse_plain(layout.database)
    with explained():
        if layout.database.stat().st_size == 0 and not layout.file(DATABASE + "-wal").exists():
            raise DamagedDatabase
    layout.require_writable(around.disk)
    lock = around.machine.take_lock(layout.file(LOCK), around.clock.now())
    try:
        return _open_held(layout, member, passphrase, around, lock)
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
        write_key_file(layout.folder, keys, disk)
    except BaseException:
        if opened is not None:
            opened.engines.close()
            opened.ring.wipe()
        with contextlib.suppress(OSError):
            layout.clear_remains(disk)
        raise
    layout.sweep(disk)  # from here on the practice exists, with or without its marker
    return opened
