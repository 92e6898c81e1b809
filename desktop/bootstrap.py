"""Knows how the rooms are introduced to each other: the only place where they meet.

What takes time to load (SQLAlchemy, the cryptography, reportlab, Qt) is imported when it is first needed.

    program = Program(Settings())
    desk = program.door.unlock(folder, member_id, passphrase)
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.bootstrap_keys import KeyedDoor, check_signature, note
from desktop.domain.errors import HoldfastError, Known, NotAllowed
from desktop.domain.people import Member, Role, initials_of
from desktop.domain.words import tr
from desktop.services.practice import Finding, LastArchive, MemberName, PracticePeek
from desktop.system.clock import MachineClock
from desktop.system.ids import MachineIds
from desktop.system.resources import Resources

if TYPE_CHECKING:
    from desktop.cli.kit import Kit
    from desktop.domain.integrity import Flaw
    from desktop.services.desk import Desk
    from desktop.services.ports import Clock, Ids
    from desktop.services.ports_archives import ArchiveDoor
    from desktop.services.ports_carry import CarryDoor
    from desktop.services.ports_paper import PaperPress
    from desktop.storage.archive.room import Room
    from desktop.storage.head_file import HeadFile
    from desktop.storage.practice_folder import Opened, Surroundings
    from desktop.storage.unit import SqlStore
    from desktop.system.folders import Folders
    from desktop.system.logs import EventLog

VERSION = "0.1.0"
SMALL_RESERVE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """What a start may choose.

    root: where state, run-time files and logs lie; None for the machine's own places. cheap_keys: the least costly
    passphrase there may be, for practices that are thrown away; reserve: bytes held back, None for the usual.
    """

    clock: Clock = field(default_factory=MachineClock)
    ids: Ids = field(default_factory=MachineIds)
    root: Path | None = None
    cheap_keys: bool = False
    reserve: int | None = None


@dataclass(slots=True)
class _Open:
    """An unlocked practice, behind its desk."""

    opened: Opened
    store: SqlStore
    heads: HeadFile
    flaws: tuple[Flaw, ...] = ()
    archives: Room | None = None


class RealDoor(KeyedDoor):
    """A Door over the real vault, database and machine. press: asked for when the first desk is made."""

    def __init__(self, settings: Settings, resources: Resources, press: Callable[[], PaperPress]) -> None:
        self._settings, self._resources, self._press = settings, resources, press
        self._open: dict[int, _Open] = {}
        self._tested = False
        self._guard = threading.Lock()

    def create(self, folder: Path, practice: str, member: str, roles: frozenset[Role], passphrase: str) -> Desk:
        """Make a practice in an empty or new folder, with its first member; leaves it unlocked."""
        from desktop.storage.practice_folder import First, create

        around = self._around()
        made: list[Desk] = []

        def fill(opened: Opened) -> None:
            made.append(self._fill(opened, practice, member, roles))

        create(folder, First(member, passphrase), self._settings.ids, around, fill)
        return made[0]

    def place_for_new(self) -> Path | None:
        """A folder that is not there yet, where a practice can lie; None when no such place is known."""
        from desktop.system.places import place_for_new

        return place_for_new()

    def peek(self, folder: Path) -> PracticePeek:
        """What the unlock screen may show; changes nothing."""
        from desktop.storage.peeking import peek

        found = peek(folder)
        members, left = (
            tuple(MemberName(each.id, each.name, each.factor, each.signing_keys) for each in some)
            for some in (found.members, found.left)
        )
        return PracticePeek(found.folder, found.practice_id, members, left)

    def archived(self, folder: Path) -> LastArchive:
        """How old the last verified archive is, as far as that is known without a passphrase."""
        from desktop.bootstrap_archives import last_archive

        return last_archive(folder, self._settings.clock.now(), self._resources)

    def unlock(self, folder: Path, member_id: str, passphrase: str, factor: bytes | None = None) -> Desk:
        """Open a practice as a member. factor: the content of a key file, where they need one.

        Known errors say what is wrong; nothing is changed by a refusal.
        """
        from desktop.storage.practice_folder import open_practice
        from desktop.storage.vault.factor import read_factor

        held = None if factor is None else read_factor(factor)
        return self._entered(open_practice(folder, member_id, passphrase, self._around(), held))

    def _behind(self, desk: Desk) -> tuple[Opened, SqlStore, HeadFile] | None:
        found = self._open.get(id(desk.store))
        return None if found is None else (found.opened, found.store, found.heads)

    def _entered(self, opened: Opened) -> Desk:
        try:
            return self._desk(opened)
        except BaseException:
            opened.refuse()
            raise

    def leave(self, desk: Desk) -> None:
        """Lock: close the database, let the instance lock go. Nothing happens to a desk that was left before."""
        from desktop.domain.records import Act
        from desktop.storage.opening import close

        found = self._open.pop(id(desk.store), None)
        if found is None:
            return
        if found.archives is not None:
            found.archives.end()
        try:
            # A full disk keeps the line out of the trail, and nobody in the practice.
            with contextlib.suppress(Known):
                note(desk, Act.LOCK)
        finally:
            close(found.opened, found.store, found.heads)

    def check(self, desk: Desk) -> tuple[Finding, ...]:
        """Look at the open practice's file, pages, chain and folder."""
        from desktop.services.trail import check_trail
        from desktop.storage.practice_check import look_over

        found = self._open[id(desk.store)]
        looks = tuple(Finding(look.name, look.ok, look.text) for look in look_over(found.opened))
        return (*looks, *check_trail(desk))

    def found_at_unlock(self, desk: Desk) -> tuple[Finding, ...]:
        """What was wrong when the practice was unlocked; to be shown before anything else of it is."""
        from desktop.services.integrity import findings_of

        found = self._open.get(id(desk.store))
        return () if found is None else findings_of(found.flaws)

    def archives(self, desk: Desk) -> Room:
        """The archives of the practice at a desk. PracticeLocked."""
        from desktop.domain.errors_practice import PracticeLocked
        from desktop.storage.archive.room import Room

        found = self._open.get(id(desk.store))
        if found is None:
            raise PracticeLocked
        if found.archives is None:
            found.archives = Room(found.opened, VERSION)
        return found.archives

    def carry(self) -> CarryDoor:
        """The way in which sessions are carried."""
        from desktop.bootstrap_carry import RealCarryDoor

        return RealCarryDoor(self, self._settings.clock, self._settings.ids)

    def around(self) -> Surroundings:
        """What a practice is opened in; the known answers are asked for before any key is used."""
        return self._around()

    def store(self, opened: Opened) -> tuple[SqlStore, HeadFile]:
        """The store of an unlocked practice that has no desk yet."""
        return self._store(opened)

    def _around(self) -> Surroundings:
        from desktop.storage.migrations import KNOWN_SCHEMA
        from desktop.storage.practice_folder import Surroundings
        from desktop.storage.vault.primitives import FLOOR
        from desktop.storage.vault.selftest import selftest
        from desktop.system.machine import LocalMachine

        with self._guard:
            if not self._tested:
                selftest()  # before any key is used
                self._tested = True
        around = Surroundings(LocalMachine(), self._settings.clock, KNOWN_SCHEMA)
        if self._settings.cheap_keys:
            around = replace(around, cost=FLOOR)
        return around if self._settings.reserve is None else replace(around, reserve_bytes=self._settings.reserve)

    def _fill(self, opened: Opened, practice: str, member: str, roles: frozenset[Role]) -> Desk:
        from desktop.domain.audience import Owner
        from desktop.domain.records import Act
        from desktop.storage.migrations.runner import migrate
        from desktop.storage.repositories.practice import PracticeRecord

        with opened.engines.separate() as connection:
            migrate(connection)
        store, heads = self._store(opened)
        first = Member(opened.member_id, member, initials_of(member), roles)
        desk = self._at(store, first, practice, opened)
        owner = Owner.practice(opened.practice_id)
        with store.write() as unit:
            unit.practice.add(PracticeRecord(opened.practice_id, practice, self._settings.clock.now()))
            unit.audit(desk.line(Act.CREATE, "practice", opened.practice_id, owner))
            unit.members.add(first)
            unit.audit(desk.line(Act.CREATE, "member", first.id, owner))
        self._open[id(store)] = _Open(opened, store, heads)
        return desk

    def _desk(self, opened: Opened) -> Desk:
        from desktop.domain.integrity import codes
        from desktop.domain.records import Act
        from desktop.storage.migrations.runner import migrate
        from desktop.storage.opening import first_look, require_head, who_and_where

        store, heads = self._store(opened)
        if opened.schema < opened.around.known_schema:
            from desktop.storage.archive.room import Room

            require_head(store)
            room = Room(opened, VERSION)
            with opened.engines.separate() as connection:
                migrate(connection, before=lambda found, wanted: room.before_migration(self._settings.clock.now()))
        flaws = () if opened.before is None else first_look(store, opened.before)
        member, name = who_and_where(store, opened.member_id, flaws)
        if not member.active:  # the slot stays until the practice is re-keyed
            raise NotAllowed(
                tr("This member does not work here any more."), tr("Nothing in the practice was changed."),
                tr("Ask an owner of the practice."),
            )
        desk = self._at(store, member, name, opened)
        note(desk, Act.UNLOCK, codes(flaws))
        self._open[id(store)] = _Open(opened, store, heads, flaws)
        return desk

    def _store(self, opened: Opened) -> tuple[SqlStore, HeadFile]:
        from desktop.storage.head_file import HeadFile
        from desktop.storage.key_room import audit_key, stretches
        from desktop.storage.signing import signing_keys
        from desktop.storage.unit import SqlStore
        writer, readers = opened.engines.writer, opened.engines.readers
        heads = HeadFile(opened.folder, opened.ring, opened.around.disk)
        kept = None if opened.before is None else opened.before.kept
        store = SqlStore(
            writer, readers, opened.practice_id, audit_key(opened.ring), None if kept is None else kept.head,
            held_back=opened.reserve.free, committed=lambda head: heads.keep(head, self._settings.clock.now()),
            signing_keys=partial(signing_keys, opened), earlier=stretches(opened.ring),
        )
        return store, heads

    def _at(self, store: SqlStore, member: Member, practice: str, opened: Opened) -> Desk:
        from desktop.services.desk import Desk
        from desktop.storage.signing import OwnSigner
        with store.read() as unit:
            travelling = unit.travelling.get() is not None
        return Desk(
            member=member, store=store, clock=self._settings.clock, ids=self._settings.ids, resources=self._resources,
            press=self._press(), program_version=VERSION, practice_name=practice, signer=OwnSigner(opened),
            travelling=travelling,
        )


class Program:
    """One running program: its parts, each made when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def folders(self) -> Folders:
        """The program's own folders, made and private."""
        from desktop.system.folders import folders

        return folders(self.settings.root)

    @cached_property
    def log(self) -> EventLog:
        """The program's log."""
        from desktop.system.logs import EventLog

        return EventLog(self.folders.logs, self.settings.clock)

    @cached_property
    def resources(self) -> Resources:
        """The program's data files. NotFound when they are not there."""
        return Resources()

    @cached_property
    def press(self) -> PaperPress:
        """What draws paper."""
        from desktop.worksheets.press import ReportlabPress

        return ReportlabPress(self.resources)

    @cached_property
    def door(self) -> RealDoor:
        """The way to every desk."""
        return RealDoor(self.settings, self.resources, lambda: self.press)

    @cached_property
    def archives(self) -> ArchiveDoor:
        """The way to archives."""
        from desktop.bootstrap_archives import RealArchiveDoor

        return RealArchiveDoor(self.door, self.settings.clock, lambda: self.folders.runtime)

    def known_answers(self) -> tuple[str, ...]:
        """Ask the cryptography what is known; the names of what was asked. NotSafeHere."""
        from desktop.storage.vault.selftest import selftest

        return selftest()

    def failed(self, error: BaseException) -> None:
        """Keep a fault in the log; where that cannot be written, nothing more is done."""
        with contextlib.suppress(OSError, HoldfastError):
            self.log.failure(error)

    def close(self) -> None:
        """Let the log go; may be called twice."""
        if "log" in self.__dict__:
            self.log.close()

    @contextlib.contextmanager
    def throwaway(self, name: str = "Throw-away practice") -> Iterator[Desk]:
        """An unlocked practice like any other, for the time of the block; its passphrase is kept nowhere.

        Its identifiers are the same every time, so that the same script gives the same output.
        """
        import secrets
        from random import Random

        ids = MachineIds(lambda: 0, Random(0).randbytes)
        door = Program(replace(self.settings, ids=ids, cheap_keys=True, reserve=SMALL_RESERVE)).door
        roles = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
        with self.private_folder() as folder:
            desk = door.create(folder / "practice", name, "Script", roles, secrets.token_urlsafe())
            try:
                yield desk
            finally:
                door.leave(desk)

    def private_folder(self) -> contextlib.AbstractContextManager[Path]:
        """A folder for this user only, gone at the end of the block; what a killed program left goes after a day."""
        from desktop.bootstrap_scratch import private_folder

        return private_folder(self.folders.runtime, self.settings.clock)

    def kit(self) -> Kit:
        """What the commands are handed."""
        from desktop.bootstrap_selftest import self_test
        from desktop.cli.kit import Kit

        return Kit(
            version=VERSION, clock=self.settings.clock, door=lambda: self.door, resources=lambda: self.resources,
            press=lambda: self.press, throwaway=self.throwaway, self_test=lambda: self_test(self), failed=self.failed,
            check_signature=check_signature,
            archives=lambda: self.archives, carry=lambda: self.door.carry(),
        )

    def open_window(self) -> int:
        """Open the window and stay until it is closed; the exit code."""
        import gc

        gc.disable()  # what is loaded now stays: looking for garbage among it only takes time; run_window ends this
        from desktop.bootstrap_window import run

        self.log.attach()
        try:
            return run(
                self.door, self.resources, self.folders.state / "window.json", self.settings.clock,
                lambda: self.archives,
            )
        finally:
            gc.enable()
            self.close()
