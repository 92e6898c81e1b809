"""A change of the file's form that is killed at any statement leaves every record; the campaign does it many times."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.storage.practice_layout import DATABASE
from tests.campaigns.migrations import Harness, Kept, archives, lacking, opened, run
from tests.campaigns.report import Report

KILLS = 25


@pytest.mark.parametrize("part", range(2))
def test_a_change_of_form_that_was_killed_leaves_every_record_and_is_ended_by_the_next_unlock(
    tmp_path: Path, part: int
) -> None:
    report = Report("migrations", 8000 + part, KILLS)
    run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["kills"] == KILLS
    assert report.figures.get("ended before the kill", 0) < KILLS / 4
    # Otherwise the kills said nothing of one of the two forms.
    assert {"from schema 1: in the old form", "from schema 1: in the new form"} <= set(report.figures)
    assert report.figures["newer files refused"] > 0


def changed(folder: Path, number: int) -> tuple[Harness, Kept, Path]:
    harness = Harness(folder, Report("migrations", 1, 1))
    (kept,) = (each for each in harness.kept if each.schema == number)
    copy = harness.copy_of(kept.folder)
    harness.change(kept, copy)
    return harness, kept, copy


def test_the_harness_notices_a_form_that_was_changed_without_a_whole_archive(tmp_path: Path) -> None:
    harness, kept, copy = changed(tmp_path, 1)
    assert harness.look(kept, copy) == []
    (archive,) = archives(copy, kept.said["practice"]["id"])
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-20])
    assert harness.look(kept, copy) == ["no archive of the old form is whole"]
    archive.unlink()
    assert harness.look(kept, copy) == ["its form was changed without an archive"]


def test_the_harness_notices_a_record_that_is_gone_or_altered(tmp_path: Path) -> None:
    harness, kept, copy = changed(tmp_path, 1)
    with opened(copy, *kept.who, kept.target) as found, found.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE clients SET contact = '555-0199' WHERE contact = '555-0101'")
    said = harness.look(kept, copy)
    assert "clients are not as they were" in said
    assert "the trail does not hold" in said
    assert lacking(kept, {**kept.said["rows"], "notes": 1}) == ["notes lacks rows"]


def test_the_harness_notices_a_database_that_does_not_open(tmp_path: Path) -> None:
    harness, kept, copy = changed(tmp_path, 1)
    content = bytearray((copy / DATABASE).read_bytes())
    content[100] ^= 1
    (copy / DATABASE).write_bytes(bytes(content))
    (said,) = harness.look(kept, copy)
    assert said.startswith("it does not open: DamagedDatabase")
