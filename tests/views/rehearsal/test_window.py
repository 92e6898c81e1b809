"""The window of a rehearsal: chosen by a key, the real board under a strip, a look back, all of it by the keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Program, Settings
from desktop.bootstrap_rehearsal import rehearsal_window
from desktop.services.rehearsal import PRACTICE, books
from desktop.views.board.screen import BoardScreen
from desktop.views.rehearsal.pages import BackPage
from desktop.views.ui.ops import Ops
from tests.kit import HandClock
from tests.views.hands import focused, opened, pressed, settle, written

Key = Qt.Key


def test_a_rehearsal_is_chosen_played_and_looked_back_on_by_the_keyboard(
    qtbot: QtBot, clothed: QApplication, ops: Ops, tmp_path: Path
) -> None:
    machine = HandClock()
    program = Program(Settings(root=tmp_path, cheap_keys=True))
    with program.throwaway(PRACTICE) as desk:
        window = rehearsal_window(desk, ops, books(program.resources), machine)
        opened(qtbot, window)
        window.choice.take_keyboard()
        pressed(Key.Key_Space)
        settle(qtbot, ops)
        board = window.board
        assert isinstance(board, BoardScreen)
        assert "Made-up" in window.banner.accessibleName() or "made-up" in window.banner.accessibleName()
        window.run_at(60)
        for _ in range(45):
            machine.forward(0.5)
            window.look()
            settle(qtbot, ops)
        assert "162 over 101" in window.says.text()
        board.focus_line()
        written("a 162/101 92 97")
        pressed(Key.Key_Return)
        settle(qtbot, ops)
        assert window.rehearsal is not None
        assert window.rehearsal.live.state.people["a"].vitals[-1].bp == "162/101"
        window.faster(-1)
        assert window.speed == 20
        window.end.setFocus()
        pressed(Key.Key_Space)
        page = window.pages.currentWidget()
        assert isinstance(page, BackPage)
        rows = [page.table.model().index(at, 2).data() for at in range(page.table.model().rowCount())]
        assert any(str(row).startswith("at 22") for row in rows)
        assert "not entered" in rows
        assert focused() is page.other
        pressed(Key.Key_Space)
        assert window.pages.currentWidget() is window.choice
        assert desk.practice_name == PRACTICE
    assert not list(program.folders.runtime.iterdir())
