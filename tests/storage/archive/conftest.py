"""Knows the practice that the tests of archives begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.archive.kit import House, found, opened


@pytest.fixture(scope="session")
def archive_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archives")
    found(root)
    return root


@pytest.fixture
def house(archive_template: Path, tmp_path: Path) -> Iterator[House]:
    """A practice of one's own, unlocked."""
    made = opened(archive_template, tmp_path / "house")
    yield made
    made.leave()
    made.program.close()
