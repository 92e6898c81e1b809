"""Knows how long it takes from the start of the process to the painted unlock screen, against an empty window."""

from __future__ import annotations

from pathlib import Path

from bench.figures import Aim, Result, Spread
from bench.practice import practice

ROUNDS = 15


def run(folder: Path, rounds: int = ROUNDS) -> Result:
    """In turns, each in a process of its own; the first of each warms the disk's cache up."""
    started = practice(folder)
    empty: list[float] = []
    unlock: list[float] = []
    for n in range(rounds + 1):
        for times, words in ((empty, ("empty",)), (unlock, ("start",))):
            passed, _ = started.run(*words)
            if n:
                times.append(passed)
    spreads = {"an empty PySide6 window": Spread.of(empty), "the unlock screen": Spread.of(unlock)}
    one, ours = spreads.values()
    aim = Aim("the unlock screen against an empty window (medians)", ours.middle / one.middle, 2, "x")
    return Result("start", spreads, (aim,))
