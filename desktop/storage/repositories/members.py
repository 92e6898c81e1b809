"""Knows how members of the practice are kept."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from desktop.domain.people import Member
from desktop.services.ports import Members
from desktop.storage.folding import fold
from desktop.storage.mapper import Mapper
from desktop.storage.refusals import not_here
from desktop.storage.repositories.shelf import Shape, Shelf
from desktop.storage.tables import members

_ONE = select(members).where(members.c.id == bindparam("of_id"))
_ALL = select(members)


class SqlMembers(Shelf[Member], Members):
    """The people who work here; they belong to the practice, so no audience is asked for."""

    shape = Shape("member", members, Mapper(Member))

    def get(self, member_id: str) -> Member:
        """One member; NotFound."""
        row = self._work.row(_ONE, {"of_id": member_id})
        if row is None:
            raise not_here()
        return self.shape.mapper.record(row)

    def all(self) -> tuple[Member, ...]:
        """Every member, by name."""
        found = (self.shape.mapper.record(row) for row in self._work.rows(_ALL))
        return tuple(sorted(found, key=lambda member: (fold(member.name), member.name, member.id)))
