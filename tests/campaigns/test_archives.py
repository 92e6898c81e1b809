"""The small numbers of the campaigns on archives: altered ones, full disks, drills."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns import archive_drills, archive_full, archive_kill, archive_mutants
from tests.campaigns.report import Report

PARTS, EACH = 5, 10_000  # 50,000 in all


@pytest.mark.parametrize("part", range(PARTS))
def test_no_altered_archive_is_taken_for_a_whole_one(tmp_path: Path, part: int) -> None:
    report = Report("archive-mutants", 5000 + part, EACH)
    archive_mutants.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["refused outside"] > EACH * 0.8
    assert report.figures["refused inside"] > EACH * 0.08


def test_an_archive_or_a_restore_that_is_killed_leaves_only_what_is_whole(tmp_path: Path) -> None:
    report = Report("archive-kill", 7000, 12)
    archive_kill.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["killed while making"] > 0
    assert report.figures["killed while restoring"] > 0


def test_a_disk_that_fills_up_at_any_size_keeps_the_old_archive_and_names_the_space(tmp_path: Path) -> None:
    report = Report("archive-full", 3000, 50)
    archive_full.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["kept"] > 0
    assert report.figures["refused"] > 0


def test_every_drill_on_a_clean_profile_comes_out_equal(tmp_path: Path) -> None:
    report = Report("archive-drills", 1100, 5)
    archive_drills.run(report, tmp_path)
    assert report.wrong == []
    assert (report.figures["restored by kit"], report.figures["restored by passphrase"]) == (2, 3)
