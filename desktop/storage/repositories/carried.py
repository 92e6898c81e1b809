"""Knows how carried sessions are kept: given out once at a time, settled once, and never changed after."""

from __future__ import annotations

from sqlalchemy import insert, select

from desktop.domain.audience import Audience
from desktop.domain.carried import Carried, CarryState, Travelling
from desktop.services.ports_carry import CarriedSessions, TravellingFrom
from desktop.storage.mapper import Mapper, digest
from desktop.storage.repositories.shelf import OwnedShelf, Shape, owned
from desktop.storage.tables_carry import carried, travelling
from desktop.storage.work import Change, Work

KIND, FROM_KIND = "carried", "travelling"
FROM_MAPPER: Mapper[Travelling] = Mapper(Travelling)


class SqlCarried(OwnedShelf[Carried], CarriedSessions):
    """What was given out, in one transaction."""

    shape = Shape(KIND, carried, Mapper(Carried))
    whose = owned(carried)

    def of_session(self, session_id: str, audience: Audience) -> tuple[Carried, ...]:
        """Every time that a session was carried, newest first."""
        return self._newest(audience, session_id)

    def all(self, audience: Audience) -> tuple[Carried, ...]:
        """Every carried session, newest first."""
        return self._newest(audience, None)

    def out(self, session_id: str, audience: Audience) -> Carried | None:
        """The one by which a session is away now, or None."""
        found = (each for each in self.of_session(session_id, audience) if each.state is CarryState.OUT)
        return next(found, None)

    def _newest(self, audience: Audience, session_id: str | None) -> tuple[Carried, ...]:
        mine = self._select(audience)
        if session_id is not None:
            mine = mine.where(carried.c.session_id == session_id)
        return self._records(mine.order_by(carried.c.made_utc.desc(), carried.c.id.desc()), audience)


class SqlTravelling(TravellingFrom):
    """What a travelling practice was made from: one row, or none in any other practice."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, record: Travelling) -> None:
        """Keep it, as the last thing that is written when the practice is made."""
        row = FROM_MAPPER.row(record)
        self._work.change(insert(travelling), {**row})
        self._work.wrote(FROM_KIND, record.id, Change(1, digest(FROM_KIND, row)))

    def get(self) -> Travelling | None:
        """What it was made from; None in a practice that is at home."""
        row = self._work.row(select(travelling))
        return None if row is None else FROM_MAPPER.record(row)
