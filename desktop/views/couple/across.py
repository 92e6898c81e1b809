"""Knows when two cards stand side by side, and when below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.views.couple.lists import NotesCard, SessionsCard
from desktop.views.ui.look import look

ACROSS = 11
"""From this width on, in rings, there is room side by side."""


class Across(QObject):
    """Watches how wide a page is; without enough room its rows become columns, so that nothing is cut."""

    def __init__(
        self, page: QWidget, rows: tuple[QBoxLayout, ...], lists: tuple[SessionsCard | NotesCard, ...]
    ) -> None:
        super().__init__(page)
        self._page, self._rows, self._lists, self._taken = page, rows, lists, 0
        page.installEventFilter(self)

    def beside(self, width: int) -> None:
        """A form of this width stands beside the rows; 0 for none."""
        self._taken = width
        for card in self._lists:
            card.set_narrow(bool(width))
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def _arrange(self) -> None:
        across = self._page.width() - self._taken >= look().sizes.ring * ACROSS
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(way)
