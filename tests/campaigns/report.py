"""Knows how a campaign says how far it is, and what it found: progress on a terminal, a report as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

EVERY_SECONDS = 5.0


@dataclass(slots=True)
class Report:
    """What a campaign did.

    count: rounds that were asked for, None for as many as the time allows; seconds: no round begins after so many, None
    for no limit; one of the two is given. figures: what is to be told; wrong: what must not be.
    """

    name: str
    seed: int
    count: int | None
    seconds: float | None = None
    figures: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    out: TextIO | None = None
    started: float = field(default_factory=time.perf_counter)
    done: int = 0
    _told: float = 0.0

    def rounds(self) -> Iterator[int]:
        """The numbers of the rounds from 1, for as long as there is one to be done; says how far it is after each."""
        while self.count is None or self.done < self.count:
            if self.seconds is not None and self._passed() >= self.seconds:
                return
            yield self.done + 1
            self.step(self.done + 1)

    def add(self, name: str, number: float = 1) -> None:
        """Count something."""
        self.figures[name] = self.figures.get(name, 0) + number

    def fault(self, what: str) -> None:
        """Something that must not be. Told at once, so that a stopped campaign has said it."""
        self.wrong.append(what)
        self._say(f"WRONG: {what}")

    def step(self, done: int) -> None:
        """Say how far it is, every few seconds."""
        self.done = done
        now = time.perf_counter()
        if now - self._told >= EVERY_SECONDS or done == self.count:
            self._told = now
            of = "" if self.count is None else f" of {self.count}"
            told = ", ".join(f"{name} {number:g}" for name, number in sorted(self.figures.items()))
            self._say(f"{self.name}: {done}{of}, {self._left():.0f} s left; {told}; wrong {len(self.wrong)}")

    def _passed(self) -> float:
        return time.perf_counter() - self.started

    def _left(self) -> float:
        """Seconds until the first of the two limits, reckoned from the rounds so far."""
        limits = [] if self.seconds is None else [self.seconds - self._passed()]
        if self.count is not None:
            limits.append((self.count - self.done) * self._passed() / max(self.done, 1))
        return max(0.0, min(limits))

    def _say(self, line: str) -> None:
        if self.out is not None:
            print(line, file=self.out, flush=True)

    def whole(self) -> dict[str, object]:
        """The report."""
        return {
            "campaign": self.name, "seed": self.seed, "asked": {"count": self.count, "seconds": self.seconds},
            "count": self.done, "seconds": round(self._passed(), 1), "figures": self.figures, "wrong": self.wrong,
            "python": sys.version.split()[0], "platform": sys.platform,
        }

    def write(self, path: Path) -> None:
        """Keep the report."""
        path.write_text(json.dumps(self.whole(), indent=1, ensure_ascii=False) + "\n", "utf-8")
