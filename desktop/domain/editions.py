"""Knows a practice's own edition of a data file: what was changed, by whom, when and why; every one of them is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.moment import Moment


class DataKind(StrEnum):
    """What a practice may have an edition of its own of."""

    PROTOCOL = "protocol"
    CARD = "card"


class Done(StrEnum):
    """What made an edition."""

    CHANGED = "changed"
    CONFIRMED = "confirmed"
    ON = "switched on"
    OFF = "switched off"
    IMPORTED = "imported"
    SHIPPED = "taken back"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one file; the highest number of a name is in force, unless it was taken back to the shipped one.

    place: the number it was about, as a path, or empty. based_on: sha256 in hex of the shipped text that it was made
    from, empty for a file of the practice's own.
    """

    id: str
    kind: DataKind
    name: str
    number: int
    done: Done
    place: str
    text: str
    based_on: str
    reason: str
    made: Moment
    made_by: str
    version: int = 1
