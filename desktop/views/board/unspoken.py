"""Knows which of what is missing may be said where both may look: what was asked, and not what was answered alone."""

from __future__ import annotations

from desktop.live.rules import check_until
from desktop.live.state import LiveState

SAID_TOGETHER = frozenset({
    "identity", "fasting", "last_food", "last_drink", "illness", "sleep", "baseline", "safe_signal", "escort",
    "escort_phone", "oriented", "gait", "fluids", "distress", "escort_here", "instructions", "no_driving",
    "no_sedatives", "no_decisions", "tonight", "next_appointment", "lozenges_home",
})  # fmt: skip
"""What the check files ask where the partner may hear it; whatever else a protocol asks of a person is asked alone."""


def alone(state: LiveState, code: str) -> bool:
    """Whether what is missing is a check that is asked of a person alone."""
    return code not in SAID_TOGETHER and any(gate.key == code for gate in state.protocol.gates)


def spoken(
    state: LiveState, who: str, codes: tuple[str, ...], at_ms: int, told: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The codes without what was asked alone and answered by then: a no must look like a yes.

    told: items that were answered in the very entry.
    """
    person = state.people[who]
    return tuple(
        code for code in codes
        if not alone(state, code) or (code not in told and check_until(state, person, code, at_ms) is None)
    )
