"""Knows disks that fill up under a session, a page or an export (R3): what was there stays, what is needed is said.

Each round has a small disk of a size by chance: a tmpfs where this user may mount one; elsewhere files that may not
grow beyond that size. Archives have a campaign of their own.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.cli.files import write_new
from desktop.domain.audience import Audience
from desktop.domain.errors import Known
from desktop.domain.errors_machine import DiskFull
from desktop.domain.people import Role
from desktop.live.asks import AskNote, AskObserve
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.storage import practice_folder
from desktop.storage.practice_layout import LOCK, Layout
from desktop.storage.vault.keyfile import KeyFile, read_key_file
from desktop.storage.vault.keyring import KeyRing, unlock
from desktop.views.paper.saving import save_pdf
from tests.campaigns.archive_full import tmpfs
from tests.campaigns.kill import token
from tests.campaigns.report import Report
from tests.kit import HandClock, finish, furnish, plan

ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
PASSPHRASE = "violet harbour seven stones"
CLINIC = Audience.clinic("full campaign")
MOST_ENTRIES = 400
UNLOCKING = 17 << 20  # bytes that must be free before anybody is let in
ROOM = 2 << 20  # bytes that are free at most once somebody is in
UNLOCKED = 0.9  # of the rounds there is room for unlocking
SPACE = re.compile(r"\b[1-9]\d* MB\b")
SAVERS: dict[str, Callable[[Path, bytes], object]] = {
    "page": save_pdf, "export": lambda path, content: write_new(path, content, force=True),
}


@dataclass(slots=True)
class Kept:
    """What a session on a small disk was told to be kept."""

    session: str = ""
    tokens: dict[int, str] = field(default_factory=dict)


@contextlib.contextmanager
def small_disk(place: Path, size: int) -> Iterator[bool]:
    """A disk of that size over a folder; whether it is a real one. Else no file may grow beyond the size."""
    with tmpfs(place, size) as real:
        if real:
            yield True
            return
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            yield False
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, before)


def mounts() -> bool:
    """Whether this user may mount a small disk."""
    return sys.platform.startswith("linux") and os.geteuid() == 0


def fill(path: Path, room: int) -> None:
    """Leave only so many bytes of a disk."""
    free = shutil.disk_usage(path.parent).free
    if free > room:
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - room)


class Harness:
    """A practice that is laid on small disks."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report, self.root, self.by = report, folder, Random(report.seed)
        settings = Settings(clock=HandClock(), root=folder / "own", cheap_keys=True, reserve=SMALL_RESERVE)
        self.program = Program(settings)
        self.first = folder / "first"
        desk = self.program.door.create(self.first, "Hollybrook", "Mara", ROLES, PASSPHRASE)
        furnish(desk)
        plan(desk)
        self.program.door.leave(desk)
        self.ring: KeyRing = unlock(read_key_file(self.first), desk.member.id, PASSPHRASE)
        self.bytes = sum(path.stat().st_size for path in self.first.iterdir())

    def enter(self, folder: Path) -> Desk:
        """Unlock, with the keys in hand. Known."""
        door = self.program.door

        def unlocking() -> tuple[KeyFile, KeyRing]:
            own = self.ring.at(self.ring.epoch)
            assert own is not None
            return read_key_file(folder), own

        return door._entered(practice_folder._open(Layout(folder), door.around(), unlocking))

    def one(self, number: int) -> None:
        """A small disk, and what is done on it."""
        place = self.root / f"small-{number}"
        place.mkdir()
        what = ("database", "page", "export")[number % 3]
        self.report.add(f"{what} rounds")
        if what == "database":
            self.database(place, number)
        else:
            self.saved(what, place, number)
        shutil.rmtree(place)

    def fault(self, number: int, what: str) -> None:
        """What must not be."""
        self.report.fault(f"round {number} (seed {self.report.seed}): {what}")

    def told(self, number: int, error: Known, real: bool) -> None:
        """Whether an error says what it should. Without a real disk the system says something else than "full"."""
        if not (error.what and error.safe and error.next_step):
            self.fault(number, f"{type(error).__name__} does not say all")
        if real and not (isinstance(error, DiskFull) and SPACE.search(error.what)):
            self.fault(number, f"{type(error).__name__} names no space: {error.what}")

    # ---- pages and exports

    def saved(self, what: str, place: Path, number: int) -> None:
        """Put one file over another one."""
        old, new = (self.by.randbytes(self.by.randrange(1, most)) for most in (60_000, 200_000))
        path = place / "file"
        size = (len(old) // 4096 + 2) * 4096 + self.by.randrange(0, 260_000)
        with small_disk(place, size) as real:
            self.report.add("on a real small disk", int(real))
            path.write_bytes(old)
            try:
                SAVERS[what](path, new)
            except Known as error:
                self.report.add("refused")
                self.told(number, error, real)
                due = old
            else:
                self.report.add("saved")
                due = new
            if path.read_bytes() != due:
                self.fault(number, f"the {what} is neither the old one nor the new one")
            if list(place.iterdir()) != [path]:
                self.fault(number, f"something is left beside the {what}")

    # ---- the practice itself

    def database(self, place: Path, number: int) -> None:
        """A session until the disk is full, and what is found of it elsewhere."""
        room = self.by.randrange(ROOM)
        roomy = self.bytes + UNLOCKING + ROOM
        size = roomy if self.by.random() < UNLOCKED and mounts() else self.bytes + room
        with small_disk(place, size) as real:
            self.report.add("on a real small disk", int(real))
            folder = shutil.copytree(self.first, place / "practice")
            kept = self.work(folder, number, real, room)
            after = shutil.copytree(folder, self.root / f"after-{number}", ignore=shutil.ignore_patterns(LOCK))
        self.look(after, kept, number)
        shutil.rmtree(after)

    def work(self, folder: Path, number: int, real: bool, room: int) -> Kept:
        """Unlock, let something else take up the disk but for a little room, and record until nothing more is taken."""
        kept = Kept()
        try:
            desk = self.enter(folder)
        except Known as error:
            self.report.add("refused at unlock")
            self.told(number, error, real)
            return kept
        try:
            if real:
                fill(folder.parent / "else", room)
            self.record(desk, kept, number, real)
        finally:
            self.program.door.leave(desk)
        return kept

    def record(self, desk: Desk, kept: Kept, number: int, real: bool) -> None:
        """Entries of any length; once one is refused, a short one, and the end of the session."""
        try:
            live = LiveDesk.begin(desk, "session-1")
        except Known as error:
            self.report.add("refused at the start")
            self.told(number, error, real)
            return
        kept.session = live.session.id
        long = self.by.random()
        heeds, refused = self.by.random() < 0.5, False
        for count in range(MOST_ENTRIES):
            words = "word " * (1 + round(1200 * long * self.by.random()))
            ask = AskObserve("a", "crying") if refused else AskNote(f"{count} {words}")
            refused = not self.entered(live, ask, number, real)
            if refused and isinstance(ask, AskObserve):
                break
            if live.notes and heeds:  # the board says that the space held back was given up: they come to an end
                break
        self.report.add("space held back was given up", len(live.notes))
        try:
            finish(live)
        except Known as error:
            self.told(number, error, real)
            if live.notes and heeds:
                self.fault(number, "the space held back was not enough to end the session")
        else:
            self.report.add("sessions ended all the same" if live.notes or refused else "sessions ended with room left")
        kept.tokens = {entry.seq: token(entry) for entry in live.state.entries}
        self.report.add("entries kept", len(kept.tokens))

    def entered(self, live: LiveDesk, ask: AskNote | AskObserve, number: int, real: bool) -> bool:
        """Whether it was taken."""
        before = live.state.next_seq
        try:
            live.record(ask)
        except Known as error:
            self.report.add("entries refused")
            self.told(number, error, real)
            if live.state.next_seq != before:
                self.fault(number, "an entry was refused and is on the board")
            return False
        return True

    def look(self, folder: Path, kept: Kept, number: int) -> None:
        """On a disk with room: it opens, it is whole, and holds every entry that was taken and no other."""
        try:
            desk = self.enter(folder)
        except Known as error:
            self.fault(number, f"the practice does not open afterwards: {type(error).__name__}")
            return
        try:
            for finding in (*self.program.door.found_at_unlock(desk), *self.program.door.check(desk)):
                if not finding.ok:
                    self.fault(number, f"afterwards {finding.name} is not as it was: {finding.text}")
            if kept.session:
                with desk.store.read() as unit:
                    entries = {each.seq: token(each) for each in unit.events.of(kept.session, CLINIC)}
                if entries != kept.tokens:
                    self.fault(number, f"{len(entries)} entries are found, {len(kept.tokens)} were kept")
        finally:
            self.program.door.leave(desk)


def run(report: Report, folder: Path) -> None:
    """So many small disks."""
    harness = Harness(folder, report)
    for name in ("saved", "refused", "entries kept", "entries refused", "sessions ended all the same"):
        report.add(name, 0)
    for number in report.rounds():
        harness.one(number)
    harness.program.close()
