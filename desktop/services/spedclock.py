"""Knows a clock that runs faster than the machine's: for rehearsals, and for nothing that is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.domain.moment import Moment
from desktop.live.script import BOOT
from desktop.services.ports import Clock

SLOWEST, FASTEST = 1, 60


class SpedClock(Clock):
    """A Clock port that begins at a script's start and goes `speed` times as fast as the machine's boot clock.

    start: an aware time. Its boot is the script's, so that what was played and what is entered share one clock.
    """

    def __init__(self, machine: Clock, start: datetime, speed: int = 1) -> None:
        offset = start.utcoffset() or timedelta(0)
        self._machine, self._start = machine, start.astimezone(UTC)
        self._offset_minutes = round(offset.total_seconds() / 60)
        self._since, self._gone_ms, self._speed = machine.now().boot_ms, 0, _within(speed)

    @property
    def speed(self) -> int:
        """How many times as fast as the machine's clock it goes, 1 to 60."""
        return self._speed

    @property
    def ms(self) -> int:
        """Milliseconds of the session since its start."""
        return self._gone_ms + max(0, self._machine.now().boot_ms - self._since) * self._speed

    def run_at(self, speed: int) -> None:
        """Go on at another speed; what has gone by stays as it is."""
        self._gone_ms, self._since = self.ms, self._machine.now().boot_ms
        self._speed = _within(speed)

    def now(self) -> Moment:
        """The instant of the rehearsal."""
        gone = self.ms
        return Moment(self._start + timedelta(milliseconds=gone), self._offset_minutes, gone, BOOT)


def _within(speed: int) -> int:
    return max(SLOWEST, min(FASTEST, speed))
