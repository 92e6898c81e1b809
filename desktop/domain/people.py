"""Knows who there is: members of the practice with their roles, clients, and couples."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.audience import Owner
from desktop.domain.errors import Invalid, NotAllowed, Problem
from desktop.domain.words import tr

NAME_LIMIT = 120
TEXT_LIMIT = 400
OLDEST_YEARS = 125


class Role(StrEnum):
    """What a member is here for; one may hold several."""

    OWNER = "owner"
    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    ASSISTANT = "assistant"


class Seat(StrEnum):
    """A partner's place in a couple: a letter, a side and a colour, never a rank."""

    A = "a"
    B = "b"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who works here. initials: shown beside entries, unique in the practice."""

    id: str
    name: str
    initials: str
    roles: frozenset[Role]
    active: bool = True
    version: int = 1

    def may(self, *roles: Role) -> bool:
        """Whether the member holds any of `roles`; an owner may not do clinical work by that alone."""
        return self.active and bool(self.roles & set(roles))


def require(member: Member, *roles: Role) -> None:
    """Raise NotAllowed unless `member` holds one of `roles`."""
    if not member.may(*roles):
        names = ", ".join(sorted(role.value for role in roles))
        raise NotAllowed(
            tr("This needs a member with the role: {roles}.", roles=names),
            tr("Nothing was changed."),
            tr("Ask a colleague who holds it, or the owner to change the roles."),
        )


CLINICAL = (Role.THERAPIST, Role.PRESCRIBER, Role.ASSISTANT)


@dataclass(frozen=True, slots=True)
class Client:
    """A person in care; always shown by two identifiers, name and date of birth."""

    id: str
    name: str
    born: date
    pronouns: str = ""
    contact: str = ""
    language: str = ""
    version: int = 1

    @property
    def owner(self) -> Owner:
        """The compartment that this record belongs to: the person's own."""
        return Owner.client(self.id)


@dataclass(frozen=True, slots=True)
class ClientDraft:
    """What a form holds before it is saved; born as typed, `YYYY-MM-DD`."""

    name: str = ""
    born: str = ""
    pronouns: str = ""
    contact: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Couple:
    """Two clients in care together: a record of its own, beside each partner's."""

    id: str
    partner_a: str
    partner_b: str
    label: str = ""
    version: int = 1

    @property
    def owner(self) -> Owner:
        """The compartment that this record belongs to: what both share."""
        return Owner.couple(self.id)


def clean(text: str) -> str:
    """Text as it is kept: composed (NFC), no control characters, no blanks at the ends or doubled."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if ch in "\t\r\n" else ch for ch in composed)
    return " ".join("".join(ch for ch in kept if unicodedata.category(ch) not in ("Cc", "Cs")).split())


def read_date(text: str) -> date | None:
    """A date typed as `YYYY-MM-DD`, or None."""
    try:
        return date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None


def check_client(draft: ClientDraft, today: date) -> tuple[Problem, ...]:
    """What keeps a client draft from being saved, a line per field."""
    problems = []
    name = clean(draft.name)
    if not name:
        problems.append(Problem("name", tr("A name is needed.")))
    elif len(name) > NAME_LIMIT:
        problems.append(Problem("name", tr("At most {n} characters.", n=NAME_LIMIT)))
    born = read_date(draft.born)
    if born is None:
        problems.append(Problem("born", tr("A date of birth is needed, as year-month-day: 1984-05-01.")))
    elif born > today:
        problems.append(Problem("born", tr("This day has not come yet.")))
    elif today.year - born.year > OLDEST_YEARS:
        problems.append(Problem("born", tr("This year is more than {n} years ago.", n=OLDEST_YEARS)))
    problems += [
        Problem(field, tr("At most {n} characters.", n=TEXT_LIMIT))
        for field in ("pronouns", "contact", "language")
        if len(clean(getattr(draft, field))) > TEXT_LIMIT
    ]
    return tuple(problems)


def client_from(draft: ClientDraft, client_id: str, today: date, version: int = 1) -> Client:
    """The client that a draft describes; raises Invalid with the problems."""
    problems = check_client(draft, today)
    born = read_date(draft.born)
    if problems or born is None:
        raise Invalid(problems)
    return Client(
        id=client_id, name=clean(draft.name), born=born, pronouns=clean(draft.pronouns),
        contact=clean(draft.contact), language=clean(draft.language), version=version,
    )


def initials_of(name: str) -> str:
    """Two or three letters to show beside an entry, from a name in any script; a title such as Dr gives none."""
    words = [word for word in clean(name).replace(",", " ").split() if any(ch.isalpha() for ch in word)]
    letters = [next(ch for ch in word if ch.isalpha()) for word in _without_titles(words)]
    return "".join(letters[:3]).upper() or "?"


# Before a name, and behind it. What is also a name in some language (Md, Ma, Do, Pa) counts only where it is a title.
_TITLES = frozenset({"dr", "med", "phil", "prof", "professor", "doctor", "mr", "mrs", "ms", "mx"})
_DEGREES = frozenset({"md", "phd", "psyd", "dphil", "lcsw", "lmft", "lpc", "msw", "dnp", "rn"})


def _without_titles(words: list[str]) -> list[str]:
    """The words of a name without Dr before it and MD behind it; all of them when nothing else is there."""
    first, last = 0, len(words)
    while first < last and _bare(words[first]) in _TITLES:
        first += 1
    while last > first and _bare(words[last - 1]) in _DEGREES:
        last -= 1
    return words[first:last] or words


def _bare(word: str) -> str:
    return word.replace(".", "").casefold()
