"""Knows how the audit trail is read and checked."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, select

from desktop.domain.records import AuditLine, AuditState
from desktop.domain.words import tr
from desktop.services.ports import Trail
from desktop.storage.audit import ENTRIES, Chain, Head
from desktop.storage.comparing import differences
from desktop.storage.tables import audit
from desktop.storage.work import Work

_LINES = (
    select(audit).where(audit.c.number > bindparam("after")).order_by(audit.c.number).limit(bindparam("most"))
)
_ABOUT = select(audit).where(audit.c.subject_kind == bindparam("kind")).order_by(audit.c.number)


class SqlTrail(Trail):
    """The audit trail. known: heads from before this unit, of which the chain must still have at least as much."""

    def __init__(self, work: Work, chain: Chain, known: tuple[Head, ...]) -> None:
        self._work = work
        self._chain = chain
        self._known = known

    def lines(self, after: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
        """Lines numbered above `after`, in order."""
        rows = self._work.rows(_LINES, {"after": after, "most": limit})
        return tuple(AuditLine(row["number"], ENTRIES.record(row), bytes(row["mac"]).hex()) for row in rows)

    def about(self, kind: str) -> tuple[AuditLine, ...]:
        """Every line about subjects of a kind, in order."""
        rows = self._work.rows(_ABOUT, {"kind": kind})
        return tuple(AuditLine(row["number"], ENTRIES.record(row), bytes(row["mac"]).hex()) for row in rows)

    def has(self, head: Head) -> bool:
        """Whether the line that a head names is there, with its MAC; what stands before it is not looked at."""
        found = self.lines(after=head.number - 1, limit=1)
        return not head.number or (bool(found) and (found[0].number, found[0].mac) == (head.number, head.mac))

    def verify(self, *known: Head) -> AuditState:
        """Check the whole chain, from the first line to the head, and every record against what it last says of it.

        The chain must have at least as much as `known`. notes: which kinds of records differ, and how many.
        """
        state = self._chain.follow(self._work.trail(), (*self._known, *known))
        wrong = differences(self._work) if state.intact else None
        if not wrong:
            return state
        notes = tuple(f"{kind}: {count}" for kind, count in sorted(wrong.items()))
        return replace(state, reason=tr("Some records are not what the trail says of them."), notes=notes)
