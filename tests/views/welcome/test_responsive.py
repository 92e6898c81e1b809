"""While the key is made from the passphrase the window goes on: its timers tick and it is painted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Program, Settings
from desktop.domain.people import Role
from desktop.services.desk import Desk
from desktop.views.ui.ops import Ops
from desktop.views.ui.timers import every
from desktop.views.welcome.view import WelcomeScreen
from tests.views.hands import opened, settle

WORDS = "four plain words do well"
TICK_MS = 5
LONGEST_SHARE = 0.25
"""No gap between two ticks may be as long as this part of the whole wait."""


class Watch(QObject):
    """Counts ticks and pictures while something is busy, and the longest time between two ticks."""

    def __init__(self, screen: WelcomeScreen) -> None:
        super().__init__()
        self.screen = screen
        self.gaps: list[int] = []
        self.pictures = 0
        self._clock = QElapsedTimer()
        self._timer = every(TICK_MS, self, self._tick)
        self._clock.start()
        screen.busy.installEventFilter(self)

    def _tick(self) -> None:
        self.gaps.append(self._clock.restart())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.pictures += event.type() == QEvent.Type.Paint
        return False

    def end(self) -> None:
        self._timer.stop()
        self.screen.busy.removeEventFilter(self)


def test_the_window_ticks_and_is_painted_while_the_key_is_made(qtbot: QtBot, ops: Ops, tmp_path: Path) -> None:
    # The key costs what it costs a real practice here: cheap ones are made too fast to show anything.
    program = Program(Settings(root=tmp_path / "own", reserve=1 << 20))
    practice = tmp_path / "practice"
    program.door.leave(program.door.create(practice, "Hollybrook", "Mara", frozenset({Role.OWNER}), WORDS))
    came: list[Desk] = []
    screen = WelcomeScreen(program.door, ops)
    screen.came_in.connect(lambda desk, folder: came.append(desk))
    opened(qtbot, screen)
    screen.begin(practice)
    settle(qtbot, ops)
    screen.unlock.secret.setText(WORDS)
    watch = Watch(screen)
    screen.unlock.secret.returnPressed.emit()
    assert screen.busy.isVisible()
    assert "on purpose" in screen._busy_words.text()
    qtbot.waitUntil(lambda: bool(came), timeout=60_000)
    watch.end()
    whole = sum(watch.gaps)
    assert whole > 20 * TICK_MS, "the key was made too fast to show anything"
    assert max(watch.gaps) < LONGEST_SHARE * whole
    assert len(watch.gaps) > 20
    assert watch.pictures >= 3
    assert not screen.busy.isVisible()
    program.door.leave(came[0])
    QApplication.processEvents()
