"""Knows how a test carries a session: a home practice, another machine, and the files between them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.bootstrap import Program
from desktop.domain.audience import Audience
from desktop.domain.carried import Bundle
from desktop.domain.people import Role
from desktop.domain.records import Act
from desktop.live.asks import AskObserve, AskStrike
from desktop.live.codec import entry_to_json
from desktop.services.carrying import CarryDraft, GivenOut, give_out
from desktop.services.desk import Desk
from desktop.services.elsewhere import MadeReturn, look_into, make_return, member_named, settle_elsewhere
from desktop.services.handclock import HandClock
from desktop.services.homecoming import CameHome, bring_back
from desktop.services.live import LiveDesk
from tests.cli.harness import program_at
from tests.kit import START, TESS, dose, finish, furnish, plan, ready

OWNER, PRACTICE, PASSPHRASE = "Mira Kowalczyk", "Hollybrook Practice", "violet harbour seven stones"
SESSION = "session-1"
AUDIENCE = Audience.clinic("test")


@dataclass
class Trip:
    """A home practice that is unlocked, and a machine elsewhere with a clock of its own."""

    home: Program
    there: Program
    desk: Desk
    folder: Path
    kept: tuple[GivenOut, bytes] | None = None

    def clock(self, program: Program) -> HandClock:
        """A machine's clock."""
        clock = program.settings.clock
        assert isinstance(clock, HandClock)
        return clock

    def out(self, hours: int = 24, passphrase: str = "") -> tuple[GivenOut, bytes]:
        """Carry the planned session; what was made, and its file. One that is away already is given as it is."""
        return self.anew(hours, passphrase) if self.kept is None else self.kept

    def anew(self, hours: int = 24, passphrase: str = "") -> tuple[GivenOut, bytes]:
        """Carry it, also where it is away already."""
        files: list[bytes] = []
        draft = CarryDraft(SESSION, passphrase, passphrase, hours)
        given = give_out(self.desk, self.home.door.carry(), draft, files.append).value
        return given, files[0]

    def opened(self, file: bytes, passphrase: str) -> Bundle:
        """What the other machine sees in a bundle."""
        return look_into(self.there.door.carry(), file, passphrase)

    @contextmanager
    def elsewhere(self, file: bytes, passphrase: str, who: str = "PO", name: str = "elsewhere") -> Iterator[Desk]:
        """The travelling practice, made when it is not there yet, unlocked by one of its people."""
        folder = self.folder / name
        bundle = self.opened(file, passphrase) if not folder.exists() else None
        if bundle is not None:
            settle_elsewhere(self.there.door.carry(), bundle, file, folder, member_named(bundle, who), passphrase)
        peek = self.there.door.peek(folder)
        wanted = {"TI": "Tess Ito", "PO": "Paul Osei", "MK": OWNER}[who]
        member = next(each.id for each in peek.members if each.name == wanted)
        desk = self.there.door.unlock(folder, member, passphrase)
        try:
            yield desk
        finally:
            self.there.door.leave(desk)

    def packed(self, desk: Desk) -> tuple[MadeReturn, bytes]:
        """The file that goes home."""
        files: list[bytes] = []
        return make_return(desk, self.there.door.carry(), files.append), files[0]

    def back(self, file: bytes) -> CameHome:
        """What came home."""
        return bring_back(self.desk, self.home.door.carry(), file).value

    def entries(self) -> list[str]:
        """What is on disk of the session at home, an entry a line."""
        with self.desk.store.read() as unit:
            return [entry_to_json(entry) for entry in unit.events.of(SESSION, AUDIENCE)]


@pytest.fixture(scope="session")
def trip_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with a couple and a planned session, locked."""
    folder = tmp_path_factory.mktemp("trip") / "practice"
    program = program_at(folder.parent)
    roles = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
    desk = program.door.create(folder, PRACTICE, OWNER, roles, PASSPHRASE)
    furnish(desk)
    plan(desk)
    program.door.leave(desk)
    return folder


@dataclass(frozen=True)
class Away:
    """A session that was carried out of a template, and the travelling practice that was made of it."""

    home: Path
    travelling: Path
    kept: tuple[GivenOut, bytes]


@pytest.fixture(scope="session")
def away_template(trip_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Away:
    """Made once: sealing and founding stretch a passphrase many times."""
    folder = tmp_path_factory.mktemp("away")
    with _unlocked(trip_template, folder, None) as out:
        given, file = out.out()
        with out.elsewhere(file, given.passphrase):
            pass
    return Away(folder / "home", folder / "elsewhere", (given, file))


@contextmanager
def _unlocked(home_template: Path, folder: Path, kept: tuple[GivenOut, bytes] | None) -> Iterator[Trip]:
    place = Path(shutil.copytree(home_template, folder / "home"))
    home, there = program_at(folder / "root-home"), program_at(folder / "root-there")
    desk = home.door.unlock(place, OWNER, PASSPHRASE)
    try:
        yield Trip(home, there, desk, folder, kept)
    finally:
        home.door.leave(desk)


@pytest.fixture
def trip(trip_template: Path, tmp_path: Path) -> Iterator[Trip]:
    """A home practice of one's own, unlocked, with a planned session."""
    with _unlocked(trip_template, tmp_path, None) as made:
        yield made


@pytest.fixture
def gone(away_template: Away, tmp_path: Path) -> Iterator[Trip]:
    """The same with the session away, and a travelling practice of one's own, not begun."""
    shutil.copytree(away_template.travelling, tmp_path / "elsewhere")
    with _unlocked(away_template.home, tmp_path, away_template.kept) as made:
        yield made


def lines_of(desk: Desk, kind: str) -> list[tuple[Act, str, str]]:
    with desk.store.read() as unit:
        found = [line.entry for line in unit.trail.lines(limit=100_000)]
    return [(each.act, each.owner.id, each.detail) for each in found if each.subject_kind == kind]


def played(live: LiveDesk) -> None:
    """A small session with a correction, and its end."""
    ready(live)
    live.record(dose("a"))
    live.record(AskObserve("b", "crying"), author=TESS.id)
    live.record(AskStrike(live.state.next_seq - 1, "it was A"))
    live.record(AskObserve("a", "crying"), ago_ms=0)
    finish(live, "went well")


def begun(desk: Desk) -> LiveDesk:
    """The travelling session on its board."""
    return LiveDesk.begin(desk, SESSION)


__all__ = ["START", "Trip", "away_template", "begun", "gone", "lines_of", "played", "trip", "trip_template"]
