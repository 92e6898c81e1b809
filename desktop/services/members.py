"""Knows how members are listed, and how an owner changes roles and corrects names; taking one in is in `practice`."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Owner
from desktop.domain.errors import Invalid, Problem, Refused
from desktop.domain.people import Member, Role, clean, initials_of, require
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit
from desktop.services.practice import Door, check_name, unique_initials

KIND = "member"
REMOVED = "removed"
"""In the trail, of a member whose key was taken away."""


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
        known = unit.members.get(member_id)
        if active and not known.active:
            _require_not_removed(unit, member_id)
        changed = replace(known, roles=roles, active=active, version=version)
        others = [member for member in unit.members.all() if member.id != member_id]
        if not any(member.may(Role.OWNER) for member in (changed, *others)):
            raise Refused(
                "last owner", tr("Nobody would be an owner of the practice any more."),
                next_step=tr("Make somebody else an owner first."),
            )
        kept = unit.members.save(changed)
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, Owner.practice(desk.store.practice_id)))
    return Outcome.of(kept, Topic(KIND, kept.id))


def _require_not_removed(unit: Unit, member_id: str) -> None:
    """Who was removed has no key any more: taken back, they would count as an owner who can never unlock."""
    lines = (line.entry for line in unit.trail.about(KIND))
    if any(entry.subject_id == member_id and entry.detail == REMOVED for entry in lines):
        raise Refused(
            "removed", tr("This member was removed for good: they have no key of their own any more."),
            next_step=tr("Add them as a new member; what they wrote before stays theirs."),
        )


def rename_member(desk: Desk, door: Door, member_id: str, name: str, version: int) -> Outcome[Member]:
    """Correct a member's name, also where it is shown at unlock; only an owner may. Invalid, Conflict.

    Initials that the new name does not give are made anew; who wrote an entry is kept by the member, not by the name.
    """
    require(desk.member, Role.OWNER)
    with desk.store.write() as unit:
        others = [member for member in unit.members.all() if member.id != member_id]
        problems = check_name(name, frozenset(member.name for member in others))
        if problems:
            raise Invalid(problems)
        known = unit.members.get(member_id)
        initials = known.initials
        if initials.rstrip("0123456789") != initials_of(name):
            initials = unique_initials(name, frozenset(member.initials for member in others))
        kept = unit.members.save(replace(known, name=clean(name), initials=initials, version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, Owner.practice(desk.store.practice_id), "name"))
        # The key file is written last, inside the block: if it fails, the record is rolled back with it.
        door.rename_slot(desk, kept)
    return Outcome.of(kept, Topic(KIND, kept.id))
