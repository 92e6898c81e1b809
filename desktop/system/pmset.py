"""Knows what `pmset -g batt` of macOS says."""

from __future__ import annotations

import re

from desktop.system.value import Battery

_PERCENT = re.compile(r"InternalBattery.*?\b(\d{1,3})%;")


def read_pmset(text: str) -> Battery | None:
    """The charge it tells of; None without a battery or in words that are not known."""
    found = _PERCENT.search(text)
    if found is None or int(found[1]) > 100:
        return None
    return Battery(int(found[1]), charging="'AC Power'" in text)
