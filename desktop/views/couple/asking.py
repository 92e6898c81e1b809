"""Knows which use cases the page calls; each function runs off the window's thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.audience import Audience
from desktop.domain.people import clean, read_date
from desktop.domain.records import (
    Act,
    Note,
    Order,
    Session,
    SessionKind,
    SessionPerson,
    SessionState,
)
from desktop.services.desk import Desk
from desktop.services.live import protocols
from desktop.services.outcome import Outcome, Topic
from desktop.views.couple.drafts import NoteFields, OrderFields, PlanFields
from desktop.views.couple.facts import NoteFacts
from desktop.views.couple.reading import Chart, owner_of


def today(desk: Desk) -> date:
    """The date at the desk."""
    return desk.clock.now().local.date()


def fetch(desk: Desk, couple_id: str, client_id: str, *, first: bool) -> Chart:
    """The records behind the page. first: it is being opened, which is one line in the trail."""
    audience = Audience.clinic("chart")
    with desk.store.write() as unit:
        couple = unit.couples.get(couple_id, audience) if couple_id else None
        ids = (("a", couple.partner_a), ("b", couple.partner_b)) if couple is not None else (("a", client_id),)
        clients = tuple((seat, unit.clients.get(each, audience)) for seat, each in ids)
        owner = couple.owner if couple is not None else clients[0][1].owner
        if first:
            unit.audit(desk.line(Act.VIEW, owner.kind.value, owner.id, owner))
        orders = tuple(order for _, client in clients for order in unit.orders.of_client(client.id, audience))
        sessions = unit.sessions.of_owner(owner, audience)
        owners = {owner, *(client.owner for _, client in clients)}
        notes = tuple(note for each in sorted(owners) for note in unit.notes.of_owner(each, audience))
        members = {member.id: member for member in unit.members.all()}
    notes = tuple(sorted(notes, key=lambda note: note.written.utc, reverse=True))
    return Chart(couple, clients, orders, sessions, notes, members, protocols(desk), today(desk))


def write(desk: Desk, client_id: str, draft: OrderFields) -> Outcome[Order]:
    """Keep an order."""
    medicine, _, route = draft.way.partition("/")
    order = Order(
        id=desk.ids.new(), client_id=client_id, prescriber_id=desk.member.id, medicine=medicine, route=route,
        max_single_mg=Decimal(draft.single.strip()), max_total_mg=Decimal(draft.total.strip()),
        boosters=int(draft.boosters),
        booster_after_min=int(draft.booster_after) if draft.booster_after.strip() else None,
        valid_from=today(desk), valid_until=read_date(draft.until) or today(desk), remarks=clean(draft.remarks),
    )
    with desk.store.write() as unit:
        unit.orders.add(order)
        unit.audit(desk.line(Act.CREATE, "order", order.id, order.owner))
    return Outcome.of(order, Topic("order", order.id))


def end_order(desk: Desk, order: Order) -> Outcome[Order]:
    """Withdraw an order."""
    with desk.store.write() as unit:
        saved = unit.orders.save(replace(order, withdrawn=True))
        unit.audit(desk.line(Act.CHANGE, "order", order.id, order.owner, "withdrawn"))
    return Outcome.of(saved, Topic("order", order.id))


def plan(desk: Desk, chart: Chart, draft: PlanFields) -> Outcome[Session]:
    """Keep a session."""
    people = tuple(
        SessionPerson(each.client_id, each.seat, each.role, each.order or None, each.intention.strip())
        for each in draft.people
    )
    session = Session(
        desk.ids.new(), chart.owner, SessionKind.DOSING, draft.protocol, read_date(draft.day) or today(desk),
        SessionState.PLANNED, people,
    )
    with desk.store.write() as unit:
        unit.sessions.add(session)
        unit.audit(desk.line(Act.CREATE, "session", session.id, session.owner))
    return Outcome.of(session, Topic("session", session.id))


def keep_note(desk: Desk, chart: Chart, draft: NoteFields, note: NoteFacts | None, session_id: str) -> Outcome[str]:
    """Keep a note as a draft; returns its id."""
    with desk.store.write() as unit:
        if note is None:
            kept = Note(desk.ids.new(), owner_of(chart, draft.whose), session_id or None, desk.member.id, draft.text,
                        desk.clock.now())  # fmt: skip
            unit.notes.add(kept)
            unit.audit(desk.line(Act.CREATE, "note", kept.id, kept.owner))
        else:
            before = unit.notes.get(note.id, Audience.clinic("note"))
            kept = unit.notes.save(replace(before, text=draft.text, version=note.version))
            unit.audit(desk.line(Act.CHANGE, "note", kept.id, kept.owner))
    return Outcome.of(kept.id, Topic("note", kept.id))


def sign(desk: Desk, note_id: str) -> Outcome[Note]:
    """Sign a note for good."""
    with desk.store.write() as unit:
        before = unit.notes.get(note_id, Audience.clinic("note"))
        kept = unit.notes.save(replace(before, signed=desk.clock.now()))
        unit.audit(desk.line(Act.SIGN, "note", kept.id, kept.owner))
    return Outcome.of(kept, Topic("note", kept.id))
