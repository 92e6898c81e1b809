"""Knows what tests of the whole window share: a window behind the lock, and a way to each of its screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.shell.frame import Frame
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import Place
from tests.kit import RESOURCES, House, plan
from tests.views.hands import FakeDoor, opened, settle

FOLDER = Path("/practices/one")


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "window.json")


@pytest.fixture
def window(qtbot: QtBot, ops: Ops, home: House, door: FakeDoor, settings: SettingsFile) -> Window:
    plan(home.desk())
    door.desk = home.desk()
    made = Window(door, RESOURCES, ops, settings, builders())
    opened(qtbot, made)
    made.sit_down(home.desk(), FOLDER)
    settle(qtbot, ops)
    return made


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def screen_of(window: Window) -> QWidget:
    found = frame_of(window).current
    assert found is not None
    return found


Go = Callable[[Place], QWidget]


@pytest.fixture
def go(qtbot: QtBot, ops: Ops, window: Window) -> Go:
    def there(place: Place) -> QWidget:
        window.visit(place)
        settle(qtbot, ops)
        return screen_of(window)

    return there
