"""Knows how soon a hand-over sheet is there: from the key to the pages, in a process that printed nothing yet."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bench.figures import Aim, Result, Spread
from desktop.domain.people import Member
from desktop.live.asks import AskGiven, AskNote, AskObserve, AskVitals
from desktop.services.handover import At, everyone, handover_facts, handover_sheet
from desktop.services.live import LiveDesk
from desktop.services.worksheets import PaperUse
from tests.kit import House, dose, house, plan, ready

EVENTS = 2_000
ROUNDS = 20
PRINT_DPI = 300
FACTS, SHEET, SHOWN, FIRST = (
    "the facts for the board", "the sheet as PDF, its line in the trail included", "the same as pages for a printer",
    "the first sheet of a process, as pages for a printer",
)  # fmt: skip


def run(folder: Path, events: int = EVENTS) -> Result:
    """Measure in a process of its own, so that nothing of the press is loaded yet."""
    command = [sys.executable, "-m", "bench.handover", str(folder), str(events)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    times: dict[str, list[float]] = json.loads(done.stdout)
    spreads = {name: Spread.of(each) for name, each in times.items()}
    return Result("handover", spreads, (
        Aim(f"the first sheet after {events} entries", spreads[FIRST].most, 2_000, "ms"),
        Aim("a later one, p99", spreads[SHOWN].p99, 2_000, "ms"),
        Aim("the facts for the board, p99", spreads[FACTS].p99, 50, "ms"),
    ))  # fmt: skip


def measure(folder: Path, events: int) -> dict[str, list[float]]:
    """Milliseconds by what was measured."""
    with house(folder) as home:
        live = session_of(home, events)
        members = everyone(home.desk())
        times: dict[str, list[float]] = {FIRST: [_ms(lambda: _shown(live, members))], FACTS: [], SHEET: [], SHOWN: []}
        for _ in range(ROUNDS):
            times[FACTS].append(_ms(lambda: _facts(live, members)))
            times[SHEET].append(_ms(lambda: handover_sheet(live, "a", members, PaperUse.PRINT)))
            times[SHOWN].append(_ms(lambda: _shown(live, members)))
    return times


def session_of(home: House, events: int) -> LiveDesk:
    """A session of so many entries, half of them about each of two people."""
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    for who in ("a", "b"):
        ready(live, who)
        live.record(dose(who))
    live.record(AskGiven("a", "ondansetron", Decimal(4), "mg", "by mouth", "phone"))
    while len(live.state.entries) < events:
        n = len(live.state.entries)
        home.clock.forward(5)
        who = "ab"[n % 2]
        if n % 5 == 0:
            live.record(AskVitals(who, 120 + n % 60, 80 + n % 30, 70 + n % 40, 94 + n % 6, 14))
        else:
            live.record(AskNote("a line of the log", who) if n % 5 == 1 else AskObserve(who, "crying"))
    return live


def _facts(live: LiveDesk, members: dict[str, Member]) -> None:
    at = At(live.now().ms, live.desk.clock.now(), live.desk.member)
    handover_facts(live.state, "a", members, at, live.desk.practice_name)


def _shown(live: LiveDesk, members: dict[str, Member]) -> None:
    paper = handover_sheet(live, "a", members, PaperUse.PRINT)
    live.desk.press.preview(paper.pdf, PRINT_DPI)


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
