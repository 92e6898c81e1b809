"""Knows how full the battery is, where that can be asked."""

from __future__ import annotations

from desktop.system.here import here
from desktop.system.value import Battery


def battery() -> Battery | None:
    """The battery's charge; None on a machine without one, or where it cannot be read."""
    return here.battery()
