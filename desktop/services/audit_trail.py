"""Knows how an owner reads the audit trail; checking it is in `desktop.services.trail`."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.audience import Owner
from desktop.domain.people import Role, require
from desktop.domain.records import Act, AuditLine
from desktop.domain.trailfilter import TrailFilter
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome
from desktop.services.trail import verify_all, verify_trail

__all__ = [
    "TrailPage", "newest_lines", "open_trail", "trail_kinds", "trail_lines", "trail_page", "verify_all", "verify_trail",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Lines that fit a filter, from the one that was asked for on. total: how many fit; all: how many there are."""

    lines: tuple[AuditLine, ...]
    total: int
    all: int


def open_trail(desk: Desk) -> Outcome[None]:
    """Somebody opened the trail on purpose: that is a line of it too. For owners."""
    require(desk.member, Role.OWNER)
    with desk.store.write() as unit:
        owner = Owner.practice(desk.store.practice_id)
        unit.audit(desk.line(Act.VIEW, "audit trail", desk.store.practice_id, owner, "page"))
    return Outcome(None)


def trail_page(desk: Desk, wanted: TrailFilter, skip: int = 0, limit: int = 500) -> TrailPage:
    """A page of the lines that fit, in the order that was asked for; for owners."""
    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        return TrailPage(unit.trail.find(wanted, skip, limit), unit.trail.count(wanted), unit.trail.end()[0])


def trail_kinds(desk: Desk) -> tuple[str, ...]:
    """The kinds of records that lines tell of; for owners."""
    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        return unit.trail.kinds()


def trail_lines(desk: Desk, after: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
    """Lines numbered above `after`, in order."""
    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        return unit.trail.lines(after, limit)


def newest_lines(desk: Desk, limit: int = 500) -> tuple[AuditLine, ...]:
    """The last lines, in order."""
    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        return unit.trail.lines(max(0, unit.trail.end()[0] - limit), limit)
