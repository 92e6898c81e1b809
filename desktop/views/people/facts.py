"""Knows what the list of couples and clients shows, and the drafts of its forms."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.people import ClientDraft, clean
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
