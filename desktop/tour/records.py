"""Knows how the tour's people get into the records: through the same services as everybody's."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.care import May, Permission
from desktop.domain.care_drafts import SafetyDraft, TouchDraft
from desktop.domain.drafts import OrderDraft, PlanDraft, PlanPerson
from desktop.domain.people import Client, ClientDraft, Couple
from desktop.domain.records import Order
from desktop.services.clients import make_client, today
from desktop.services.couples import make_couple
from desktop.services.desk import Desk
from desktop.services.orders import write_order
from desktop.services.safety_cards import keep_safety_card
from desktop.services.sessions import plan_session
from desktop.services.touch import keep_touch, touch_choices
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


def agree(desk: Desk, client: Client) -> None:
    """What one of them permits, agreed sober, and what an emergency needs."""
    permits = (
        Permission("therapist", "hand", "awake", May.YES), Permission("therapist", "hand", "peak", May.ASK),
        Permission("therapist", "shoulder", "awake", May.ASK), Permission("partner", "hand", "awake", May.YES),
        Permission("partner", "hand", "peak", May.YES), Permission("partner", "hold", "return", May.ASK),
    )  # fmt: skip
    more = touch_choices(desk).if_more
    plan = TouchDraft(permits, "dressed, socks may come off", "harbour", "a raised hand", True, more, "", sober=True)
    keep_touch(desk, client.id, plan, 0)
    keep_safety_card(desk, client.id, SafetyDraft("none known", "none", "Robin Vale", "555-0140"), 0)


def plan_dosing(desk: Desk, couple: Couple, orders: dict[str, Order], intentions: dict[str, str]) -> str:
    """A session today for both, dosed, each by their own order and with their own intention; its identifier."""
    people = tuple(
        PlanPerson(order.client_id, seat, DOSED, order.id, intentions[seat]) for seat, order in orders.items()
    )
    return plan_session(desk, PlanDraft(PROTOCOL, today(desk).isoformat(), people, couple.id)).value.id
