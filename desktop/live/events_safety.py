"""Knows what keeps people safe in a session: orders by phone, touch, the safe signal, emergencies, adverse events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.live.events_people import TouchLevel


class OverrideHow(StrEnum):
    """How a red item before a dose was answered for: the prescriber here or by phone, or a therapist's reason."""

    PRESENT = "present"
    PHONE = "phone"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class PhoneOrdered:
    """The prescriber ordered something by phone and it was read back; it waits for their signature."""

    who: str
    text: str
    prescriber: str
    read_back_by: str


@dataclass(frozen=True, slots=True)
class TouchNarrowed:
    """A person allows less touch than before, everywhere or at one place; never more."""

    who: str
    to: TouchLevel
    place: str = ""


@dataclass(frozen=True, slots=True)
class SafeSignalled:
    """A person gave their safe signal: no touch for them from here on, and a dialogue stops."""

    who: str


@dataclass(frozen=True, slots=True)
class EmergencyCalled:
    """The emergency card was opened for a person. steps: its keys in order, as the card was then."""

    who: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyStepped:
    """A step of the card was done."""

    who: str
    step: str


@dataclass(frozen=True, slots=True)
class EmergencyEnded:
    """The emergency is over, and how."""

    who: str
    how: str


@dataclass(frozen=True, slots=True)
class AdverseOpened:
    """Something unwanted happened. entry: the entry it was opened from; severity 1 to 5, 0: not yet rated."""

    who: str
    what: str
    entry: int | None = None
    severity: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overridden:
    """A red item before a dose was answered for. by: the prescriber, or the therapist for a logistic item.

    One by phone was read back and waits for the prescriber's signature.
    """

    who: str
    item: str
    by: str
    how: OverrideHow
    reason: str
    read_back_by: str = ""
