"""Knows how the audit trail is read and checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select

from desktop.domain.audience import Owner, OwnerKind
from desktop.domain.integrity import Flaw, Wrong
from desktop.domain.moment import Moment
from desktop.domain.records import Act, AuditEntry, AuditLine, AuditState
from desktop.domain.trailfilter import TrailFilter
from desktop.domain.words import tr
from desktop.services.ports import Trail
from desktop.storage import dialect
from desktop.storage.audit import ENTRIES, Chain, Head
from desktop.storage.checking_points import Keys, check_points
from desktop.storage.comparing import differences
from desktop.storage.migrations import standing
from desktop.storage.repositories.checkpoints import SqlCheckpoints
from desktop.storage.repositories.trail_search import KINDS, count_of, page_of
from desktop.storage.tables import audit
from desktop.storage.work import Work

TAIL = 1000
_NO_TIME = Moment(datetime(1970, 1, 1, tzinfo=UTC), 0, 0, "")
_LINES = (
    select(audit).where(audit.c.number > bindparam("after")).order_by(audit.c.number).limit(bindparam("most"))
)
_MAC = select(audit.c.mac).where(audit.c.number == bindparam("of_number"))
_ABOUT = select(audit).where(audit.c.subject_kind == bindparam("kind")).order_by(audit.c.number)


class SqlTrail(Trail):
    """The audit trail. known: heads from before this unit, of which the chain must still have at least as much.

    keys: members' public keys by their ids, to check what they signed.
    """

    def __init__(self, work: Work, chain: Chain, known: tuple[Head, ...], keys: Keys | None = None) -> None:
        self._work = work
        self._chain = chain
        self._known = known
        self._keys = keys or {}

    def lines(self, after: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
        """Lines numbered above `after`, in order."""
        return _read(self._work.rows(_LINES, {"after": after, "most": limit}))

    def find(self, wanted: TrailFilter, skip: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
        """A page of the lines that fit, in the order that was asked for."""
        return _read(self._work.rows(page_of(wanted, skip, limit)))

    def count(self, wanted: TrailFilter) -> int:
        """How many lines fit."""
        row = self._work.row(count_of(wanted))
        return 0 if row is None else int(row["lines"])

    def kinds(self) -> tuple[str, ...]:
        """The kinds of records that lines tell of."""
        return tuple(row["subject_kind"] for row in self._work.rows(KINDS))

    def end(self) -> tuple[int, str]:
        """The number and the MAC (hex) of the last line; zero where a chain begins."""
        head = self._work.head()
        return head.number, head.mac

    def about(self, kind: str) -> tuple[AuditLine, ...]:
        """Every line about subjects of a kind, in order."""
        rows = self._work.rows(_ABOUT, {"kind": kind})
        return tuple(AuditLine(row["number"], ENTRIES.record(row), bytes(row["mac"]).hex()) for row in rows)

    def has(self, head: Head) -> bool:
        """Whether the line that a head names is there, with its MAC; what stands before it is not looked at."""
        return not head.number or self._head_at(head.number) == head

    def verify(self, *known: Head) -> AuditState:
        """Check the whole chain, from the first line to the head, and every record against what it last says of it.

        The chain must have at least as much as `known`. Locks and structure of the database are looked at too.
        flaws: all that is wrong; notes: which kinds of records differ, and how many.
        """
        state = self._chain.follow(self._work.trail(), (*self._known, *known))
        records = differences(self._work)
        if not records and state.flaws and state.flaws[0].wrong is Wrong.CUT_TAIL:
            # The records are as the shorter trail says of them: the whole database is from then.
            flaw = replace(state.flaws[0], wrong=Wrong.OLDER_DATABASE)
            state = replace(state, reason=flaw.what, flaws=(flaw,))
        return _with(state, (*records, *self._points(), *self._locks(), *self._structure()))

    def first_look(self, lines: int = TAIL) -> AuditState:
        """Check the last lines of the chain, the records that they tell of, and the locks: what an unlock waits for."""
        last = self._work.head().number
        before = self._head_at(max(0, last - lines))
        if before is None:
            state = AuditState(0, "", 1, flaws=(Flaw(Wrong.MISSING_LINE, max(1, last - lines)),))
        else:
            rows = self._work.trail(after=before.number)
            state = self._chain.follow(rows, self._known, before if before.number else None)
        return _with(state, (*differences(self._work, max(0, last - lines)), *self._locks()))

    def word_index(self) -> tuple[Flaw, ...]:
        """Whether the index of words is what the notes say; only in a unit for writing, which it keeps busy."""
        return () if self._work.holds(dialect.WORD_INDEX) else (Flaw(Wrong.WORD_INDEX),)

    def _head_at(self, number: int) -> Head | None:
        if not number:
            return self._chain.start
        row = self._work.row(_MAC, {"of_number": number})
        return None if row is None or not isinstance(row["mac"], bytes) else Head(number, row["mac"].hex())

    def _points(self) -> tuple[Flaw, ...]:
        points = SqlCheckpoints(self._work).all()
        heads = (self._head_at(point.checkpoint.number) for point in points)
        macs = {head.number: head.mac for head in heads if head is not None}
        return check_points(self._chain.practice_id, points, macs, self._keys)

    def _locks(self) -> tuple[Flaw, ...]:
        there = {row["name"]: row["sql"] for row in self._work.rows(dialect.LOCKS)}
        wanted = standing.locks()
        wrong = {name for name in {*there, *wanted} if there.get(name) != wanted.get(name)}
        return (Flaw(Wrong.MISSING_LOCK, count=len(wrong)),) if wrong else ()

    def _structure(self) -> tuple[Flaw, ...]:
        self._work.row(dialect.WORD_INDEX_ANEW)
        row = self._work.row(dialect.STRUCTURE) or {}
        return () if list(row.values()) == ["ok"] else (Flaw(Wrong.STRUCTURE),)


def _read(rows: list[dict[str, Any]]) -> tuple[AuditLine, ...]:
    """Lines as they can be read; one that cannot have been written so is told of as such."""
    return tuple(_line(row) for row in rows)


def _line(row: dict[str, Any]) -> AuditLine:
    try:
        return AuditLine(row["number"], ENTRIES.record(row), bytes(row["mac"]).hex())
    except (TypeError, ValueError):  # the check names it; a list of lines goes on
        nobody = Owner(OwnerKind.PRACTICE, "")
        return AuditLine(row["number"], AuditEntry(Act.VIEW, "", "altered line", "", nobody, _NO_TIME), "")


def _with(state: AuditState, more: tuple[Flaw, ...]) -> AuditState:
    """A state of the chain, with what else is wrong."""
    if not more:
        return state
    notes = tuple(f"{flaw.kind}: {flaw.count}" for flaw in more if flaw.kind)
    reason = state.reason or (tr("Some records are not what the trail says of them.") if notes else more[0].what)
    return replace(state, reason=reason, notes=notes, flaws=(*state.flaws, *more))
