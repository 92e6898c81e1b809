"""Knows how a campaign says how far it is, and what it found: progress on a terminal, a report as JSON."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

EVERY_SECONDS = 5.0


@dataclass(slots=True)
class Report:
    """What a campaign did. count: rounds that were asked for; figures: what is to be told; wrong: what must not be."""

    name: str
    seed: int
    count: int
    figures: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    out: TextIO | None = None
    started: float = field(default_factory=time.perf_counter)
    _told: float = 0.0

    def add(self, name: str, number: float = 1) -> None:
        """Count something."""
        self.figures[name] = self.figures.get(name, 0) + number

    def fault(self, what: str) -> None:
        """Something that must not be. Told at once, so that a stopped campaign has said it."""
        self.wrong.append(what)
        self._say(f"WRONG: {what}")

    def step(self, done: int) -> None:
        """Say how far it is, every few seconds."""
        now = time.perf_counter()
        if now - self._told >= EVERY_SECONDS or done == self.count:
            self._told = now
            rate = done / max(now - self.started, 1e-9)
            left = (self.count - done) / rate if rate else 0
            told = ", ".join(f"{name} {number:g}" for name, number in sorted(self.figures.items()))
            self._say(f"{self.name}: {done} of {self.count}, {left:.0f} s left; {told}; wrong {len(self.wrong)}")

    def _say(self, line: str) -> None:
        if self.out is not None:
            print(line, file=self.out, flush=True)

    def whole(self) -> dict[str, object]:
        """The report."""
        return {
            "campaign": self.name, "seed": self.seed, "count": self.count,
            "seconds": round(time.perf_counter() - self.started, 1), "figures": self.figures, "wrong": self.wrong,
            "python": sys.version.split()[0], "platform": sys.platform,
        }

    def write(self, path: Path) -> None:
        """Keep the report."""
        path.write_text(json.dumps(self.whole(), indent=1, ensure_ascii=False) + "\n", "utf-8")
