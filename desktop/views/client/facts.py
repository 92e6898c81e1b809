"""Knows what the page of somebody's care shows: plain facts, already decided."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.care import May
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class TouchRow:
    """Who may touch where: one answer for each state, in the order of the plan's states."""

    who: str
    place: str
    may: tuple[May, ...]


@dataclass(frozen=True, slots=True)
class TouchFacts:
    """The plan in force. number 0: there is none. sober: when it was last agreed to, in words; tone says how recent."""

    number: int
    states: tuple[str, ...]
    rows: tuple[TouchRow, ...]
    lines: tuple[tuple[str, str], ...]
    sober: str
    tone: Tone
    sign: str
    never: str
    basis: str
    versions: int


@dataclass(frozen=True, slots=True)
class CardFacts:
    """The safety card in force. number 0: there is none. lines: (what, words)."""

    number: int
    lines: tuple[tuple[str, str], ...]
    when: str


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One follow-up. late: its time has passed and it is not done."""

    id: str
    words: str
    due: str
    state: str
    sign: str
    tone: Tone
    open: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One adverse event."""

    id: str
    what: str
    began: str
    severity: str
    outcome: str
    follow_up: str


@dataclass(frozen=True, slots=True)
class CareFacts:
    """The page. may_lead: whether whoever looks may agree a touch plan."""

    client_id: str
    name: str
    born: str
    touch: TouchFacts
    card: CardFacts
    followups: tuple[FollowRow, ...]
    events: tuple[EventRow, ...]
    may_lead: bool
