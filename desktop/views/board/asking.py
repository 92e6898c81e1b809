"""Knows what a panel of the board asks for: fields as data, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.errors import Problem
from desktop.live.asks import Ask, Now
from desktop.live.state import LiveState, PersonState
from desktop.services.joining import Newcomer
from desktop.views.board.checkwords import CheckWords
from desktop.views.board.safetywords import SafetyWords
from desktop.views.board.shown_safety import FactLine
from desktop.views.ui.facts import PersonFacts
from desktop.views.ui.theme import Tone


class FieldKind(StrEnum):
    """How a thing is asked for."""

    LINE = "line"
    NUMBER = "number"
    CHOICE = "choice"
    BUTTONS = "buttons"
    TICK = "tick"
    TEXT = "text"
    YES_NO = "yes_no"
    HEADING = "heading"
    NOTE = "note"
    FIND = "find"


SPLIT = " \u00b7 "
"""Stands between the words of an answer and the two letters that reach it."""
AT_ONCE = "at once"
Values = Mapping[str, str]
"""What was answered: texts; a tick is `yes` or empty."""


@dataclass(frozen=True, slots=True)
class AskField:
    """One thing that is asked for.

    options: (key, words). hint: what helps; for a number, which digits make the keyboard go on (see `goes_on`); for one
    of many that is found by typing, how many of the first answers have a digit.
    pair: stands in one row with the field before it. tone: colours a heading. at_once: a choice here saves.
    keys_from: how many digits the buttons above have used up already. letters: one for each option,
    which chooses it and saves at once, with `AT_ONCE` among the answers. points: the digits of a row are its keys.
    """

    name: str
    words: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    pair: bool = False
    tone: Tone = Tone.PLAIN
    at_once: bool = False
    keys_from: int = 0
    letters: str = ""
    points: bool = False


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """A panel as it is shown. person: whom it is about, by two identifiers; None for the room.

    note: what must be known before, such as the order's limits. at_once: a choice saves without a further key.
    held: what was answered before and is not shown again, as name and value. note_of: the note and its tone as it
    reads with the answers given so far; None where it stays as it is. steps: a long list, in which Enter and each
    answer go on to the next field.
    """

    id: str
    title: str
    fields: tuple[AskField, ...]
    save: str
    person: PersonFacts | None = None
    note: str = ""
    note_tone: Tone = Tone.PLAIN
    pad: bool = False
    at_once: bool = False
    held: tuple[tuple[str, str], ...] = ()
    steps: bool = False
    note_of: Callable[[Values], tuple[str, Tone]] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a panel is opened with: the session now, whom it is about, which entry, and who works here.

    members: (id, words) of those who may be named. author: who says so, the member at the desk unless another.
    words: the data files of safety; checks: those of the checks. handover: what a crew must be told of who.
    newcomers: who may come, once it was asked.
    """

    state: LiveState
    now: Now
    who: PersonState | None = None
    entry: int | None = None
    members: tuple[tuple[str, str], ...] = ()
    prescribers: tuple[tuple[str, str], ...] = ()
    author: str = ""
    words: SafetyWords | None = None
    handover: tuple[FactLine, ...] = ()
    checks: CheckWords | None = None
    newcomers: tuple[Newcomer, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a panel: things to keep, one after the other, or what is wrong with the answers.

    again: show this panel instead, with a question that follows from the answers; what is in asks is kept before.
    paper: and then this sheet is wanted, as `downtime:a`.
    """

    asks: tuple[Ask, ...] = ()
    problems: tuple[Problem, ...] = ()
    again: PanelFacts | None = None
    ago_min: int = 0
    paper: str = ""


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A panel: whom it needs, how it opens, and how its answers become entries. needs: `person`, `entry` or ''."""

    id: str
    needs: str
    opens: Callable[[Scene], PanelFacts]
    settles: Callable[[Scene, Values], Settled]


def wrong(**texts: str) -> Settled:
    """Answers that need another look, by field."""
    return Settled(problems=tuple(Problem(name, text) for name, text in texts.items()))
