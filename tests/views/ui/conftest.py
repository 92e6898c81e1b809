"""Knows what every test of the foundation needs: the real data files, and a dressed program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views.ui import fonts
from desktop.views.ui.look import Look, apply_theme
from desktop.views.ui.theme import Density

if TYPE_CHECKING:
    from desktop.services.ports import Resources

ROOT = Path(__file__).resolve().parents[3]


class Folder:
    """The data files where they lie in the project."""

    def __init__(self, base: Path = ROOT / "resources") -> None:
        self._base = base

    def text(self, name: str) -> str:
        return (self._base / name).read_text("utf-8")

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        return tuple(sorted(path.name for path in (self._base / folder).glob(f"*{suffix}")))

    def path(self, name: str) -> Path:
        return self._base / name


@pytest.fixture(scope="session")
def resources() -> Resources:
    return Folder()


@pytest.fixture(scope="session")
def typefaces(qapp: QApplication, resources: Resources) -> bool:
    return fonts.load(resources)


Dress = Callable[[str, Density], Look]


@pytest.fixture
def dress(qapp: QApplication, resources: Resources, typefaces: bool) -> Dress:
    """Put on a theme, as the program does."""

    def put_on(theme: str, density: Density = Density.COMPACT) -> Look:
        return apply_theme(qapp, resources, theme, density)

    return put_on


@pytest.fixture(autouse=True)
def dressed(dress: Dress) -> Look:
    """Every test begins in the light theme, compact."""
    return dress("light", Density.COMPACT)
