"""Knows the records beside a live session: touch plan, safety card, adverse event, signature, follow-up, words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.audience import Owner
from desktop.domain.moment import Moment


class May(StrEnum):
    """What somebody answered about one touch; what was not answered is a no."""

    NO = "no"
    ASK = "ask"
    YES = "yes"

    @property
    def rank(self) -> int:
        """How far it goes: no 0, ask 1, yes 2."""
        return tuple(May).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Permission:
    """Who may touch where, in which state, and whether at all. who, place and state: keys of the data file."""

    who: str
    place: str
    state: str
    may: May


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a plan permits, as it is kept: a line for each, `who place state may`, in order; a no is not written."""

    text: str = ""

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def of(each: Iterable[Permission]) -> Permissions:
        """Those that are more than a no."""
        kept = sorted({one for one in each if one.may is not May.NO})
        return Permissions("\n".join(f"{one.who} {one.place} {one.state} {one.may}" for one in kept))

    @property
    def each(self) -> tuple[Permission, ...]:
        """All of them, in order."""
        parts = (line.split(" ") for line in self.text.splitlines())
        return tuple(Permission(who, place, state, May(may)) for who, place, state, may in parts)

    def may(self, who: str, place: str, state: str) -> May:
        """What was answered; a no where nothing was."""
        found = (one.may for one in self.each if (one.who, one.place, one.state) == (who, place, state))
        return next(found, May.NO)

    def wider(self, before: Permissions) -> tuple[Permission, ...]:
        """What is permitted here that was not permitted before, or only when asked."""
        return tuple(one for one in self.each if one.may.rank > before.may(one.who, one.place, one.state).rank)


@dataclass(frozen=True, slots=True)
class TouchPlan:
    """One version of what a client permits; versions are kept. number: 1 is the first.

    sober_on: the day on which they agreed to it sober, None for a version that was only narrowed. silence: they know
    that silence or no answer is a no. practised_on: the day on which it was tried out.
    """

    id: str
    client_id: str
    number: int
    permissions: Permissions
    clothing: str
    stop_word: str
    signal: str
    silence: bool
    if_more: str
    practised_on: date | None
    sober_on: date | None
    made: Moment
    made_by: str
    version: int = 1

    @property
    def owner(self) -> Owner:
        """A plan belongs to the person whose body it is about."""
        return Owner.client(self.client_id)


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """What must be at hand in an emergency; versions are kept. Empty: not asked yet."""

    id: str
    client_id: str
    number: int
    allergies: str
    medicines: str
    contact_name: str
    contact_phone: str
    other: str
    made: Moment
    made_by: str
    version: int = 1

    @property
    def owner(self) -> Owner:
        """A card belongs to the person it is about."""
        return Owner.client(self.client_id)

    @property
    def contact(self) -> str:
        """Whom to call, in one line."""
        return ", ".join(part for part in (self.contact_name, self.contact_phone) if part)


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """Something unwanted that happened. what, serious, related, outcome: keys of the data file; '' not answered yet.

    began, ended: local time as `2026-03-02 15:40`; ended '' while it lasts. severity 1 to 5, 0 not rated yet.
    session_id and seq: the entry it was made from, None where it was written by hand.
    """

    id: str
    client_id: str
    session_id: str | None
    seq: int | None
    what: str
    began: str
    ended: str
    severity: int
    serious: str
    related: str
    action: str
    outcome: str
    reported_to: str
    follow_up: date | None
    note: str
    made: Moment
    made_by: str
    version: int = 1

    @property
    def owner(self) -> Owner:
        """It belongs to the person it happened to."""
        return Owner.client(self.client_id)


@dataclass(frozen=True, slots=True)
class OrderSignature:
    """A prescriber's signature under what they ordered or let pass by phone. digest: of the entry, as it stood then."""

    id: str
    session_id: str
    seq: int
    client_id: str
    member_id: str
    meaning: str
    digest: str
    signed: Moment
    version: int = 1

    @property
    def owner(self) -> Owner:
        """It belongs to the person it was ordered for."""
        return Owner.client(self.client_id)


class FollowState(StrEnum):
    """Where a follow-up stands; somebody who was not reached is still to be called."""

    OPEN = "open"
    NOT_REACHED = "not_reached"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that is due after a session. kind: its key in the data file; due: UTC."""

    id: str
    client_id: str
    session_id: str
    kind: str
    label: str
    due: datetime
    state: FollowState
    made: Moment
    version: int = 1

    @property
    def owner(self) -> Owner:
        """It belongs to the person it is about."""
        return Owner.client(self.client_id)


class StepHow(StrEnum):
    """What became of a follow-up."""

    DONE = "done"
    NOT_REACHED = "not_reached"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked and answered, as it is kept: pairs of question and answer in JSON."""

    text: str = "[]"

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def of(pairs: Iterable[tuple[str, str]]) -> Answers:
        """Pairs of question and answer; those without an answer are left out."""
        kept = [[question, answer] for question, answer in pairs if answer]
        return Answers(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Question and answer, in the order of asking."""
        return tuple((str(question), str(answer)) for question, answer in json.loads(self.text))


@dataclass(frozen=True, slots=True)
class FollowUpStep:
    """One try: done, not reached or moved. due: until when it was moved; answers: what a call was told."""

    id: str
    followup_id: str
    client_id: str
    how: StepHow
    note: str
    answers: Answers
    due: datetime | None
    at: Moment
    done_by: str
    version: int = 1

    @property
    def owner(self) -> Owner:
        """It belongs to the person who was called."""
        return Owner.client(self.client_id)


@dataclass(frozen=True, slots=True)
class WordRelease:
    """Words kept in a session that their speaker gave to the couple, sober. It is the couple's; the entry stays theirs.

    asked: whose wish it was, a key. said_ms: when in the session. withdrawn: they took it back.
    """

    id: str
    couple_id: str
    session_id: str
    seq: int
    client_id: str
    seat: str
    text: str
    said_ms: int
    asked: str
    released: Moment
    released_by: str
    withdrawn: Moment | None = None
    version: int = 1

    @property
    def owner(self) -> Owner:
        """What was given to both is the couple's."""
        return Owner.couple(self.couple_id)
