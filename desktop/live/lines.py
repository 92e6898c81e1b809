"""Knows the lines a person's session is made of: one dose, one reading, one chip, one sentence each.

All times are milliseconds since the session started.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.protocol import CheckKind, Level, Sign
from desktop.live.events import Ending, Missed

READ = (Sign.BP, Sign.HR, Sign.SPO2, Sign.RR, Sign.TEMP)


@dataclass(frozen=True, slots=True)
class DoseLine:
    """A dose as it counts now. mg None: taken, details still to follow. number: 1 the first, later ones boosters.

    at_ms is when it was taken: the Taken entry's time where there is one (taken_seq).
    """

    seq: int
    at_ms: int
    number: int
    route: str
    mg: Decimal | None
    ml: Decimal | None = None
    mg_per_ml: Decimal | None = None
    lot: str = ""
    own: bool = False
    site: str = ""
    by: str = ""
    checked_by: str = ""
    check_kind: CheckKind | None = None
    above_order: tuple[str, ...] = ()
    entered_twice: bool = False
    missing: tuple[str, ...] = ()
    taken_seq: int | None = None
    remaining: int | None = None

    @property
    def booster(self) -> bool:
        """Whether a dose came before it."""
        return self.number > 1


@dataclass(frozen=True, slots=True)
class LossLine:
    """What was lost of the doses."""

    seq: int
    at_ms: int
    mg: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another medicine that was given."""

    seq: int
    at_ms: int
    medicine: str
    amount: Decimal
    unit: str
    route: str
    order: str


@dataclass(frozen=True, slots=True)
class VitalsLine:
    """A reading with the levels that stand beside it now."""

    seq: int
    at_ms: int
    systolic: int | None
    diastolic: int | None
    hr: int | None
    spo2: int | None
    rr: int | None
    temp: Decimal | None
    position: str
    levels: tuple[tuple[Sign, Level], ...]

    @property
    def bp(self) -> str:
        """`128/82`, or empty."""
        return f"{self.systolic}/{self.diastolic}" if self.systolic is not None else ""

    @property
    def signs(self) -> frozenset[Sign]:
        """Which signs were read."""
        values = (self.systolic, self.hr, self.spo2, self.rr, self.temp)
        return frozenset(sign for sign, value in zip(READ, values, strict=True) if value is not None)

    def level(self, sign: Sign) -> Level:
        """The level that was shown for a sign."""
        return dict(self.levels).get(sign, Level.NORMAL)


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A reading that was refused or failed; of empty: the whole set."""

    seq: int
    at_ms: int
    of: tuple[Sign, ...]
    outcome: Missed
    why: str


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A rating with the level that was shown."""

    seq: int
    at_ms: int
    of: str
    value: int
    level: Level


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """A chip that was seen."""

    seq: int
    at_ms: int
    chip: str
    label: str
    intensity: str


@dataclass(frozen=True, slots=True)
class WordsLine:
    """The person's own words; text empty: still to be written."""

    seq: int
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the log."""

    seq: int
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase that the clinician marked."""

    seq: int
    at_ms: int
    phase: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """An item that was checked."""

    seq: int
    at_ms: int
    item: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class AwayLine:
    """A person went (there True) or came back (there False: away no longer)."""

    seq: int
    at_ms: int
    away: bool
    with_whom: str


@dataclass(frozen=True, slots=True)
class EndingLine:
    """How a person's session ended."""

    seq: int
    at_ms: int
    ending: Ending
    items: tuple[tuple[str, str], ...]
    escort: str
    statement_by: str
    to: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutOfBand:
    """A value beyond its band. item: the sign, `bp`, `hr`, `spo2`, `rr` or `moaas`; value as text."""

    seq: int
    at_ms: int
    item: str
    level: Level
    value: str


def reading_text(line: VitalsLine, sign: Sign) -> str:
    """One sign of a reading as text, empty when it was not read."""
    value = line.bp if sign is Sign.BP else getattr(line, sign.value)
    return "" if value is None else str(value)
