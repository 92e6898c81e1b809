"""Knows whether the records are what the trail last said of them.

SQLCipher takes an old page for a good one when somebody puts it back; the digests in the trail do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select

from desktop.domain.errors import Known
from desktop.domain.integrity import Flaw, Wrong
from desktop.domain.words import tr
from desktop.storage import tables, tables_carry
from desktop.storage.folding import fold
from desktop.storage.mapper import digest
from desktop.storage.repositories import carried as carried_rows
from desktop.storage.repositories import checkpoints as points
from desktop.storage.repositories import practice as practice_rows
from desktop.storage.repositories.care import SHELVES as CARE
from desktop.storage.repositories.clients import SqlClients
from desktop.storage.repositories.couples import SqlCouples
from desktop.storage.repositories.editions import SqlEditions
from desktop.storage.repositories.events import KIND as ENTRY
from desktop.storage.repositories.events import entry_id
from desktop.storage.repositories.members import SqlMembers
from desktop.storage.repositories.notes import SqlNotes
from desktop.storage.repositories.orders import SqlOrders
from desktop.storage.repositories.sessions import SqlSessions, part_row
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

    @property
    def folded(self) -> tuple[str, ...]:
        """Columns beside which the table keeps what they are found by."""
        return tuple(name for name in self.columns if f"{name}_folded" in self.table.c)


_KINDS: dict[str, _Kept] = {
    practice_rows.KIND: _Kept(tables.practice, practice_rows.MAPPER.columns),
    points.KIND: _Kept(tables.checkpoints, points.MAPPER.columns),
    points.COUNTER_KIND: _Kept(tables.countersignatures, points.COUNTER_MAPPER.columns),
    carried_rows.FROM_KIND: _Kept(tables_carry.travelling, carried_rows.FROM_MAPPER.columns),
    **{
        shelf.shape.kind: _Kept(shelf.shape.table, shelf.shape.mapper.columns)
        for shelf in (
            SqlMembers, SqlClients, SqlCouples, SqlOrders, SqlSessions, SqlNotes, carried_rows.SqlCarried,
            SqlEditions, *CARE,
        )
    },
}
_SESSION = SqlSessions.shape.kind
_UNLIKE = "-"  # what no digest is: the record cannot have been kept so

_audit = tables.audit.c
_TOLD = _audit.digest != ""


def _last_lines(since: int) -> Select[Any]:
    """Kind, id and digest in the last line about each record, of the lines numbered above `since`."""
    numbers = (
        select(func.max(_audit.number).label("number"))
        .where(_TOLD, _audit.number > since)
        .group_by(_audit.subject_kind, _audit.subject_id)
        .subquery()
    )
    return select(_audit.subject_kind, _audit.subject_id, _audit.digest).join_from(
        tables.audit, numbers, _audit.number == numbers.c.number
    )


_LAST_OF_ONE = (
    select(_audit.digest)
    .where(_audit.subject_kind == bindparam("kind"), _audit.subject_id == bindparam("id"), _TOLD)
    .order_by(_audit.number.desc())
    .limit(1)
)
_EARLIER = (
    select(_audit.number)
    .where(
        _audit.subject_kind == bindparam("kind"), _audit.subject_id == bindparam("id"),
        _audit.digest == bindparam("digest"),
    )
    .limit(1)
)  # fmt: skip
_PEOPLE = select(tables.session_people).order_by(tables.session_people.c.session_id, tables.session_people.c.place)
_EVENTS = select(tables.live_events)
_AT_ONCE = 500

Named = tuple[str, str]


def _digest(kind: str, row: Mapping[str, Any], people: list[dict[str, Any]]) -> str:
    content: dict[str, object] = {name: row[name] for name in _KINDS[kind].columns}
    if kind == _SESSION:
        content["people"] = people
    try:
        found = all(row[f"{name}_folded"] == fold(row[name]) for name in _KINDS[kind].folded)
        return digest(kind, content) if found else _UNLIKE
    except TypeError:  # somebody put a value of another type there
        return _UNLIKE


def _entry_digest(row: Mapping[str, Any]) -> str:
    try:
        return digest(ENTRY, row)
    except TypeError:
        return _UNLIKE


def _people(work: Work, statement: Select[Any]) -> dict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in work.each(statement):
        found[row["session_id"]].append(part_row(row))
    return dict(found)


def _all(work: Work) -> Iterator[tuple[Named, str]]:
    """Kind, id and digest of every record that is there."""
    people = _people(work, _PEOPLE)
    for kind, kept in _KINDS.items():
        for row in work.each(select(kept.table)):
            mine = people.pop(row["id"], []) if kind == _SESSION else []
            yield (kind, row["id"]), _digest(kind, row, mine)
    for session_id in people:  # places in a session that is not there
        yield (_SESSION, session_id), ""
    for row in work.each(_EVENTS):
        yield (ENTRY, entry_id(row["session_id"], row["seq"])), _entry_digest(row)


def _some(work: Work, named: Iterable[Named]) -> Iterator[tuple[Named, str]]:
    """Kind, id and digest of those of the named records that are there."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record_id in named:
        ids[kind].append(record_id)
    for kind, wanted in ids.items():
        for at in range(0, len(wanted), _AT_ONCE):
            yield from _some_of(work, kind, frozenset(wanted[at : at + _AT_ONCE]))


def _some_of(work: Work, kind: str, wanted: frozenset[str]) -> Iterator[tuple[Named, str]]:
    if kind == ENTRY:
        sessions = {each.rpartition("/")[0] for each in wanted}
        for row in work.each(_EVENTS.where(tables.live_events.c.session_id.in_(sessions))):
            if (name := entry_id(row["session_id"], row["seq"])) in wanted:
                yield (ENTRY, name), _entry_digest(row)
    elif kind in _KINDS:
        table = _KINDS[kind].table
        people = {}
        if kind == _SESSION:
            people = _people(work, _PEOPLE.where(tables.session_people.c.session_id.in_(wanted)))
        for row in work.each(select(table).where(table.c.id.in_(wanted))):
            yield (kind, row["id"]), _digest(kind, row, people.get(row["id"], []))


def differences(work: Work, since: int = 0) -> tuple[Flaw, ...]:
    """What records of each kind are not, or no longer, what the trail last said of them, and how many.

    since: only those are looked at that a line numbered above it tells of; 0 for every record there is.
    """
    said = {(row["subject_kind"], row["subject_id"]): row["digest"] for row in work.each(_last_lines(since))}
    there = _some(work, tuple(said)) if since else _all(work)
    wrong: Counter[tuple[Wrong, str]] = Counter()
    for named, found in there:
        wanted = said.pop(named, None)
        if wanted != found:
            wrong[_how(work, named, found, wanted), named[0]] += 1
    wrong.update((Wrong.DELETED_RECORD, kind) for kind, _ in said)
    return tuple(Flaw(how, kind=kind, count=count) for (how, kind), count in sorted(wrong.items()))


def _how(work: Work, named: Named, found: str, wanted: str | None) -> Wrong:
    """Whether a record that differs was put in, is an older copy of itself, or was altered."""
    if wanted is None:
        return Wrong.ADDED_RECORD
    kind, record_id = named
    earlier = work.row(_EARLIER, {"kind": kind, "id": record_id, "digest": found})
    return Wrong.EDITED_RECORD if earlier is None else Wrong.REPLAYED_RECORD


def compare_one(work: Work, kind: str, record_id: str) -> None:
    """Raise AlteredRecord unless the record is what the trail last said of it; a session with all its entries.

    Other kinds are not looked at.
    """
    found = dict(_some_of(work, kind, frozenset({record_id})))
    if not found:
        return
    said = work.row(_LAST_OF_ONE, {"kind": kind, "id": record_id})
    if said is None or said["digest"] != found[kind, record_id]:
        raise AlteredRecord
    if kind == _SESSION:
        _compare_entries(work, record_id)


def _compare_entries(work: Work, session_id: str) -> None:
    # Every identifier that begins so; the slash is followed by the nought in the order of letters.
    begins, ends = f"{session_id}/", f"{session_id}0"
    lines = _last_lines(0).where(_audit.subject_kind == ENTRY, _audit.subject_id >= begins, _audit.subject_id < ends)
    said = {row["subject_id"]: row["digest"] for row in work.each(lines)}
    rows = work.each(_EVENTS.where(tables.live_events.c.session_id == session_id))
    if {entry_id(session_id, row["seq"]): _entry_digest(row) for row in rows} != said:
        raise AlteredRecord
