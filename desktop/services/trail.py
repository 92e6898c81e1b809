"""Knows how the audit trail is checked: by any member, since a check shows nobody's data."""

from __future__ import annotations

from desktop.domain.records import AuditState
from desktop.services.desk import Desk


def verify_trail(desk: Desk) -> AuditState:
    """Check the whole chain, from its first line to its head; changes nothing."""
    with desk.store.read() as unit:
        return unit.trail.verify()
