"""Knows how one field of a panel is drawn and read: lines, numbers, choices, rows of buttons, ticks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.board.asking import AskField, FieldKind
from desktop.views.board.findfield import FindField
from desktop.views.board.linekeys import is_typed
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui import paint
from desktop.views.ui.banner import notice
from desktop.views.ui.basics import Button, label, wrapped
from desktop.views.ui.fields import Choice, Edit, Field, TextBox, Tick
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

SAID = (FieldKind.HEADING, FieldKind.NOTE)
"""What is only said, and not asked."""
KEYS = "123456789"
DIGITS = f"0{KEYS}"
_LIST = 6
"""From so many answers one below the other on, they are read as a list."""


def goes_on(digits: str, text: str) -> bool:
    """Whether a number is complete, so that the keyboard goes on by itself.

    digits `2`: after two; `3`: after three, or after two that begin with 4 to 9; '': never.
    """
    if not text.isdigit() or not digits:
        return False
    if digits == "2":
        return len(text) >= 2
    if digits == "2-3":
        return len(text) >= 3 or (len(text) == 2 and text != "10")
    return len(text) >= 3 or (len(text) == 2 and text[0] in "456789")


class ButtonRow(QWidget):
    """One of a few, each a button with its own digit; one may be chosen."""

    chosen = Signal(str)

    def __init__(
        self, words: str, options: tuple[tuple[str, str], ...], value: str, keys_from: int = 0, points: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setAccessibleName(words)
        sizes = look().sizes
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(sizes.hair)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[str] = []
        widest = max((paint.width_of(shown, sizes.body, strong=True) for _, shown in options), default=0.0)
        columns = 1 if widest > sizes.ring * 2 else 2 if widest > sizes.ring or len(options) < 4 else 3
        columns = len(options) if points else columns
        self._most = self._columns = columns
        self._keys_from, self._points = keys_from, points
        for at, (key, shown) in enumerate(options):
            digit = f"{KEYS[keys_from + at]}  " if keys_from + at < len(KEYS) and not points else ""
            button = Button(f"{digit}{shown}")
            button.setAccessibleName(tr("{words}, key {key}", words=shown, key=digit.strip()) if digit else shown)
            button.setCheckable(True)
            button.setChecked(key == value)
            for_thumbs(button)
            if columns == 1 and len(options) > _LIST:
                button.setProperty("align", "left")
            button.clicked.connect(partial(self.chosen.emit, key))
            self._group.addButton(button, at)
            self._keys.append(key)
            self._grid.addWidget(button, at // columns, at % columns)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest answer: in little room they stand below each other."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many answers side by side as there is room for."""
        super().resizeEvent(event)
        gap = look().sizes.hair
        columns = max(1, min(self._most, (self.width() + gap) // (self._widest() + gap)))
        if columns == self._columns:
            return
        self._columns = columns
        for at, button in enumerate(self.buttons()):
            self._grid.addWidget(button, at // columns, at % columns)
        self.updateGeometry()

    def _widest(self) -> int:
        return max((button.sizeHint().width() for button in self.buttons()), default=0)

    def value(self) -> str:
        """The key of what is chosen, or empty."""
        at = self._group.checkedId()
        return self._keys[at] if at >= 0 else ""

    def press(self, digit: str) -> bool:
        """Choose by its digit, in a row of points by the points; False when there is none."""
        if self._points:
            at = self._keys.index(digit) if digit in self._keys else -1
        else:
            at = KEYS.find(digit) - self._keys_from
        if not 0 <= at < len(self._keys):
            return False
        button = self._group.button(at)
        button.setFocus()
        button.click()
        return True

    def buttons(self) -> tuple[Button, ...]:
        """The answers in their order."""
        return tuple(each for each in self._group.buttons() if isinstance(each, Button))


class YesNo(QWidget):
    """An item with two answers beside it; the keys Y and N answer while the keyboard is in it."""

    chosen = Signal()
    answered = Signal()

    def __init__(self, words: str, value: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setAccessibleName(words)
        sizes = look().sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.hair)
        row.addWidget(wrapped(words), 1)
        self.yes, self.no = Button(tr("Yes")), Button(tr("No"))
        for button, key in ((self.yes, "yes"), (self.no, "no")):
            button.setCheckable(True)
            button.setChecked(value == key)
            for_thumbs(button)
            button.setAccessibleName(f"{words}: {button.text()}")
            button.clicked.connect(partial(self._pressed, key))
            row.addWidget(button)

    def value(self) -> str:
        """`yes`, `no` or empty."""
        return "yes" if self.yes.isChecked() else "no" if self.no.isChecked() else ""

    def _pressed(self, key: str) -> None:
        (self.no if key == "yes" else self.yes).setChecked(False)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y and N answer and go on."""
        button = {"y": self.yes, "n": self.no}.get(event.text().casefold())
        if button is None:
            super().keyPressEvent(event)
            return
        # A key that answers never takes an answer back.
        if not button.isChecked():
            button.click()
        self.answered.emit()


class CalmChoice(Choice):
    """One of a few that is not changed in passing: only arrows, or the opened list, choose; what is typed goes on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Characters are for the quick line; Space opens the list."""
        if is_typed(event) and event.key() != Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls under the hand, and the answer stays."""
        event.ignore()


def _heading(asks: AskField) -> QWidget:
    """A heading; one that says a state has its icon beside the words."""
    kind = "strong" if asks.kind is FieldKind.HEADING else ""
    if asks.tone in (Tone.RED, Tone.AMBER, Tone.GREEN):
        return notice(asks.tone, asks.words, kind)
    title = wrapped(asks.words, kind)
    title.setProperty("tone", asks.tone.value)
    return title


class PanelField(QWidget):
    """A field of any kind with its words, and what is wrong with it."""

    typed = Signal()
    complete = Signal()
    answered = Signal()
    chosen = Signal()
    entered = Signal()

    def __init__(self, asks: AskField) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.asks = asks
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look().sizes.hair)
        self.field: Field | None = None
        self.row: ButtonRow | None = None
        self.yes_no: YesNo | None = None
        self.finder: FindField | None = None
        self._problem = wrapped("", "problem")
        if asks.kind in SAID:
            self._lines.addWidget(_heading(asks))
        elif asks.kind is FieldKind.BUTTONS:
            self._add_row(asks)
        elif asks.kind is FieldKind.FIND:
            self._add_find(asks)
        elif asks.kind is FieldKind.YES_NO:
            self.yes_no = YesNo(asks.words, asks.value)
            self.yes_no.chosen.connect(self.typed)
            self.yes_no.answered.connect(self.answered)
            self._lines.addWidget(self.yes_no)
            self._problem.hide()
            self._lines.addWidget(self._problem)
        else:
            self._add_field(asks)

    def value(self) -> str:
        """What was answered: text, a key, or `yes`."""
        if self.row is not None:
            return self.row.value()
        if self.yes_no is not None:
            return self.yes_no.value()
        if self.finder is not None:
            return self.finder.value()
        if self.field is None:
            return ""
        found = self.field.value()
        return ("yes" if found else "") if isinstance(found, bool) else found.strip()

    def show_problem(self, text: str) -> None:
        """Say what is wrong, '' for nothing."""
        if self.field is not None:
            self.field.show_problem(text)
        else:
            self._problem.setText(text)
            self._problem.setVisible(bool(text))

    def take_keyboard(self) -> bool:
        """Put the keyboard here; False for a heading."""
        if self.row is not None:
            buttons = self.row.buttons()
            chosen = next((each for each in buttons if each.isChecked()), buttons[0] if buttons else None)
            if chosen is not None:
                chosen.setFocus(Qt.FocusReason.OtherFocusReason)
            return chosen is not None
        if self.yes_no is not None:
            self.yes_no.yes.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.finder is not None:
            self.finder.take_keyboard()
            return True
        if self.field is None:
            return False
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.field.edit, QPlainTextEdit):
            self.field.edit.moveCursor(QTextCursor.MoveOperation.End)
        elif isinstance(self.field.edit, QLineEdit) and self.asks.kind is FieldKind.NUMBER:
            self.field.edit.selectAll()
        elif isinstance(self.field.edit, QLineEdit):
            self.field.edit.end(False)
        return True

    def _add_row(self, asks: AskField) -> None:
        if asks.words:
            self._lines.addWidget(label(asks.words, "strong"))
        if asks.hint:
            self._lines.addWidget(wrapped(asks.hint, "caption"))
        self.row = ButtonRow(asks.words, asks.options, asks.value, asks.keys_from, asks.points)
        self.row.chosen.connect(self.chosen)
        self._lines.addWidget(self.row)
        self._problem.hide()
        self._lines.addWidget(self._problem)

    def _add_find(self, asks: AskField) -> None:
        self._lines.addWidget(label(asks.words, "strong"))
        self.finder = FindField(asks.words, asks.options, asks.value, int(asks.hint or 0))
        self.finder.chosen.connect(self.chosen)
        self.finder.typed.connect(self.typed)
        self._lines.addWidget(self.finder)
        self._problem.hide()
        self._lines.addWidget(self._problem)

    def _add_field(self, asks: AskField) -> None:
        edit = self._edit(asks)
        self.field = Field(asks.name, asks.words, edit, hint=asks.hint if asks.kind is not FieldKind.NUMBER else "")
        self.field.show_value(asks.value == "yes" if asks.kind is FieldKind.TICK else asks.value)
        self._lines.addWidget(self.field)

    def _edit(self, asks: AskField) -> Edit:
        if asks.kind is FieldKind.TICK:
            tick = Tick(asks.words)
            tick.clicked.connect(self.typed)
            return tick
        if asks.kind is FieldKind.CHOICE:
            choice = CalmChoice()
            for key, shown in asks.options:
                choice.addItem(shown, key)
            choice.activated.connect(self.typed)
            return choice
        if asks.kind is FieldKind.TEXT:
            box = TextBox(lines=3)
            box.textChanged.connect(self.typed)
            return box
        line = QLineEdit()
        line.textEdited.connect(self._edited)
        line.returnPressed.connect(self.entered)
        return line

    def _edited(self, text: str) -> None:
        self.typed.emit()
        if self.asks.kind is FieldKind.NUMBER and goes_on(self.asks.hint, text):
            self.complete.emit()
