"""Knows that wrong passphrases cost a growing wait, on whatever clock, across restarts, and never for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import TooManyTries
from desktop.domain.moment import Moment
from desktop.storage.disk import Disk
from desktop.storage.vault.attempts import FILE, FREE_TRIES, LONGEST_WAIT_S, Attempts, wait_after
from tests.storage.failing_disk import FailingDisk

START = Moment(datetime(2026, 3, 2, 15, 0, tzinfo=UTC), -300, 5_000_000, "boot-1")


def later(moment: Moment, seconds: float) -> Moment:
    """The same boot, that much later on both clocks."""
    return replace(
        moment, utc=moment.utc + timedelta(seconds=seconds), boot_ms=moment.boot_ms + round(seconds * 1000)
    )


def fail(attempts: Attempts, times: int, moment: Moment, member: str = "m1") -> Moment:
    """Fail so often, each time after waiting; the instant of the last failure."""
    at = moment
    for n in range(times):
        at = later(at, wait_after(n))
        attempts.begin(member, at)
    return at


def seconds_left(attempts: Attempts, moment: Moment, member: str = "m1") -> int:
    with pytest.raises(TooManyTries) as caught:
        attempts.begin(member, moment)
    return caught.value.seconds_left


def test_the_wait_grows_from_nothing_to_a_quarter_of_an_hour_and_no_further() -> None:
    assert [wait_after(n) for n in range(10)] == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160]
    assert wait_after(12) == wait_after(1_000_000) == LONGEST_WAIT_S == 900


def test_the_first_tries_are_free_and_then_the_seconds_left_are_told(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    assert [attempts.begin("m1", START) for _ in range(FREE_TRIES + 1)] == [0, 0, 0, 5]
    assert seconds_left(attempts, START) == 5
    assert seconds_left(attempts, later(START, 4.2)) == 1
    assert attempts.begin("m1", later(START, 5)) == 10
    assert seconds_left(attempts, later(START, 5)) == 10


def test_a_try_that_came_too_early_does_not_lengthen_the_wait(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    last = fail(attempts, FREE_TRIES + 1, START)
    for second in range(5):
        seconds_left(attempts, later(last, second))
    assert attempts.begin("m1", later(last, 5)) == 10


def test_the_count_survives_a_restart_of_the_program(tmp_path: Path) -> None:
    last = fail(Attempts(tmp_path, Disk()), 6, START)
    assert seconds_left(Attempts(tmp_path, Disk()), last) == 20


def test_the_right_passphrase_clears_the_count(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    fail(attempts, 6, START)
    fail(attempts, 2, START, "m2")
    attempts.clear("m1")
    assert attempts.begin("m1", START) == 0
    attempts.clear("m1")
    attempts.clear("m2")
    assert list(tmp_path.iterdir()) == []


def test_one_members_failures_keep_nobody_else_out(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    last = fail(attempts, 8, START)
    assert attempts.begin("m2", last) == 0


def test_setting_the_wall_clock_forward_does_not_shorten_the_wait(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    last = fail(attempts, 6, START)
    assert seconds_left(attempts, replace(last, utc=last.utc + timedelta(days=3650))) == 20


def test_after_a_reboot_the_wall_clock_counts(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    last = fail(attempts, 6, START)
    reboot = replace(later(last, 8), boot_ms=100, boot_id="boot-2")
    assert seconds_left(attempts, reboot) == 12
    assert attempts.begin("m1", later(reboot, 12)) == 40


def test_a_wall_clock_set_back_across_a_reboot_begins_the_wait_anew_and_only_once(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    last = fail(attempts, 6, START)
    reboot = replace(last, utc=last.utc - timedelta(days=3650), boot_ms=100, boot_id="boot-2")
    assert seconds_left(attempts, reboot) == 20
    assert seconds_left(attempts, later(reboot, 15)) == 5
    assert attempts.begin("m1", later(reboot, 20)) == 40


def test_a_boot_clock_that_went_back_under_the_same_name_is_not_believed(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, Disk())
    last = fail(attempts, 6, START)
    odd = replace(last, utc=last.utc + timedelta(seconds=15), boot_ms=1)
    assert seconds_left(attempts, odd) == 5


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"format":"other","members":{}}', '{"format":"holdfast-attempts-1","members":[]}',
     '{"format":"holdfast-attempts-1","members":{"m1":7}}', "[" * 100_000,
     '{"format":"holdfast-attempts-1","members":{"m1":{"count":9,"utc":"never","boot_ms":1,"boot_id":"b"}}}',
     '{"format":"holdfast-attempts-1","members":{"m1":{"count":9,"utc":5,"boot_ms":1,"boot_id":"b"}}}',
     '{"format":"holdfast-attempts-1","members":{"m1":{"count":"9","utc":"2026-03-02T15:00:00+00:00"}}}',
     '{"format":"holdfast-attempts-1","members":{"m1":{"count":9,"boot_ms":1,"boot_id":"b"}}}'],
    ids=lambda content: content[:60],
)  # fmt: skip
def test_a_damaged_count_is_none_and_is_written_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert [Attempts(tmp_path, Disk()).begin("m1", START) for _ in range(FREE_TRIES + 1)] == [0, 0, 0, 5]


def test_an_absurd_count_keeps_nobody_out_for_ever(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '{"format":"holdfast-attempts-1","members":{"m1":{"count":1' + "0" * 400
        + ',"utc":"2026-03-02T15:00:00+00:00","boot_ms":1,"boot_id":"b"}}}'
    )  # fmt: skip
    attempts = Attempts(tmp_path, Disk())
    assert seconds_left(attempts, START) == 900
    assert attempts.begin("m1", later(START, 900)) == 900


def test_a_count_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        Attempts(tmp_path, FailingDisk(fail_at=1)).begin("m1", START)
    assert list(tmp_path.iterdir()) == []
