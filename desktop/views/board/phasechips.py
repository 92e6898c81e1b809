"""Knows which observations stand on a person's side at a phase, and which come first wherever all are listed."""

from __future__ import annotations

from desktop.domain.checklist import Checklist, Chip
from desktop.live.readings import phase_of
from desktop.live.state import LiveState, PersonState

SHOWN_CHIPS = 8


def phase_key(state: LiveState, person: PersonState, now_ms: int) -> str:
    """The phase whose chips are shown: the marked one where it is the later, else the expected one."""
    phase = phase_of(state.protocol, person, now_ms)
    key = phase.key if phase is not None else state.protocol.phases[0].key
    if person.phases_marked and (phase is None or person.phases_marked[-1].at_ms >= _started(state, person, key)):
        return person.phases_marked[-1].phase
    return key


def _started(state: LiveState, person: PersonState, key: str) -> int:
    """When the expected phase began for a person."""
    phase = state.protocol.phase_named(key)
    return (person.first_dose_ms or 0) + (phase.start_min.ms if phase is not None else 0)


def shown_chips(checklist: Checklist, phase: str) -> tuple[Chip, ...]:
    """The first eight of a phase."""
    return (checklist.chips_of(phase) or checklist.chips)[:SHOWN_CHIPS]


def all_chips(checklist: Checklist, phase: str) -> tuple[Chip, ...]:
    """Every chip, those of the phase first."""
    first = shown_chips(checklist, phase)
    return (*first, *(chip for chip in checklist.chips if chip not in first))
