"""Knows what tests of screens share: a practice at work, a dressed program, work that is done at once or when told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views.ui import fonts
from desktop.views.ui.look import apply_theme
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Density
from tests.kit import RESOURCES, House, house


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    """A practice with staff, a couple and orders."""
    folder = tmp_path / "practice"
    folder.mkdir()
    with house(folder) as made:
        yield made


@pytest.fixture(scope="session")
def lettered(qapp: QApplication) -> bool:
    """The program's own typefaces, loaded once."""
    return fonts.load(RESOURCES)


@pytest.fixture
def clothed(qapp: QApplication, lettered: bool) -> QApplication:
    """The program in the light theme, compact."""
    apply_theme(qapp, RESOURCES, "light", Density.COMPACT)
    return qapp


@pytest.fixture
def ops(clothed: QApplication) -> Iterator[Ops]:
    """The real threads; every one is ended before the practice is closed."""
    made = Ops()
    yield made
    made.close()
