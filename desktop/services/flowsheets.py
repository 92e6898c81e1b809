"""Knows how one person's session is put on paper: from that person's entries and the room's, and no one else's."""

from __future__ import annotations

from desktop.domain.amounts import plain
from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import Refused
from desktop.domain.paper import DueMark, Fact, Flowsheet, LogLine, PersonLine
from desktop.domain.people import CLINICAL, require
from desktop.domain.protocol import Protocol
from desktop.domain.words import tr
from desktop.live.clock import begun_at
from desktop.live.copies import seen_by
from desktop.live.describe import describe
from desktop.live.due import due_items
from desktop.live.events import Event, Moved, Opened, PersonRole, Struck, Undone, WordsWritten
from desktop.live.labels import ending_words, item_words, missing_words
from desktop.live.state import DueState, PersonState
from desktop.services.desk import Desk
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
from desktop.services.live import load_state
from desktop.services.worksheets import Paper, PaperUse, today

MISSED = frozenset({DueState.DUE, DueState.LATE})


def flowsheet(desk: Desk, session_id: str, seat: str, use: PaperUse, page_size: str = "A4") -> Paper:
    """One person's flowsheet, and its line in the trail, kept before the page is shown.

    Refused before the session began.
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
        if seat not in state.people:
            raise Refused("no_copy", tr("Nobody sits in that seat."), next_step=tr("Choose one of its people."))
        members = {member.id: member for member in unit.members.all()}
        copy = Copy(state, state.people[seat], members)
        owner = next(person for person in session.people if person.seat == seat)
        unit.audit(desk.line(use.act, "flowsheet", session.id, Owner.client(owner.client_id), f"copy {seat}"))
    return _content(desk, copy)


def _content(desk: Desk, copy: Copy) -> Flowsheet:
    state, person = copy.state, copy.person
    start = begun_at(state.entries[0])
    protocol = state.protocol
    end_ms = state.closed_ms if state.closed_ms is not None else state.elapsed_ms
    alone = len(state.people) == 1
    return Flowsheet(
        person=PersonLine(person.name, person.born.isoformat(), None if alone else person.key.upper()),
        practice=desk.practice_name, session_title=tr("Medicine session"), started=start.local,
        protocol_title=protocol.title, medicine=protocol.medicine, route=protocol.route,
        who_will_see=tr("you, and those who treat you. It holds nothing of anybody else's."),
        printed_on=today(desk.clock.now()).isoformat(), program_version=state.opened.program_version,
        role=person.role.value, ended_minute=minute(end_ms), order=_order(person), totals=_totals(person),
        doses=dose_lines(copy), vitals=vitals_points(copy), phases=phase_spans(copy), bands=band_lines(protocol),
        due=_due(copy, end_ms), observations=observation_lines(copy), scales=scale_lines(copy),
        words=words_lines(state, person), log=_log(copy), checks=_checks(copy), discharge=_discharge(copy),
        staff=staff_lines(copy), missing=_missing(protocol, person),
    )


def _order(person: PersonState) -> tuple[Fact, ...]:
    order = person.order
    if order is None:
        return (Fact(tr("Order"), tr("none in force")),) if person.role is PersonRole.DOSED else ()
    facts = [Fact(tr("Route"), order.route or tr("not stated"))]
    if order.max_single_mg is not None:
        facts.append(Fact(tr("Largest single amount"), tr("{mg} mg", mg=plain(order.max_single_mg))))
    if order.max_total_mg is not None:
        facts.append(Fact(tr("Largest total"), tr("{mg} mg", mg=plain(order.max_total_mg))))
    boosters = str(order.boosters)
    if order.boosters and order.booster_after_min is not None:
        boosters = tr("{n}, from {min} min after the first dose", n=order.boosters, min=order.booster_after_min)
    facts.append(Fact(tr("Boosters"), boosters))
    if order.valid_until is not None:
        facts.append(Fact(tr("In force until"), order.valid_until.isoformat()))
    return tuple(facts)


def _totals(person: PersonState) -> tuple[Fact, ...]:
    if not person.doses:
        return (Fact(tr("Medicine"), tr("none given")),)
    return (
        Fact(tr("Given"), tr("{mg} mg", mg=plain(person.given_mg))),
        Fact(tr("Lost"), tr("{mg} mg", mg=plain(person.lost_mg))),
        Fact(tr("Total"), tr("{mg} mg", mg=plain(person.total_mg))),
    )


def _due(copy: Copy, end_ms: int) -> tuple[DueMark, ...]:
    items = due_items(copy.state, end_ms)
    return tuple(
        DueMark(minute(item.due_ms), item.label, "missed" if item.state in MISSED else item.state.name.lower())
        for item in items if item.who == copy.person.key and item.state is not DueState.UPCOMING
    )


def _log(copy: Copy) -> tuple[LogLine, ...]:
    lines = []
    for entry in sorted(seen_by(copy.state, copy.person.key), key=lambda e: (e.at_ms, e.seq)):
        if isinstance(entry.event, Opened | Moved):  # a move would name the person it came from
            continue
        text = _correction(copy, entry.event) or describe(copy.state, entry.event, copy.by)
        late = copy.wall(entry.entered_ms) if entry.late else ""
        lines.append(LogLine(minute(entry.at_ms), copy.wall(entry.at_ms), copy.by(entry.author), text, late,
                             copy.struck(entry), copy.why(entry)))
    return tuple(lines)


def _correction(copy: Copy, event: Event) -> str:
    """What a correction says on paper, where entries have a time and no number; empty for any other entry."""
    if not isinstance(event, Struck | Undone | WordsWritten):
        return ""
    wall = copy.wall(copy.state.entries[event.entry - 1].at_ms)
    if isinstance(event, WordsWritten):
        return tr("the words of {wall}: “{text}”", wall=wall, text=event.text)
    reason = event.reason or tr("no reason given")
    if isinstance(event, Struck):
        return tr("the entry of {wall} is struck: {why}", wall=wall, why=reason)
    return tr("the entry of {wall} is taken back: {why}", wall=wall, why=reason)


def _checks(copy: Copy) -> tuple[Fact, ...]:
    protocol = copy.state.protocol
    return tuple(
        Fact(item_words(protocol, line.item), line.value + (f" ({line.note})" if line.note else ""))
        for line in (*copy.state.room.checks, *copy.person.checks)
    )


def _discharge(copy: Copy) -> tuple[Fact, ...]:
    ending = copy.person.ending
    if ending is None:
        return ()
    protocol = copy.state.protocol
    facts = [Fact(tr("Ending"), ending_words(ending.ending)), Fact(tr("At"), copy.wall(ending.at_ms))]
    facts += [Fact(item_words(protocol, item), value) for item, value in ending.items]
    extra = (
        (tr("Escort"), ending.escort), (tr("Statement by"), ending.statement_by), (tr("Transferred to"), ending.to),
    )
    return (*facts, *(Fact(label, value) for label, value in extra if value))


def _missing(protocol: Protocol, person: PersonState) -> tuple[str, ...]:
    found = [
        tr("dose {n}: {what}", n=dose.number, what=what)
        for dose in person.doses for what in missing_words(protocol, dose.missing)
    ]
    ending = person.ending.missing if person.ending else ()
    found += [tr("leaving: {what}", what=what) for what in missing_words(protocol, ending)]
    found += [tr("dose {n}: the amount", n=dose.number) for dose in person.doses if dose.mg is None]
    return tuple(found)
