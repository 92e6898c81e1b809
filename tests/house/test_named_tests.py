"""Knows that a page which names a test as its proof names one that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name_of, project_files

PROOFS = ("THREAT_MODEL.md", "docs/reliability.md")
NAMED_TEST = re.compile(r"\b(tests/[\w/]+\.py)::(\w+)")
BY_NATURE = "no test: "  # what a line says that happens outside the program, with why
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


def lost_tests(text: str, root: Path) -> list[str]:
    """Tests that a page names by file and name, and that are not defined there."""
    named = {(file, name) for file, name in NAMED_TEST.findall(text)}
    defined = {file: (root / file).read_text("utf-8") for file, _ in named if (root / file).is_file()}
    return sorted(f"{file}::{name}" for file, name in named if f"def {name}(" not in defined.get(file, ""))


def test_every_test_that_a_page_names_by_its_own_name_is_there() -> None:
    pages = {name_of(path): path.read_text("utf-8") for path in project_files() if path.suffix == ".md"}
    lost = {page: gone for page, text in pages.items() if (gone := lost_tests(text, ROOT))}
    assert not lost


@pytest.mark.parametrize("page", PROOFS)
def test_the_pages_of_proofs_name_tests(page: str) -> None:
    assert len(named_in((ROOT / page).read_text("utf-8"))) > 5


def tables() -> list[list[str]]:
    """The rows of each table of the threat model, without their heads."""
    parts = (ROOT / "THREAT_MODEL.md").read_text("utf-8").split("\n## ")
    found = [[line for line in part.splitlines() if line.startswith("| ")][1:] for part in parts]
    return [rows for rows in found if rows]


def shown_by(row: str) -> str:
    """The last cell of a row."""
    return row.rstrip("| ").rpartition("|")[2]


def test_every_line_of_both_lists_of_the_threat_model_says_what_shows_it() -> None:
    protects, does_not = tables()
    assert min(len(protects), len(does_not)) > 15
    assert [row for row in protects if not named_in(shown_by(row))] == []
    assert [row for row in does_not if not (NAMED_TEST.search(row) or BY_NATURE in shown_by(row))] == []


def test_hardly_any_limit_is_only_claimed() -> None:
    _, does_not = tables()
    assert len([row for row in does_not if not NAMED_TEST.search(row)]) <= 1


def test_a_test_that_is_gone_is_named() -> None:
    files = {"tests/live/test_dosing.py", "tests/kit.py"}
    text = "`tests/live/test_dosing.py`, `tests/live/`, `tests/kit.py`, `tests/live/test_gone.py` and (`tests/li/`)."
    assert missing(named_in(text), files) == ["tests/live/test_gone.py", "tests/li/"]


def test_a_named_test_that_is_gone_from_its_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text("def test_here() -> None: ...\n", "utf-8")
    text = "`tests/test_x.py::test_here`, `tests/test_x.py::test_her` and `tests/test_y.py::test_here`."
    assert lost_tests(text, tmp_path) == ["tests/test_x.py::test_her", "tests/test_y.py::test_here"]
