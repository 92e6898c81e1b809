"""Knows the practice that the tests of archives begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.archive.kit import House, files, found, opened, plain


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


@dataclass(frozen=True)
class Made:
    """A practice that only reads, an archive of one's own, and what is inside it."""

    house: House
    archive: Path
    tmp: Path
    inside: Mapping[str, bytes]


@pytest.fixture(scope="session")
def _made_once(
    archive_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Path, Mapping[str, bytes]]]:
    house = opened(archive_template, tmp_path_factory.mktemp("made") / "house")
    archive = house.make()
    yield house, archive, files(plain(archive, house.folder))
    house.leave()
    house.program.close()


@pytest.fixture
def made(_made_once: tuple[House, Path, Mapping[str, bytes]], tmp_path: Path) -> Made:
    house, archive, inside = _made_once
    return Made(house, Path(shutil.copy(archive, tmp_path)), tmp_path, inside)
