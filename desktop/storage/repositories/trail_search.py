"""Knows how a filter over the audit trail becomes a question to the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, true

from desktop.domain.trailfilter import By, TrailFilter, Word
from desktop.storage.mapper import utc_text
from desktop.storage.tables import audit

_c = audit.c
_ORDER: dict[By, tuple[ColumnElement[Any], ...]] = {
    By.NUMBER: (_c.number,), By.TIME: (_c.at_utc,), By.MEMBER: (_c.member_id,), By.ACT: (_c.act,),
    By.KIND: (_c.subject_kind,), By.OWNER: (_c.owner_kind, _c.owner_id), By.DETAIL: (_c.detail,),
}  # fmt: skip


def _word(word: Word) -> ColumnElement[bool]:
    columns = (_c.detail, _c.subject_kind, cast(_c.number, String))
    return or_(
        *(column.icontains(word.text, autoescape=True) for column in columns),
        _c.member_id.in_(sorted(word.members)), _c.act.in_(sorted(act.value for act in word.acts)),
        _c.subject_kind.in_(sorted(word.kinds)), _c.owner_kind.in_(sorted(owner.value for owner in word.owners)),
    )  # fmt: skip


def _where(wanted: TrailFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true(), *(_word(word) for word in wanted.words)]
    for value, make in (
        (wanted.since, lambda at: _c.at_utc >= utc_text(at)),
        (wanted.until, lambda at: _c.at_utc < utc_text(at)),
        (wanted.member_id, lambda who: _c.member_id == who),
        (wanted.act, lambda act: _c.act == act.value),
        (wanted.kind, lambda kind: _c.subject_kind == kind),
        (wanted.owner, lambda owner: _c.owner_kind == owner.value),
        (wanted.first, lambda number: _c.number >= number),
        (wanted.last, lambda number: _c.number <= number),
    ):
        if value is not None:
            parts.append(make(value))
    return and_(*parts)


def page_of(wanted: TrailFilter, skip: int, limit: int) -> Select[Any]:
    """The question for one page of lines."""
    order = (*_ORDER[wanted.order], _c.number) if wanted.order is not By.NUMBER else (_c.number,)
    ordered = [column.desc() if wanted.descending else column.asc() for column in order]
    return select(audit).where(_where(wanted)).order_by(*ordered).offset(skip).limit(limit)


def count_of(wanted: TrailFilter) -> Select[Any]:
    """The question how many lines there are."""
    return select(func.count().label("lines")).select_from(audit).where(_where(wanted))


KINDS = select(_c.subject_kind).distinct().order_by(_c.subject_kind)
