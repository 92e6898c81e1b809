"""Knows that two programs at one practice lose nothing; the campaign of the same name does it many times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns import two_programs
from tests.campaigns.report import Report

ROUNDS, PARTS = 50, 4  # 200 rounds in all, in parts that run beside each other


@pytest.mark.parametrize("part", range(PARTS))
def test_of_two_programs_one_is_refused_or_waits_or_takes_over_and_no_change_is_lost(tmp_path: Path, part: int) -> None:
    report = Report("two-programs", 4711 + part, ROUNDS)
    two_programs.run(report, tmp_path)
    assert report.wrong == []
    assert report.done == ROUNDS
    for figure in ("refused while another held it", "conflicts told", "changes acknowledged"):
        assert report.figures[figure] >= 4
    assert report.figures["stale locks taken over"] >= 1


def test_the_harness_notices_a_change_that_is_lost(tmp_path: Path) -> None:
    harness = two_programs.Harness(tmp_path, Report("two-programs", 1, 1))
    desk = harness.enter()
    first = harness.change(desk, "start", 1)
    harness.change(desk, "start one", first.version)
    harness.program.door.leave(desk)
    assert harness.look(first, {"one": ["saved"], "two": ["saved"]}, set()) == [
        "two was told that it is saved, and it is lost", "0 of two were told that the record had changed",
    ]  # fmt: skip
    assert harness.look(first, {"one": ["saved"], "two": []}, {"two"}) == []
    assert harness.look(first, {"one": [], "two": []}, {"two"}) == ["one did not come to its end"]
    harness.change(desk := harness.enter(), "somebody else", first.version + 1)
    harness.program.door.leave(desk)
    assert "the record is neither one's nor the other's" in harness.look(first, {"one": [], "two": []}, {"one", "two"})
