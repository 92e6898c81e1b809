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
    for done in range(1, 4):
        report.add("kills")
        report.step(done)
    report.fault("something is gone")
    report.write(tmp_path / "report.json")
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (found["seed"], found["count"], found["figures"]) == (7, 3, {"kills": 3})
    assert found["wrong"] == ["something is gone"]
    assert "3 of 3" in said.getvalue()
    assert "WRONG: something is gone" in said.getvalue()


@pytest.mark.parametrize(("name", "count"), [("kill", 2), ("canary", 1)])
def test_a_campaign_is_a_command(name: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert main([name, "--count", str(count), "--seed", "5", "--out", str(out)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["campaign"] == name
    assert printed["seed"] == 5
    assert json.loads(out.read_text("utf-8"))["wrong"] == []


def test_every_campaign_has_a_module_of_its_own() -> None:
    for campaign in CAMPAIGNS.values():
        assert (Path(__file__).parent / f"{campaign.module}.py").is_file()
