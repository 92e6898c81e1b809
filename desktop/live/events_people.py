"""Knows who is in a live session and what each brings along, and how the company changes while it runs.

Amounts are exact decimals in milligrams. Everything a participant brings is frozen in the entry that names them: a
record that is edited later changes no old session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.protocol import Level, Sign, Test


class PersonRole(StrEnum):
    """Whether a participant takes the medicine or sits with their partner."""

    DOSED = "dosed"
    SITTING = "sitting"


class TouchLevel(StrEnum):
    """How much of the plan still holds; each is narrower than the next, see `rank`.

    NONE: no touch. HANDS: hands only, asked first. ASK: what the plan allows, each time asked first. PLANNED: the plan.
    Touch for safety (cuff, airway, a fall) is no part of it.
    """

    NONE = "none"
    HANDS = "hands"
    ASK = "ask"
    PLANNED = "planned"

    @property
    def rank(self) -> int:
        """0 none, up to 3 as planned."""
        return list(TouchLevel).index(self)


@dataclass(frozen=True, slots=True)
class TouchRule:
    """One line of a touch plan confirmed sober. who: `therapist`, `assistant`, `partner`; state: `awake`, `peak`,

    `return` or `any`; may: `yes`, `ask` or `no`. What no line allows is a no.
    """

    who: str
    place: str
    state: str
    may: str


@dataclass(frozen=True, slots=True)
class OrderBand:
    """A limit that the prescriber set for one person: it takes the place of the protocol's limits of the same sign,

    level and direction once the person was dosed. diastolic only for `bp`.
    """

    sign: Sign
    level: Level
    test: Test
    limit: Decimal
    diastolic: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OrderLimits:
    """What the prescriber allows one person. Empty or None: not stated.

    booster_after_min counts from the first dose. schedule: a schedule's name, or minutes as `15,30,60`.
    """

    order_id: str = ""
    route: str = ""
    max_single_mg: Decimal | None = None
    max_total_mg: Decimal | None = None
    boosters: int = 0
    booster_after_min: int | None = None
    valid_until: date | None = None
    schedule: str = ""
    bands: tuple[OrderBand, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """A client in the session. key: `a`, `b`, or with the couple's number `3a`. intention: the person's own words.

    touch: the plan as confirmed sober, empty: none was made. allergies, medicines, contact (name and phone), consents:
    as they stood when the session began, for the hand-over sheet. couple: its number in a group, else 0, and couple_id.
    """

    key: str
    client_id: str
    name: str
    born: date
    role: PersonRole
    order: OrderLimits | None = None
    intention: str = ""
    touch: tuple[TouchRule, ...] = ()
    allergies: str = ""
    medicines: str = ""
    contact: str = ""
    consents: str = ""
    couple: int = 0
    couple_id: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody came to the session after it began."""

    who: str
    participant: Participant


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """Somebody who came for a dose sits with their partner instead."""

    who: str
    role: PersonRole


@dataclass(frozen=True, slots=True)
class TalkOnly:
    """There will be no medicine today: the session goes on as a talk. Nothing says whose reason it was."""

    reason: str = ""
