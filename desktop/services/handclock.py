"""Knows a clock that only moves when it is told to: for scripts, for the tour, and for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.domain.moment import Moment

# Far from zero, so that a time before the start is still a time after the boot.
_BOOT_MS_AT_START = 1_000_000_000


class HandClock:
    """A Clock port, moved by hand. Wall clock and boot clock go together; its boot is called after its start.

    start: an aware time; its offset is the place's. Two clocks with the same start agree in everything.
    """

    def __init__(self, start: datetime) -> None:
        offset = start.utcoffset()
        if offset is None:
            raise ValueError("a start needs its offset")
        self._start = start.astimezone(UTC)
        self._offset_minutes = round(offset.total_seconds() / 60)
        self._boot_id = f"script-{self._start:%Y%m%dT%H%M%S}"
        self._ms = 0

    def now(self) -> Moment:
        """The instant that the hands show."""
        return Moment(
            utc=self._start + timedelta(milliseconds=self._ms),
            offset_minutes=self._offset_minutes,
            boot_ms=_BOOT_MS_AT_START + self._ms,
            boot_id=self._boot_id,
        )

    @property
    def ms(self) -> int:
        """Milliseconds since the start."""
        return self._ms

    def set_to(self, ms: int) -> None:
        """Milliseconds since the start; ValueError for an earlier time than the hands show."""
        if ms < self._ms:
            raise ValueError("a clock moved by hand goes forward only")
        self._ms = ms

    def forward(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> None:
        """Move the hands on."""
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        self.set_to(self._ms + step // timedelta(milliseconds=1))
