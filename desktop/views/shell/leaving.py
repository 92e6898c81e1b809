"""Knows what happens when the practice is locked in this process: for the tour and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.errors import Known

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.locking import Running
    from desktop.services.practice import Door


def leave(door: Door, desk: Desk) -> Running | None:
    """Lock; returns the longest running session's clock, so that it can be shown, and nothing else of it."""
    from desktop.services.locking import running_now

    running: Running | None = None
    try:
        running = running_now(desk)
    except Known:
        # The lock comes first: a clock that cannot be shown must never keep a practice open.
        running = None
    finally:
        door.leave(desk)
    return running
