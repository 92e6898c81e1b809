"""Knows a small made-up practice on a real encrypted database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.domain.audience import Owner
from desktop.domain.integrity import Wrong
from desktop.domain.moment import Moment
from desktop.domain.people import Client, Couple, Member, Role
from desktop.domain.records import (
    Act,
    AuditEntry,
    AuditState,
    Note,
    Order,
    Session,
    SessionKind,
    SessionPerson,
    SessionState,
)
from desktop.live.events import Entry, Event, Observed
from desktop.storage.audit import Head
from desktop.storage.engine import Engines, open_engines
from desktop.storage.founding import found_records
from desktop.storage.migrations.runner import migrate
from desktop.storage.unit import SqlStore, SqlUnit
from desktop.storage.vault.secret import Secret

PRACTICE = "practice-1"
PAGE_KEY = bytes(range(1, 33))
AUDIT_KEY = bytes(range(33, 65))
NOW = Moment(datetime(2026, 3, 2, 15, 0, 0, 123456, tzinfo=UTC), -300, 987_654, "boot-1")
LATER = Moment(datetime(2026, 3, 2, 18, 30, tzinfo=UTC), -300, 13_587_654, "boot-1")

MARA = Member("m1", "Mara Köhler", "MK", frozenset({Role.OWNER, Role.THERAPIST}))
PAUL = Member("m2", "Paul Osei", "PO", frozenset({Role.PRESCRIBER}))

ANNA = Client("client-a", "Łukasz Wiśniewski", date(1984, 5, 1), "he", "555-0101", "pl")
BEN = Client("client-b", "Nguyễn Thị Phượng", date(1986, 11, 23), "she", "555-0102", "vi")
PAIR = Couple("couple-1", ANNA.id, BEN.id, "Tuesday mornings")
ORDER = Order(
    id="order-a", client_id=ANNA.id, prescriber_id=PAUL.id, medicine="ketamine", route="sublingual",
    max_single_mg=Decimal("200"), max_total_mg=Decimal("312.5"), boosters=1, booster_after_min=45,
    valid_from=date(2026, 2, 1), valid_until=date(2026, 8, 1), schedule="full", remarks="slow",
)  # fmt: skip
ORDER_B = replace(ORDER, id="order-b", client_id=BEN.id, booster_after_min=None)
SESSION = Session(
    id="session-1", owner=PAIR.owner, kind=SessionKind.DOSING, protocol_id="ketamine-sl-full",
    planned_for=date(2026, 3, 2), state=SessionState.PLANNED,
    people=(
        SessionPerson(ANNA.id, "a", "dosed", ORDER.id, "to be less afraid"),
        SessionPerson(BEN.id, "b", "sitting", None, "to stay near"),
    ),
)  # fmt: skip
NOTE = Note("note-1", PAIR.owner, SESSION.id, MARA.id, "They spoke of the summer house.", NOW)

KINDS = {Member: "member", Client: "client", Couple: "couple", Order: "order", Session: "session", Note: "note"}
SHELVES = {kind: f"{kind}s" for kind in KINDS.values()}
TABLES = (
    "practice", "members", "clients", "couples", "orders", "sessions", "session_people", "live_events", "notes",
    "audit", "note_words",
)  # fmt: skip


def owner_of(record: Any) -> Owner:
    return getattr(record, "owner", Owner.practice(PRACTICE))


def line(act: Act, kind: str, record_id: str, owner: Owner, detail: str = "") -> AuditEntry:
    return AuditEntry(act, MARA.id, kind, record_id, owner, NOW, detail=detail)


def line_for(record: Any, act: Act = Act.CREATE) -> AuditEntry:
    return line(act, KINDS[type(record)], record.id, owner_of(record))


def entry(seq: int, event: Event | None = None, seat: str | None = "a") -> Entry:
    happened = event or Observed("a", "crying", "Crying")
    return Entry(seq, seq * 1000, seq * 1000 + 5, MARA.id, MARA.id, seat, NOW, happened)


def add(unit: SqlUnit, record: Any) -> None:
    getattr(unit, SHELVES[KINDS[type(record)]]).add(record)
    unit.audit(line_for(record))


def save(unit: SqlUnit, record: Any) -> Any:
    kept = getattr(unit, SHELVES[KINDS[type(record)]]).save(record)
    unit.audit(line_for(record, Act.CHANGE))
    return kept


def append(unit: SqlUnit, seq: int, owner: Owner, event: Event | None = None, session_id: str = SESSION.id) -> None:
    seat = {ANNA.owner: "a", BEN.owner: "b"}.get(owner)
    unit.events.append(session_id, entry(seq, event, seat), owner)
    unit.audit(line(Act.ENTRY, "entry", f"{session_id}/{seq}", owner))


@dataclass
class Kept:
    """An open practice for a test."""

    path: Path
    engines: Engines
    store: SqlStore

    def add(self, *records: Any) -> None:
        """Keep new records, each with its line."""
        with self.store.write() as unit:
            for record in records:
                add(unit, record)

    def save(self, record: Any) -> Any:
        """Keep a change, with its line."""
        with self.store.write() as unit:
            return save(unit, record)

    def append(self, seq: int, owner: Owner, event: Event | None = None) -> None:
        """Keep an entry of the session, with its line."""
        with self.store.write() as unit:
            append(unit, seq, owner, event)

    def close_session(self, session: Session) -> Session:
        """Close a session."""
        closed: Session = self.save(replace(session, state=SessionState.CLOSED, closed=LATER))
        return closed

    def raw(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run SQL behind the program's back, on the writer."""
        with self.engines.writer.begin() as connection:
            result = connection.exec_driver_sql(sql, values)
            return [tuple(row) for row in result] if result.returns_rows else []

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables."""
        with self.engines.readers.connect() as connection:
            return {
                name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2")]
                if name != "note_words"
                else [tuple(row) for row in connection.exec_driver_sql("SELECT rowid, text FROM note_words")]
                for name in TABLES
            }

    def reopened(self, known_head: Head | None = None) -> SqlStore:
        """A store that remembers nothing of what was written."""
        return SqlStore(self.engines.writer, self.engines.readers, PRACTICE, AUDIT_KEY, known_head)

    def close(self) -> None:
        """Close the database."""
        self.engines.close()


def but_for_locks(state: AuditState) -> AuditState:
    """What a check found beside the locks that a test took off."""
    flaws = tuple(flaw for flaw in state.flaws if flaw.wrong is not Wrong.MISSING_LOCK)
    return replace(state, flaws=flaws, reason=state.reason if flaws else "")


def fresh(folder: Path) -> Kept:
    """A new practice with its first member, and nothing else."""
    path = folder / "practice.db"
    path.touch()
    engines = open_engines(path, Secret(PAGE_KEY))
    with engines.separate() as connection:
        migrate(connection)
    store = SqlStore(engines.writer, engines.readers, PRACTICE, AUDIT_KEY, wait_seconds=0.2)
    found_records(store, "Harbour Practice", MARA, NOW)
    return Kept(path, engines, store)
