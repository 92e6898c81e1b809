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


def choose(floor_seconds: float, most_memory_kib: int = AIM.memory_kib) -> Cost:
    """The cost for a machine that needs `floor_seconds` for the floor; the time grows with memory and passes.

    First memory is raised towards 256 MiB while the time stays within the limit, then passes.
    """
    memory = FLOOR.memory_kib
    while memory + _STEP_KIB <= most_memory_kib and floor_seconds * (memory + _STEP_KIB) / _STEP_KIB <= MOST_SECONDS:
        memory += _STEP_KIB
    one_pass = floor_seconds * memory / _STEP_KIB / FLOOR.passes
    passes = FLOOR.passes
    while one_pass * passes < LEAST_SECONDS and Cost(memory, passes + 1, FLOOR.lanes).bearable:
        passes += 1
    return Cost(memory, passes, FLOOR.lanes)


def calibrate(timer: Callable[[], float] = time.perf_counter) -> Cost:
    """Measure once at the floor and choose; a machine without 256 MiB to spare stays at the floor's memory."""
    started = timer()
    stretch(Secret(b"calibration"), bytes(SALT_BYTES), FLOOR, 64).wipe()
    cost = choose(timer() - started)
    try:
        stretch(Secret(b"calibration"), bytes(SALT_BYTES), Cost(cost.memory_kib, FLOOR.passes, FLOOR.lanes), 64).wipe()
    except NotEnoughMemory:  # pragma: no cover - needs a machine that short of memory
        return choose(timer() - started, FLOOR.memory_kib)
    return cost
