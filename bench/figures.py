"""Knows how many measurements become a few numbers, and whether an aim is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds, of `count` measurements."""

    count: int
    least: float
    middle: float
    p99: float
    most: float

    @staticmethod
    def of(milliseconds: Sequence[float]) -> Spread:
        """From single measurements; the 99th percentile is one of them (nearest rank)."""
        ordered = sorted(milliseconds)
        rank = max(0, -(-99 * len(ordered) // 100) - 1)
        return Spread(len(ordered), ordered[0], median(ordered), ordered[rank], ordered[-1])

    def whole(self) -> dict[str, float]:
        """For the report."""
        return {
            "count": self.count, "min_ms": round(self.least, 3), "median_ms": round(self.middle, 3),
            "p99_ms": round(self.p99, 3), "max_ms": round(self.most, 3),
        }


@dataclass(frozen=True, slots=True)
class Aim:
    """What was to be reached. unit: `x` for a ratio, `ms`; value and most in it."""

    what: str
    value: float
    most: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.value <= self.most

    def whole(self) -> dict[str, object]:
        """For the report."""
        return {"what": self.what, "value": round(self.value, 2), "aim": self.most, "unit": self.unit, "met": self.met}


@dataclass(frozen=True, slots=True)
class Result:
    """One family of measurements, taken in turns within one run."""

    name: str
    spreads: dict[str, Spread]
    aims: tuple[Aim, ...]
    notes: tuple[str, ...] = ()

    def whole(self) -> dict[str, object]:
        """For the report."""
        return {
            "name": self.name, "spreads": {name: each.whole() for name, each in self.spreads.items()},
            "aims": [aim.whole() for aim in self.aims], "notes": list(self.notes),
        }

    def text(self) -> str:
        """For the person at the keyboard."""
        wide = max(len(name) for name in self.spreads)
        lines = [self.name, f"  {'':<{wide}}  {'min':>9} {'median':>9} {'p99':>9} {'max':>9}  count"]
        for name, each in self.spreads.items():
            numbers = " ".join(f"{value:>6.2f} ms" for value in (each.least, each.middle, each.p99, each.most))
            lines.append(f"  {name:<{wide}}  {numbers}  {each.count}")
        for aim in self.aims:
            verdict = "met" if aim.met else "NOT MET"
            lines.append(f"  {aim.what}: {aim.value:.2f} {aim.unit} (aim: at most {aim.most:g} {aim.unit}) {verdict}")
        return "\n".join((*lines, *(f"  {note}" for note in self.notes)))
