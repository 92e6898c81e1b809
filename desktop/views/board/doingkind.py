"""Knows what one thing that can be done on the board consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that can be done. needs: `person` when it asks whose. bar: stands in the row of actions."""

    id: str
    title: str
    icon: str
    key: str = ""
    needs: str = ""
    bar: bool = False
