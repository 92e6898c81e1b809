"""Sessions whose clocks are shaken, and that the campaign would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.live.clock import Elapsed
from desktop.services.live import LiveDesk
from tests.campaigns import clocks
from tests.campaigns.clocks import Shaken
from tests.campaigns.report import Report
from tests.kit import house


@pytest.mark.parametrize("part", range(3))
def test_no_clock_makes_a_duration_negative_or_an_entry_come_too_early(tmp_path: Path, part: int) -> None:
    report = Report("clocks", 3000 + 10 * part, 2)
    clocks.run(report, tmp_path)
    assert report.wrong == []
    shaken = ("wall clock set", "offset changed", "slept two hours", "rebooted", "opened again")
    assert all(report.figures[name] > 0 for name in shaken)
    assert report.figures["entries"] > 50


class Backwards(LiveDesk):
    """A session whose clock runs backwards."""

    def now(self) -> Elapsed:
        """Before the start."""
        return Elapsed(-6_000, estimated=False)


def test_a_clock_that_runs_backwards_is_noticed(tmp_path: Path) -> None:
    with house(tmp_path, furnished=False) as home:
        report = Report("clocks", 1, 1)
        shaken = Shaken(home, 1, report)
        shaken.look()
        assert report.wrong == []
        shaken.live = Backwards(home.desk(), shaken.live.session, shaken.live.state)
        shaken.look()
        assert report.wrong
