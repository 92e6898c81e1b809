"""Knows what a couple's page, or the page of a client alone, shows: plain facts, already decided."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.views.ui.theme import Tone

AWAY = "away"
"""The state of a session that is carried to another machine."""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """One order. state: a word such as `in force`; can_withdraw: whether whoever looks may end it."""

    id: str
    title: str
    detail: str
    state: str
    tone: Tone
    sign: str
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person with two identifiers, in their seat. seat PLAIN and letter '' for someone alone."""

    client_id: str
    seat: Tone
    letter: str
    name: str
    born: str
    lines: tuple[str, ...]
    orders: tuple[OrderFacts, ...]


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One session in the list. state: `planned`, `away`, `running`, `closed`; action: what the board's button says."""

    id: str
    day: str
    title: str
    people: str
    state: str
    words: str
    sign: str
    tone: Tone
    action: str
    number: int


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """One note. whose: `A`, `B`, `A+B`, or '' for someone alone; whose_key: `a`, `b`, `both` or `alone`.

    signed: when, '' for a draft. open: a draft that whoever looks may change.
    """

    id: str
    whose: str
    whose_key: str
    seats: tuple[Tone, ...]
    by: str
    when: str
    first_line: str
    text: str
    signed: str
    open: bool
    version: int


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """The page. owner_words: who the page is about, for the strip at its edge.

    couples: (id, label) of those that a client alone is a partner in.
    """

    title: str
    owner_words: str
    people: tuple[PersonFacts, ...]
    sessions: tuple[SessionFacts, ...]
    notes: tuple[NoteFacts, ...]
    may_prescribe: bool
    may_lead: bool
    couples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolChoice:
    """A protocol in the plan form, with the medicine and route that an order must name."""

    id: str
    title: str
    medicine: str
    route: str


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """An order in force, as the plan form lists it. title: its amounts; until: the last day it is in force, ISO."""

    id: str
    client_id: str
    medicine: str
    route: str
    title: str
    until: str
