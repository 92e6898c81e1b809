"""Knows how much time has passed in a session, whatever the clocks did: sleep, a changed clock, a reboot, a crash.

Within one boot the boot clock decides, which counts through sleep and which nobody can set. After a reboot only the
wall clock is left: elapsed time goes on from it and is marked as estimated. It never runs backwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.moment import Moment
from desktop.live.events import ClockKind, ClockNoted, Entry

JUMP_MS = 2_000


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Milliseconds since the session started; estimated: reckoned from the wall clock after a reboot."""

    ms: int
    estimated: bool


def elapsed(last: Entry, now: Moment) -> Elapsed:
    """The time since the start, from the last entry and the clocks now; never less than at the last entry."""
    if now.boot_id == last.wall.boot_id:
        return Elapsed(last.entered_ms + max(0, now.boot_ms - last.wall.boot_ms), estimated=False)
    return Elapsed(last.entered_ms + max(0, _wall_ms(last.wall, now)), estimated=True)


def begun_at(opening: Entry) -> Moment:
    """When the session began, from its opening: earlier than that was written where it was begun from paper."""
    late = opening.entered_ms - opening.at_ms
    wall = opening.wall
    return replace(wall, utc=wall.utc - timedelta(milliseconds=late), boot_ms=wall.boot_ms - late)


def noticed(last: Entry, now: Moment, slept_ms: int = 0, reopened: bool = False) -> tuple[ClockNoted, ...]:
    """What the log must say about the clocks since the last entry, to be entered before anything else.

    slept_ms: how long the machine slept since then, as the system reports it; reopened: after a crash or a restart.
    """
    return tuple(_noticed(last, now, slept_ms, reopened))


def _noticed(last: Entry, now: Moment, slept_ms: int, reopened: bool) -> Iterator[ClockNoted]:
    passed = _wall_ms(last.wall, now)
    if now.boot_id != last.wall.boot_id:
        yield ClockNoted(ClockKind.REBOOTED, passed)
    else:
        jump = passed - (now.boot_ms - last.wall.boot_ms)
        if abs(jump) >= JUMP_MS:
            yield ClockNoted(ClockKind.CLOCK_CHANGED, jump)
    if now.offset_minutes != last.wall.offset_minutes:
        yield ClockNoted(ClockKind.OFFSET_CHANGED, (now.offset_minutes - last.wall.offset_minutes) * 60_000)
    if slept_ms >= JUMP_MS:
        yield ClockNoted(ClockKind.SLEPT, slept_ms)
    if reopened:
        yield ClockNoted(ClockKind.REOPENED, elapsed(last, now).ms - last.entered_ms)


def _wall_ms(earlier: Moment, later: Moment) -> int:
    return (later.utc - earlier.utc) // timedelta(milliseconds=1)
