"""Knows how sessions are kept, with the people in them; a closed one no longer changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select

from desktop.domain.audience import Audience, Owner
from desktop.domain.records import Session, SessionPerson, SessionState
from desktop.services.ports import Sessions
from desktop.storage.mapper import Mapper, Row
from desktop.storage.refusals import closed, moved_on, not_here
from desktop.storage.repositories.shelf import OwnedShelf, Shape, owned
from desktop.storage.tables import session_people, sessions

PEOPLE: Mapper[SessionPerson] = Mapper(SessionPerson)
# What a copy holds that was made for an audience which may not see all of it; no save takes it.
NOT_TO_BE_SAVED = 0
_LATER = frozenset({"couple_id"})  # columns that schema 3 added

_PRESENT = select(sessions.c.version, sessions.c.state).where(sessions.c.id == bindparam("of_id"))
_ADD_PERSON = insert(session_people)
_CLEAR_PEOPLE = delete(session_people).where(session_people.c.session_id == bindparam("of_id"))
_PEOPLE_OF = (
    select(session_people)
    .where(session_people.c.session_id.in_(bindparam("ids", expanding=True)))
    .order_by(session_people.c.session_id, session_people.c.place)
)


def part_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody's part as the session's digest covers it: a column that came later only where it says something."""
    return {name: row[name] for name in PEOPLE.columns if name not in _LATER or row[name] is not None}


class SqlSessions(OwnedShelf[Session], Sessions):
    """Meetings. What a person hopes for, and their order, are that person's own: others get the session without them,
    as a copy of version 0 that cannot be saved.
    """

    shape = Shape("session", sessions, Mapper(Session, apart=("people",)))
    whose = owned(sessions)

    def _content(self, record: Session) -> dict[str, object]:
        return {**self.shape.mapper.row(record), "people": [part_row(PEOPLE.row(person)) for person in record.people]}

    def add(self, session: Session) -> None:
        """Keep a new session; Refused('closed') for one that would begin closed."""
        self._work.change(self.shape.insert, {**self.shape.mapper.row(session)})
        self._add_people(session)
        self._wrote(session)

    def _add_people(self, session: Session) -> None:
        rows: list[Row] = [
            {"session_id": session.id, "place": place, **PEOPLE.row(person)}
            for place, person in enumerate(session.people)
        ]
        if rows:
            self._work.change(_ADD_PERSON, rows)

    def save(self, session: Session) -> Session:
        """Keep a change; Refused('closed') once it is closed, Conflict when the version has moved on."""
        present = self._work.row(_PRESENT, {"of_id": session.id})
        if present is None:
            raise not_here()
        if present["state"] == SessionState.CLOSED.value:
            raise closed()
        if present["version"] != session.version:
            raise moved_on()
        # The people first: with the row's last change they may be locked.
        if self._people((session.id,)).get(session.id, ()) != session.people:
            self._work.change(_CLEAR_PEOPLE, {"of_id": session.id})
            self._add_people(session)
        return super().save(session)

    def _people(self, session_ids: tuple[str, ...]) -> dict[str, tuple[SessionPerson, ...]]:
        found: defaultdict[str, list[SessionPerson]] = defaultdict(list)
        for row in self._work.rows(_PEOPLE_OF, {"ids": session_ids}):
            found[row["session_id"]].append(PEOPLE.record(row))
        return {session_id: tuple(people) for session_id, people in found.items()}

    def _records(self, statement: Select[Any], audience: Audience) -> tuple[Session, ...]:
        rows = self._work.rows(statement)
        people = self._people(tuple(row["id"] for row in rows))
        found = (self.shape.mapper.record(row, people=people.get(row["id"], ())) for row in rows)
        return tuple(_for(audience, session) for session in found)

    def _newest(self, statement: Select[Any], audience: Audience) -> tuple[Session, ...]:
        return self._records(statement.order_by(sessions.c.planned_for.desc(), sessions.c.id.desc()), audience)

    def of_owner(self, owner: Owner, audience: Audience) -> tuple[Session, ...]:
        """The sessions of a couple or of a person alone, newest first."""
        columns = sessions.c
        mine = self._select(audience).where(columns.owner_kind == owner.kind.value, columns.owner_id == owner.id)
        return self._newest(mine, audience)

    def of_client(self, client_id: str, audience: Audience) -> tuple[Session, ...]:
        """Every session that a client takes part in, newest first."""
        part = select(session_people.c.session_id).where(session_people.c.client_id == client_id)
        return self._newest(self._select(audience).where(sessions.c.id.in_(part)), audience)

    def on(self, day: date, audience: Audience) -> tuple[Session, ...]:
        """The sessions planned for a day, in the order of planning."""
        mine = self._select(audience).where(sessions.c.planned_for == day.isoformat())
        return self._records(mine.order_by(sessions.c.id), audience)

    def running(self, audience: Audience) -> tuple[Session, ...]:
        """Sessions that were started and not closed."""
        return self._newest(self._select(audience).where(sessions.c.state == SessionState.RUNNING.value), audience)


def _for(audience: Audience, session: Session) -> Session:
    """The session as an audience may have it: without what is another person's own."""
    if all(audience.sees(Owner.client(person.client_id)) for person in session.people):
        return session
    people = tuple(
        person if audience.sees(Owner.client(person.client_id))
        else replace(person, order_id=None, intention="", couple_id=None)
        for person in session.people
    )
    return replace(session, people=people, version=NOT_TO_BE_SAVED)
