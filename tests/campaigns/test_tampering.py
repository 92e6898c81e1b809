"""Every way of tampering with files, pages, logs and the trail is named; what nobody touched is not."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.campaigns import pages, trail
from tests.campaigns.report import Report
from tests.campaigns.site import DATABASE, HEAD, made

COUNT = 200


def test_every_page_log_and_database_that_was_put_back_is_named(tmp_path: Path) -> None:
    report = Report("pages", 4711, COUNT)
    pages.run(report, tmp_path)
    assert report.wrong == []
    for name in ("replayed_record", "older_database", "stray_log", "lost_log", "damaged_structure", "DamagedDatabase"):
        assert report.figures[f"named {name}"] > 0


def test_every_forgery_of_the_trail_is_named_with_its_first_line(tmp_path: Path) -> None:
    report = Report("trail", 4711, COUNT)
    trail.run(report, tmp_path)
    assert report.wrong == []
    for name in ("edited_line", "missing_line", "cut_tail"):
        assert report.figures[f"named {name}"] > 0


def test_the_campaign_notices_when_nothing_is_said_of_an_older_database(tmp_path: Path) -> None:
    """With the head of that day beside it, the whole folder is an earlier copy, of which nothing here can tell."""
    report = Report("pages", 1, 1)
    campaign = pages.Campaign(tmp_path, report)
    older = dict(campaign.site.days[0].locked)
    campaign.vandal.rolled_back = lambda: (older, dict(campaign.site.today.locked))  # type: ignore[method-assign]
    campaign.one("rolled_back")
    assert report.wrong == ["rolled_back: records are others, and nothing was said (seed 1)"]


def test_the_campaign_notices_when_untouched_files_are_said_to_be_wrong(tmp_path: Path) -> None:
    report = Report("pages", 1, 1)
    campaign = pages.Campaign(tmp_path, report)
    day = campaign.site.days[0]
    object.__setattr__(day, "locked", {**day.locked, HEAD: campaign.site.today.locked[HEAD]})
    campaign.untouched()
    assert len(report.wrong) == 1
    assert "older_database" in report.wrong[0]


def test_the_campaign_notices_a_forgery_that_nothing_is_said_of(tmp_path: Path) -> None:
    site = made(tmp_path / "practice")
    line = trail.forge(site, "cut", Random(3))
    site.lay({name: (site.folder / name).read_bytes() for name in (DATABASE,)})
    # Without the head a cut tail is one that never was; what is said then is that the head is missing.
    verdict = site.judge()
    assert line > 0
    assert "cut_tail" not in verdict.names
    assert "no_head" in verdict.names
