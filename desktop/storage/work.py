"""Knows one transaction in hand: its connection, what was changed in it, and which changes the trail names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Executable, Insert, Row, insert, select
from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_practice import DamagedDatabase
from desktop.domain.records import Act, AuditEntry
from desktop.storage.audit import CHAINED, ENTRIES, Chain, Head
from desktop.storage.refusals import ReadOnlyUnit, UnauditedChange, refusal, trouble
from desktop.storage.tables import audit

# Lines that tell of a change; looking at a record does not account for changing it.
_CHANGES = frozenset({Act.CREATE, Act.CHANGE, Act.START, Act.ENTRY, Act.CLOSE, Act.SIGN})

_LAST = select(audit.c.number, audit.c.mac).order_by(audit.c.number.desc()).limit(1)
_LINE: Insert = insert(audit)
_ROWS = select(*(audit.c[name] for name in CHAINED), audit.c.mac).order_by(audit.c.number)


@dataclass(frozen=True, slots=True)
class Change:
    """A record as this transaction leaves it."""

    version: int
    digest: str


class Work:
    """What a unit lends its repositories. Everything that reaches the database goes through here.

    head: the end of the audit chain, when it is known without asking.
    """

    def __init__(self, connection: Connection, chain: Chain, head: Head | None, writing: bool) -> None:
        self._connection = connection
        self._chain = chain
        self._head = head
        self._writing = writing
        self._broken: HoldfastError | None = None
        self._changes: dict[tuple[str, str], Change] = {}
        self._unnamed: set[tuple[str, str]] = set()

    def _run(self, statement: Executable, values: dict[str, Any] | Sequence[dict[str, Any]] | None = None) -> Any:
        try:
            return self._connection.execute(statement, values)
        except DBAPIError as error:
            raise self._understood(error) from None

    def _understood(self, error: DBAPIError) -> HoldfastError:
        known = refusal(error)
        if known is not None:
            return known
        # The database may have rolled back by itself: what follows must not be kept on its own.
        self._broken = trouble(error)
        return self._broken

    @contextmanager
    def _fetching(self) -> Iterator[None]:
        """A damaged page may show only when the rows on it are fetched."""
        try:
            yield
        except DBAPIError as error:
            raise self._understood(error) from None

    def rows(self, statement: Executable, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows that a question finds, by column."""
        with self._fetching():
            return [dict(row) for row in self._run(statement, values).mappings()]

    def row(self, statement: Executable, values: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """The first row that a question finds."""
        with self._fetching():
            found = self._run(statement, values).mappings().first()
        return None if found is None else dict(found)

    def each(self, statement: Executable) -> Iterator[dict[str, Any]]:
        """The rows that a question finds, a few at a time: for questions that find very many."""
        with self._fetching():
            for row in self._run(statement.execution_options(yield_per=1000)).mappings():
                yield dict(row)

    def change(self, statement: Executable, values: dict[str, Any] | Sequence[dict[str, Any]]) -> int:
        """Change rows; how many."""
        if not self._writing:
            raise ReadOnlyUnit("this unit only reads")
        if self._broken is not None:
            raise self._broken
        return int(self._run(statement, values).rowcount)

    def wrote(self, kind: str, record_id: str, change: Change) -> None:
        """Remember that a record was changed: a line of the trail must name it before the end."""
        self._changes[kind, record_id] = change
        self._unnamed.add((kind, record_id))

    def head(self) -> Head:
        """The end of the chain, this transaction's lines included."""
        if self._head is None:
            last = self.row(_LAST)
            self._head = self._chain.start if last is None else Head(last["number"], bytes(last["mac"]).hex())
        return self._head

    @property
    def last(self) -> Head | None:
        """The end of the chain as far as this transaction came to know it."""
        return self._head

    def audit(self, entry: AuditEntry) -> None:
        """Write the next line of the trail, with the version and digest of the change that it names."""
        named = (entry.subject_kind, entry.subject_id)
        change = self._changes.get(named) if entry.act in _CHANGES else None
        if change is not None:
            entry = replace(entry, version=change.version, digest=change.digest)
        before = self.head()
        row = {"number": before.number + 1, **ENTRIES.row(entry)}
        mac = self._chain.mac(before.raw, [row[name] for name in CHAINED])
        self.change(_LINE, {**row, "mac": mac})
        self._head = Head(before.number + 1, mac.hex())
        if change is not None:
            self._unnamed.discard(named)

    def trail(self, after: int = 0) -> Iterator[Row[Any]]:
        """Every line of the trail numbered above `after` as (CHAINED..., mac), in order, a few at a time."""
        rows = _ROWS if not after else _ROWS.where(audit.c.number > after)
        with self._fetching():
            yield from self._run(rows.execution_options(yield_per=1000))

    def holds(self, statement: Executable) -> bool:
        """Whether the database finds its own structures sound; the statement must change nothing. Needs a writer."""
        if not self._writing:
            raise ReadOnlyUnit("this unit only reads")
        try:
            self._connection.execute(statement)
        except DBAPIError as error:
            known = trouble(error)
            if isinstance(known, DamagedDatabase):
                return False
            raise known from None
        return True

    def is_changed(self, kind: str, record_id: str) -> bool:
        """Whether a record was changed in this transaction."""
        return (kind, record_id) in self._changes

    def settle(self) -> None:
        """Raise UnauditedChange, or what broke, unless everything in this transaction may be kept."""
        if self._broken is not None:
            raise self._broken
        if self._unnamed:
            kinds = ", ".join(sorted({kind for kind, _ in self._unnamed}))
            raise UnauditedChange(f"changed without a line in the trail: {kinds}")
