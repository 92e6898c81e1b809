"""Knows what happens when the practice is locked, and how long a session has been running behind the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.errors import Known

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.services.desk import Desk
    from desktop.services.ports import Clock
    from desktop.services.practice import Door


def leave(door: Door, desk: Desk) -> Moment | None:
    """Lock; returns when the longest running session began, so that its clock can be shown, and nothing else."""
    from desktop.domain.audience import Audience

    started: Moment | None = None
    try:
        with desk.store.read() as unit:
            running = unit.sessions.running(Audience.clinic("lock"))
        moments = [session.started for session in running if session.started is not None]
        started = min(moments, key=lambda moment: moment.utc, default=None)
    except Known:
        # The lock comes first: a clock that cannot be shown must never keep a practice open.
        started = None
    finally:
        door.leave(desk)
    return started


def running_seconds(clock: Clock, started: Moment) -> int:
    """Whole seconds since a moment, by the boot clock while it is the same boot, else by the wall."""
    now = clock.now()
    if now.boot_id == started.boot_id:
        return max(0, (now.boot_ms - started.boot_ms) // 1000)
    return max(0, int((now.utc - started.utc).total_seconds()))
