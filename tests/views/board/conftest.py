"""Knows what a test of the board needs: a dressed program, a made-up session, hands on the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.people import Member
from desktop.live.state import LiveState
from desktop.system.resources import Resources
from desktop.views.board.demo import MEMBERS, TITLE, DemoLive, demo_live
from desktop.views.board.screen import BoardScreen, board_screen
from desktop.views.ui import fonts
from desktop.views.ui.look import apply_theme
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Density

COMPACT = (1366, 768)


class Stage:
    """A board with its session, and what a person's hands do to it; every key is counted."""

    def __init__(
        self, qtbot: QtBot, live: Any, size: tuple[int, int] = COMPACT, members: tuple[Member, ...] = MEMBERS
    ) -> None:
        self.live, self._bot = live, qtbot
        self.ops = Ops()
        self.told: list[tuple[str, object]] = []
        self.keys = 0
        self.screen: BoardScreen = board_screen(
            live, self.ops, members=members, me=members[0].id, title=TITLE, ticking=False,
            on_theme=lambda name: self.told.append(("theme", name)), on_lock=lambda: self.told.append(("lock", None)),
            on_paper=lambda session, seat: self.told.append((session, seat)),
            on_back=lambda: self.told.append(("back", None)),
        )
        self.screen.resize(*size)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitExposed(self.screen)
        self.screen.focus_line()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def state(self) -> LiveState:
        """What is on disk."""
        state: LiveState = self.live.state
        return state

    @property
    def focused(self) -> QWidget:
        """Where the keyboard is."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def line(self) -> str:
        """What stands in the quick line."""
        return self.screen.quick.edit.text()

    @property
    def preview(self) -> str:
        """What stands above it."""
        return self.screen.quick.preview.facts.text

    def type(self, text: str) -> None:
        """Press a key for each character, wherever the keyboard is."""
        for letter in text:
            QTest.keyClicks(self.focused, letter)
            self.keys += 1

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key, and wait for what it started."""
        QTest.keyClick(self.focused, key, modifier)
        self.keys += 1
        self.settle()

    def enter(self) -> None:
        """Press Enter."""
        self.key(Qt.Key.Key_Return)

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def settle(self) -> None:
        """Until everything that was asked for has come back."""
        self._bot.waitUntil(lambda: not self.ops.busy, timeout=5000)
        QApplication.processEvents()

    def end(self) -> None:
        """Close and free the board."""
        self.ops.close()
        if shiboken6.isValid(self.screen):
            self.screen.close()
            self.screen.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def log(self) -> list[str]:
        """The log as it is spoken, newest first."""
        return [row.spoken for row in self.screen.right.log.model_rows.rows()]


Put = Callable[..., Stage]


@pytest.fixture(scope="session")
def resources() -> Resources:
    return Resources()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, resources: Resources) -> None:
    fonts.load(resources)
    apply_theme(qapp, resources, "light", Density.COMPACT)


@pytest.fixture
def put(qtbot: QtBot, resources: Resources) -> Iterator[Put]:
    """put(`onset`) is a board in a made-up state; put() one at its very beginning."""
    made: list[Stage] = []

    def on_stage(state: str = "", *, alone: bool = False, size: tuple[int, int] = COMPACT) -> Stage:
        live = demo_live(resources, state, alone=alone) if state else DemoLive(resources, alone=alone)
        made.append(Stage(qtbot, live, size))
        return made[-1]

    yield on_stage
    for stage in made:
        stage.end()
