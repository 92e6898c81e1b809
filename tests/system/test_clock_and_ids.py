"""Knows that the clocks are read together and that identifiers only rise."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.system import linux
from desktop.system.clock import MachineClock, derived_boot_id, wall_ms
from desktop.system.ids import MachineIds


def test_a_moment_is_aware_and_agrees_with_the_systems_clocks() -> None:
    clock = MachineClock()
    before, moment, after = wall_ms(), clock.now(), wall_ms()
    assert before <= moment.utc.timestamp() * 1000 <= after + 1
    assert abs(before - time.clock_gettime(time.CLOCK_REALTIME) * 1000) < 5_000
    assert moment.utc.tzinfo is UTC
    assert abs(moment.boot_ms - time.clock_gettime(time.CLOCK_BOOTTIME) * 1000) < 5_000


def test_the_boot_clock_never_steps_back_and_keeps_its_name() -> None:
    clock = MachineClock()
    moments = [clock.now() for _ in range(1000)]
    assert [m.boot_ms for m in moments] == sorted(m.boot_ms for m in moments)
    assert {m.boot_id for m in moments} == {MachineClock().now().boot_id}
    assert str(uuid.UUID(moments[0].boot_id)) == moments[0].boot_id


@pytest.mark.parametrize(
    ("zone", "minutes"), [("UTC0", 0), ("EST5", -300), ("<+0530>-5:30", 330), ("<+1245>-12:45", 765)]
)
def test_the_offset_is_the_places(zone: str, minutes: int) -> None:
    code = "from desktop.system.clock import MachineClock; print(MachineClock().now().offset_minutes)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert int(done.stdout) == minutes


def test_a_boot_without_a_name_is_named_by_its_minute(tmp_path: Path) -> None:
    assert linux.boot_id(tmp_path / "nowhere") is None
    (tmp_path / "empty").touch()
    assert linux.boot_id(tmp_path / "empty") is None
    assert derived_boot_id(1_000_000_000, 400_000) == derived_boot_id(1_000_005_000, 405_000) == "derived-16660"


def parts(identifier: str) -> tuple[int, int, str]:
    value = uuid.UUID(identifier)
    assert str(value) == identifier
    return value.int >> 80, value.version or 0, value.variant


def test_an_identifier_is_a_uuid_of_version_7_with_its_millisecond() -> None:
    before = wall_ms()
    millisecond, version, variant = parts(MachineIds().new())
    assert before <= millisecond <= wall_ms() + 1
    assert (version, variant) == (7, uuid.RFC_4122)


def test_ten_thousand_identifiers_are_different_and_in_order() -> None:
    ids = MachineIds()
    made = [ids.new() for _ in range(10_000)]
    assert made == sorted(set(made))


@given(st.lists(st.integers(0, 1 << 47), min_size=2, max_size=30))
@settings(max_examples=100, deadline=None)
def test_identifiers_rise_whatever_the_clock_does(times: list[int]) -> None:
    ticks = iter(times)
    ids = MachineIds(lambda: next(ticks))
    made = [ids.new() for _ in times]
    assert made == sorted(set(made))
    assert all(parts(each)[1:] == (7, uuid.RFC_4122) for each in made)


def test_a_full_millisecond_borrows_from_the_next() -> None:
    ids = MachineIds(lambda: 1000, lambda count: b"\xff" * count)
    made = [ids.new() for _ in range(10)]
    assert made == sorted(set(made))
    ids._tail = (1 << 74) - 1
    assert parts(ids.new())[0] == 1001
    assert ids.new() > made[-1]


def test_threads_never_get_the_same_identifier() -> None:
    ids, made = MachineIds(lambda: 1000), []

    def work() -> None:
        made.extend([ids.new() for _ in range(500)])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000


def test_two_processes_in_the_same_millisecond_differ() -> None:
    moment = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp() * 1000)
    assert MachineIds(lambda: moment).new() != MachineIds(lambda: moment).new()
