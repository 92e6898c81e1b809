"""Knows that a clock moved by hand moves both of its clocks together, and forward only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.services.handclock import HandClock

START = datetime.fromisoformat("2026-03-02T10:00:00-05:00")


def test_it_starts_where_it_is_told_and_stands_still() -> None:
    clock = HandClock(START)
    assert clock.now() == clock.now()
    assert clock.now().utc == START
    assert clock.now().local.isoformat() == "2026-03-02T10:00:00-05:00"


def test_wall_clock_and_boot_clock_go_together() -> None:
    clock = HandClock(START)
    before = clock.now()
    clock.forward(days=1, hours=2, minutes=3, seconds=4)
    step = timedelta(days=1, hours=2, minutes=3, seconds=4)
    assert clock.now().utc - before.utc == step
    assert clock.now().boot_ms - before.boot_ms == clock.ms == step // timedelta(milliseconds=1)
    assert clock.now().boot_id == before.boot_id


def test_two_clocks_with_the_same_start_agree_in_everything() -> None:
    assert HandClock(START).now() == HandClock(START).now()


def test_it_goes_forward_only_and_needs_an_offset() -> None:
    clock = HandClock(START)
    clock.set_to(5)
    clock.set_to(5)
    with pytest.raises(ValueError, match="forward"):
        clock.set_to(4)
    with pytest.raises(ValueError, match="offset"):
        HandClock(START.replace(tzinfo=None))
