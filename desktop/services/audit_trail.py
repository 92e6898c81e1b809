"""Knows how an owner reads the audit trail; checking it is in `desktop.services.trail`."""

from __future__ import annotations

from desktop.domain.people import Role, require
from desktop.domain.records import AuditLine
from desktop.services.desk import Desk
from desktop.services.ports import Trail
from desktop.services.trail import verify_trail

__all__ = ["newest_lines", "trail_lines", "verify_trail"]


def trail_lines(desk: Desk, after: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
    """Lines numbered above `after`, in order."""
    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        return unit.trail.lines(after, limit)


def newest_lines(desk: Desk, limit: int = 500) -> tuple[AuditLine, ...]:
    """The last lines, in order."""
    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        return unit.trail.lines(max(0, _last_number(unit.trail) - limit), limit)


def _last_number(trail: Trail) -> int:
    """The number of the last line, in a few questions: lines are numbered without gaps."""
    low, high = 0, 1
    while trail.lines(high - 1, 1):
        low, high = high, high * 2
    # Line `low` is there (or there is none), line `high` is not.
    while high - low > 1:
        middle = (low + high) // 2
        if trail.lines(middle - 1, 1):
            low = middle
        else:
            high = middle
    return low
