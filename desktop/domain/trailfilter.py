"""Knows which lines of the audit trail are asked for, and in which order: by every field that a line has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.audience import OwnerKind
from desktop.domain.records import Act


class By(StrEnum):
    """What lines can be put in order by."""

    NUMBER = "number"
    TIME = "time"
    MEMBER = "member"
    ACT = "act"
    KIND = "kind"
    OWNER = "owner"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word as it may stand in a line. text: in its detail, its record's kind or its number.

    The rest says what the word stands for in a member's name, an act, a kind or a compartment as the screen calls it.
    """

    text: str
    members: frozenset[str] = frozenset()
    acts: frozenset[Act] = frozenset()
    kinds: frozenset[str] = frozenset()
    owners: frozenset[OwnerKind] = frozenset()


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Lines that fit all of it; None and () ask for nothing. since, until: UTC, the second not included.

    first, last: numbers of lines, both included. order: what they are sorted by; lines that are alike there stand by
    their numbers.
    """

    since: datetime | None = None
    until: datetime | None = None
    member_id: str | None = None
    act: Act | None = None
    kind: str | None = None
    owner: OwnerKind | None = None
    first: int | None = None
    last: int | None = None
    words: tuple[Word, ...] = ()
    order: By = By.NUMBER
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included, as the clock on the wall had them where a line was written."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()} to {self.last.isoformat()}"
