"""Knows what an instant is: wall time with its offset, beside a boot clock that counts through sleep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clocks.

    utc: aware, in UTC. offset_minutes: local time less UTC, in minutes.
    boot_ms: milliseconds since boot, sleep included. boot_id: which boot those belong to.
    """

    utc: datetime
    offset_minutes: int
    boot_ms: int
    boot_id: str

    def __post_init__(self) -> None:
        if self.utc.utcoffset() != timedelta(0):
            raise ValueError("a moment is kept in UTC")

    @property
    def local(self) -> datetime:
        """The same instant on the wall clock of the place where it was read."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.offset_minutes)))
