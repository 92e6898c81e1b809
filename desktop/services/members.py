"""Knows how members are listed, and how an owner changes their roles; taking one in is in `practice`."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Owner
from desktop.domain.errors import Invalid, Problem, Refused
from desktop.domain.people import Member, Role, require
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic

KIND = "member"


def members(desk: Desk) -> tuple[Member, ...]:
    """Everyone who works or worked here, by name."""
    require(desk.member, *Role)
    with desk.store.read() as unit:
        return unit.members.all()


def change_member(desk: Desk, member_id: str, roles: frozenset[Role], active: bool, version: int) -> Outcome[Member]:
    """Change a member's roles, or let them go. Invalid, Conflict; Refused where nobody would be an owner any more."""
    require(desk.member, Role.OWNER)
    if active and not roles:
        raise Invalid((Problem("roles", tr("Choose at least one role.")),))
    with desk.store.write() as unit:
        changed = replace(unit.members.get(member_id), roles=roles, active=active, version=version)
        others = [member for member in unit.members.all() if member.id != member_id]
        if not any(member.may(Role.OWNER) for member in (changed, *others)):
            raise Refused(
                "last owner", tr("Nobody would be an owner of the practice any more."),
                next_step=tr("Make somebody else an owner first."),
            )
        kept = unit.members.save(changed)
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, Owner.practice(desk.store.practice_id)))
    return Outcome.of(kept, Topic(KIND, kept.id))
