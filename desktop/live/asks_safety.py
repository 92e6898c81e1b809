"""Knows what can be asked about safety and about who is in the session: one frozen dataclass per command."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.live.events_people import Participant, PersonRole
from desktop.live.events_safety import OverrideHow


@dataclass(frozen=True, slots=True)
class AskPhoneOrder:
    """The prescriber ordered something by phone; read_back_by: who read it back to them."""

    who: str
    text: str
    prescriber: str
    read_back_by: str


@dataclass(frozen=True, slots=True)
class AskTouch:
    """Less touch than before, by any of its names. place empty: everywhere."""

    who: str
    to: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class AskSafe:
    """The safe signal."""

    who: str


@dataclass(frozen=True, slots=True)
class AskEmergency:
    """Open the emergency card. steps: the card's keys in order."""

    who: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskEmergencyStep:
    """A step of the open card was done."""

    who: str
    step: str


@dataclass(frozen=True, slots=True)
class AskEmergencyEnd:
    """The emergency is over."""

    who: str
    how: str


@dataclass(frozen=True, slots=True)
class AskAdverse:
    """An adverse event, opened from entry number `entry` where there is one. severity 1 to 5, 0: not yet rated."""

    who: str
    what: str
    entry: int | None = None
    severity: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskOverride:
    """Answer for a red item before a dose. by: the prescriber's name, or the member's for a logistic item."""

    who: str
    item: str
    by: str
    how: OverrideHow
    reason: str
    read_back_by: str = ""


@dataclass(frozen=True, slots=True)
class AskJoin:
    """Somebody comes to the session."""

    participant: Participant


@dataclass(frozen=True, slots=True)
class AskRole:
    """Somebody who came for a dose sits instead."""

    who: str
    role: PersonRole


@dataclass(frozen=True, slots=True)
class AskTalkOnly:
    """No medicine today; the session goes on as a talk."""

    reason: str = ""


SafetyAsk = (
    AskPhoneOrder | AskTouch | AskSafe | AskEmergency | AskEmergencyStep | AskEmergencyEnd | AskAdverse | AskOverride
    | AskJoin | AskRole | AskTalkOnly
)
