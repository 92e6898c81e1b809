"""Knows what all painted parts share: words for who does not see them, a table of the same data, the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.views.ui import paint
from desktop.views.ui.facts import Table
from desktop.views.ui.look import look

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_RESTYLES = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class Painted(QWidget):
    """A part drawn by hand. One that is reachable by Tab shows its data as a table on Enter."""

    def __init__(self, parent: QWidget | None = None, *, reachable: bool = False) -> None:
        super().__init__(parent)
        if reachable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def say(self, name: str, description: str = "") -> None:
        """What a screen reader says; told only when it changed, so that a ticking clock does not chatter."""
        if name != self.accessibleName():
            self.setAccessibleName(name)
        if description != self.accessibleDescription():
            self.setAccessibleDescription(description)

    def table(self) -> Table | None:
        """The same data as a table; None for a part whose name says it all."""
        return None

    def draw(self, painter: QPainter) -> None:
        """Paint the part."""

    def restyled(self) -> None:
        """Another theme or density: forget what was measured and drawn."""
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw, then the focus ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter)
            if self.hasFocus():
                paint.focus_ring(painter, QRectF(self.rect()), look().sizes.radius_small)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        super().changeEvent(event)
        if event.type() in _RESTYLES:
            self.restyled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the table."""
        table = self.table()
        if event.key() in _OPENS and table is not None:
            # Imported here: the table is a window of its own, and most painted parts never open one.
            from desktop.views.ui.tables import show_table

            show_table(self, table)
            return
        super().keyPressEvent(event)
