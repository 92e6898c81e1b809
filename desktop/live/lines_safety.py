"""Knows the lines of a person's session that are about safety, and a turn of the dialogue.

All times are milliseconds since the session started.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.live.events_safety import OverrideHow


@dataclass(frozen=True, slots=True)
class PhoneOrderLine:
    """An order by phone, read back; it waits for the prescriber's signature."""

    seq: int
    at_ms: int
    text: str
    prescriber: str
    read_back_by: str


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """An emergency. asked: the steps of the card; steps: what was done, as (step, at_ms, seq). ended_ms None: open."""

    seq: int
    at_ms: int
    asked: tuple[str, ...] = ()
    steps: tuple[tuple[str, int, int], ...] = ()
    ended_ms: int | None = None
    how: str = ""

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.ended_ms is None


@dataclass(frozen=True, slots=True)
class AdverseLine:
    """Something unwanted that happened. entry: what it was opened from; severity 1 to 5, 0 not yet rated."""

    seq: int
    at_ms: int
    what: str
    entry: int | None
    severity: int
    note: str


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """A red item before a dose that somebody answered for."""

    seq: int
    at_ms: int
    item: str
    by: str
    how: OverrideHow
    reason: str
    read_back_by: str


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One sender's turn. to_ms None: it still goes on. sendings: how often the receiver began to send."""

    sender: str
    from_ms: int
    to_ms: int | None
    mirrors: int
    corrections: int
    interruptions: int
    sendings: int
