"""A carried session that is killed on its way home is home whole or not at all, and is taken once."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns import carry
from tests.campaigns.report import Report


def test_a_return_that_is_killed_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    report = Report("carry", 4711, 12)
    carry.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["kills"] == 12
    # Otherwise the kills came too early or too late to say anything.
    assert report.figures["killed before it was kept"] > 1
    assert report.figures["killed while opened elsewhere"] > 0
