"""Knows the small values that the machine is described with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Battery:
    """How full the battery is, 0 to 100, and whether it is on the mains."""

    percent: int
    charging: bool
