"""Knows which use cases the page calls; each function runs off the window's thread."""

from __future__ import annotations

from desktop.domain.drafts import NoteDraft, PlanPerson, clean_lines
from desktop.domain.people import Couple
from desktop.domain.records import Note, Order, Session
from desktop.services.carrying import carried_rows
from desktop.services.clients import open_client, today
from desktop.services.couples import change_label, open_couple
from desktop.services.desk import Desk
from desktop.services.live import protocols
from desktop.services.members import members
from desktop.services.notes import change_note, sign_note, write_note
from desktop.services.orders import withdraw_order, write_order
from desktop.services.outcome import Outcome, Topic
from desktop.services.planning import whose_turn
from desktop.services.sessions import plan_session, set_intention, set_order
from desktop.views.couple.drafts import NoteFields, OrderFields, PlanFields
from desktop.views.couple.facts import NoteFacts
from desktop.views.couple.reading import Chart, owner_of


def fetch(desk: Desk, couple_id: str, client_id: str) -> Chart:
    """The records behind the page. That they are shown is a line in the trail, before they are."""
    known = {member.id: member for member in members(desk)}
    if not couple_id:
        alone = open_client(desk, client_id)
        return Chart(
            None, (("a", alone.client),), alone.orders, alone.sessions, alone.notes, known, protocols(desk),
            today(desk), alone.couples, away=away(desk), care=alone.care,
        )
    page = open_couple(desk, couple_id)
    notes = sorted((*page.notes, *page.notes_a, *page.notes_b), key=lambda note: note.written.utc, reverse=True)
    return Chart(
        page.couple, (("a", page.a), ("b", page.b)), (*page.orders_a, *page.orders_b), page.sessions, tuple(notes),
        known, protocols(desk), today(desk), turn=whose_turn(desk, couple_id), care=page.care, away=away(desk),
    )


def away(desk: Desk) -> frozenset[str]:
    """The sessions that are carried to another machine now."""
    return frozenset(row.carried.session_id for row in carried_rows(desk, only_out=True))


def write(desk: Desk, client_id: str, fields: OrderFields) -> Outcome[Order]:
    """Keep an order."""
    return write_order(desk, fields.draft(client_id))


def end_order(desk: Desk, order: Order) -> Outcome[Order]:
    """Withdraw an order."""
    return withdraw_order(desk, order.id, order.version)


def call(desk: Desk, couple: Couple, label: str) -> Outcome[Couple]:
    """Call a couple something else."""
    return change_label(desk, couple.id, label, couple.version)


def plan(desk: Desk, chart: Chart, fields: PlanFields) -> Outcome[Session]:
    """Keep a session."""
    return plan_session(desk, fields.draft(chart.couple.id if chart.couple is not None else ""))


def set_parts(desk: Desk, session: Session, parts: tuple[PlanPerson, ...]) -> Outcome[Session]:
    """Keep what was changed in a plan: first each person's order, then what they hope for."""
    before = {part.client_id: part for part in session.people}
    changed: frozenset[Topic] = frozenset()
    for part in parts:
        was = before[part.client_id]
        if part.order != (was.order_id or ""):
            done = set_order(desk, session.id, part.client_id, part.order, session.version)
            session, changed = done.value, changed | done.changed
        if clean_lines(part.intention) != was.intention:
            done = set_intention(desk, session.id, part.client_id, part.intention, session.version)
            session, changed = done.value, changed | done.changed
    return Outcome(session, changed)


def keep_note(desk: Desk, chart: Chart, fields: NoteFields, note: NoteFacts | None, session_id: str) -> Outcome[Note]:
    """Keep a note as a draft."""
    if note is not None:
        return change_note(desk, note.id, fields.text, note.version)
    return write_note(desk, NoteDraft(owner_of(chart, fields.whose), fields.text, session_id or None))


def sign(desk: Desk, note: Note) -> Outcome[Note]:
    """Sign a note for good."""
    return sign_note(desk, note.id, note.version)
