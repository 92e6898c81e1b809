"""Knows how a session is planned, and how its parts are set before it begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.drafts import (
    DOSED,
    INTENTION_LIMIT,
    PlanDraft,
    PlanPerson,
    check_part,
    check_places,
    check_plan,
    clean_lines,
    format_of,
    part_of,
)
from desktop.domain.errors import Invalid, Problem, Refused
from desktop.domain.people import CLINICAL, Couple, Role, Seat, clean, read_date, require
from desktop.domain.protocol import Protocol
from desktop.domain.records import Act, Session, SessionFormat, SessionKind, SessionPerson, SessionState
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.live import protocol_named
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit
from desktop.services.shelf import require_on

KIND = "session"


@dataclass(frozen=True, slots=True)
class RunningRow:
    """A running session as it is offered to be carried on. names: of whose it is, partner A first."""

    session: Session
    names: tuple[str, ...]


def plan_session(desk: Desk, draft: PlanDraft) -> Outcome[Session]:
    """Plan a medicine session, for a couple or for one person alone. Invalid names the fields; NotFound, Refused."""
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    problems = check_plan(draft)
    day = read_date(draft.day)
    if problems or day is None:
        raise Invalid(problems)
    protocol = protocol_named(desk, draft.protocol_id)
    require_on(protocol)
    with desk.store.write() as unit:
        owner, seats, couples = _compartment(desk, unit, draft)
        problems = check_places(draft.people, seats)
        for person in draft.people:
            problems += _check_order(unit, person, protocol, day)
        if problems:
            raise Invalid(problems)
        session = Session(
            id=desk.ids.new(), owner=owner, kind=SessionKind.DOSING, protocol_id=protocol.id, planned_for=day,
            state=SessionState.PLANNED,
            people=tuple(part_of(person, couples.get(person.client_id)) for person in draft.people),
            format=format_of(draft), label=clean(draft.label) or None,
        )
        unit.sessions.add(session)
        unit.audit(desk.line(Act.CREATE, KIND, session.id, session.owner))
    return Outcome.of(session, Topic(KIND, session.id))


def _compartment(desk: Desk, unit: Unit, draft: PlanDraft) -> tuple[Owner, dict[str, str], dict[str, str]]:
    """Whose session it is, the seat of everybody who takes part, and in a group the couple that they belong to."""
    audience = Audience.clinic("plan")
    if format_of(draft) is SessionFormat.GROUP:
        seats, couples = group_seats(tuple(unit.couples.get(each, audience) for each in draft.couples))
        return Owner.practice(desk.store.practice_id), seats, couples
    if draft.couple_id:
        couple = unit.couples.get(draft.couple_id, audience)
        return couple.owner, {couple.partner_a: Seat.A.value, couple.partner_b: Seat.B.value}, {}
    client = unit.clients.get(draft.people[0].client_id, audience)
    return client.owner, {client.id: Seat.A.value}, {}


def group_seats(couples: tuple[Couple, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Everybody's seat in a group of couples, and their couple; both by client. The first couple is number 1."""
    seats, of = {}, {}
    for number, couple in enumerate(couples, 1):
        for client_id, letter in ((couple.partner_a, Seat.A.value), (couple.partner_b, Seat.B.value)):
            seats[client_id], of[client_id] = f"{number}{letter}", couple.id
    return seats, of


def _check_order(unit: Unit, person: PlanPerson, protocol: Protocol, day: date) -> tuple[Problem, ...]:
    if not person.order:
        return ()
    if person.role != DOSED:
        return (Problem("order", tr("Only who is dosed has an order for it.")),)
    order = unit.orders.get(person.order, Audience.clinic("plan"))
    return check_part(person, order, protocol.medicine, protocol.route, day)


def set_intention(desk: Desk, session_id: str, client_id: str, text: str, version: int) -> Outcome[Session]:
    """Keep what somebody hopes for, in their own words, while the session has not begun. Invalid, Refused, Conflict."""
    require(desk.member, *CLINICAL)
    kept = clean_lines(text)
    if len(kept) > INTENTION_LIMIT:
        raise Invalid((Problem("intention", tr("At most {n} characters.", n=INTENTION_LIMIT)),))

    def change(_unit: Unit, _session: Session, part: SessionPerson) -> SessionPerson:
        return replace(part, intention=kept)

    return _set_part(desk, session_id, client_id, version, "intention", change)


def set_order(desk: Desk, session_id: str, client_id: str, order_id: str, version: int) -> Outcome[Session]:
    """Say by which order somebody is dosed; '' for none yet. Only before the session begins. Invalid, Refused."""
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)

    def change(unit: Unit, session: Session, part: SessionPerson) -> SessionPerson:
        person = PlanPerson(client_id, part.seat, part.role, order_id)
        problems = _check_order(unit, person, protocol_named(desk, session.protocol_id), session.planned_for)
        if problems:
            raise Invalid(problems)
        return replace(part, order_id=order_id or None)

    return _set_part(desk, session_id, client_id, version, "order", change)


def _set_part(
    desk: Desk, session_id: str, client_id: str, version: int, what: str,
    change: Callable[[Unit, Session, SessionPerson], SessionPerson],
) -> Outcome[Session]:
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("plan"))
        if session.state is not SessionState.PLANNED:
            raise Refused(
                "begun", tr("This session has begun; what was planned stays as it was then."),
                next_step=tr("Keep it as an entry on the board, or as a note."),
            )
        if client_id not in {person.client_id for person in session.people}:
            raise Refused("not there", tr("This person does not take part in the session."))
        people = tuple(
            change(unit, session, person) if person.client_id == client_id else person for person in session.people
        )
        kept = unit.sessions.save(replace(session, people=people, version=version))
        # The line is the person's own: what they hope for is nobody else's, not even that it changed.
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, Owner.client(client_id), what))
    return Outcome.of(kept, Topic(KIND, kept.id))


def sessions_of(desk: Desk, owner: Owner) -> tuple[Session, ...]:
    """The sessions of a couple or of a person alone, newest first, as a list shows them; not in the trail."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        return unit.sessions.of_owner(owner, Audience.clinic("list"))


def running_sessions(desk: Desk) -> tuple[Session, ...]:
    """Sessions that were begun and not closed: after a crash they are carried on from here."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        return unit.sessions.running(Audience.clinic("list"))


def running_rows(desk: Desk) -> tuple[RunningRow, ...]:
    """Running sessions with the names of whose they are, the one begun last first; not in the trail, as all lists."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("list")
    with desk.store.read() as unit:
        found = sorted(unit.sessions.running(audience), key=_begun, reverse=True)
        return tuple(RunningRow(session, names_of(unit, session, audience)) for session in found)


def _begun(session: Session) -> str:
    return session.started.utc.isoformat() if session.started is not None else ""


def names_of(unit: Unit, session: Session, audience: Audience) -> tuple[str, ...]:
    """Of whose a session is, partner A first; a group by what it is called."""
    owner = session.owner
    if owner.kind is OwnerKind.PRACTICE:
        return (session.label or tr("A group of {n}", n=len(session.people)),)
    if owner.kind is not OwnerKind.COUPLE:
        return (unit.clients.get(owner.id, audience).name,)
    couple = unit.couples.get(owner.id, audience)
    return tuple(unit.clients.get(each, audience).name for each in (couple.partner_a, couple.partner_b))
