"""Knows what one migration is: its number, what it does to the file, and the locks that must stand after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One migration. number: the schema it makes; apply: is given a driver connection inside a transaction."""

    number: int
    apply: Callable[[Any], None]
    triggers: frozenset[str]
