"""Knows how long an entry takes while somebody else searches everything."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path

from bench import crowd
from bench.figures import Aim, Result, Spread
from desktop.live.asks import AskObserve
from desktop.services.live import LiveDesk
from desktop.services.notes import search_notes
from tests.kit import PAUL, house, plan

CLIENTS, NOTES = 500, 20_000
ROUNDS = 200
EVERYTHING = "session"  # a word that every note holds: the longest search there is


def run(folder: Path, rounds: int = ROUNDS, notes: int = NOTES) -> Result:
    """In turns: entries with nothing else going on, and entries while a thread searches without a pause."""
    alone: list[float] = []
    beside: list[float] = []
    searches: list[float] = []
    with house(folder) as home:
        crowd.people(home.desk(), CLIENTS, CLIENTS // 2)
        crowd.notes(home.desk(), notes, CLIENTS)
        live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
        desk, wanted, ended, going = home.desk(PAUL), threading.Event(), threading.Event(), threading.Lock()

        def search() -> None:
            while not ended.is_set():
                if wanted.wait(0.1):
                    with going:
                        began = time.perf_counter()
                        search_notes(desk, EVERYTHING)
                        searches.append((time.perf_counter() - began) * 1000)

        thread = threading.Thread(target=search)
        thread.start()
        try:
            for n in range(rounds):
                busy = bool(n // 10 % 2)
                (wanted.set if busy else wanted.clear)()
                with contextlib.nullcontext() if busy else going:  # the last search has ended
                    pass
                home.clock.forward(7)
                began = time.perf_counter()
                live.record(AskObserve("ab"[n % 2], "crying"))
                (beside if busy else alone).append((time.perf_counter() - began) * 1000)
        finally:
            ended.set()
            thread.join()
    spreads = {
        "an entry alone": Spread.of(alone), "an entry while a search runs": Spread.of(beside),
        f"the search, {notes} notes": Spread.of(searches),
    }
    during = spreads["an entry while a search runs"]
    return Result("search", spreads, (Aim("an entry while a long search runs (median)", during.middle, 20, "ms"),
                                      Aim("an entry while a long search runs, p99", during.p99, 20, "ms")))  # fmt: skip
