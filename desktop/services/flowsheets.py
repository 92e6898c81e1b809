"""Knows how one person's session is put on paper: from that person's entries and the room's, and no one else's."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import Refused
from desktop.domain.paper import DueMark, Flowsheet, LogLine, PersonLine
from desktop.domain.people import CLINICAL, require
from desktop.domain.words import tr
from desktop.live.clock import begun_at
from desktop.live.copies import seen_by
from desktop.live.describe import describe
from desktop.live.due import due_items
from desktop.live.events import (
    AdverseOpened,
    EmergencyStepped,
    Entry,
    Event,
    Moved,
    Opened,
    Struck,
    TalkOnly,
    Undone,
    WordsWritten,
)
from desktop.live.state import DueState
from desktop.services.desk import Desk
from desktop.services.flowsheet_facts import check_facts, ending_facts, missing_facts, order_facts, total_facts
from desktop.services.flowsheet_lines import (
    Copy,
    band_lines,
    dose_lines,
    minute,
    observation_lines,
    phase_spans,
    scale_lines,
    staff_lines,
    vitals_points,
    words_lines,
)
from desktop.services.flowsheet_safety import phase_marks, safety_lines
from desktop.services.live import load_state
from desktop.services.own_copy import own_copy
from desktop.services.seats import no_copy, seats_of, shown_seat
from desktop.services.worksheets import Paper, PaperUse, stamp

MISSED = frozenset({DueState.DUE, DueState.LATE})


def flowsheet(desk: Desk, session_id: str, seat: str, use: PaperUse, page_size: str = "A4") -> Paper:
    """One person's flowsheet, and its line in the trail, kept before the page is shown.

    seat: `a`, in a group `3a`, or `alone`. Refused before the session began.
    """
    content = flowsheet_content(desk, session_id, seat, use)
    return Paper(tr("Flowsheet"), f"flowsheet-{seat}.pdf", desk.press.flowsheet(content, page_size))


def flowsheet_content(desk: Desk, session_id: str, seat: str, use: PaperUse) -> Flowsheet:
    """What one person's flowsheet says."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("flowsheet"))
        state = load_state(desk, unit, session)
        if state is None:
            raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
        key, *others = seats_of(state.people, seat)
        if others:
            raise no_copy()
        copy = own_copy(desk, unit, session.id, state, key)
        owner = Owner.client(copy.person.client_id)
        unit.audit(desk.line(use.act, "flowsheet", session.id, owner, f"copy {key}"))
    return sheet_of(desk, copy)


def sheet_of(desk: Desk, copy: Copy) -> Flowsheet:
    """One person's flowsheet, from their copy of a session that began."""
    state, person = copy.state, copy.person
    start = begun_at(state.entries[0])
    protocol = state.protocol
    end_ms = state.closed_ms if state.closed_ms is not None else state.elapsed_ms
    return Flowsheet(
        person=PersonLine(person.name, person.born.isoformat(), shown_seat(person.key, len(state.people))),
        practice=desk.practice_name, session_title=tr("Medicine session"), started=start.local,
        protocol_title=protocol.title, medicine=protocol.medicine, route=protocol.route,
        who_will_see=tr("you, and those who treat you. It holds nothing of anybody else's."),
        printed_on=stamp(desk.clock.now(), desk.member), program_version=state.opened.program_version,
        role=person.role.value, ended_minute=minute(end_ms), order=order_facts(person), totals=total_facts(person),
        doses=dose_lines(copy), vitals=vitals_points(copy), phases=phase_spans(copy),
        bands=band_lines(protocol, person), due=_due(copy, end_ms), observations=observation_lines(copy),
        scales=scale_lines(copy), words=words_lines(state, person), log=_log(copy),
        discharge=ending_facts(copy),
        checks=check_facts(protocol, (*state.room.checks, *person.checks)),
        staff=staff_lines(copy), missing=missing_facts(protocol, person), marked=phase_marks(copy),
        safety=safety_lines(copy),
    )


def _due(copy: Copy, end_ms: int) -> tuple[DueMark, ...]:
    items = due_items(copy.state, end_ms)
    return tuple(
        DueMark(minute(item.due_ms), item.label, "missed" if item.state in MISSED else item.state.name.lower())
        for item in items if item.who == copy.person.key and item.state is not DueState.UPCOMING
    )


def _log(copy: Copy) -> tuple[LogLine, ...]:
    entries = sorted(seen_by(copy.state, copy.person.key), key=lambda e: (e.at_ms, e.seq))
    # A move would name the person it came from.
    return tuple(log_line(copy, _told(entry)) for entry in entries if not isinstance(entry.event, Opened | Moved))


def _told(entry: Entry) -> Entry:
    """Why there is no medicine today may be somebody else's reason: only the clinic's own sheet has it."""
    return replace(entry, event=TalkOnly()) if isinstance(entry.event, TalkOnly) else entry


def log_line(copy: Copy, entry: Entry) -> LogLine:
    """An entry as it counts, in a line of the log."""
    text = _correction(copy, entry.event) or describe(copy.state, entry.event, copy.by)
    late = copy.wall(entry.entered_ms) if entry.late else ""
    return LogLine(minute(entry.at_ms), copy.wall(entry.at_ms), copy.by(entry.author), text, late, copy.struck(entry),
                   copy.why(entry))  # fmt: skip


def _correction(copy: Copy, event: Event) -> str:
    """What is said otherwise on paper, where entries have a time and no number; empty for any other entry."""
    if isinstance(event, AdverseOpened) and event.entry is not None:
        wall = copy.wall(copy.state.entries[event.entry - 1].at_ms)
        said = describe(copy.state, replace(event, entry=None), copy.by)
        return tr("{said}, from the entry of {wall}", said=said, wall=wall)
    if isinstance(event, EmergencyStepped):
        return tr("emergency: done: {step}", step=copy.step_words(event.step))
    if not isinstance(event, Struck | Undone | WordsWritten):
        return ""
    wall = copy.wall(copy.state.entries[event.entry - 1].at_ms)
    if isinstance(event, WordsWritten):
        return tr("the words of {wall}: “{text}”", wall=wall, text=event.text)
    reason = event.reason or tr("no reason given")
    if isinstance(event, Struck):
        return tr("the entry of {wall} is struck: {why}", wall=wall, why=reason)
    return tr("the entry of {wall} is taken back: {why}", wall=wall, why=reason)
