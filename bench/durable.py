"""Knows what it costs to keep an observation: from the key press to committed, with its line in the audit trail."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Aim, Result, Spread
from desktop.live.asks import AskObserve
from desktop.services.live import LiveDesk
from tests.kit import House, house, plan

ROUNDS = 1_000
SESSION = 200  # entries, more than a long evening has
CHIPS = ("crying", "laughing", "tremor", "still", "fear", "joy", "anger", "settled")


class Plain:
    """One plain sqlite3 INSERT of a row of the same size: no encryption, no trail, no rules. WAL, synchronous=FULL."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        columns = "session TEXT, seq INTEGER, at TEXT, payload TEXT, PRIMARY KEY (session, seq)"
        self.db.execute(f"CREATE TABLE events ({columns})")
        self.seq = 0

    def insert(self) -> None:
        """Keep one row."""
        self.seq += 1
        row = ("session-1", self.seq, "2026-03-02T15:00:00.000000Z", "x" * 100)
        self.db.execute("INSERT INTO events VALUES (?, ?, ?, ?)", row)


def _live(home: House, number: int) -> LiveDesk:
    return LiveDesk.begin(home.desk(), plan(home.desk(), f"session-{number}").id)


def _sync(descriptor: int) -> None:
    os.pwrite(descriptor, b"x" * 4096, 0)
    os.fdatasync(descriptor)


def run(folder: Path, rounds: int = ROUNDS) -> Result:
    """In turns: the plain insert, the observation, the observation handed to the writer thread, and a bare fsync."""
    times: dict[str, list[float]] = {
        "one plain sqlite3 INSERT, synchronous=FULL": [], "LiveDesk.record(AskObserve), audit row included": [],
        "the same, handed to the writer thread": [], "write 4 KB and fdatasync, nothing else": [],
    }
    plain = Plain(folder / "plain.db")
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT, 0o600)
    with house(folder) as home:
        live = _live(home, 0)

        def observe() -> None:
            live.record(AskObserve("ab"[n % 2], CHIPS[n % len(CHIPS)]))

        works: tuple[Callable[[], None], ...] = (
            plain.insert, observe, lambda: home.engines.thread.run(observe), lambda: _sync(descriptor),
        )
        for n in range(-20, rounds):
            if n % SESSION == 0:
                live = _live(home, n + 100)
            home.clock.forward(7)
            for name, work in zip(times, works, strict=True):
                began = time.perf_counter()
                work()
                passed = (time.perf_counter() - began) * 1000
                if n >= 0:  # the first ones warm up
                    times[name].append(passed)
    os.close(descriptor)
    plain.db.close()
    spreads = {name: Spread.of(each) for name, each in times.items()}
    one, durable, hop, _ = spreads.values()
    return Result("durable", spreads, (
        Aim("a durable observation against one plain insert (medians)", durable.middle / one.middle, 3.5, "x"),
        Aim("a durable observation, p99", durable.p99, 20, "ms"),
        Aim("the same through the writer thread (medians)", hop.middle / one.middle, 3.5, "x"),
    ))  # fmt: skip
