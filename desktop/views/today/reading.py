"""Knows how what a day asks for becomes rows, each with the way there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone

from desktop.domain.audience import Owner, OwnerKind
from desktop.domain.care import FollowState
from desktop.domain.moment import Moment
from desktop.domain.records import SessionState
from desktop.domain.words import tr, trn
from desktop.services.followups import DueFollowUp
from desktop.services.signatures import ToSign
from desktop.services.today import Day, DayEvent, DayNote, DaySession
from desktop.views.ui.place import AFTER, BOARD, CARE, CLIENT, COUPLE, Place
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class DayRow:
    """One thing to do. whose: names, with dates of birth for one person; place: where it is done; None: nowhere yet."""

    id: str
    what: str
    sign: str
    whose: str
    when: str
    state: str
    tone: Tone
    place: Place


@dataclass(frozen=True, slots=True)
class DayFacts:
    """The page. archive: how old the last verified archive is, in a sentence."""

    title: str
    rows: tuple[DayRow, ...]
    summary: str
    archive: str


def facts_of(day: Day, now: Moment, archive: str) -> DayFacts:
    """What runs, then what is late, then what waits for a signature, then the rest of the day."""
    due = [_due(one, now) for one in day.followups]
    events = [_event(one) for one in day.events]
    sessions = [_session(one) for one in day.sessions]
    states = [one.session.state for one in day.sessions]
    running = [row for row, state in zip(sessions, states, strict=True) if state is SessionState.RUNNING]
    late = [row for row in (*due, *events) if row.tone is Tone.AMBER]
    rest = [row for row in (*due, *events) if row.tone is not Tone.AMBER]
    rows = (
        *running, *late, *(_sign(one) for one in day.to_sign), *(row for row in sessions if row not in running),
        *rest, *(_note(one) for one in day.notes),
    )  # fmt: skip
    title = tr("Today, {day}", day=day.day.isoformat())
    summary = trn("{count} thing waits.", "{count} things wait.", len(rows)) if rows else tr("Nothing waits.")
    return DayFacts(title, rows, summary, archive)


def _local(one: DueFollowUp, now: Moment) -> str:
    return f"{one.followup.due.astimezone(timezone(timedelta(minutes=now.offset_minutes))):%Y-%m-%d %H:%M}"


def _due(one: DueFollowUp, now: Moment) -> DayRow:
    state = tr("due") if one.late else tr("to come")
    if one.followup.state is FollowState.NOT_REACHED:
        state = trn("not reached, {count} try", "not reached, {count} tries", one.tries)
    whose = tr("{name}, born {date}", name=one.client.name, date=one.client.born.isoformat())
    return DayRow(
        one.followup.id, one.followup.label, "clock", whose, _local(one, now), state,
        Tone.AMBER if one.late else Tone.PLAIN, Place(CARE, one.client.id, f"call/{one.followup.id}"),
    )


def _event(one: DayEvent) -> DayRow:
    day = one.event.follow_up.isoformat() if one.event.follow_up is not None else ""
    whose = tr("{name}, born {date}", name=one.client.name, date=one.client.born.isoformat())
    return DayRow(
        one.event.id, tr("Adverse event: {what}", what=one.what), "shield", whose, day,
        tr("follow up") if one.late else tr("to come"), Tone.AMBER if one.late else Tone.PLAIN,
        Place(CARE, one.client.id, f"event/{one.event.id}"),
    )


def _sign(one: ToSign) -> DayRow:
    what = tr("Let pass by phone: {text}", text=one.text) if one.override else tr("Phone order: {text}", text=one.text)
    whose = tr("{name}, born {date}", name=one.name, date=one.born.isoformat())
    return DayRow(
        f"{one.session_id}/{one.seq}", what, "pencil", whose, f"{one.day} {one.wall}", tr("to sign"), Tone.AMBER,
        Place(AFTER, one.session_id, "sign"),
    )


def _session(one: DaySession) -> DayRow:
    session = one.session
    words, sign, tone = {
        SessionState.RUNNING: (tr("running"), "timer", Tone.AMBER),
        SessionState.PLANNED: (tr("planned"), "calendar", Tone.PLAIN),
        SessionState.CLOSED: (tr("closed"), "lock", Tone.PLAIN),
    }[session.state]
    when = f"{session.started.local:%Y-%m-%d %H:%M}" if session.started is not None else session.planned_for.isoformat()
    place = Place(BOARD, session.id)
    if session.state is SessionState.CLOSED:
        place = Place(AFTER, session.id)
    elif session.state is SessionState.PLANNED and session.owner.kind is not OwnerKind.PRACTICE:
        place = _home(session.owner)  # begun there, where its plan can still be changed
    return DayRow(session.id, tr("Session"), sign, " & ".join(one.names), when, words, tone, place)


def _note(one: DayNote) -> DayRow:
    first = next((line.strip() for line in one.note.text.splitlines() if line.strip()), "")
    return DayRow(
        one.note.id, tr("Note not signed: {text}", text=first[:60]), "notebook-pen", " & ".join(one.names),
        f"{one.note.written.local:%Y-%m-%d}", tr("draft"), Tone.PLAIN, _home(one.note.owner),
    )


def _home(owner: Owner) -> Place:
    return Place(COUPLE if owner.kind is OwnerKind.COUPLE else CLIENT, owner.id)
