"""Knows that members' actions by chance come to what a plain model says; the campaign does many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns import chance
from tests.campaigns.chance_steps import EVERYBODY, Step
from tests.campaigns.report import Report

STEPS, PARTS = 1250, 4  # 5,000 steps in all, in parts that run beside each other


@pytest.fixture
def harness(tmp_path: Path) -> chance.Harness:
    made = chance.Harness(tmp_path, Report("chance", 5, None))
    for _ in range(18):
        made.step()
    made.whole()
    return made


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_members_do_by_chance_a_plain_model_says_the_same(tmp_path: Path, part: int) -> None:
    report = Report("chance", 4711 + part, STEPS)
    chance.run(report, tmp_path)
    assert report.wrong == []
    assert report.done == STEPS
    for figure in ("record note", "lock", "refused: NotAllowed", "refused: Invalid", "refused: NotFound"):
        assert report.figures[figure] >= 3, figure


def test_the_harness_notices_a_record_that_is_other_than_the_models(harness: chance.Harness) -> None:
    model = harness.world.model
    next(iter(model.clients.values()))["contact"] = "never written"
    with pytest.raises(AssertionError, match="the record of a client"):
        harness.whole()


def test_the_harness_notices_a_line_of_the_trail_that_nothing_accounts_for(harness: chance.Harness) -> None:
    del harness.world.model.lines[-1]
    with pytest.raises(AssertionError, match="the trail has"):
        harness.check(None)


def test_the_harness_notices_what_should_have_been_refused(harness: chance.Harness) -> None:
    for roles, due in ((frozenset[str](), ""), (EVERYBODY, "Conflict")):
        with pytest.raises(AssertionError, match="it went well instead of"):
            harness.do(Step("nothing", roles, due, lambda: None, lambda _: []))


def test_a_fault_ends_the_campaign_and_names_its_step(tmp_path: Path) -> None:
    class Forgets(chance.Harness):
        def do(self, step: Step) -> None:
            super().do(step)
            self.world.model.lines.clear()

    report = Report("chance", 3, 10)
    chance.run(report, tmp_path, Forgets)
    assert report.done < 10
    assert report.wrong[0].startswith(f"step {report.done}, after make client")
