"""Knows how what somebody typed and chose above the trail becomes a filter, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone

from desktop.domain.audience import OwnerKind
from desktop.domain.errors import Problem
from desktop.domain.people import read_date
from desktop.domain.records import Act
from desktop.domain.trailfilter import By, TrailFilter, Word
from desktop.domain.words import tr
from desktop.views.audit.words import act_words, owner_words, subject_words


@dataclass(frozen=True, slots=True)
class FilterDraft:
    """What stands in the fields, as typed; '' for all."""

    text: str = ""
    member: str = ""
    act: str = ""
    kind: str = ""
    owner: str = ""
    since: str = ""
    until: str = ""
    first: str = ""
    last: str = ""
    order: str = By.NUMBER.value
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the fields offer. members: names by ids; kinds: of records that lines tell of; offset: of the place."""

    members: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    offset_minutes: int = 0


def check_filter(draft: FilterDraft) -> tuple[Problem, ...]:
    """What is wrong with the days and numbers."""
    problems = [
        Problem(name, tr("A day, as 2026-05-01."))
        for name, typed in (("since", draft.since), ("until", draft.until))
        if typed.strip() and read_date(typed) is None
    ]
    problems += [
        Problem(name, tr("A number."))
        for name, typed in (("first", draft.first), ("last", draft.last))
        if typed.strip() and not re.fullmatch("[0-9]{1,12}", typed.strip())
    ]
    return tuple(problems)


def filter_of(draft: FilterDraft, known: Known) -> TrailFilter:
    """The filter that a draft without problems asks for. The newest line stands first unless it is reversed."""
    order = By(draft.order)
    first_last = order in (By.NUMBER, By.TIME)  # numbers and times begin with the newest, words with A
    return TrailFilter(
        since=_midnight(read_date(draft.since), known.offset_minutes),
        until=_midnight(_next(read_date(draft.until)), known.offset_minutes),
        member_id=draft.member or None, act=Act(draft.act) if draft.act else None, kind=draft.kind or None,
        owner=OwnerKind(draft.owner) if draft.owner else None, first=_number(draft.first), last=_number(draft.last),
        words=tuple(_word(word, known) for word in draft.text.split()), order=order,
        descending=first_last is not draft.reverse,
    )  # fmt: skip


def folded(text: str) -> str:
    """The form of a word that is compared: without case and accents."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(ch for ch in apart if not unicodedata.combining(ch))


def _next(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)


def _midnight(day: date | None, offset_minutes: int) -> datetime | None:
    if day is None:
        return None
    here = timezone(timedelta(minutes=offset_minutes))
    return datetime.combine(day, time(), here).astimezone(UTC)


def _number(typed: str) -> int | None:
    return int(typed) if typed.strip() else None


def _word(typed: str, known: Known) -> Word:
    word = folded(typed)
    return Word(
        typed,
        frozenset(each for each, name in known.members.items() if word in folded(name)),
        frozenset(act for act in Act if word in folded(act_words(act))),
        frozenset(kind for kind in known.kinds if word in folded(subject_words(kind))),
        frozenset(owner for owner in OwnerKind if word in folded(owner_words(owner))),
    )
