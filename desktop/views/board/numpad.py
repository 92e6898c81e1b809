"""Knows the number pad: digits for a thumb, typed into the field the keyboard is in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui.basics import Button
from desktop.views.ui.look import look

BACK, NEXT = "back", "next"
_KEYS = ("7", "8", "9", BACK, "4", "5", "6", NEXT, "1", "2", "3", "0")
_COLUMNS = 4
"""Three rows: a panel has less height than width to spare."""


class NumberPad(QWidget):
    """Twelve large keys; it never takes the keyboard."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, point: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.setAccessibleName(tr("Number pad"))
        sizes = look().sizes
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(sizes.hair)
        self._buttons: dict[str, Button] = {}
        for at, key in enumerate(_KEYS):
            if key == BACK and point:
                self._put(grid, at, ".", ".", tr("Decimal point"))
                continue
            shown = {BACK: "\u2190", NEXT: "\u2192"}.get(key, key)
            said = {BACK: tr("Take back a digit"), NEXT: tr("Next field")}.get(key, key)
            self._put(grid, at, key, shown, said)

    def _put(self, grid: QGridLayout, at: int, key: str, shown: str, said: str) -> None:
        button = Button(shown)
        button.setAccessibleName(said)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for_thumbs(button)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self.pressed.emit, key))
        grid.addWidget(button, at // _COLUMNS, at % _COLUMNS)
        self._buttons[key] = button

    def button(self, key: str) -> Button:
        """The button of a digit, `back`, `next` or `.`; KeyError."""
        return self._buttons[key]
