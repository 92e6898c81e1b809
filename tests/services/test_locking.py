"""What outlives a lock: the handover, the drafts, and how long nobody was there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.services.idling import Idling, idle_minutes
from desktop.services.live import LiveDesk
from desktop.services.locking import (
    HalfTyped,
    Handover,
    Running,
    behind_lock,
    read_drafts,
    read_handover,
    running_now,
    spell_drafts,
)
from tests.kit import ANNA, BEN, START, HandClock, House, dose, plan, ready

RUNNING = Running(START, (1_200_000, 2_400_000))
TEXTS = some.text(max_size=40)


def test_what_is_told_is_read_as_it_was_told() -> None:
    for told in (Handover(), Handover("/practices/ä b"), Handover("/p", RUNNING)):
        assert read_handover(told.spelt()) == told


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "[]", "null", '{"folder": 1}', '{"running": {}}', '{"folder": "' + "x" * 5000 + '"}',
        '{"running": {"utc": "x", "offset": 0, "boot_ms": 0, "boot": "b", "due": []}}',
        '{"running": {"utc": "2026-01-01T00:00:00+00:00", "offset": 0, "boot_ms": true, "boot": "b", "due": []}}',
        '{"running": {"utc": "2026-01-01T00:00:00+00:00", "offset": 0, "boot_ms": 0, "boot": "b", "due": ["Anna"]}}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_not_spelt_as_it_should_be_tells_nothing(text: str) -> None:
    assert read_handover(text) == Handover()


@given(TEXTS)
def test_no_text_that_is_told_ends_the_start(text: str) -> None:
    assert isinstance(read_handover(text), Handover)


@given(some.lists(some.builds(
    HalfTyped, TEXTS, TEXTS, TEXTS, some.lists(some.tuples(TEXTS, TEXTS | some.booleans()), max_size=4).map(tuple),
), max_size=4).map(tuple))  # fmt: skip
def test_drafts_are_read_as_they_were_written(drafts: tuple[HalfTyped, ...]) -> None:
    assert read_drafts(spell_drafts(drafts)) == drafts


@given(some.binary(max_size=60))
def test_bytes_that_are_no_drafts_are_none(content: bytes) -> None:
    assert isinstance(read_drafts(content), tuple)


def test_a_running_session_is_told_by_its_clock_and_what_is_due(home: House) -> None:
    assert running_now(home.desk()) is None
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    ready(live)
    live.record(dose())
    found = running_now(home.desk())
    assert found is not None
    assert found.started == live.session.started
    assert found.due_ms == tuple(sorted(set(found.due_ms)))
    assert len(found.due_ms) > 2
    told = Handover("/p", found).spelt()
    assert not any(part in told for client in (ANNA, BEN) for part in client.name.split())
    assert set(json.loads(told)["running"]) == {"utc", "offset", "boot_ms", "boot", "due"}


def test_the_unlock_screen_counts_down_to_what_is_due_and_on_past_it() -> None:
    clock = HandClock()
    clock.forward(600)
    assert behind_lock(clock, RUNNING) == (600, 600)
    clock.forward(700)
    assert behind_lock(clock, RUNNING) == (1300, -100)
    assert behind_lock(clock, Running(START)) == (1300, None)


def test_nobody_was_there_for_so_long_by_the_boot_clock_whatever_the_wall_clock_says() -> None:
    clock = HandClock()
    idling = Idling(clock, 300_000)
    clock.jump(-3600 * 24 * 3650)
    clock.forward(299)
    assert not idling.due
    clock.forward(1)
    assert idling.due
    idling.touched()
    assert not idling.due
    clock.jump(3600 * 24 * 3650)
    assert idling.idle_ms == 0


def test_time_asleep_counts_as_nobody_being_there_and_is_noticed() -> None:
    clock = HandClock()
    idling = Idling(clock, 300_000)
    clock.forward(1)
    assert not idling.slept()
    clock.forward(7200)
    assert idling.due
    assert idling.slept()
    assert not idling.slept()


def test_a_boot_clock_that_makes_no_sense_locks() -> None:
    moments = [START, replace(START, boot_ms=START.boot_ms - 5)]

    class Strange:
        def now(self) -> object:
            return moments[0]

    idling = Idling(Strange(), 300_000)  # type: ignore[arg-type]
    moments.pop(0)
    assert idling.due
    moments[0] = replace(START, boot_id="another", utc=START.utc + timedelta(seconds=1))
    assert idling.due


@pytest.mark.parametrize(("text", "minutes"), [("5", 5), ("0", 1), ("-3", 1), ("999", 30), ("never", 5), ("", 5)])
def test_the_idle_lock_can_be_made_longer_or_shorter_and_never_off(text: str, minutes: int) -> None:
    assert idle_minutes(text) == minutes
