"""Knows that any call of the disk may fail, whatever is being done; the campaign tries each of them."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns import disk_calls
from tests.campaigns.report import Report


def test_a_disk_that_breaks_at_any_place_in_the_program_leaves_a_practice_that_opens(tmp_path: Path) -> None:
    """Every place once, and from there on for good: what has to be cleared away cannot be either."""
    report = Report("disk-calls", 1, None)
    harness = disk_calls.Harness(tmp_path, report)
    for case in disk_calls.CASES:
        for call in harness.first_calls(case):
            assert harness.one(case, call, lasting=True)
    assert report.wrong == []
    assert disk_calls.written_sites() - harness.disk.sites == set(), "nothing lets these calls fail"


def test_the_list_of_places_is_read_from_the_program_itself() -> None:
    sites = disk_calls.written_sites()
    assert len(sites) > 40
    assert {method for *_, method in sites} == {*disk_calls.METHODS, disk_calls.THROUGH}


def test_the_harness_notices_a_record_that_is_gone_and_half_a_practice(tmp_path: Path) -> None:
    harness = disk_calls.Harness(tmp_path, Report("disk-calls", 1, None))

    def loses(p: disk_calls.Place, desk: disk_calls.Desk) -> disk_calls.Act:
        (p.root / "new").mkdir()
        (p.root / "new" / "practice.db").touch()
        return lambda: None

    harness.one(loses, 0)
    assert harness.report.wrong == ["loses, call 0 (, 28, False): half a practice was left"]
