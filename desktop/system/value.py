"""Knows the small values that the machine is described with."""

from __future__ import annotations

from typing import NamedTuple


class Battery(NamedTuple):
    """How full the battery is, 0 to 100, and whether it is on the mains."""

    percent: int
    charging: bool
