"""A campaign says how far it is, what it found and with which seed, and fails when something is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.campaigns.__main__ import CAMPAIGNS, main
from tests.campaigns.report import Report


def test_a_report_names_seed_count_and_figures(tmp_path: Path) -> None:
    said = io.StringIO()
    report = Report("kill", 7, 3, out=said)
    for _ in report.rounds():
        report.add("kills")
    report.fault("something is gone")
    report.write(tmp_path / "report.json")
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (found["seed"], found["count"], found["figures"]) == (7, 3, {"kills": 3})
    assert found["wrong"] == ["something is gone"]
    assert "3 of 3" in said.getvalue()
    assert "WRONG: something is gone" in said.getvalue()


def test_a_campaign_with_a_time_begins_no_round_after_it() -> None:
    said = io.StringIO()
    report = Report("kill", 7, None, seconds=30, out=said)
    for done in report.rounds():
        if done == 4:
            report.started -= 31  # as if this round had taken so long
    assert report.done == 4
    assert report.whole()["asked"] == {"count": None, "seconds": 30}
    assert "kill: 1, 30 s left" in said.getvalue()


def test_a_campaign_with_both_ends_at_the_first_of_them() -> None:
    assert list(Report("kill", 7, 2, seconds=1000).rounds()) == [1, 2]
    late = Report("kill", 7, 2, seconds=10)
    late.started -= 11
    assert list(late.rounds()) == []


@pytest.mark.parametrize("words", [["--count", "0"], ["--seconds", "-1"], ["--count", "many"]])
def test_a_campaign_of_no_rounds_is_no_campaign(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["kill", *words])
    assert ended.value.code == 2
    assert words[0] in capsys.readouterr().err


# The small number of each; the kills have tests of their own with more.
@pytest.mark.parametrize(("name", "count"), [("kill", 2), ("kill-program", 1), ("canary", 1), ("engine", 1)])
def test_a_campaign_is_a_command(name: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert main([name, "--count", str(count), "--seed", "5", "--out", str(out)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["campaign"] == name
    assert (printed["seed"], printed["count"]) == (5, count)
    assert json.loads(out.read_text("utf-8"))["wrong"] == []


def test_a_campaign_given_a_time_runs_until_then(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kill", "--seconds", "1", "--seed", "6"]) == 0
    ended = capsys.readouterr()
    assert json.loads(ended.out)["count"] > 1
    assert "s left" in ended.err


def test_every_campaign_has_a_module_of_its_own() -> None:
    for campaign in CAMPAIGNS.values():
        assert (Path(__file__).parent / f"{campaign.module}.py").is_file()
