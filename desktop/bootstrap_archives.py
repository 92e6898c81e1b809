"""Knows the real way to archives: of an unlocked practice, and out of a file on a machine that has nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.domain.errors import Known
from desktop.domain.errors_archive import MissingKeyCopy, NoArchive, OlderArchive
from desktop.domain.errors_practice import DamagedKeyFile
from desktop.domain.words import tr
from desktop.services.ports_archives import (
    Answer,
    ArchiveDoor,
    ArchiveLog,
    Archives,
    Checked,
    Restored,
    RestoreWish,
    Run,
    RunKind,
)

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.services.desk import Desk
    from desktop.services.ports import Clock, Resources
    from desktop.services.ports_archives import Report
    from desktop.services.practice import LastArchive
    from desktop.storage.archive.manifest import Manifest
    from desktop.storage.archive.restoring import Wanted
    from desktop.storage.archive.room import Room
    from desktop.storage.head_file import HeadFile
    from desktop.storage.practice_folder import Opened, Surroundings
    from desktop.storage.unit import SqlStore
    from desktop.storage.vault.keyfile import KeyFile
    from desktop.storage.vault.keyring import KeyRing
    from desktop.storage.vault.slots import Factor

_MOST_OF_A_KEY_FILE = 1 << 16


class InnerDoor(Protocol):
    """What archives need of the way to a practice."""

    def archives(self, desk: Desk) -> Room:
        """The archives of the practice at a desk. PracticeLocked."""

    def around(self) -> Surroundings:
        """What a practice is opened in."""

    def store(self, opened: Opened) -> tuple[SqlStore, HeadFile]:
        """The store of an unlocked practice that has no desk yet."""


def _key_copy(archive: Path) -> KeyFile:
    from desktop.storage.archive.shelf import key_copy_of
    from desktop.storage.vault.keyfile import MOST_BYTES, parse

    if not archive.is_file():
        raise NoArchive
    try:
        with key_copy_of(archive).open("rb") as file:
            return parse(file.read(MOST_BYTES + 1))
    except (OSError, DamagedKeyFile):
        raise MissingKeyCopy from None


def _factor(key_file: Path | None) -> Factor | None:
    from desktop.storage.vault.factor import read_factor

    if key_file is None:
        return None
    try:
        with key_file.open("rb") as file:
            return read_factor(file.read(_MOST_OF_A_KEY_FILE))
    except (OSError, ValueError):
        raise Known(
            tr("The key file cannot be read; perhaps its stick was taken out."), tr("Nothing was changed."),
            tr("Put the stick in and choose the key file again."),
        ) from None  # fmt: skip


def last_archive(folder: Path, now: Moment, resources: Resources) -> LastArchive:
    """What the side file of a practice says of its archives, for the unlock screen."""
    from desktop.services.archives import before_unlocking, policy_of
    from desktop.storage.archive.log import read_log

    return before_unlocking(read_log(folder), now.utc, policy_of(resources))


class RealArchiveDoor(ArchiveDoor):
    """An ArchiveDoor over the real vault, database and machine."""

    def __init__(self, door: InnerDoor, clock: Clock, runtime: Callable[[], Path]) -> None:
        self._door, self._clock, self._runtime = door, clock, runtime

    def of(self, desk: Desk) -> Archives:
        """The archives of the practice at a desk. PracticeLocked."""
        return self._door.archives(desk)

    def known(self, folder: Path) -> ArchiveLog:
        """What the side file of a practice folder says, without a passphrase; it is not confirmed."""
        from desktop.storage.archive.log import read_log

        return read_log(folder)

    def digest(self, archive: Path, report: Report) -> str:
        """The SHA-256 of an archive's file, in hex, as `sha256sum` shows it; '' where it cannot be read."""
        from desktop.storage.digesting import sha256_of

        try:
            return sha256_of(archive, lambda done, total: report(done, total, tr("Reading the archives…")))
        except OSError:
            return ""

    def members_beside(self, archive: Path) -> tuple[str, ...]:
        """The names in the key file that lies beside an archive. MissingKeyCopy, NoArchive."""
        return tuple(sorted(member.name for member in _key_copy(archive).members))

    def verify_with_kit(self, archive: Path, kit: str, report: Report) -> Checked:
        """Read an archive to its end with a recovery kit alone. KitMistyped, WrongKit ..."""
        from desktop.storage.archive.agefile import identity_of
        from desktop.storage.archive.keeping import checked
        from desktop.storage.archive.kit_opening import open_with_kit
        from desktop.storage.archive.reading import read_archive
        from desktop.storage.vault.kit import read_kit

        self._door.around()
        began = time.perf_counter()
        with read_kit(kit) as secret:
            identity = identity_of(secret)
            found = read_archive(archive, identity, lambda keys: open_with_kit(keys, secret), report=report)
        found.page_key.wipe()
        found.ring.wipe()
        return checked(archive, found.manifest, time.perf_counter() - began)

    def _wanted(self, wish: RestoreWish) -> Wanted:
        from desktop.storage.archive.agefile import identity_of, own_identities, ring_of
        from desktop.storage.archive.kit_opening import open_with_kit
        from desktop.storage.archive.restoring import Wanted
        from desktop.storage.archive.shelf import newest_beside
        from desktop.storage.vault.keyring import unlock
        from desktop.storage.vault.kit import read_kit

        if wish.kit:
            secret = read_kit(wish.kit)
            newest = newest_beside(wish.archive)
            return Wanted(
                wish.archive, identity_of(secret), lambda keys: open_with_kit(keys, secret), newest, wish.older
            )
        keys = _key_copy(wish.archive)
        newest = newest_beside(wish.archive)
        ring = unlock(keys, wish.member, wish.passphrase, _factor(wish.key_file))
        return Wanted(wish.archive, own_identities(ring), partial(ring_of, ring), newest, wish.older)

    def restore(self, wish: RestoreWish, report: Report) -> Restored:
        """Make a practice folder out of an archive, whole or not at all.

        KitMistyped, WrongKit, MissingKeyCopy, WrongPassphrase, RestoreInTheWay, SyncedFolder, NetworkFolder, and what
        reading and comparing find.
        """
        from desktop.storage.archive.restoring import restore

        around = self._door.around()
        began = time.perf_counter()
        around.machine.refuse_place(wish.target)
        if not wish.archive.is_file():
            raise NoArchive
        wanted = self._wanted(wish)
        self._require_newest(wish, wanted)
        found = restore(
            wanted, wish.target.absolute(), around.known_schema, around.disk,
            lambda folder, keys, ring, made: self._settle(folder, keys, ring, made, wish.archive), report,
        )  # fmt: skip
        made = found.manifest
        seconds = time.perf_counter() - began
        return Restored(wish.target, made.practice_id, made.counter, made.made, made.rows, seconds)

    def listen(self, desk: Desk, answer: Callable[[], Answer]) -> Callable[[], None]:
        """Answer commands of this user that ask for the scheduled archive; call what comes back to end."""
        from desktop.system.handover import Listener, socket_of

        return Listener(socket_of(self._runtime(), self._door.archives(desk).folder), answer).close

    def hand_over(self, folder: Path) -> Answer | None:
        """Ask the program that has a practice open for its scheduled archive; None where none answers."""
        from desktop.system.handover import ask, socket_of

        return ask(socket_of(self._runtime(), folder))

    def _require_newest(self, wish: RestoreWish, wanted: Wanted) -> None:
        """Said at once where the name tells it; the number inside is looked at again."""
        from desktop.storage.archive.shelf import counter_of

        named = counter_of(wish.archive)
        if not wish.older and 0 < named < wanted.newest:
            raise OlderArchive(named, wanted.newest)

    def _settle(self, folder: Path, keys: KeyFile, ring: KeyRing, made: Manifest, archive: Path) -> None:
        """Write the line "restored from", the head and the log of a practice that has no name yet."""
        from desktop.storage.engine import open_engines
        from desktop.storage.migrations.runner import migrate
        from desktop.storage.practice_folder import Opened
        from desktop.storage.practice_layout import DATABASE, LOCK

        around = self._door.around()
        lock = around.machine.take_lock(folder / LOCK, self._clock.now())
        opened = Opened(folder, ring, open_engines(folder / DATABASE, ring.page_key), made.schema, around, lock, keys)
        try:
            if made.schema < around.known_schema:
                with opened.engines.separate() as connection:
                    migrate(connection)
            self._write_line(opened, made, archive)
        finally:
            opened.close()

    def _write_line(self, opened: Opened, made: Manifest, archive: Path) -> None:
        from desktop.domain.audience import Owner
        from desktop.domain.records import Act, AuditEntry
        from desktop.storage.archive.kit_opening import KIT_HOLDER
        from desktop.storage.archive.log import write_log
        from desktop.storage.archive.shelf import MARK

        now, ring = self._clock.now(), opened.ring
        store, heads = self._door.store(opened)
        detail = tr("restored from archive {n} of {made}", n=made.counter, made=f"{made.made:%Y-%m-%d %H:%M} UTC")
        owner = Owner.practice(ring.practice_id)
        with store.write() as unit:
            who = ring.member_id or KIT_HOLDER
            unit.audit(AuditEntry(Act.RESTORE, who, "practice", ring.practice_id, owner, now, detail=detail))
        head = store.head()
        heads.write(head)
        store.close()
        place = archive.parent.absolute()
        run = Run(RunKind.RESTORE, now.utc, True, str(place), archive.name, made.counter)
        # It was read to its end and compared just now: no other archive is due that could push it out.
        places = (str(place),) if (place / MARK).is_file() else ()
        log = ArchiveLog(made.counter, head.number, places, (run,), run, run)
        write_log(opened.folder, log, ring, opened.around.disk)
