"""Knows that removing a member survives a kill at any instant; the campaign of the same name does it many times."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.campaigns import rekey
from tests.campaigns.report import Report

KILLS = 25


def test_a_change_of_keys_that_was_killed_is_whole_or_is_finished_by_the_next_unlock(tmp_path: Path) -> None:
    report = Report("rekey", 4711, KILLS)
    rekey.run(report, tmp_path)
    assert report.wrong == []
    assert report.figures["kills"] == KILLS
    assert len([name for name in report.figures if name.startswith("killed")]) >= 2


def test_the_harness_notices_a_member_who_was_not_removed(tmp_path: Path) -> None:
    report = Report("rekey", 1, 1)
    harness = rekey.Harness(tmp_path, report)
    old = (harness.folder / rekey.KEYS).read_bytes()
    assert harness.look(True, old) == ["who was removed gets in"]
    assert harness.look(False, old) == []
    harness.kept = harness.kept[1:]
    assert harness.look(False, old) == ["notes are missing or altered"]


def test_the_harness_needs_a_child_that_was_killed(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child is not measured
        os._exit(0)
    os.close(writing)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    with pytest.raises(RuntimeError, match="by itself"):
        rekey.killed_after(child, reading, 0)
