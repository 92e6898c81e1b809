"""Knows what a practice holds on its first day: its own row, and its first member."""

from __future__ import annotations

from desktop.domain.audience import Owner
from desktop.domain.moment import Moment
from desktop.domain.people import Member
from desktop.domain.records import Act, AuditEntry
from desktop.storage.repositories.practice import PracticeRecord
from desktop.storage.unit import SqlStore


def found_records(store: SqlStore, name: str, first: Member, now: Moment) -> None:
    """Keep the practice's row and its first member, with the first two lines of the trail, in one transaction."""
    owner = Owner.practice(store.practice_id)
    with store.write() as unit:
        unit.practice.add(PracticeRecord(store.practice_id, name, now))
        unit.audit(AuditEntry(Act.CREATE, first.id, "practice", store.practice_id, owner, now))
        unit.members.add(first)
        unit.audit(AuditEntry(Act.CREATE, first.id, "member", first.id, owner, now))


def practice_name(store: SqlStore) -> str:
    """The practice's name; NotFound in a file that was never filled."""
    with store.read() as unit:
        return unit.practice.get().name
