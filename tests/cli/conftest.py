"""Knows the terminal and the practice that the tests of the command line start with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.harness import Terminal, copied, make_practice, program_at


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    make_practice(folder / "practice", folder / "own")
    return folder / "practice"


@pytest.fixture
def practice(template: Path, tmp_path: Path) -> Path:
    """A practice with one member, in a folder with a space and letters of Łódź."""
    return copied(template, tmp_path / "Praxis Łódź")


@pytest.fixture
def holdfast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """Starts commands."""
    program = program_at(tmp_path / "own")
    yield Terminal(program, capsys, tmp_path)
    program.close()
