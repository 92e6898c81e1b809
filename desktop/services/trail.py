"""Knows how the audit trail is checked: by any member, since a check shows nobody's data."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.errors import Known
from desktop.domain.records import AuditState
from desktop.services.desk import Desk
from desktop.services.integrity import TRAIL, trail_findings
from desktop.services.practice import Finding


def verify_trail(desk: Desk) -> AuditState:
    """Check the whole chain, from its first line to its head, and every record against it; changes nothing."""
    with desk.store.read() as unit:
        return unit.trail.verify()


def verify_all(desk: Desk) -> AuditState:
    """The same, with the index of words in notes; nobody else writes while that is compared."""
    state = verify_trail(desk)
    words = desk.store.word_index()
    if not words:
        return state
    return replace(state, reason=state.reason or words[0].what, flaws=(*state.flaws, *words))


def check_trail(desk: Desk) -> tuple[Finding, ...]:
    """All of it as findings, one that is all right when nothing is wrong; what cannot be looked at is one of them."""
    try:
        return trail_findings(verify_all(desk))
    except Known as error:
        return (Finding(TRAIL, False, error.what, "unreadable", error.safe, error.next_step),)
