"""Knows how the audit trail is checked: by any member, since a check shows nobody's data."""

from __future__ import annotations

from desktop.domain.errors import Known
from desktop.domain.records import AuditState
from desktop.services.desk import Desk
from desktop.services.integrity import TRAIL, findings_of, trail_findings
from desktop.services.practice import Finding


def verify_trail(desk: Desk) -> AuditState:
    """Check the whole chain, from its first line to its head, and every record against it; changes nothing."""
    with desk.store.read() as unit:
        return unit.trail.verify()


def check_trail(desk: Desk) -> tuple[Finding, ...]:
    """The same, with the index of words in notes, as findings; what cannot be looked at is one of them."""
    try:
        return findings_with_words(desk, verify_trail(desk))
    except Known as error:
        return (Finding(TRAIL, False, error.what, "unreadable", error.safe, error.next_step),)


def findings_with_words(desk: Desk, state: AuditState) -> tuple[Finding, ...]:
    """What a check found, and what is wrong with the index of words; nobody else writes while that is compared."""
    words = findings_of(desk.store.word_index())
    return words if words and state.intact else (*trail_findings(state), *words)
