"""Knows how much work a passphrase may cost on this machine: about one second, never below the floor."""

from __future__ import annotations

import time
from collections.abc import Callable

from desktop.domain.errors_machine import NotEnoughMemory
from desktop.storage.vault.primitives import AIM, FLOOR, SALT_BYTES, Cost, stretch
from desktop.storage.vault.secret import Secret

LEAST_SECONDS = 0.7
MOST_SECONDS = 1.0
_STEP_KIB = FLOOR.memory_kib


def choose_memory(floor_seconds: float) -> int:
    """KiB for a machine that needs `floor_seconds` at the floor: towards 256 MiB while the limit is kept."""
    steps = int(MOST_SECONDS / floor_seconds) if floor_seconds > 0 else AIM.memory_kib // _STEP_KIB
    return min(AIM.memory_kib, max(1, steps) * _STEP_KIB)


def choose_passes(seconds: float) -> int:
    """How many passes, where three take `seconds`: as many as bring the time to 0.7 s."""
    passes = FLOOR.passes
    while seconds * passes / FLOOR.passes < LEAST_SECONDS and Cost(AIM.memory_kib, passes + 1, FLOOR.lanes).bearable:
        passes += 1
    return passes


def calibrate(measure: Callable[[Cost], float] | None = None) -> Cost:
    """Measure twice and choose; a machine without that much memory to spare stays at the floor's.

    measure: seconds that a derivation of some cost takes; NotEnoughMemory.
    """
    measure = measure or _seconds
    floor_seconds = measure(FLOOR)
    cost = Cost(choose_memory(floor_seconds), FLOOR.passes, FLOOR.lanes)
    try:
        seconds = measure(cost)
    except NotEnoughMemory:
        cost, seconds = FLOOR, floor_seconds
    return Cost(cost.memory_kib, choose_passes(seconds), cost.lanes)


def _seconds(cost: Cost) -> float:
    started = time.perf_counter()
    stretch(Secret(b"calibration"), bytes(SALT_BYTES), cost, 64).wipe()
    return time.perf_counter() - started
