"""Knows how an owner reads the audit trail; checking it is in `desktop.services.trail`."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.people import Role, require
from desktop.domain.records import AuditLine
from desktop.domain.trailfilter import TrailFilter
from desktop.services.desk import Desk
from desktop.services.trail import verify_trail

__all__ = ["TrailPage", "newest_lines", "trail_kinds", "trail_lines", "trail_page", "verify_trail"]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Lines that fit a filter, from the one that was asked for on. total: how many fit; all: how many there are."""

    lines: tuple[AuditLine, ...]
    total: int
    all: int


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
