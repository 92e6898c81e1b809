"""Knows how a process keeps its memory to itself: no core dumps, no readers, private files."""

from __future__ import annotations

import os
from typing import NamedTuple

from desktop.system.here import here

PRIVATE_MASK = 0o077


class Hardening(NamedTuple):
    """What the system agreed to. core_dumps_off, memory_closed: as asked; both are best effort."""

    core_dumps_off: bool
    memory_closed: bool


def _no_core_dumps() -> bool:
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows writes none unless told to
        return True
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):  # pragma: no cover - a process may always lower its own limit
        return False
    return True


def harden() -> Hardening:
    """Close this process up; called first thing at start. Files made from now on are for this user only."""
    os.umask(PRIVATE_MASK)
    return Hardening(core_dumps_off=_no_core_dumps(), memory_closed=here.undumpable())
