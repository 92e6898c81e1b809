"""A session that is killed at any instant has every entry that it acknowledged, and goes on at the right time."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.services.live import LiveDesk
from tests.campaigns import kill, kill_program
from tests.campaigns.kill import Acknowledged, Harness, token
from tests.campaigns.report import Report

PARTS, EACH = 5, 100  # 500 in all


@pytest.mark.parametrize("part", range(PARTS))
def test_no_acknowledged_entry_is_lost_when_a_session_is_killed(tmp_path: Path, part: int) -> None:
    report = Report("kill", 1000 + part, EACH)
    kill.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["kills"] == EACH
    # Otherwise the kills came too early to say anything.
    assert report.figures["acknowledged"] > EACH
    assert report.figures["kills while recording"] > EACH / 2
    assert report.figures["kills while opening"] > 0


@pytest.mark.parametrize("part", range(2))
def test_no_acknowledged_entry_is_lost_when_the_full_program_is_killed(tmp_path: Path, part: int) -> None:
    report = Report("kill-program", 2000 + part, 10)
    kill_program.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["kills"] == 10
    assert report.figures["killed while recording"] > 0
    assert report.figures["killed while replaying"] > 0
    assert report.figures["acknowledged"] > 10


def harness(folder: Path) -> tuple[Harness, Report]:
    report = Report("kill", 1, 1)
    report.add("kills", 0)
    return Harness(folder, report), report


def test_the_harness_notices_an_entry_that_was_acknowledged_and_is_not_there(tmp_path: Path) -> None:
    killed, report = harness(tmp_path)
    told = killed.session()
    told.tokens[2] = "2 0000"
    killed.look(told)
    assert report.wrong == ["kill 0, session-1: entry 2 was acknowledged and is gone"]


def test_the_harness_notices_an_entry_that_is_another_than_was_acknowledged(tmp_path: Path) -> None:
    killed, report = harness(tmp_path)
    told = killed.session()
    told.tokens[1] = "1 0000"
    killed.look(told)
    assert report.wrong == ["kill 0, session-1: entry 1 is another"]


@pytest.mark.parametrize(("change", "said"), [
    ("UPDATE live_events SET owner_id = 'client-b' WHERE seq = 2", "entry 2 lies with the wrong person"),
    ("UPDATE sessions SET state = 'closed'", "the session is kept as closed"),
])  # fmt: skip
def test_the_harness_notices_half_a_transaction(tmp_path: Path, change: str, said: str) -> None:
    killed, report = harness(tmp_path)
    told = killed.session()
    home = killed.home.open()
    LiveDesk.resume(home.desk(), told.session_id)
    home.sql(change)
    home.close()
    killed.look(told)
    assert any(said in problem for problem in report.wrong)


def test_the_harness_notices_a_trail_that_was_cut(tmp_path: Path) -> None:
    killed, report = harness(tmp_path)
    killed.session()
    home = killed.home.open()
    home.sql("DROP TRIGGER audit_kept")
    home.sql("DELETE FROM audit WHERE subject_kind = 'entry'")
    home.close()
    killed.end()
    assert "entries and their lines in the trail do not match" in report.wrong


def test_only_whole_lines_count_as_acknowledged() -> None:
    told = Acknowledged("s", {})
    assert told.take("1 abc\nready\n2 de") == 1
    assert told.tokens == {1: "1 abc"}


def test_a_token_names_the_number_and_all_that_an_entry_says(tmp_path: Path) -> None:
    killed, _ = harness(tmp_path)
    told = killed.session()
    home = killed.home.open()
    with home.store.read() as unit:
        (entry,) = unit.events.of(told.session_id, kill.CLINIC)
    home.close()
    assert told.tokens == {1: token(entry)}
