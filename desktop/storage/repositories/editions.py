"""Knows how a practice's own editions of its data files are kept."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from desktop.domain.audience import Audience, Owner
from desktop.domain.editions import DataKind, Edition
from desktop.services.ports_editions import Editions
from desktop.storage.mapper import Mapper
from desktop.storage.repositories.shelf import Shape, Shelf
from desktop.storage.tables import practice_protocols
from desktop.storage.work import Work

_columns = practice_protocols.c
_OF = (
    select(practice_protocols)
    .where(_columns.kind == bindparam("of_kind"), _columns.name == bindparam("of_name"))
    .order_by(_columns.number.desc())
)
_NEWEST = (
    select(func.max(_columns.number).label("number"), _columns.name)
    .where(_columns.kind == bindparam("of_kind"))
    .group_by(_columns.name)
    .subquery()
)
_LATEST = (
    select(practice_protocols)
    .where(_columns.kind == bindparam("of_kind"))
    .join(_NEWEST, (_NEWEST.c.number == _columns.number) & (_NEWEST.c.name == _columns.name))
    .order_by(_columns.name)
)


class SqlEditions(Shelf[Edition], Editions):
    """Editions; they belong to the practice, and none is ever changed or taken out."""

    shape = Shape("protocol", practice_protocols, Mapper(Edition))

    def __init__(self, work: Work, practice: Owner) -> None:
        super().__init__(work)
        self._practice = practice

    def of(self, kind: DataKind, name: str, audience: Audience) -> tuple[Edition, ...]:
        """Every edition of one file, the newest first."""
        if not audience.sees(self._practice):
            return ()
        rows = self._work.rows(_OF, {"of_kind": kind.value, "of_name": name})
        return tuple(self.shape.mapper.record(row) for row in rows)

    def latest(self, kind: DataKind, audience: Audience) -> tuple[Edition, ...]:
        """The newest edition of each file, by name."""
        if not audience.sees(self._practice):
            return ()
        rows = self._work.rows(_LATEST, {"of_kind": kind.value})
        return tuple(self.shape.mapper.record(row) for row in rows)
