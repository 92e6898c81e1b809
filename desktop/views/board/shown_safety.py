"""Knows what the board shows of safety at one moment: the emergency card, the hand-over facts, a touch plan."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.views.ui.facts import PersonFacts
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step of the card. digit: its key; at: the minute at which it was ticked, empty while it is open."""

    key: str
    digit: str
    words: str
    detail: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line of the hand-over facts: what it is, and its words; missing: nothing is known of it."""

    name: str
    words: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyFacts:
    """The open card. person None: drawn under the veil, which names nobody. since: minutes and seconds since the call.

    call: whom to call and from where. facts: what a crew must be told, empty while the steps are shown.
    others: (key, words) of other cards that are open.
    """

    who: str
    letter: str
    seat: Tone
    person: PersonFacts | None
    title: str
    since: str
    call: str
    steps: tuple[StepFacts, ...]
    facts: tuple[FactLine, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TouchCell:
    """What one may do at one place now. may: `yes`, `ask` or `no`; narrowed: it was more when it was agreed sober."""

    place: str
    may: str
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class TouchRow:
    """Who may touch, and the places."""

    who: str
    cells: tuple[TouchCell, ...]


@dataclass(frozen=True, slots=True)
class TouchFacts:
    """A person's touch card. state: for which state it is read now; said: how much of the plan holds, and since when.

    planned: whether a plan was agreed sober at all; stopped: a safe signal was given.
    """

    key: str
    letter: str
    state: str
    said: str
    tone: Tone
    rows: tuple[TouchRow, ...]
    safety: str
    planned: bool = True
    stopped: bool = False
