"""Knows that a page which names a test as its proof names one that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name_of, project_files

PROOFS = ("THREAT_MODEL.md", "docs/reliability.md")
NAMED = re.compile(r"\btests/[\w./-]*[\w/]")


def named_in(text: str) -> list[str]:
    """The paths below tests/ that a page names."""
    return NAMED.findall(text)


def missing(names: list[str], files: set[str]) -> list[str]:
    """The names that are neither a file nor a folder with tests."""
    return [name for name in names if name not in files and not _holds_tests(name.rstrip("/") + "/", files)]


def _holds_tests(folder: str, files: set[str]) -> bool:
    return any(file.startswith(folder) and Path(file).name.startswith("test_") for file in files)


def test_every_test_that_a_page_names_is_there() -> None:
    files = {name_of(path) for path in project_files()}
    pages = [ROOT / name for name in files if name.endswith(".md")]
    lost = {name_of(page): gone for page in pages if (gone := missing(named_in(page.read_text("utf-8")), files))}
    assert not lost


@pytest.mark.parametrize("page", PROOFS)
def test_the_pages_of_proofs_name_tests(page: str) -> None:
    assert len(named_in((ROOT / page).read_text("utf-8"))) > 5


def test_everything_that_the_threat_model_protects_against_is_shown_by_a_test() -> None:
    table = [line for line in (ROOT / "THREAT_MODEL.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    assert len(table) > 5
    assert [line for line in table[1:] if not named_in(line.rstrip("| ").rpartition("|")[2])] == []


def test_a_test_that_is_gone_is_named() -> None:
    files = {"tests/live/test_dosing.py", "tests/kit.py"}
    text = "`tests/live/test_dosing.py`, `tests/live/`, `tests/kit.py`, `tests/live/test_gone.py` and (`tests/li/`)."
    assert missing(named_in(text), files) == ["tests/live/test_gone.py", "tests/li/"]
