"""Knows what the list of couples and clients shows, and the drafts of its forms."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors import Problem
from desktop.domain.people import NAME_LIMIT, ClientDraft, clean
from desktop.domain.words import tr


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: a couple or a client, with two identifiers for everybody in it. kind: `couple` or `client`."""

    kind: str
    id: str
    title: str
    born: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CoupleFields:
    """What the form for a couple holds: the ids of both partners, and what the clinic calls them."""

    a: str = ""
    b: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who can be a partner: id, and name with date of birth."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record that two people changed: what stands here, and what was saved meanwhile."""

    field: str
    words: str
    mine: str
    theirs: str


def check_couple(draft: CoupleFields) -> tuple[Problem, ...]:
    """What keeps a couple from being made, a line per field."""
    problems = []
    if not draft.a:
        problems.append(Problem("a", tr("Choose partner A.")))
    if not draft.b:
        problems.append(Problem("b", tr("Choose partner B.")))
    elif draft.a == draft.b:
        problems.append(Problem("b", tr("A couple is two people: choose somebody else.")))
    if len(clean(draft.label)) > NAME_LIMIT:
        problems.append(Problem("label", tr("At most {n} characters.", n=NAME_LIMIT)))
    return tuple(problems)


CLIENT_FIELDS = (
    ("name", tr("Name")),
    ("born", tr("Date of birth")),
    ("pronouns", tr("Pronouns")),
    ("contact", tr("Contact")),
    ("language", tr("Language")),
)


def differences(mine: ClientDraft, theirs: ClientDraft) -> tuple[Difference, ...]:
    """Where two versions of a client differ."""
    return tuple(
        Difference(field, words, getattr(mine, field), getattr(theirs, field))
        for field, words in CLIENT_FIELDS
        if clean(getattr(mine, field)) != clean(getattr(theirs, field))
    )
