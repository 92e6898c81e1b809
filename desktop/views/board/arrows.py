"""Knows how arrow keys go from button to button on a page: to the neighbour, never out of it, and nothing is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Arrows(QObject):
    """Takes the arrows of a page's buttons; by itself Qt would leave the page, or choose in passing."""

    def __init__(self, page: QWidget, reach: Callable[[QWidget], object]) -> None:
        """reach(button): the keyboard goes there, and what has it is brought into sight."""
        super().__init__(page)
        self._page, self._reach = page, reach
        for button in page.findChildren(QAbstractButton):
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An arrow on a button goes to the nearest one in its direction; where there is none it stays."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not isinstance(watched, QAbstractButton):
            return False
        found = self._neighbour(watched, *step)
        if found is not None:
            self._reach(found)
        return True

    def _neighbour(self, button: QAbstractButton, across: int, down: int) -> QAbstractButton | None:
        here, high = self._middle(button), button.height() // 2
        found: list[tuple[int, int, QAbstractButton]] = []
        for other in self._page.findChildren(QAbstractButton):
            # In a row of answers Qt lets Tab reach only one; arrows reach them all.
            if not (other.isVisible() and other.isEnabled()) or other.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            away = self._middle(other) - here
            if across and away.x() * across > 0 and abs(away.y()) < high:
                found.append((abs(away.x()), 0, other))
            elif down and away.y() * down > high:
                found.append((abs(away.y()), abs(away.x()), other))
        return min(found, key=lambda each: each[:2], default=(0, 0, None))[2]

    def _middle(self, button: QAbstractButton) -> QPoint:
        return button.mapTo(self._page, button.rect().center())
