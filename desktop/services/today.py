"""Knows what a day asks for: sessions, follow-ups, signatures, notes, adverse events, each with the way there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.care import AdverseEvent
from desktop.domain.care_files import label_of
from desktop.domain.people import CLINICAL, Client, Role, require
from desktop.domain.records import Note, Session, SessionState
from desktop.services.adverse import adverse_choices
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.followups import DueFollowUp, followups_due
from desktop.services.ports import Unit
from desktop.services.sessions import names_of
from desktop.services.signatures import ToSign, waiting

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DaySession:
    """A session of today, or one that still runs. names: of whose it is."""

    session: Session
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayNote:
    """A note of the member's own that is not signed. names: of whose record it is in."""

    note: Note
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayEvent:
    """An adverse event whose follow-up day is near or past."""

    event: AdverseEvent
    client: Client
    what: str
    late: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What a day asks for, each part in the order of time."""

    day: date
    sessions: tuple[DaySession, ...]
    followups: tuple[DueFollowUp, ...]
    to_sign: tuple[ToSign, ...]
    notes: tuple[DayNote, ...]
    events: tuple[DayEvent, ...]


def open_day(desk: Desk) -> Day:
    """What today asks of the member at the desk. A list of what is due: not in the trail, as all lists."""
    require(desk.member, *CLINICAL)
    now, audience = desk.clock.now(), Audience.clinic("list")
    words = adverse_choices(desk)
    with desk.store.read() as unit:
        return Day(
            day=today(desk), sessions=_sessions(desk, unit, audience), followups=followups_due(unit, now),
            to_sign=waiting(desk, unit) if desk.member.may(Role.PRESCRIBER) else (),
            notes=tuple(
                DayNote(note, _names(unit, note.owner, audience))
                for note in unit.care.agenda.drafts_of(desk.member.id, audience)
            ),
            events=tuple(
                DayEvent(
                    event, unit.clients.get(event.client_id, audience), label_of(words.what, event.what),
                    event.follow_up is not None and event.follow_up <= today(desk),
                )
                for event in unit.care.adverse.to_follow(today(desk) + WEEK, audience)
            ),
        )


def _sessions(desk: Desk, unit: Unit, audience: Audience) -> tuple[DaySession, ...]:
    """Those that run, then those planned for today that are not over, then those that are."""
    running = unit.sessions.running(audience)
    others = (one for one in unit.care.agenda.sessions_on(today(desk), audience) if one.id not in _ids(running))
    found = sorted((*running, *others), key=lambda one: _ORDER[one.state])
    return tuple(DaySession(one, names_of(unit, one, audience)) for one in found)


_ORDER = {SessionState.RUNNING: 0, SessionState.PLANNED: 1, SessionState.CLOSED: 2}


def _ids(sessions: tuple[Session, ...]) -> frozenset[str]:
    return frozenset(one.id for one in sessions)


def _names(unit: Unit, owner: Owner, audience: Audience) -> tuple[str, ...]:
    if owner.kind is OwnerKind.CLIENT:
        return (unit.clients.get(owner.id, audience).name,)
    couple = unit.couples.get(owner.id, audience)
    return tuple(unit.clients.get(each, audience).name for each in (couple.partner_a, couple.partner_b))
