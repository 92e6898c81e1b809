"""Knows how one of many is found: letters narrow the list, digits choose among the first, Enter takes the uppermost."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.checklist import fold_name
from desktop.domain.words import tr
from desktop.views.board.asking import SPLIT
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui.basics import Button
from desktop.views.ui.look import look

_DIGITS = "123456789"


def found_in(options: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[str, str], ...]:
    """The answers that fit, best first: by their two letters, by a beginning, by a part."""
    wanted = fold_name(text)
    if not wanted:
        return options

    def rank(option: tuple[str, str]) -> int:
        key, words = option
        label, _, short = words.partition(SPLIT)
        if wanted == short or wanted in (fold_name(label), fold_name(key)):
            return 0
        if fold_name(label).startswith(wanted) or short.startswith(wanted):
            return 1
        if any(fold_name(word).startswith(wanted) for word in (*label.split(), *key.split("-"))):
            return 2
        return 3 if wanted in fold_name(label) else 4

    ranked = [(rank(option), at, option) for at, option in enumerate(options)]
    return tuple(option for place, _, option in sorted(ranked, key=lambda one: one[:2]) if place < 4)


class FindLine(QLineEdit):
    """Where one types; a digit as the first character chooses among the first answers."""

    digit = Signal(int)
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits of an empty line choose; Down goes to the answers."""
        text = event.text()
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        if not self.text() and text and text in _DIGITS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.digit.emit(_DIGITS.index(text))
            return
        super().keyPressEvent(event)


class FindField(QWidget):
    """A line to type in and the answers as buttons below it. chosen(key) comes with each choice."""

    chosen = Signal(str)
    typed = Signal()

    def __init__(self, words: str, options: tuple[tuple[str, str], ...], value: str, digits: int) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setAccessibleName(words)
        sizes = look().sizes
        self._options, self._digits, self._columns = options, digits, 2
        self._shown = options
        self.line = FindLine()
        self.line.setProperty("kind", "search")
        self.line.setPlaceholderText("\u2009" + tr("type to find"))
        self.line.setAccessibleName(tr("Find: {words}", words=words))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.hair)
        lines.addWidget(self.line)
        self._grid = QGridLayout()
        self._grid.setSpacing(sizes.hair)
        lines.addLayout(self._grid)
        self._buttons: dict[str, Button] = {}
        for at, (key, shown) in enumerate(options):
            digit = _DIGITS[at] if at < digits else ""
            button = Button(f"{digit}  {shown}" if digit else shown)
            button.setAccessibleName(tr("{words}, key {key}", words=shown, key=digit) if digit else shown)
            button.setCheckable(True)
            button.setChecked(key == value)
            button.setProperty("align", "left")
            for_thumbs(button)
            button.clicked.connect(partial(self._choose, key))
            self._buttons[key] = button
        self._place()
        self.line.textChanged.connect(self._narrow)
        self.line.digit.connect(self._by_digit)
        self.line.returnPressed.connect(self._first)
        self.line.down.connect(self._to_answers)

    def value(self) -> str:
        """The key of what was chosen, or empty."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def buttons(self) -> tuple[Button, ...]:
        """The answers that are shown, in order."""
        return tuple(self._buttons[key] for key, _ in self._shown)

    def take_keyboard(self) -> None:
        """Into the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest answer."""
        return QSize(look().sizes.ring * 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where they have room."""
        super().resizeEvent(event)
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=1)
        columns = 2 if 2 * widest + look().sizes.hair <= self.width() else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _choose(self, key: str) -> None:
        for other, button in self._buttons.items():
            button.setChecked(other == key)
        self.typed.emit()
        self.chosen.emit(key)

    def _by_digit(self, at: int) -> None:
        if at < self._digits and at < len(self._options):
            self._choose(self._options[at][0])

    def _first(self) -> None:
        if self.line.text().strip() and self._shown:
            self._choose(self._shown[0][0])

    def _to_answers(self) -> None:
        if self._shown:
            self.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, text: str) -> None:
        self._shown = found_in(self._options, text)
        self._place()

    def _place(self) -> None:
        for button in self._buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        for at, (key, _) in enumerate(self._shown):
            button = self._buttons[key]
            self._grid.addWidget(button, at // self._columns, at % self._columns)
            button.show()
