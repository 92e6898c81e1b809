"""Knows what the board shows at one moment: plain frozen facts, decided by the presenter, painted by the view."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.breath import Breath
from desktop.views.board.shown_safety import TouchFacts
from desktop.views.ui.facts import (
    Chip,
    ClockFacts,
    DueFacts,
    LogRow,
    PersonFacts,
    PhaseFacts,
    StripsFacts,
    TileFacts,
)
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class StateLine:
    """One plain line about a person, such as `away since 1:12, with MK`."""

    icon: str
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class SideFacts:
    """One participant's side. limits: the order in one line. lines: away, ending, and what is still missing.

    closed: the whole session is over, so that nothing is due any more.
    """

    key: str
    person: PersonFacts
    limits: StateLine
    due: DueFacts
    phases: PhaseFacts
    tiles: tuple[TileFacts, ...]
    strips: StripsFacts
    chips: tuple[Chip, ...]
    lines: tuple[StateLine, ...] = ()
    closed: bool = False
    touch: TouchFacts | None = None


@dataclass(frozen=True, slots=True)
class NextDue:
    """One participant's next due item in the top line."""

    seat: Tone
    letter: str
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class GlancePerson:
    """One person of a group at a glance. clock: `1:05` since the first dose; next: what is due."""

    seat: Tone
    letter: str
    name: str
    clock: str
    next: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class GlanceCouple:
    """One couple of a group at a glance."""

    number: int
    opened: bool
    people: tuple[GlancePerson, ...]


@dataclass(frozen=True, slots=True)
class TopFacts:
    """The top bar. sub: what stands under the title, such as the protocol and who is in the room. glance: a group."""

    clock: ClockFacts
    title: str
    sub: str
    due: tuple[NextDue, ...]
    closed: bool = False
    glance: tuple[GlanceCouple, ...] = ()


@dataclass(frozen=True, slots=True)
class CoachFacts:
    """The dialogue coach. prompt: what is said now, in large type, by the speaker; steps: (key, words, done, now).

    marks: (key, words, how often in this turn). breath_ms: how long the breath has lasted, None outside of one.
    affect: each person's numbers before it. topic: what it is about, in a sentence.
    """

    speaker: Tone
    speaker_letter: str
    title: str
    prompt: str
    hint: str
    tally: str
    steps: tuple[tuple[str, str, bool, bool], ...]
    next_step: str
    marks: tuple[tuple[str, str, int], ...] = ()
    breath: Breath | None = None
    breath_ms: int | None = None
    affect: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """What stands above the quick line: whom it is about and what Enter will save.

    tone RED for what cannot be kept. more: what could complete it. ready: Enter saves it.
    """

    text: str = ""
    letter: str = ""
    seat: Tone = Tone.PLAIN
    tone: Tone = Tone.PLAIN
    more: str = ""
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a strip. key: what to press; id: what it means."""

    id: str
    words: str
    key: str
    seat: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class StripFacts:
    """A question in the page, answered by one key or a touch; Escape takes it back."""

    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One thing that can be done. key: as QKeySequence reads it; key_words: as it is shown."""

    id: str
    title: str
    icon: str
    key: str = ""
    enabled: bool = True
    checked: bool = False


@dataclass(frozen=True, slots=True)
class PaperLink:
    """Something on paper that a closed session offers. seat: `a`, `b` or None for the worksheets."""

    words: str
    icon: str
    seat: str | None


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """The whole board. log is newest first; keys: what has a key and stands in no row."""

    top: TopFacts
    sides: tuple[SideFacts, ...]
    log: tuple[LogRow, ...]
    coach: CoachFacts | None
    actions: tuple[ActionFacts, ...]
    closed: bool
    papers: tuple[PaperLink, ...] = ()
    keys: tuple[ActionFacts, ...] = ()
