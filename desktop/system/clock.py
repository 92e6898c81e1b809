"""Knows what time it is: the only place that reads the machine's clocks."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from desktop.domain.moment import Moment
from desktop.system.here import here

_MINUTE_MS = 60_000


def wall_ms() -> int:
    """Milliseconds since 1970 by the wall clock, which may jump."""
    return time.time_ns() // 1_000_000


def derived_boot_id(now_ms: int, boot_ms: int) -> str:
    """A name for a boot where the system has none: the minute it happened in, by today's wall clock."""
    return f"derived-{round((now_ms - boot_ms) / _MINUTE_MS)}"


class MachineClock:
    """The clocks of this machine, read together; a Clock port.

    The boot's name is asked once: a derived one would change when somebody sets the wall clock.
    """

    def __init__(self) -> None:
        self._boot_id = here.boot_id() or derived_boot_id(wall_ms(), here.boot_ms())

    def now(self) -> Moment:
        """The present instant: UTC, the place's offset, and milliseconds since boot with sleep included."""
        utc = datetime.now(UTC)
        offset = utc.astimezone().utcoffset()
        minutes = 0 if offset is None else round(offset.total_seconds() / 60)
        return Moment(utc=utc, offset_minutes=minutes, boot_ms=here.boot_ms(), boot_id=self._boot_id)
