"""Knows carried sessions that are killed at random instants: coming home and being opened elsewhere.

A return that was killed left nothing, and is taken by the next try, or is there whole, and refuses a second one. A
travelling practice that was killed while it was made is no practice, and the next try makes it.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from desktop.bootstrap import Program
from desktop.domain.audience import Audience
from desktop.domain.carried import CarryState
from desktop.domain.errors import Known, Refused
from desktop.domain.errors_carry import SecondReturn
from desktop.domain.errors_practice import NoPractice, UnfinishedPractice
from desktop.domain.people import Role
from desktop.live.codec import entry_to_json
from desktop.services.carrying import CarryDraft, carried_rows, give_out
from desktop.services.desk import Desk
from desktop.services.elsewhere import look_into, make_return, member_named, settle_elsewhere
from desktop.services.homecoming import bring_back
from desktop.services.live import LiveDesk
from tests.campaigns.asks import next_ask
from tests.campaigns.report import Report
from tests.cli.harness import program_at
from tests.kit import finish, furnish, plan

OWNER, PASSPHRASE, SESSION = "Mira Kowalczyk", "violet harbour seven stones", "session-1"
ENTRIES = 60
CLINIC = Audience.clinic("carry campaign")


@dataclass(slots=True)
class Carried:
    """A session that is away, its file, and what comes home of it. entries: as they are spelt."""

    folder: Path
    passphrase: str
    bundle: bytes
    returned: bytes
    entries: tuple[str, ...]


def unlocked(program: Program, folder: Path) -> Desk:
    """The home practice, open."""
    return program.door.unlock(folder, OWNER, PASSPHRASE)


def prepared(folder: Path, by: Random) -> Carried:
    """Carry a session out and run it elsewhere by chance, to its end."""
    roles = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
    home, there = program_at(folder / "own"), program_at(folder / "other")
    desk = home.door.create(folder / "home", "Hollybrook Practice", OWNER, roles, PASSPHRASE)
    furnish(desk)
    plan(desk)
    bundles: list[bytes] = []
    given = give_out(desk, home.door.carry(), CarryDraft(SESSION), bundles.append).value
    home.door.leave(desk)
    settle(there, folder / "away", bundles[0], given.passphrase)
    away = there.door.unlock(folder / "away", "m-paul", given.passphrase)
    live = LiveDesk.begin(away, SESSION)
    while len(live.state.entries) < ENTRIES and not live.state.closed:
        with contextlib.suppress(Refused):
            live.record(next_ask(live.state, by))
    if not live.state.closed:
        finish(live)
    returns: list[bytes] = []
    make_return(away, there.door.carry(), returns.append)
    there.door.leave(away)
    entries = tuple(entry_to_json(entry) for entry in live.state.entries)
    return Carried(folder / "home", given.passphrase, bundles[0], returns[0], entries)


def settle(program: Program, folder: Path, file: bytes, passphrase: str) -> None:
    """Make a travelling practice."""
    bundle = look_into(program.door.carry(), file, passphrase)
    settle_elsewhere(program.door.carry(), bundle, file, folder, member_named(bundle, "PO"), passphrase)


def killed(prepare: Callable[[], Callable[[], object]], after_s: float) -> bool:
    """Do it in a child and kill that so many seconds after it is ready; whether it was still at it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child is not measured
        try:
            work = prepare()
            os.write(writing, b"r")
            work()
            os.write(writing, b"d")
        finally:
            os._exit(0)
    os.close(writing)
    said = os.read(reading, 1)
    select.select((), (), (), after_s)
    os.kill(child, signal.SIGKILL)
    rest = os.read(reading, 1)
    os.close(reading)
    os.waitpid(child, 0)
    if said != b"r":
        raise RuntimeError("the child was not ready")
    return rest != b"d"


def run(report: Report, folder: Path) -> None:
    """Kill so many."""
    by = Random(report.seed)
    carried = prepared(folder, by)
    template = Path(shutil.copytree(carried.folder, folder / "template"))
    took = _timed(carried, template, folder / "timed")
    for name in ("before it was kept", "after it was kept", "while opened elsewhere"):
        report.add(f"killed {name}", 0)
    home = folder / "round"
    for number in report.rounds():
        report.add("kills")
        if number % 4 == 0:
            _one_elsewhere(report, carried, folder / "travelling", by)
            continue
        if not home.exists():
            shutil.copytree(template, home)
        _one_home(report, carried, home, by.random() * took * 1.1)


def _bring(carried: Carried, home: Path) -> Callable[[], object]:
    program = program_at(home.parent / "own")
    desk = unlocked(program, home)
    return lambda: bring_back(desk, program.door.carry(), carried.returned)


def _timed(carried: Carried, template: Path, folder: Path) -> float:
    shutil.copytree(template, folder)
    program = program_at(folder.parent / "own")
    desk = unlocked(program, folder)
    began = time.perf_counter()
    bring_back(desk, program.door.carry(), carried.returned)
    took = time.perf_counter() - began
    program.door.leave(desk)
    return took


def _one_home(report: Report, carried: Carried, home: Path, after_s: float) -> None:
    hit = killed(lambda: _bring(carried, home), after_s)
    program = program_at(home.parent / "own")
    desk = unlocked(program, home)
    try:
        with desk.store.read() as unit:
            kept = tuple(entry_to_json(entry) for entry in unit.events.of(SESSION, CLINIC))
            state, intact = unit.sessions.get(SESSION, CLINIC).state.value, unit.trail.verify().intact
        row = carried_rows(desk)[0].carried
        came = row.state is CarryState.RETURNED
        whole = (carried.entries, "closed") if came else ((), "planned")
        if (kept, state) != whole or not intact or row.entries != len(kept):
            report.fault(f"{len(kept)} entries are kept, the session is {state}, carried is {row.state}")
        report.add(("killed after it was kept" if came else "killed before it was kept") if hit else "ended before")
        if came:
            with contextlib.suppress(SecondReturn):
                bring_back(desk, program.door.carry(), carried.returned)
                report.fault("a second return was taken")
    except Known as error:
        report.fault(f"{type(error).__name__}")
    finally:
        program.door.leave(desk)
    if came:
        shutil.rmtree(home)


def _one_elsewhere(report: Report, carried: Carried, folder: Path, by: Random) -> None:
    def prepare() -> Callable[[], object]:
        program = program_at(folder.parent / "other")
        bundle = look_into(program.door.carry(), carried.bundle, carried.passphrase)
        who = member_named(bundle, "PO")
        return lambda: settle_elsewhere(program.door.carry(), bundle, carried.bundle, folder, who, carried.passphrase)

    if killed(prepare, by.random() * 1.2):
        report.add("killed while opened elsewhere")
    program = program_at(folder.parent / "other")
    try:
        program.door.peek(folder)
    except (NoPractice, UnfinishedPractice):
        settle(program, folder, carried.bundle, carried.passphrase)
    desk = program.door.unlock(folder, "m-tess", carried.passphrase)
    with desk.store.read() as unit:
        if unit.travelling.get() is None:
            report.fault("a travelling practice does not know that it is one")
    program.door.leave(desk)
    shutil.rmtree(folder)
