"""Knows the records around a session: orders, sessions, notes, and what the audit trail holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.audience import Owner
from desktop.domain.integrity import Flaw
from desktop.domain.moment import Moment


class SessionKind(StrEnum):
    """The kinds of meeting."""

    INTAKE = "intake"
    INDIVIDUAL = "individual"
    PREPARATION = "preparation"
    DOSING = "dosing"
    INTEGRATION = "integration"
    DIALOGUE = "dialogue"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"


class SessionState(StrEnum):
    """Where a session stands; closed is final, later only addenda."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class SessionFormat(StrEnum):
    """Who takes the medicine in a session. alternating: one this time, the other the next; group: several couples."""

    ONE = "one"
    ONE_SITS = "one_sits"
    BOTH = "both"
    ALTERNATING = "alternating"
    GROUP = "group"

    @property
    def opened_as(self) -> str:
        """How the session's opening names it: for the evening itself, alternating is one who sits with the other."""
        return SessionFormat.ONE_SITS.value if self is SessionFormat.ALTERNATING else self.value


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """A client's place in a session. role: `dosed` or `sitting`. intention: the person's own words.

    seat: `a` or `b`; in a group with the couple's number before it, `3a`, and couple_id is that couple.
    """

    client_id: str
    seat: str
    role: str
    order_id: str | None = None
    intention: str = ""
    couple_id: str | None = None

    @property
    def couple_number(self) -> int:
        """The couple's number in a group; 0 elsewhere."""
        digits = self.seat[:-1]
        return int(digits) if digits.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting. owner is the couple's compartment, the person's when they come alone, in a group the practice.

    format: None in a session that was planned before there were any. label: what a group is called.
    """

    id: str
    owner: Owner
    kind: SessionKind
    protocol_id: str
    planned_for: date
    state: SessionState
    people: tuple[SessionPerson, ...]
    started: Moment | None = None
    closed: Moment | None = None
    version: int = 1
    format: SessionFormat | None = None
    label: str | None = None

    @property
    def group(self) -> bool:
        """Whether several couples take part."""
        return self.format is SessionFormat.GROUP

    def owner_of(self, number: int) -> Owner:
        """The compartment of the couple with that number in a group; the session's own elsewhere."""
        found = (part.couple_id for part in self.people if part.couple_number == number and part.couple_id)
        couple_id = next(found, None)
        return self.owner if couple_id is None else Owner.couple(couple_id)


@dataclass(frozen=True, slots=True)
class Order:
    """What the prescriber allows for one client. Amounts in mg, to 0.01; times in minutes.

    booster_after_min counts from the first dose. valid_until: last day it holds.
    """

    id: str
    client_id: str
    prescriber_id: str
    medicine: str
    route: str
    max_single_mg: Decimal
    max_total_mg: Decimal
    boosters: int
    booster_after_min: int | None
    valid_from: date
    valid_until: date
    schedule: str = ""
    remarks: str = ""
    withdrawn: bool = False
    version: int = 1

    @property
    def owner(self) -> Owner:
        """An order belongs to the person it is written for."""
        return Owner.client(self.client_id)


class NoteKind(StrEnum):
    """A progress note is part of the record; a psychotherapy note stays the author's own."""

    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Note:
    """A note in one compartment. Signed notes are locked in storage."""

    id: str
    owner: Owner
    session_id: str | None
    author_id: str
    text: str
    written: Moment
    kind: NoteKind = NoteKind.PROGRESS
    signed: Moment | None = None
    version: int = 1


class Act(StrEnum):
    """What the audit trail tells apart."""

    CREATE = "create"
    CHANGE = "change"
    VIEW = "view"
    SEARCH = "search"
    PRINT = "print"
    EXPORT = "export"
    UNLOCK = "unlock"
    LOCK = "lock"
    START = "start"
    ENTRY = "entry"
    CLOSE = "close"
    SIGN = "sign"
    CUSTODY = "custody"
    SEEN = "seen"
    ARCHIVE = "archive"
    VERIFY = "verify"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail, as it is written: who, what, on which record of whom.

    subject: the record's kind and id; owner: its compartment; digest: sha256 of the record's
    canonical form, hex, empty for a view; detail: the program's own words, never a client's.
    """

    act: Act
    member_id: str
    subject_kind: str
    subject_id: str
    owner: Owner
    at: Moment
    version: int = 0
    digest: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the trail, as it is read: number, entry, and its place in the chain (hex)."""

    number: int
    entry: AuditEntry
    mac: str


@dataclass(frozen=True, slots=True)
class AuditState:
    """What checking found. first_wrong: the number of the first bad line, or None; flaws: all that is wrong, named."""

    entries: int
    head: str
    first_wrong: int | None = None
    reason: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)
    flaws: tuple[Flaw, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing wrong was found."""
        return self.first_wrong is None and not self.reason and not self.flaws
