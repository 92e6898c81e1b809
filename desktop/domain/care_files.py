"""Knows the data files behind the records of care: what a touch plan asks, what went wrong, what is due afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.protocol import Figure
from desktop.domain.protocol_fields import Fields, load
from desktop.domain.words import tr

HOURS_IN_A_YEAR = 24 * 366


@dataclass(frozen=True, slots=True)
class Named:
    """A key and its words. only: for touch, the one whom a place is asked about."""

    key: str
    label: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class TouchWords:
    """What a touch plan asks. if_more: the proposed answer to being asked for more; never: what no plan allows."""

    who: tuple[Named, ...]
    places: tuple[Named, ...]
    states: tuple[Named, ...]
    if_more: str
    never: str
    basis: str
    source: str

    def asked(self) -> tuple[tuple[Named, Named], ...]:
        """Every (who, place) that is asked about, in order."""
        return tuple((who, place) for who in self.who for place in self.places if place.only in ("", who.key))

    def label(self, key: str) -> str:
        """The words of a key; the key itself when the file no longer has it."""
        return label_of((*self.who, *self.places, *self.states), key)


@dataclass(frozen=True, slots=True)
class AdverseWords:
    """What can happen, and how it is rated. severity: words for 1 to 5."""

    what: tuple[Named, ...]
    severity: tuple[str, ...]
    seriousness: tuple[Named, ...]
    relatedness: tuple[Named, ...]
    outcome: tuple[Named, ...]
    basis: str
    source: str


class After(StrEnum):
    """For whom something is due after a session."""

    DOSED = "dosed"
    LEFT = "left"


class Answered(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    YES_NO = "yes_no"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Question:
    """What a call asks. red: the answer that the therapist or the prescriber is told of at once; '' for none."""

    key: str
    label: str
    kind: Answered
    red: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpKind:
    """Something that is due `hours` after a session's close."""

    key: str
    label: str
    after: After
    hours: Figure
    questions: tuple[Question, ...]


def label_of(named: tuple[Named, ...], key: str) -> str:
    """The words of a key; the key itself when the file no longer has it."""
    return next((one.label for one in named if one.key == key), key)


def _named(fields: Fields) -> Named:
    only = fields.key("only") if fields.has("only") else ""
    return Named(fields.key("key"), fields.text("label", 80), only)


def _list(top: Fields, field: str) -> tuple[Named, ...]:
    found = top.parts(field, _named)
    keys = [one.key for one in found]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        top.fail(field, tr("the name {name} stands there twice", name=key))
    return found


def _head(top: Fields) -> tuple[str, str]:
    top.key("id")
    top.whole("edition", 1, 9999)
    return top.text("basis", 40), top.text("source")


def read_touch(text: str, file: str) -> TouchWords:
    """What a touch plan asks, from a TOML text; DataFileError names file, line, field and reason."""
    top = load(text, file)
    basis, source = _head(top)
    found = TouchWords(
        _list(top, "who"), _list(top, "place"), _list(top, "state"), top.text("if_more"), top.text("never"),
        basis, source,
    )
    top.done()
    return found


def read_adverse(text: str, file: str) -> AdverseWords:
    """The list of adverse events from a TOML text; DataFileError."""
    top = load(text, file)
    basis, source = _head(top)
    severity = top.texts("severity")
    if len(severity) != 5:
        top.fail("severity", tr("five texts are needed"))
    found = AdverseWords(
        _list(top, "what"), severity, _list(top, "seriousness"), _list(top, "relatedness"), _list(top, "outcome"),
        basis, source,
    )
    top.done()
    return found


def _question(fields: Fields) -> Question:
    red = fields.text("red", 40) if fields.has("red") else ""
    return Question(fields.key("key"), fields.text("label", 120), fields.choice("kind", Answered), red)


def read_followups(text: str, file: str) -> tuple[FollowUpKind, ...]:
    """What is due after a session, from a TOML text; DataFileError."""
    top = load(text, file)
    top.key("id")
    top.whole("edition", 1, 9999)
    questions = {question.key: question for question in top.parts("question", _question)}

    def kind(fields: Fields) -> FollowUpKind:
        asked = fields.texts("questions")
        for key in asked:
            if key not in questions:
                fields.fail("questions", tr("there is no question {key}", key=key))
        return FollowUpKind(
            fields.key("key"), fields.text("label", 80), fields.choice("after", After),
            fields.figure("hours", 0, HOURS_IN_A_YEAR), tuple(questions[key] for key in asked),
        )

    found = top.parts("followup", kind)
    top.done()
    return found
