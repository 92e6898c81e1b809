"""Knows how the tour's people get into the records."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from desktop.domain.people import Client, ClientDraft, Couple, client_from
from desktop.domain.records import Act, Order, Session, SessionKind, SessionPerson, SessionState
from desktop.services.desk import Desk
from desktop.tour.cast import MadeUp

PROTOCOL = "ketamine-sl-full"


def new_client(desk: Desk, person: MadeUp) -> Client:
    """Take somebody in."""
    draft = ClientDraft(person.name, person.born.isoformat(), person.pronouns, person.contact, person.language)
    client = client_from(draft, desk.ids.new(), desk.clock.now().local.date())
    with desk.store.write() as unit:
        unit.clients.add(client)
        unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
    return client


def new_couple(desk: Desk, a: Client, b: Client, label: str) -> Couple:
    """Two of them, together."""
    couple = Couple(desk.ids.new(), a.id, b.id, label)
    with desk.store.write() as unit:
        unit.couples.add(couple)
        unit.audit(desk.line(Act.CREATE, "couple", couple.id, couple.owner))
    return couple


def new_order(desk: Desk, client: Client) -> Order:
    """What the prescriber allows for one of them."""
    today = desk.clock.now().local.date()
    order = Order(
        id=desk.ids.new(), client_id=client.id, prescriber_id=desk.member.id, medicine="ketamine", route="sublingual",
        max_single_mg=Decimal(200), max_total_mg=Decimal(300), boosters=1, booster_after_min=45, valid_from=today,
        valid_until=today + timedelta(days=90),
    )
    with desk.store.write() as unit:
        unit.orders.add(order)
        unit.audit(desk.line(Act.CREATE, "order", order.id, order.owner))
    return order


def plan_dosing(desk: Desk, couple: Couple, clients: dict[str, Client], intentions: dict[str, str]) -> str:
    """A session for both, dosed; its identifier."""
    from desktop.domain.audience import Audience

    with desk.store.write() as unit:
        people = tuple(
            SessionPerson(client.id, seat, "dosed", unit.orders.of_client(client.id, Audience.clinic("plan"))[0].id,
                          intentions[seat])
            for seat, client in clients.items()
        )
        session = Session(desk.ids.new(), couple.owner, SessionKind.DOSING, PROTOCOL, desk.clock.now().local.date(),
                          SessionState.PLANNED, people)
        unit.sessions.add(session)
        unit.audit(desk.line(Act.CREATE, "session", session.id, session.owner))
    return session.id
