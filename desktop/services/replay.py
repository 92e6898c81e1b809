"""Knows how a script becomes a session in a practice: its people, order and session, and every entry durable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.audience import Audience, Owner
from desktop.domain.checklist import read_checklist
from desktop.domain.people import Client, ClientDraft, Couple, Role, client_from, require
from desktop.domain.protocol import Protocol
from desktop.domain.records import Act, Order, Session, SessionFormat, SessionKind, SessionPerson, SessionState
from desktop.live.asks import Now
from desktop.live.engine import start
from desktop.live.events import Entry, Opened, Participant
from desktop.live.script import Played, newcomers, play
from desktop.live.script_header import Header, Script, opening_of
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.entries import keep_entry, keep_opening
from desktop.services.handclock import HandClock
from desktop.services.live import CHECKLISTS, OBSERVATIONS, protocol_named
from desktop.services.ports import Unit

DETAIL = "played from a script"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A script that was played, and the session that keeps it."""

    session_id: str
    played: Played


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who takes part: the clients and their orders, by the script's keys. fresh: clients not in the practice yet."""

    clients: dict[str, Client]
    orders: dict[str, Order]
    fresh: tuple[Client, ...]


def replay(desk: Desk, script: Script, until_s: Decimal | None = None) -> Replayed:
    """Play a script through the engine and keep it as a session of this practice.

    The trail says, at the real time, that the session was played from a script; its entries carry the script's own
    times. People are found by name and date of birth, or made. until_s: lines after so many seconds are not played.
    Raises Refused for people, an order or a protocol that cannot be, Invalid for a person's fields; then nothing is
    kept. A refused line is part of what was played.
    """
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    protocol = protocol_named(desk, script.header.protocol_id)
    session_id = desk.ids.new()
    later = newcomers(script)
    with desk.store.read() as unit:
        cast = _cast(desk, unit, replace(script.header, people=(*script.header.people, *later)), protocol)
    header = _with_orders(script.header, cast)
    opened = _opened(desk, header, protocol, session_id, cast)
    # Tried once before anything is written: what the engine cannot open leaves no trace.
    start(opened, Now(0, HandClock(header.start).now()), desk.member.id)
    keeper = _Keeper(desk, _planned(desk, header, session_id, cast), cast)
    client_ids = {one.key: cast.clients[one.key].id for one in later}
    played = play(Script(header, script.lines), opened, desk.member.id, keeper.keep, until_s, client_ids)
    return Replayed(session_id, played)


def _cast(desk: Desk, unit: Unit, header: Header, protocol: Protocol) -> _Cast:
    clients: dict[str, Client] = {}
    fresh: list[Client] = []
    for one in header.people:
        taken = {client.id for client in clients.values()}
        found = _client(unit, one, taken)
        if found is None:
            draft = ClientDraft(one.name, one.born.isoformat())
            found = client_from(draft, desk.ids.new(), header.start.date())
            fresh.append(found)
        clients[one.key] = found
    prescriber = _prescriber(desk, unit)
    orders: dict[str, Order] = {}
    for one in header.people:
        made = _order(desk, one, clients[one.key], prescriber, protocol, header.start.date())
        if made is not None:
            orders[one.key] = made
    return _Cast(clients, orders, tuple(fresh))


def _client(unit: Unit, one: Participant, taken: set[str]) -> Client | None:
    found = unit.clients.find(one.name, Audience.clinic("replay"))
    same = (client for client in found if (client.name, client.born) == (one.name, one.born))
    return next((client for client in same if client.id not in taken), None)


def _prescriber(desk: Desk, unit: Unit) -> str | None:
    if desk.member.may(Role.PRESCRIBER):
        return desk.member.id
    return next((member.id for member in unit.members.all() if member.may(Role.PRESCRIBER)), None)


def _order(
    desk: Desk, one: Participant, client: Client, prescriber: str | None, protocol: Protocol, day: date
) -> Order | None:
    """The record of a script's order, for that day; none where it names no limits or nobody here may prescribe."""
    limits = one.order
    if limits is None or prescriber is None or limits.max_single_mg is None or limits.max_total_mg is None:
        return None
    return Order(
        id=desk.ids.new(), client_id=client.id, prescriber_id=prescriber, medicine=protocol.medicine,
        route=limits.route or protocol.route, max_single_mg=limits.max_single_mg, max_total_mg=limits.max_total_mg,
        boosters=limits.boosters, booster_after_min=limits.booster_after_min, valid_from=day,
        valid_until=max(day, limits.valid_until or day), schedule=limits.schedule, remarks=DETAIL,
    )


def _with_orders(header: Header, cast: _Cast) -> Header:
    people = tuple(
        replace(one, order=replace(one.order, order_id=cast.orders[one.key].id))
        if one.order is not None and one.key in cast.orders and not one.order.order_id else one
        for one in header.people
    )
    return replace(header, people=people)


def _opened(desk: Desk, header: Header, protocol: Protocol, session_id: str, cast: _Cast) -> Opened:
    checklist = read_checklist(desk.resources.text(f"{CHECKLISTS}/{OBSERVATIONS}"), OBSERVATIONS)
    return opening_of(
        header, protocol.text, protocol.sha256, (checklist.text, checklist.sha256), desk.program_version, session_id,
        {key: client.id for key, client in cast.clients.items()},
    )


def _planned(desk: Desk, header: Header, session_id: str, cast: _Cast) -> Session:
    people = tuple(
        SessionPerson(
            cast.clients[one.key].id, one.key, one.role.value,
            cast.orders[one.key].id if one.key in cast.orders else None, one.intention,
        )
        for one in header.people
    )
    return Session(
        id=session_id, owner=Owner.practice(desk.store.practice_id), kind=SessionKind.DOSING,
        protocol_id=header.protocol_id, planned_for=header.start.date(), state=SessionState.PLANNED, people=people,
        format=_format(header),
    )


def _format(header: Header) -> SessionFormat | None:
    """The format that a script names; a group where it names none and more than two come."""
    if header.format in set(SessionFormat):
        return SessionFormat(header.format)
    return SessionFormat.GROUP if len(header.people) > 2 else None


class _Keeper:
    """Makes each entry of a script durable before it counts."""

    def __init__(self, desk: Desk, session: Session, cast: _Cast) -> None:
        self._desk, self._session, self._cast = desk, session, cast

    def keep(self, entry: Entry, before: LiveState | None, after: LiveState) -> None:
        """One entry, one transaction; the first one brings people, order and session with it."""
        desk = self._desk
        with desk.store.write() as unit:
            if before is None:
                session = keep_opening(desk, unit, self._make(unit), entry, DETAIL)
            else:
                session = keep_entry(desk, unit, self._session, entry, (before, after), DETAIL)
        self._session = session

    def _make(self, unit: Unit) -> Session:
        desk, cast = self._desk, self._cast
        for client in cast.fresh:
            unit.clients.add(client)
            unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner, DETAIL))
        for order in cast.orders.values():
            unit.orders.add(order)
            unit.audit(desk.line(Act.CREATE, "order", order.id, order.owner, DETAIL))
        planned = replace(self._session, owner=self._compartment(unit))
        unit.sessions.add(planned)
        unit.audit(desk.line(Act.CREATE, "session", planned.id, planned.owner, DETAIL))
        return planned

    def _compartment(self, unit: Unit) -> Owner:
        """Whose the session is: one person's, a couple's, or for a group the practice's."""
        clients = list(self._cast.clients.values())
        if len(clients) == 1:
            return clients[0].owner
        if len(clients) > 2:
            return Owner.practice(self._desk.store.practice_id)
        first, second = clients
        pair = {first.id, second.id}
        for couple in unit.couples.of_client(first.id, Audience.clinic("replay")):
            if {couple.partner_a, couple.partner_b} == pair:
                return couple.owner
        couple = Couple(self._desk.ids.new(), first.id, second.id)
        unit.couples.add(couple)
        unit.audit(self._desk.line(Act.CREATE, "couple", couple.id, couple.owner, DETAIL))
        return couple.owner
