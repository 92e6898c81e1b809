"""Knows that the floor of coverage is compared room by room."""

from __future__ import annotations

import json
from pathlib import Path

from devtools import coverage
from devtools.places import ROOT


def report_at(path: Path) -> Path:
    half = {"num_statements": 6, "covered_lines": 4, "num_branches": 4, "covered_branches": 1}
    whole = {"num_statements": 2, "covered_lines": 2, "num_branches": 0, "covered_branches": 0}
    files = {"desktop/live/fold.py": half, "desktop/live/due.py": whole, "desktop/domain/words.py": whole}
    path.write_text(json.dumps({"files": {n: {"summary": s} for n, s in files.items()}}), encoding="utf-8")
    return path


def test_a_share_counts_statements_and_branches_of_a_folder(tmp_path: Path) -> None:
    found = coverage.shares(report_at(tmp_path / "c.json"), ["desktop/live/", "desktop/domain/", "desktop/none/"])
    assert found == {"desktop/live/": 100.0 * 7 / 12, "desktop/domain/": 100.0, "desktop/none/": 0.0}


def test_a_folder_below_its_floor_is_named_and_fails() -> None:
    lines, enough = coverage.compare({"a/": 89.9, "b/": 95.0}, {"a/": 90.0, "b/": 95.0})
    assert not enough
    assert [line for line in lines if "TOO LOW" in line] == [lines[0]]


def test_a_folder_at_its_floor_is_enough() -> None:
    assert coverage.compare({"a/": 90.0}, {"a/": 90.0})[1]


def test_every_floor_is_of_something_that_is_there_and_asks_for_more_than_nothing() -> None:
    least = coverage.floors()
    assert all((ROOT / path).exists() for path in least)
    assert all(50 <= floor <= 100 for floor in least.values())


def test_a_file_has_a_floor_of_its_own_inside_its_folders(tmp_path: Path) -> None:
    found = coverage.shares(report_at(tmp_path / "c.json"), ["desktop/live/", "desktop/live/due.py"])
    assert found["desktop/live/due.py"] == 100.0 > found["desktop/live/"]
