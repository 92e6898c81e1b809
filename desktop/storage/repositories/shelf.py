"""Knows what all repositories share: adding, saving with versions, and reading for one audience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, Table, and_, false, insert, or_, select, true, update
from sqlalchemy import bindparam as bind

from desktop.domain.audience import Audience, OwnerKind
from desktop.storage.mapper import Mapper, Row, digest
from desktop.storage.refusals import moved_on, not_here
from desktop.storage.work import Change, Work

T = TypeVar("T", bound=Any)


@dataclass(frozen=True)
class Whose:
    """Where a table says which compartment a row belongs to. kind: fixed, or None where a column says it."""

    id_column: ColumnElement[str]
    kind: OwnerKind | None = None
    kind_column: ColumnElement[str] | None = None

    def seen_by(self, audience: Audience) -> ColumnElement[bool]:
        """The condition that lets through only what the audience may see."""
        if audience.everything:
            return true()
        owners = sorted(audience.owners)
        if self.kind_column is None:
            return self.id_column.in_([owner.id for owner in owners if owner.kind is self.kind])
        return or_(
            false(), *(and_(self.kind_column == owner.kind.value, self.id_column == owner.id) for owner in owners)
        )


def owned(table: Table) -> Whose:
    """Of a table whose rows name their owner in two columns."""
    return Whose(table.c.owner_id, kind_column=table.c.owner_kind)


@dataclass(frozen=True)
class Shape(Generic[T]):
    """A kind of record and its table. folded: text columns kept a second time for searching, as name_folded."""

    kind: str
    table: Table
    mapper: Mapper[T]

    @cached_property
    def insert(self) -> Any:
        """The statement that adds a row."""
        return insert(self.table)

    @cached_property
    def update(self) -> Any:
        """The statement that changes the row of one id and version."""
        columns = self.table.c
        where = and_(columns.id == bind("of_id"), columns.version == bind("of_version"))
        return update(self.table).where(where)

    @cached_property
    def version(self) -> Any:
        """The statement that asks for a row's present version."""
        return select(self.table.c.version).where(self.table.c.id == bind("of_id"))


class Shelf(Generic[T]):
    """Records of one kind, in one transaction."""

    shape: Shape[T]

    def __init__(self, work: Work) -> None:
        self._work = work

    def _more(self, record: T) -> Row:
        """Columns that the table has beside the record's own fields."""
        return {}

    def _content(self, record: T) -> dict[str, object]:
        """The record's canonical form, for its digest."""
        return {**self.shape.mapper.row(record)}

    def _wrote(self, record: T) -> None:
        found = digest(self.shape.kind, self._content(record))
        self._work.wrote(self.shape.kind, record.id, Change(record.version, found))

    def add(self, record: T) -> None:
        """Keep a new record; Conflict when its identifier is taken, NotFound when it points to nothing."""
        self._work.change(self.shape.insert, {**self.shape.mapper.row(record), **self._more(record)})
        self._wrote(record)

    def save(self, record: T) -> T:
        """Keep a change; the record with its new version. Conflict, NotFound, Refused."""
        kept = replace(record, version=record.version + 1)
        row = {**self.shape.mapper.row(kept), **self._more(kept)}
        if not self._work.change(self.shape.update, {**row, "of_id": record.id, "of_version": record.version}):
            raise self._why_not(record.id)
        self._wrote(kept)
        return kept

    def _why_not(self, record_id: str) -> Exception:
        present = self._work.row(self.shape.version, {"of_id": record_id})
        return not_here() if present is None else moved_on()


class OwnedShelf(Shelf[T]):
    """Records that belong to a compartment: every question names its audience."""

    whose: Whose

    def _select(self, audience: Audience) -> Select[Any]:
        return select(self.shape.table).where(self.whose.seen_by(audience))

    def _records(self, statement: Select[Any], audience: Audience) -> tuple[T, ...]:
        return tuple(self.shape.mapper.record(row) for row in self._work.rows(statement))

    def get(self, record_id: str, audience: Audience) -> T:
        """One record; NotFound also when it is not for this audience."""
        found = self._records(self._select(audience).where(self.shape.table.c.id == record_id), audience)
        if not found:
            raise not_here()
        return found[0]
