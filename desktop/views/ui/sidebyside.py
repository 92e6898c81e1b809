"""Knows when the two halves of a page stand side by side, and when below each other: a form takes its room first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.views.ui.look import look

ACROSS = 13
"""From this width on, in rings, there is room side by side."""

_TELL = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class SideBySide(QObject):
    """Watches a page and the panel beside it; without enough room the row becomes a column, so that nothing is cut."""

    def __init__(self, page: QWidget, panel: QWidget, row: QBoxLayout) -> None:
        super().__init__(page)
        self._page, self._panel, self._row = page, panel, row
        page.installEventFilter(self)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width, or a form that comes or goes."""
        if event.type() in _TELL:
            hidden = self._panel.isHidden() or (watched is self._panel and event.type() == QEvent.Type.Hide)
            taken = 0 if hidden else self._panel.width()
            across = self._page.width() - taken >= look().sizes.ring * ACROSS
            way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
            if self._row.direction() != way:
                self._row.setDirection(way)
        return False
