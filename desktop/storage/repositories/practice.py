"""Knows how the practice itself is kept: its name, when it was made, and in which form."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from desktop.domain.moment import Moment
from desktop.storage.mapper import Mapper, digest
from desktop.storage.refusals import not_here
from desktop.storage.tables import practice
from desktop.storage.work import Change, Work

KIND = "practice"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """The practice's own row. format: of the folder as a whole, beside the schema's number."""

    id: str
    name: str
    created: Moment
    format: int = FORMAT


MAPPER: Mapper[PracticeRecord] = Mapper(PracticeRecord)


class SqlPractice:
    """The one row that says which practice this is."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def _wrote(self, record: PracticeRecord) -> None:
        self._work.wrote(KIND, record.id, Change(1, digest(KIND, MAPPER.row(record))))

    def add(self, record: PracticeRecord) -> None:
        """Keep the practice's own row, once."""
        self._work.change(insert(practice), {**MAPPER.row(record)})
        self._wrote(record)

    def save(self, record: PracticeRecord) -> None:
        """Keep a new name."""
        if not self._work.change(update(practice).where(practice.c.id == record.id), {**MAPPER.row(record)}):
            raise not_here()
        self._wrote(record)

    def get(self) -> PracticeRecord:
        """The practice's own row; NotFound in a file that was never filled."""
        row = self._work.row(select(practice))
        if row is None:
            raise not_here()
        return MAPPER.record(row)
