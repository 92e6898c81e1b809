"""Knows that a disk that fills up takes nothing that was kept, and is told with the space that is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors_machine import DiskFull, DiskTrouble
from tests.campaigns import canary_disk, full
from tests.campaigns.report import Report
from tests.campaigns.swift import swift

ROUNDS = 60


def test_a_session_a_page_and_an_export_on_small_disks_lose_nothing(tmp_path: Path) -> None:
    report = Report("full", 8100, ROUNDS)
    full.run(report, tmp_path)
    assert report.wrong == []
    assert report.done == ROUNDS
    for figure in ("saved", "refused", "entries kept"):
        assert report.figures[figure] >= 5, figure
    if full.mounts() and report.figures["on a real small disk"]:
        assert report.figures["space held back was given up"] >= 5
        assert report.figures["sessions ended all the same"] >= 1


@pytest.fixture
def harness(tmp_path: Path) -> full.Harness:
    return full.Harness(tmp_path, Report("full", 1, 1))


def test_the_harness_notices_an_entry_that_is_gone_and_one_that_nobody_was_told_of(harness: full.Harness) -> None:
    kept = full.Kept()
    desk = harness.enter(harness.first)
    harness.record(desk, kept, 0, real=False)
    harness.program.door.leave(desk)
    harness.look(harness.first, kept, 1)
    assert harness.report.wrong == []
    kept.tokens[999] = "999 never written"
    harness.look(harness.first, kept, 2)
    del kept.tokens[999], kept.tokens[2]
    harness.look(harness.first, kept, 3)
    assert [said.split(":")[0] for said in harness.report.wrong] == ["round 2 (seed 1)", "round 3 (seed 1)"]


def test_the_harness_notices_an_error_that_names_no_space(harness: full.Harness) -> None:
    harness.told(1, DiskFull(5 << 20), real=True)
    assert harness.report.wrong == []
    harness.told(2, DiskTrouble(), real=True)
    assert "names no space" in harness.report.wrong[0]


def test_the_harness_notices_a_practice_that_does_not_open_afterwards(harness: full.Harness) -> None:
    (harness.first / "practice.db").write_bytes(b"x" * 5000)
    harness.look(harness.first, full.Kept(), 1)
    assert "does not open afterwards" in harness.report.wrong[0]


def test_a_day_that_ends_at_any_time_leaves_no_canary_on_the_disk(tmp_path: Path) -> None:
    report = Report("canary-disk", 8201, 2)
    with swift(tmp_path) as place:
        canary_disk.run(report, place)
    assert report.wrong == []
    assert report.figures["canaries"] >= 20
