"""Knows how an entry of a session is made durable: in its person's compartment, with its line and what it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.audience import Owner
from desktop.domain.records import Act, Session, SessionPerson, SessionState
from desktop.live.clock import begun_at
from desktop.live.copies import reassigned
from desktop.live.corrections import owner_now
from desktop.live.events import Entry
from desktop.live.state import LiveState, PersonState
from desktop.services.adverse import follow_entry
from desktop.services.desk import Desk
from desktop.services.followups import make_followups
from desktop.services.ports import Unit

MOVED, COMPANY = "moved", "people"


def keep_opening(desk: Desk, unit: Unit, session: Session, entry: Entry, detail: str = "") -> Session:
    """Begin a planned session with its first entry, which is the practice's; the session as it runs."""
    running = unit.sessions.save(replace(session, state=SessionState.RUNNING, started=begun_at(entry)))
    unit.audit(desk.line(Act.START, "session", running.id, running.owner, detail))
    _append(desk, unit, running, entry, Owner.practice(desk.store.practice_id), detail)
    return running


def keep_entry(
    desk: Desk, unit: Unit, session: Session, entry: Entry, states: tuple[LiveState, LiveState], detail: str = ""
) -> Session:
    """Keep one entry of a running session, inside the caller's transaction; the session, closed where it ends it.

    states: before the entry and after it. detail: what the trail adds to each of its lines.
    """
    before, after = states
    people = {**before.people, **after.people}  # whose coming is taken back is still whose entry it was
    _append(desk, unit, session, entry, _owner(session, people, owner_now(after, entry.seq)), detail)
    for seq, seat in reassigned(before, after):
        owner = _owner(session, people, seat)
        unit.events.reassign(session.id, seq, owner)
        unit.audit(desk.line(Act.CHANGE, "entry", f"{session.id}/{seq}", owner, detail or MOVED))
    follow_entry(desk, unit, session, entry, states)
    session = _with_company(desk, unit, session, after)
    if after.closed and session.state is not SessionState.CLOSED:
        session = unit.sessions.save(replace(session, state=SessionState.CLOSED, closed=entry.wall))
        unit.audit(desk.line(Act.CLOSE, "session", session.id, session.owner, detail))
        make_followups(desk, unit, session, after, entry.wall)
    return session


def _append(desk: Desk, unit: Unit, session: Session, entry: Entry, owner: Owner, detail: str) -> None:
    unit.events.append(session.id, entry, owner)
    unit.audit(desk.line(Act.ENTRY, "entry", f"{session.id}/{entry.seq}", owner, detail))


def _with_company(desk: Desk, unit: Unit, session: Session, state: LiveState) -> Session:
    """The session with the people who are in it now: somebody came, changed their part, or was taken back."""
    known = {person.seat: person for person in session.people}
    people = tuple(
        replace(known[key], role=one.role.value) if key in known else _newcomer(one)
        for key, one in state.people.items()
    )
    if people == session.people:
        return session
    saved = unit.sessions.save(replace(session, people=people))
    unit.audit(desk.line(Act.CHANGE, "session", saved.id, saved.owner, COMPANY))
    return saved


def _newcomer(person: PersonState) -> SessionPerson:
    order = None if person.order is None else person.order.order_id or None
    couple = person.brought.couple_id or None
    return SessionPerson(person.client_id, person.key, person.role.value, order, person.intention, couple)


def _owner(session: Session, people: Mapping[str, PersonState], seat: str | None) -> Owner:
    """Whose an entry is: a person's, in a group a couple's by its number, else the session's."""
    if seat is None:
        return session.owner
    if seat in people:
        return Owner.client(people[seat].client_id)
    couple = next((one.brought.couple_id for one in people.values() if str(one.couple) == seat), "")
    return Owner.couple(couple) if couple else session.owner_of(int(seat))
