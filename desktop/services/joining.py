"""Knows who may come to a running session: a partner who is not there yet, in a group a couple that is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.audience import Audience
from desktop.domain.drafts import DOSED, PlanPerson, check_part
from desktop.domain.people import CLINICAL, Seat, require
from desktop.domain.records import Order, Session, SessionPerson
from desktop.live.company import MOST_PEOPLE
from desktop.live.events import Participant, PersonRole
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.participants import limits_of, participant_of
from desktop.services.ports import Unit

SITS = PersonRole.SITTING.value


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who may come, as they would sit beside their partner. orders: by which they could take the medicine."""

    sitting: Participant
    orders: tuple[Order, ...] = ()

    def comes(self, order_id: str = "") -> Participant:
        """As they come: by an order of theirs for a dose, without one to sit. KeyError for somebody else's order."""
        if not order_id:
            return self.sitting
        order = {one.id: one for one in self.orders}[order_id]
        return replace(self.sitting, role=PersonRole.DOSED, order=limits_of(order))


def newcomers(desk: Desk, session: Session, state: LiveState) -> tuple[Newcomer, ...]:
    """Who may come now, with what they bring as it is in the records now; a list, and not in the trail.

    Somebody who comes is a client of the practice, and of a couple: the partner of who is here; in a group both of a
    couple that is not there yet, under the next number. Anybody else would read what is said between two people.
    """
    require(desk.member, *CLINICAL)
    if state.closed or len(state.people) >= MOST_PEOPLE:
        return ()
    with desk.store.read() as unit:
        parts = _group_parts(unit, session, state) if session.group else _partner(unit, state)
        return tuple(_newcomer(desk, unit, state, part) for part in parts)


def _partner(unit: Unit, state: LiveState) -> Iterator[SessionPerson]:
    """The partner of the one person who is there, on the other side."""
    if len(state.people) != 1:
        return
    audience = Audience.clinic("board")
    (here,) = state.people.values()
    free = Seat.B if here.key == Seat.A.value else Seat.A
    for couple in unit.couples.of_client(here.client_id, audience):
        other = couple.partner_b if couple.partner_a == here.client_id else couple.partner_a
        yield SessionPerson(other, free.value, SITS)


def _group_parts(unit: Unit, session: Session, state: LiveState) -> Iterator[SessionPerson]:
    """Both of every couple that is not in the group yet; each couple would come under the next number."""
    taken = {one.client_id for one in state.people.values()}
    there = {part.couple_id: part.couple_number for part in session.people}
    last = max((one.couple for one in state.people.values()), default=0)
    for couple in unit.couples.find("", Audience.clinic("board")):
        number = there.get(couple.id) or last + 1
        for client_id, seat in ((couple.partner_a, Seat.A), (couple.partner_b, Seat.B)):
            if client_id not in taken:
                yield SessionPerson(client_id, f"{number}{seat.value}", SITS, couple_id=couple.id)


def _newcomer(desk: Desk, unit: Unit, state: LiveState, part: SessionPerson) -> Newcomer:
    day, protocol = desk.clock.now().local.date(), state.protocol
    dosed = PlanPerson(part.client_id, part.seat, DOSED)
    orders = tuple(
        order for order in unit.orders.of_client(part.client_id, Audience.clinic("board"))
        if not check_part(dosed, order, protocol.medicine, protocol.route, day)
    )
    return Newcomer(participant_of(unit, part), orders)
