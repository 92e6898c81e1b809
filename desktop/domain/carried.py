"""Knows what a carried session is: what leaves the practice, what stays marked here, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.audience import Owner
from desktop.domain.moment import Moment
from desktop.domain.records import Session

SHORTEST, USUAL, LONGEST = timedelta(hours=1), timedelta(hours=24), timedelta(days=14)
MOST_BUNDLE, MOST_RETURN = 16 << 20, 256 << 20  # bytes of a file that is meant
CLOCKS_APART = timedelta(days=1)
"""A machine whose clock stands so far before the making of what it opens is set wrong."""


class CarryState(StrEnum):
    """Where a carried session stands at home; returned and taken back are final."""

    OUT = "out"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Carried:
    """That a session was given out. owner: the session's; digests: sha256, hex.

    epoch: which of the practice's keys its return is sealed to. given_digest: of the opening that was given.
    settled, settled_by: when and by whom it was returned or taken back; return_digest, entries: of what came back.
    """

    id: str
    session_id: str
    owner: Owner
    made_by: str
    made: Moment
    expires: Moment
    epoch: int
    bundle_digest: str
    given_digest: str
    state: CarryState = CarryState.OUT
    settled: Moment | None = None
    settled_by: str | None = None
    return_digest: str = ""
    entries: int = 0
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class CarriedPerson:
    """A client as they travel: the two identifiers, and who to call. No history, no notes."""

    id: str
    name: str
    born: date
    contact: str = ""


@dataclass(frozen=True, slots=True)
class CarriedCouple:
    """Two clients in care together, partner A first; what the clinic calls them stays at home."""

    id: str
    partner_a: str
    partner_b: str


@dataclass(frozen=True, slots=True)
class CarriedMember:
    """Somebody who works at the board elsewhere: no keys, and not the role of an owner."""

    id: str
    name: str
    initials: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What travels: one session with all that its board needs, and nothing else of the practice.

    session: as it is planned, but for the orders' identifiers; what the orders allow stands in `given`, which is the
    opening, as the live session spells it. members: who works there, without keys. epoch, home_public, secret: what
    the return is sealed to and shown to be of, hex.
    """

    id: str
    practice_id: str
    practice: str
    session: Session
    people: tuple[CarriedPerson, ...]
    couples: tuple[CarriedCouple, ...]
    members: tuple[CarriedMember, ...]
    made_by: str
    made: Moment
    expires: Moment
    given: str
    epoch: int
    home_public: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Travelling:
    """In a travelling practice's folder: what it was made from. One row, written once; its fields are the bundle's."""

    id: str
    session_id: str
    practice_id: str
    made: Moment
    expires: Moment
    epoch: int
    home_public: str
    secret: str = field(repr=False)
    given: str = field(repr=False)
    bundle_digest: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What comes back: every entry as the live session spells it, in order; none for a session that was never begun."""

    id: str
    session_id: str
    bundle_digest: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A carried session as a list shows it. names: of whose session it is, partner A first; by: who made the bundle."""

    carried: Carried
    names: tuple[str, ...]
    planned_for: date
    by: str
    settled_by: str = ""


def expired(expires: Moment, now: Moment) -> bool:
    """Whether the time in which a carried session may be begun is over."""
    return now.utc > expires.utc
