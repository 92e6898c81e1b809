"""Knows what somebody brings into a session: order, touch plan and safety card as they stand when it begins."""

from __future__ import annotations

from desktop.domain.audience import Audience
from desktop.domain.care import SafetyCard, TouchPlan
from desktop.domain.records import Order, SessionPerson
from desktop.live.events import OrderLimits, Participant, PersonRole, TouchRule
from desktop.services.ports import Unit


def participant_of(unit: Unit, part: SessionPerson) -> Participant:
    """A client as a session's opening, or an entry that lets them join, freezes them. NotFound."""
    audience = Audience.clinic("board")
    client = unit.clients.get(part.client_id, audience)
    order = unit.orders.get(part.order_id, audience) if part.order_id else None
    plans = unit.care.touch_plans.of_client(client.id, audience)
    cards = unit.care.safety_cards.of_client(client.id, audience)
    card = cards[0] if cards else None
    return Participant(
        key=part.seat, client_id=client.id, name=client.name, born=client.born, role=PersonRole(part.role),
        order=limits_of(order) if order is not None and not order.withdrawn else None, intention=part.intention,
        touch=touch_rules(plans[0]) if plans else (), allergies=card.allergies if card is not None else "",
        medicines=_medicines(card), contact=card.contact if card is not None else "",
        couple=part.couple_number, couple_id=part.couple_id or "",
    )


def _medicines(card: SafetyCard | None) -> str:
    """What they take, and what else must be known in an emergency."""
    return "\n".join(part for part in (card.medicines, card.other) if part) if card is not None else ""


def touch_rules(plan: TouchPlan) -> tuple[TouchRule, ...]:
    """What a plan permits, as the session knows it. Every version was agreed sober, or narrows one that was."""
    return tuple(TouchRule(one.who, one.place, one.state, one.may.value) for one in plan.permissions.each)


def limits_of(order: Order) -> OrderLimits:
    """What an order allows, as the session knows it."""
    return OrderLimits(
        order_id=order.id, route=order.route, max_single_mg=order.max_single_mg, max_total_mg=order.max_total_mg,
        boosters=order.boosters, booster_after_min=order.booster_after_min, valid_until=order.valid_until,
        schedule=order.schedule,
    )
