"""Knows how the tour's people get into the records: through the same services as everybody's."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.drafts import OrderDraft, PlanDraft, PlanPerson
from desktop.domain.people import Client, ClientDraft, Couple
from desktop.domain.records import Order
from desktop.services.clients import make_client, today
from desktop.services.couples import make_couple
from desktop.services.desk import Desk
from desktop.services.orders import write_order
from desktop.services.sessions import plan_session
from desktop.tour.cast import MadeUp

PROTOCOL = "ketamine-sl-full"
DOSED = "dosed"


def new_client(desk: Desk, person: MadeUp) -> Client:
    """Take somebody in."""
    draft = ClientDraft(person.name, person.born.isoformat(), person.pronouns, person.contact, person.language)
    return make_client(desk, draft).value


def new_couple(desk: Desk, a: Client, b: Client, label: str) -> Couple:
    """Two of them, together."""
    return make_couple(desk, a.id, b.id, label).value


def new_order(desk: Desk, client: Client) -> Order:
    """What the prescriber at the desk allows for one of them."""
    until = today(desk) + timedelta(days=90)
    draft = OrderDraft(
        client.id, "ketamine", "sublingual", single="200", total="300", boosters="1", booster_after="45",
        until=until.isoformat(),
    )  # fmt: skip
    return write_order(desk, draft).value


def plan_dosing(desk: Desk, couple: Couple, orders: dict[str, Order], intentions: dict[str, str]) -> str:
    """A session today for both, dosed, each by their own order and with their own intention; its identifier."""
    people = tuple(
        PlanPerson(order.client_id, seat, DOSED, order.id, intentions[seat]) for seat, order in orders.items()
    )
    return plan_session(desk, PlanDraft(PROTOCOL, today(desk).isoformat(), people, couple.id)).value.id
