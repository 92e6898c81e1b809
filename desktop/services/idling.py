"""Knows how long nobody has touched the program, by the boot clock, which counts through sleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.services.ports import Clock

DEFAULT_MINUTES = 5
LEAST_MINUTES, MOST_MINUTES = 1, 30
OFFERED_MINUTES = (2, 5, 10, 15)
PAUSE_PERCENT = 60
"""Of the time to the limit: what is done before a lock has the rest of it."""
SLEPT_MS = 10_000
"""Between two looks that are half a second apart, so much more time means that the machine slept."""


def idle_minutes(text: str) -> int:
    """The minutes that a setting names, within bounds; the default for anything that is no number. Never off."""
    try:
        wanted = int(text)
    except ValueError:
        return DEFAULT_MINUTES
    return min(max(wanted, LEAST_MINUTES), MOST_MINUTES)


class Idling:
    """Counts from the last touch. look() is called about twice a second; timers measure nothing."""

    def __init__(self, clock: Clock, limit_ms: int) -> None:
        self._clock, self.limit_ms = clock, limit_ms
        self._touched = self._looked = clock.now()
        self._paused: Moment | None = None

    def touched(self) -> None:
        """Somebody is there."""
        self._touched = self._clock.now()

    def limit_to(self, minutes: int) -> None:
        """Another time from now on."""
        self.limit_ms = minutes * 60_000

    @property
    def idle_ms(self) -> int:
        """How long nobody was there. A reboot cannot happen meanwhile; a strange clock counts as long ago."""
        now, then = self._clock.now(), self._touched
        if now.boot_id != then.boot_id or now.boot_ms < then.boot_ms:
            return self.limit_ms
        return now.boot_ms - then.boot_ms

    @property
    def due(self) -> bool:
        """Whether nobody was there for so long."""
        return self.idle_ms >= self.limit_ms

    def pausing(self) -> bool:
        """Whether nobody was there for more than half of the time to the limit; told once until the next touch."""
        if self._paused is self._touched or self.idle_ms * 100 < self.limit_ms * PAUSE_PERCENT:
            return False
        self._paused = self._touched
        return True

    def slept(self) -> bool:
        """Whether the machine slept since this was last asked."""
        now, before = self._clock.now(), self._looked
        self._looked = now
        return now.boot_id != before.boot_id or now.boot_ms - before.boot_ms >= SLEPT_MS
