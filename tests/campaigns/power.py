"""Knows the harness that lets the power fail (R2): real system calls, played on a simulated disk up to any of them.

A program works in a real practice under strace and says what it has acknowledged. Its calls are played on a disk that
forgets, tears and reorders what was not brought down to it; what is left is opened as after a start of the machine.
Linux only: elsewhere there is no strace.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from desktop.services.archives import add_place
from desktop.storage.practice_layout import LOCK
from desktop.storage.vault.secret import Secret
from tests.campaigns.power_disk import SimulatedDisk
from tests.campaigns.power_look import Floor, Look, Truth
from tests.campaigns.power_trace import Call, Player, calls, record
from tests.campaigns.report import Report
from tests.kit import HandClock, furnish
from tests.storage.archive.kit import OWNER, PASSPHRASE, House, found, program_at, ring_of

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
ENTRIES = 120  # of one recorded day
ENTRIES_AFTER = 6  # of what is recorded after a power loss
SWEEP, SWEEPS = 1000, 10  # states in one playing of a day, and how often a day is played
WHOLE_EVERY = 40  # so many states are opened as a whole and looked over
AGAIN_EVERY, AGAIN = 2500, 100  # so many are worked in, and the power fails again so often
LEFT_OUT = frozenset({LOCK})


class ProgramFailed(RuntimeError):
    """What was recorded did not come to its end."""


def files_of(root: Path) -> tuple[dict[str, bytes], set[str]]:
    """The files and folders of the disk."""
    paths = [path for part in ("practice", "stick") for path in (root / part, *(root / part).rglob("*"))]
    files = {str(path.relative_to(root)): path for path in paths if path.is_file() and path.name not in LEFT_OUT}
    folders = {str(path.relative_to(root)) for path in paths if path.is_dir()}
    return {name: path.read_bytes() for name, path in files.items()}, folders


@dataclass(slots=True)
class Day:
    """What was recorded: the disk before it, the calls, and what the practice held at its end."""

    root: Path
    tell: Path
    files: dict[str, bytes]
    folders: set[str]
    calls: list[Call]
    truth: Truth
    first: Floor
    changes: int = 0
    delicate: list[int] = field(default_factory=list)  # changes after which a name is not surely on the disk

    def stops(self, by: Random, count: int) -> list[int]:
        """Where the power fails: half of the times anywhere, half where names are not yet on the disk."""
        everywhere: Sequence[int] = range(1, self.changes + 1)
        delicate = self.delicate or everywhere
        return sorted(by.choice(delicate if by.random() < 0.5 else everywhere) for _ in range(count))

    def play(self, stops: list[int]) -> Iterator[tuple[SimulatedDisk, Floor]]:
        """Play it; hand over the disk after each of these changes, numbered from 1, in order."""
        disk, floor, number = SimulatedDisk(self.files, self.folders), self.first.copy(), 0
        player = Player(str(self.root), str(self.tell), disk, lambda text: floor.take(text, disk))
        waiting = iter(stops)
        stop = next(waiting, None)
        for call in self.calls:
            if not player.play(call):
                continue
            number += 1
            if call.name == "rename":
                floor.renamed(os.fsdecode(call.words[1]), self.root, disk)
            if not stops and disk.waiting:
                self.delicate.append(number)
            while stop == number:
                yield disk, floor
                stop = next(waiting, None)
        self.changes = number
        played, lying = disk.seen(), files_of(self.root)[0]
        other = sorted(name for name in played.keys() | lying.keys() if played.get(name) != lying.get(name))
        other = [name for name in other if Path(name).name not in LEFT_OUT]
        if other:
            raise RuntimeError(f"played, the calls give other files than there are: {', '.join(other)}")


class Harness:
    """A practice whose power fails."""

    def __init__(self, folder: Path, report: Report, synchronous: str = "FULL") -> None:
        self.folder, self.report, self.by, self.synchronous = folder, report, Random(report.seed), synchronous
        shared = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
        self.place = (MEMORY if shared else folder) / f"holdfast-power-{os.getpid()}"
        self.base = folder / "base"
        found(self.base)
        program = program_at(self.base / "own", HandClock())
        desk = program.door.unlock(self.base / "practice", OWNER, PASSPHRASE)
        furnish(desk)
        house = House(self.base, program, HandClock(), desk)
        add_place(desk, house.room, house.place)
        house.leave()
        program.close()
        self.page_key = Secret(bytes(ring_of(self.base / "practice").page_key.reveal()))

    def day(self, entries: int = ENTRIES) -> Day:
        """Record a day on a copy of the practice."""
        root = self.folder / "house"
        shutil.rmtree(root, ignore_errors=True)
        for part in ("practice", "stick"):
            shutil.copytree(self.base / part, root / part)
        return self.recorded(root, entries)

    def recorded(self, root: Path, entries: int, first: Floor | None = None) -> Day:
        """Work in the practice below this folder, every call recorded."""
        files, folders = files_of(root)
        trace, tell, own = (root.with_name(f"{root.name}.{name}") for name in ("trace", "tell", "own"))
        tell.unlink(missing_ok=True)
        words = ["-m", "tests.campaigns.power_program", *map(str, (root / "practice", own, tell))]
        words += [str(self.by.random()), str(entries), self.synchronous]
        said = record([sys.executable, *words], trace, PASSPHRASE.encode() + b"\n", {}, ROOT)
        if said:
            raise ProgramFailed(f"the recorded program {said}")
        truth = Truth.of(root / "practice", self.page_key)
        found_day = Day(root, tell, files, folders, list(calls(trace)), truth, first or Floor.of(files))
        trace.unlink()
        for _ in found_day.play([]):
            pass
        return found_day

    def run(self) -> None:
        """Rounds until the report has enough."""
        rounds = self.report.rounds()
        while True:
            day = self.day()
            self.report.add("days recorded")
            self.report.add("changes recorded", day.changes)
            for _ in range(SWEEPS):
                for disk, floor in day.play(day.stops(self.by, self.wanted())):
                    if next(rounds, None) is None:
                        return
                    self.one(day, disk, floor)
                if self.report.count is not None and self.report.done + 1 >= self.report.count:
                    next(rounds, None)
                    return

    def wanted(self) -> int:
        """How many states the next playing of a day is stopped for."""
        left = SWEEP if self.report.count is None else self.report.count - self.report.done
        return max(1, min(SWEEP, left))

    def one(self, day: Day, disk: SimulatedDisk, floor: Floor) -> None:
        """One power loss; what is left is looked at."""
        number = int(self.report.figures.get("states", 0)) + 1
        self.report.add("states")
        look = self.lay(day, disk, floor)
        self.judge(look.rows(), f"state {number}")
        if number % WHOLE_EVERY == 0:
            self.report.add("opened as a whole")
            self.judge(self.lay(day, disk, floor).whole(), f"state {number}, as a whole")
        if number % AGAIN_EVERY == 0:
            self.again(day, disk, floor, number)

    def lay(self, day: Day, disk: SimulatedDisk, floor: Floor) -> Look:
        """Let the power fail, and lay down what is left."""
        files, folders = disk.after_power_loss(self.by)
        return Look.laid(self.place, files, folders, day.truth, floor, self.page_key, self.by)

    def judge(self, problems: list[str], where: str) -> None:
        """Note what was wrong."""
        for problem in problems:
            self.report.add("lost" if problem.startswith("lost") else "silently wrong or refused")
            self.report.fault(f"{where}: {problem}")

    def again(self, day: Day, disk: SimulatedDisk, floor: Floor, number: int) -> None:
        """Work in what is left, and let the power fail in that too."""
        files, folders = disk.after_power_loss(self.by)
        root = self.folder / "again"
        shutil.rmtree(root, ignore_errors=True)
        Look.laid(root, files, folders, day.truth, floor, self.page_key, self.by)
        try:
            later = self.recorded(root, ENTRIES_AFTER, floor.after(files))
        except ProgramFailed as error:
            self.judge([str(error)], f"state {number}, worked in")
            return
        for second, least in later.play(later.stops(self.by, AGAIN)):
            self.report.add("states after a second power loss")
            self.judge(self.lay(later, second, least).rows(), f"state {number}, then another")
        self.report.add("opened as a whole after a second power loss")
        self.judge(self.lay(later, second, least).whole(), f"state {number}, then another, as a whole")

    def close(self) -> None:
        """Leave nothing in memory."""
        shutil.rmtree(self.place, ignore_errors=True)


def run(report: Report, folder: Path, synchronous: str = "FULL") -> None:
    """Let the power fail so often. synchronous: what the database is told; anything but FULL must be seen to lose."""
    if shutil.which("strace") is None:
        report.fault("strace is not on this machine")
        return
    harness = Harness(folder, report, synchronous)
    try:
        harness.run()
    finally:
        harness.close()
