"""Knows how what is wrong with a practice is told: as findings, in the same words wherever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.integrity import Flaw
from desktop.domain.records import AuditState
from desktop.domain.words import tr
from desktop.services.practice import Finding

TRAIL = "audit trail"


def finding_of(flaw: Flaw) -> Finding:
    """A flaw as a finding: what, what is safe, what to do."""
    return Finding(TRAIL, False, flaw.what, flaw.wrong.value, flaw.safe, flaw.next_step)


def findings_of(flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    """Flaws as findings, in their order."""
    return tuple(finding_of(flaw) for flaw in flaws)


def trail_findings(state: AuditState) -> tuple[Finding, ...]:
    """What a check of the trail found; one that is all right when nothing is wrong."""
    if state.intact:
        return (Finding(TRAIL, True, tr("Every line of the audit trail holds: {n}.", n=state.entries)),)
    return findings_of(state.flaws)
