"""Knows how a prescriber's order is written and withdrawn; it is never edited."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Audience
from desktop.domain.drafts import OrderDraft, check_order, order_from
from desktop.domain.errors import Invalid, Problem, Refused
from desktop.domain.people import CLINICAL, Role, require
from desktop.domain.records import Act, Order
from desktop.domain.words import tr
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.live import protocols
from desktop.services.outcome import Outcome, Topic

KIND = "order"


def order_ways(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The medicines and routes that a protocol which is switched on is for, as (medicine, route)."""
    require(desk.member, *CLINICAL)
    return tuple(sorted({(protocol.medicine, protocol.route) for protocol in protocols(desk) if protocol.enabled}))


def write_order(desk: Desk, draft: OrderDraft) -> Outcome[Order]:
    """Write what the prescriber at the desk allows one client. Invalid names the fields."""
    require(desk.member, Role.PRESCRIBER)
    problems = check_order(draft, today(desk))
    if not problems and (draft.medicine, draft.route) not in order_ways(desk):
        problems = (Problem("way", tr("There is no protocol for this medicine and route.")),)
    if problems:
        raise Invalid(problems)
    order = order_from(draft, desk.ids.new(), desk.member.id, today(desk))
    with desk.store.write() as unit:
        unit.clients.get(order.client_id, Audience.clinic("order"))
        unit.orders.add(order)
        unit.audit(desk.line(Act.CREATE, KIND, order.id, order.owner))
    return Outcome.of(order, Topic(KIND, order.id), Topic("client", order.client_id))


def withdraw_order(desk: Desk, order_id: str, version: int) -> Outcome[Order]:
    """From now on the order allows nothing; what it said stays readable. Refused when it was withdrawn, Conflict."""
    require(desk.member, Role.PRESCRIBER)
    with desk.store.write() as unit:
        order = unit.orders.get(order_id, Audience.clinic("order"))
        if order.withdrawn:
            raise Refused("withdrawn", tr("This order was withdrawn already."))
        kept = unit.orders.save(replace(order, withdrawn=True, version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner, "withdrawn"))
    return Outcome.of(kept, Topic(KIND, kept.id), Topic("client", kept.client_id))
