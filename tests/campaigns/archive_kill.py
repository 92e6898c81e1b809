"""Knows archives and restores that are killed at random instants (R1): finished archives stay, half ones do not count.

After every kill the practice opens, every archive that has its name is whole, and the next one is made; a folder that
has the restored practice's name is that practice, compared row for row.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from random import Random

from desktop.domain.errors import Known
from desktop.domain.errors_archive import MissingPlace
from desktop.services.ports_archives import Reason, RestoreWish
from desktop.storage.archive.shelf import PART
from desktop.storage.practice_layout import SCRATCH
from tests.campaigns.report import Report
from tests.kit import HandClock
from tests.storage.archive.kit import KIT_TEXT, OWNER, PASSPHRASE, House, found, nobody, opened, program_at

PAUSE_S = 0.0005  # between steps, so that kills come everywhere and not only where most time is spent


def run(report: Report, folder: Path) -> None:
    """Kill so many."""
    found(folder / "template")
    house, by = opened(folder / "template", folder / "house"), Random(report.seed)
    house.make()
    house.leave()
    house.program.close()
    for name in ("killed while making", "killed while restoring", "ended before"):
        report.add(name, 0)
    for number in report.rounds():
        restoring = number % 2 == 0
        work = _restore if restoring else _make
        killed = _killed(lambda work=work: work(folder / "house"), by.random() * (0.12 if restoring else 0.06))
        report.add(("killed while restoring" if restoring else "killed while making") if killed else "ended before")
        _look(report, folder / "house", number)


def _slow(done: int, total: int, words: str) -> None:
    select.select((), (), (), PAUSE_S)


def _unlocked(root: Path) -> House:
    program = program_at(root / "own", HandClock())
    desk = program.door.unlock(root / "practice", OWNER, PASSPHRASE)
    return House(root, program, program.settings.clock, desk)  # type: ignore[arg-type]


def _make(root: Path) -> Callable[[], object]:
    house = _unlocked(root)
    return lambda: house.room.make(Reason.ASKED, house.clock.now(), _slow)


def _restore(root: Path) -> Callable[[], object]:
    program = program_at(root / "own", HandClock())
    archive = max((root / "stick").glob("*.age"))
    wish = RestoreWish(archive, root / "restored", kit=KIT_TEXT)
    return lambda: program.archives.restore(wish, _slow)


def _killed(prepare: Callable[[], Callable[[], object]], after: float) -> bool:
    """Do it in a child and kill that after so many seconds; whether it was still at it."""
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
    with os.fdopen(reading, "rb", buffering=0) as told:
        if told.read(1) == b"r":
            select.select([told], (), (), after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return told.read(1) != b"d"


def _look(report: Report, root: Path, number: int) -> None:
    house = _unlocked(root)
    try:
        before = house.archives()
        for name in before:
            try:
                house.room.verify(house.place / name, house.clock.now(), nobody)
            except Known as error:
                report.fault(f"{number}: an archive that has its name is not whole: {type(error).__name__}")
        house.make()
        left = [path.name for path in house.place.iterdir() if path.name.endswith(PART)]
        if left or (house.folder / SCRATCH).exists():
            report.fault(f"{number}: {left or SCRATCH} is left after the next archive")
        for name in house.archives()[:-2]:
            (house.place / name).unlink()
            (house.place / name.replace(".age", ".keys.json")).unlink(missing_ok=True)
    except (MissingPlace, AssertionError) as error:
        report.fault(f"{number}: the next archive was not made: {error}")
    finally:
        house.leave()
        house.program.close()
    _look_at_restored(report, root, number)


def _look_at_restored(report: Report, root: Path, number: int) -> None:
    target = root / "restored"
    if target.exists():
        program = program_at(root / "own", HandClock())
        try:
            desk = program.door.unlock(target, OWNER, PASSPHRASE)
            with desk.store.read() as unit:
                intact = unit.trail.verify().intact
            program.door.leave(desk)
            report.add("restored whole")
            if not intact:
                report.fault(f"{number}: a restored practice's trail does not hold")
        except Known as error:
            report.fault(f"{number}: a restored practice does not open: {type(error).__name__}")
        finally:
            program.close()
        shutil.rmtree(target)
