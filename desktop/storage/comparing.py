"""Knows whether the records are what the trail last said of them.

SQLCipher takes an old page for a good one when somebody puts it back; the digests in the trail do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.storage import tables
from desktop.storage.mapper import digest
from desktop.storage.repositories import practice as practice_rows
from desktop.storage.repositories.clients import SqlClients
from desktop.storage.repositories.couples import SqlCouples
from desktop.storage.repositories.events import KIND as ENTRY
from desktop.storage.repositories.events import entry_id
from desktop.storage.repositories.members import SqlMembers
from desktop.storage.repositories.notes import SqlNotes
from desktop.storage.repositories.orders import SqlOrders
from desktop.storage.repositories.sessions import PEOPLE, SqlSessions
from desktop.storage.work import Work


class AlteredRecord(Known):
    """A record that is not what was last saved: changed behind the program's back, or an older copy of itself."""

    def __init__(self) -> None:
        super().__init__(
            tr("This record is not as it was last saved here."),
            tr("It was not opened; nothing was changed."),
            tr("Somebody may have altered the practice's file. Let an owner check the audit trail."),
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A kind of record: its table, and the columns that its digest covers."""

    table: Table
    columns: tuple[str, ...]


_KINDS: dict[str, _Kept] = {
    practice_rows.KIND: _Kept(tables.practice, practice_rows.MAPPER.columns),
    **{
        shelf.shape.kind: _Kept(shelf.shape.table, shelf.shape.mapper.columns)
        for shelf in (SqlMembers, SqlClients, SqlCouples, SqlOrders, SqlSessions, SqlNotes)
    },
}
_SESSION = SqlSessions.shape.kind

_audit = tables.audit.c
_LAST_LINES = (
    select(func.max(_audit.number).label("number"))
    .where(_audit.digest != "")
    .group_by(_audit.subject_kind, _audit.subject_id)
    .subquery()
)
_LAST = select(_audit.subject_kind, _audit.subject_id, _audit.digest).join_from(
    tables.audit, _LAST_LINES, _audit.number == _LAST_LINES.c.number
)
_LAST_OF_ONE = (
    select(_audit.digest)
    .where(
        _audit.subject_kind == bindparam("kind"), _audit.subject_id == bindparam("id"), _audit.digest != ""
    )
    .order_by(_audit.number.desc())
    .limit(1)
)
_PEOPLE = select(tables.session_people).order_by(tables.session_people.c.session_id, tables.session_people.c.place)


def _digest(kind: str, row: Mapping[str, Any], people: list[dict[str, Any]]) -> str:
    content: dict[str, object] = {name: row[name] for name in _KINDS[kind].columns}
    if kind == _SESSION:
        content["people"] = people
    return digest(kind, content)


def _people(work: Work, statement: Select[Any]) -> Mapping[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in work.each(statement):
        found[row["session_id"]].append({name: row[name] for name in PEOPLE.columns})
    return found


def _all(work: Work) -> Iterator[tuple[str, str, str]]:
    """Kind, id and digest of every record that is there."""
    people = _people(work, _PEOPLE)
    for kind, kept in _KINDS.items():
        for row in work.each(select(kept.table)):
            yield kind, row["id"], _digest(kind, row, people.get(row["id"], []))
    for row in work.each(select(tables.live_events)):
        yield ENTRY, entry_id(row["session_id"], row["seq"]), digest(ENTRY, row)


def differences(work: Work) -> Counter[str]:
    """How many records of each kind are not, or no longer, what the trail last said of them."""
    said = {(row["subject_kind"], row["subject_id"]): row["digest"] for row in work.each(_LAST)}
    wrong: Counter[str] = Counter()
    for kind, record_id, found in _all(work):
        if said.pop((kind, record_id), None) != found:
            wrong[kind] += 1
    wrong.update(kind for kind, _ in said)
    return wrong


def compare_one(work: Work, kind: str, record_id: str) -> None:
    """Raise AlteredRecord unless the record is what the trail last said of it; other kinds are not looked at."""
    kept = _KINDS.get(kind)
    if kept is None:
        return
    row = work.row(select(kept.table).where(kept.table.c.id == record_id))
    if row is None:
        return
    people = _people(work, _PEOPLE.where(tables.session_people.c.session_id == record_id)) if kind == _SESSION else {}
    said = work.row(_LAST_OF_ONE, {"kind": kind, "id": record_id})
    if said is None or said["digest"] != _digest(kind, row, people.get(record_id, [])):
        raise AlteredRecord
