"""Knows what a plan can begin from: whose turn it is in alternating weeks, and the couples that a group is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.audience import Audience, Owner
from desktop.domain.drafts import DOSED
from desktop.domain.people import CLINICAL, require
from desktop.domain.records import Order, Session, SessionFormat, SessionState
from desktop.services.clients import CoupleRow, today
from desktop.services.desk import Desk
from desktop.services.live import load_state
from desktop.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in alternating weeks. planned: the other's session is planned and was not held yet.

    last_client, last_day: who took the medicine last, and when.
    """

    client_id: str
    last_client: str
    last_day: date
    planned: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A couple that can be in a group, with the orders of both that hold today, newest first."""

    row: CoupleRow
    orders_a: tuple[Order, ...]
    orders_b: tuple[Order, ...]


def whose_turn(desk: Desk, couple_id: str) -> Turn | None:
    """Who takes the medicine next when a couple's weeks alternate; None before there was such a session."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("plan")
    with desk.store.read() as unit:
        couple = unit.couples.get(couple_id, audience)
        for session in unit.sessions.of_owner(couple.owner, audience):
            if session.format is not SessionFormat.ALTERNATING:
                continue
            took = _took(desk, unit, session)
            if took is None:
                continue
            other = couple.partner_b if took == couple.partner_a else couple.partner_a
            day = session.started.local.date() if session.started is not None else session.planned_for
            return Turn(other, took, day, session.state is SessionState.PLANNED)
    return None


def _took(desk: Desk, unit: Unit, session: Session) -> str | None:
    """Who took the medicine in a session, or is to; None when it was held and nobody did: it stays their turn."""
    state = load_state(desk, unit, session)
    if state is not None:
        return next((person.client_id for person in state.people.values() if person.doses), None)
    return next((person.client_id for person in session.people if person.role == DOSED), None)


def group_couples(desk: Desk, text: str = "") -> tuple[GroupRow, ...]:
    """Couples for a group whose names hold every word of `text`, each with the orders of both that hold today."""
    require(desk.member, *CLINICAL)
    audience, day = Audience.clinic("plan"), today(desk)

    def orders(unit: Unit, client_id: str) -> tuple[Order, ...]:
        found = unit.orders.of_client(client_id, audience)
        return tuple(one for one in found if not one.withdrawn and one.valid_from <= day <= one.valid_until)

    with desk.store.read() as unit:
        found = []
        for couple in unit.couples.find(text, audience):
            a, b = (unit.clients.get(each, audience) for each in (couple.partner_a, couple.partner_b))
            found.append(GroupRow(CoupleRow(couple, a, b), orders(unit, a.id), orders(unit, b.id)))
        return tuple(found)


def sessions_in_view(unit: Unit, client_ids: tuple[str, ...], audience: Audience) -> tuple[Session, ...]:
    """The group sessions in which all of these clients take part."""
    first, *others = client_ids
    return tuple(
        session for session in unit.sessions.of_client(first, audience)
        if session.group and set(others) <= {person.client_id for person in session.people}
    )


@dataclass(frozen=True, slots=True)
class GroupSession:
    """A group of couples that is planned, runs or is over. names: everybody's, couple by couple."""

    session: Session
    names: tuple[str, ...]


def group_sessions(desk: Desk) -> tuple[GroupSession, ...]:
    """The groups of the practice, newest first; a list: not in the trail."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("list")
    with desk.store.read() as unit:
        found = unit.sessions.of_owner(Owner.practice(desk.store.practice_id), audience)
        return tuple(
            GroupSession(one, tuple(unit.clients.get(part.client_id, audience).name for part in one.people))
            for one in found if one.group
        )
