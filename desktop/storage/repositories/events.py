"""Knows how a live session's entries are kept: one row each, added and never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from desktop.domain.audience import Audience, Owner
from desktop.domain.moment import Moment
from desktop.live import codec
from desktop.live.events import Entry
from desktop.services.ports import Events
from desktop.storage.mapper import MOMENT_PARTS, Plain, digest, read_utc, utc_text
from desktop.storage.refusals import not_here
from desktop.storage.repositories.shelf import owned
from desktop.storage.tables import live_events
from desktop.storage.work import Change, Work

KIND = "entry"
ENTERED, REASSIGNED = 1, 2  # what the trail gives as the version of an entry

_COLUMNS = live_events.c
_APPEND = insert(live_events)
_REASSIGN = update(live_events).where(_COLUMNS.session_id == bindparam("of_id"), _COLUMNS.seq == bindparam("of_seq"))
_ONE = select(live_events).where(_COLUMNS.session_id == bindparam("of_id"), _COLUMNS.seq == bindparam("of_seq"))
_COUNT = select(func.count().label("entries")).where(_COLUMNS.session_id == bindparam("of_id"))
_WHOSE = owned(live_events)


def entry_id(session_id: str, seq: int) -> str:
    """How the trail names an entry."""
    return f"{session_id}/{seq}"


def entry_in(row: Mapping[str, Any]) -> Entry:
    """The entry in a row."""
    return _entry(row)


def _row(session_id: str, entry: Entry, owner: Owner) -> dict[str, Plain]:
    kind = codec.kind_of(entry.event)
    return {
        "session_id": session_id, "seq": entry.seq, "kind": kind, "version": codec.KINDS[kind][1],
        "owner_kind": owner.kind.value, "owner_id": owner.id, "seat": entry.owner,
        "author": entry.author, "attested_by": entry.attested_by,
        "entered_utc": utc_text(entry.wall.utc), "entered_offset": entry.wall.offset_minutes,
        "entered_boot_ms": entry.wall.boot_ms, "entered_boot_id": entry.wall.boot_id,
        "at_ms": entry.at_ms, "entered_ms": entry.entered_ms, "payload": codec.event_to_json(entry.event),
    }  # fmt: skip


def _entry(row: Mapping[str, Any]) -> Entry:
    utc, offset, boot_ms, boot_id = (row[f"entered_{part}"] for part in MOMENT_PARTS)
    return Entry(
        seq=row["seq"], at_ms=row["at_ms"], entered_ms=row["entered_ms"], author=row["author"],
        attested_by=row["attested_by"], owner=row["seat"], wall=Moment(read_utc(utc), offset, boot_ms, boot_id),
        event=codec.event_from_json(row["payload"]),
    )  # fmt: skip


class SqlEvents(Events):
    """The live sessions' entries, ordered by number within a session."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def append(self, session_id: str, entry: Entry, owner: Owner) -> None:
        """Keep the next entry. Refused('closed') after the close, Conflict when the number is taken or skips."""
        row = _row(session_id, entry, owner)
        self._work.change(_APPEND, row)
        self._work.wrote(KIND, entry_id(session_id, entry.seq), Change(ENTERED, digest(KIND, row)))

    def reassign(self, session_id: str, seq: int, owner: Owner) -> None:
        """An entry was moved: its compartment is another's from now on; what it says never changes.

        NotFound when there is no such entry, Refused('closed') after the close.
        """
        of = {"of_id": session_id, "of_seq": seq}
        self._work.change(_REASSIGN, {**of, "owner_kind": owner.kind.value, "owner_id": owner.id})
        row = self._work.row(_ONE, of)
        if row is None:
            raise not_here()
        self._work.wrote(KIND, entry_id(session_id, seq), Change(REASSIGNED, digest(KIND, row)))

    def of(self, session_id: str, audience: Audience) -> tuple[Entry, ...]:
        """The entries that this audience may see, in order."""
        mine = select(live_events).where(_COLUMNS.session_id == session_id, _WHOSE.seen_by(audience))
        return tuple(_entry(row) for row in self._work.rows(mine.order_by(_COLUMNS.seq)))

    def count(self, session_id: str) -> int:
        """How many entries a session has."""
        found = self._work.rows(_COUNT, {"of_id": session_id})
        return int(found[0]["entries"])
