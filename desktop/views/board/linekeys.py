"""Knows which keys go to the quick line wherever the keyboard is: what is typed there is never lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.views.board.quickbar import QuickEdit

_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def is_typed(event: QKeyEvent) -> bool:
    """Whether a key writes a character; a combination with Ctrl or Alt alone does not."""
    held = event.modifiers() & (_ALT_GR | Qt.KeyboardModifier.MetaModifier)
    plain = held in (Qt.KeyboardModifier.NoModifier, _ALT_GR)
    return plain and bool(event.text()) and event.text().isprintable()


class LineKeys(QObject):
    """Takes the keys that no part of the board wanted: characters go into the quick line, Escape leads back to it."""

    def __init__(self, board: QWidget, edit: QuickEdit, leave: Callable[[], object]) -> None:
        super().__init__(board)
        self._board, self._edit, self._leave = board, edit, leave
        board.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that come up to the board because the part that has the keyboard did not want them."""
        if watched is self._board and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._board.isVisible() and self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        if not is_typed(event) or not self._edit.isVisible():
            return False
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edit.keyPressEvent(event)
        return True
