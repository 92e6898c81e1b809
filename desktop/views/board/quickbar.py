"""Knows the quick line: where everything is typed, what it will save, and questions with one key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.board.shown import Choice, PreviewFacts, StripFacts
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui import paint
from desktop.views.ui.basics import Button, label
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.seats import draw_badge
from desktop.views.ui.theme import Tone

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_EDITS = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickEdit(QLineEdit):
    """The line itself. While a question is asked its keys answer it, and the text stays as it is."""

    answered = Signal(str)
    left = Signal()
    completed = Signal()
    page_kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")
        self.setAccessibleName(tr("Quick line"))
        self.setAccessibleDescription(tr("Begin with the person's letter. Enter saves what the line above says."))
        # The thin space keeps the caret off the first letter.
        self.setPlaceholderText("\u2009" + tr("a 128/84 76 98 14 · b crying · a \u201cwords kept\u201d · . all seen"))
        self._choices: dict[str, str] = {}
        self._asked = False

    def ask(self, choices: tuple[Choice, ...]) -> None:
        """Take these keys as answers; none: take everything as text again."""
        self._choices = {choice.key.casefold(): choice.id for choice in choices}
        self._asked = bool(choices)

    def event(self, event: QEvent) -> bool:
        """Keys with Ctrl belong to the board, but for those that edit text; Ctrl+Z too while the line is empty."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self._edits(event.key()):
                event.ignore()
                return False
        return super().event(event)

    def _edits(self, key: int) -> bool:
        if key == Qt.Key.Key_Z:
            return bool(self.text())
        return key in _EDITS or not Qt.Key.Key_A <= key <= Qt.Key.Key_Z

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answers first; Escape leaves; Right at the end completes; Ctrl+Enter is the open page's."""
        if event.key() in _ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.page_kept.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if self._asked and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~_KEYPAD:
            key = "enter" if event.key() in _ENTERS else event.text().casefold()
            if key in self._choices:
                self.answered.emit(self._choices[key])
            if key:
                return
        if event.key() == Qt.Key.Key_Right and self.cursorPosition() == len(self.text()) and self.text():
            self.completed.emit()
            return
        super().keyPressEvent(event)


class Preview(Painted):
    """One line: whose letter, what will be saved, and what could complete it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = PreviewFacts()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def facts(self) -> PreviewFacts:
        """What is shown."""
        return self._facts

    def show_preview(self, facts: PreviewFacts) -> None:
        """Say what Enter would save."""
        if facts == self._facts:
            return
        self._facts = facts
        self.say(" ".join(part for part in (facts.text, facts.more) if part) or tr("Nothing typed yet"))
        self.update()

    def sizeHint(self) -> QSize:
        """One line of words."""
        sizes = look().sizes
        return QSize(sizes.ring * 4, int(paint.height_of(sizes.body)) + sizes.hair * 2)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(sizes_wide(), self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """Letter, words, completions."""
        now, facts = look(), self._facts
        sizes, ink = now.sizes, now.theme.ink
        high = float(self.height())
        left = float(sizes.tight)
        if facts.letter:
            draw_badge(painter, QRectF(left, 0, high, high), facts.letter, facts.seat)
            left += high + sizes.tight
        value = now.theme.shade(facts.tone).text if facts.tone is not Tone.PLAIN else ink.text
        if facts.tone in {Tone.AMBER, Tone.RED}:
            side = float(sizes.icon_small)
            sign = "triangle-alert" if facts.tone is Tone.AMBER else "octagon-alert"
            paint.icon(painter, sign, QRectF(left, (high - side) / 2, side, side), value)
            left += side + sizes.hair
        if not facts.text:
            value = ink.muted
        words = facts.text or tr("What is typed is named here before it is saved.")
        room = self.width() - left - sizes.tight
        used = paint.words(painter, QRectF(left, 0, room, high), words, sizes.body, value, strong=facts.ready)
        more = tr("Enter saves") if facts.ready and not facts.more else facts.more
        rest = room - used - sizes.inner
        if more and rest > sizes.target:
            where = QRectF(left + used + sizes.inner, 0, rest, high)
            paint.words(painter, where, more, sizes.caption, ink.muted)


def sizes_wide() -> int:
    """How narrow a line of words may become."""
    return look().sizes.ring * 2


class Strip(QFrame):
    """A question in the page: words, and one button per answer with its key."""

    answered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self._row = QHBoxLayout(self)
        self._facts: StripFacts | None = None
        self._buttons: list[QWidget] = []
        self.hide()

    @property
    def facts(self) -> StripFacts | None:
        """What is asked, None for nothing."""
        return self._facts

    def show_strip(self, facts: StripFacts | None) -> None:
        """Ask, or with None ask nothing any more."""
        if facts == self._facts:
            return
        self._facts = facts
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        if facts is None:
            self.hide()
            return
        sizes = look().sizes
        self._row.setContentsMargins(sizes.inner, 0, sizes.hair, 0)
        self._row.setSpacing(sizes.tight)
        self.setAccessibleName(facts.question)
        self._add(label(facts.question, "strong"), 1)
        for choice in facts.choices:
            self._add(self._button(choice), 0)
        back = Button(tr("Esc  Back"), kind="quiet")
        back.setAccessibleName(tr("Back, Escape"))
        back.clicked.connect(self.left)
        self._add(back, 0)
        self.show()

    def buttons(self) -> tuple[Button, ...]:
        """The answers, and last the way back."""
        return tuple(each for each in self._buttons if isinstance(each, Button))

    def _button(self, choice: Choice) -> Button:
        key = choice.key.upper() if len(choice.key) == 1 else choice.key.capitalize()
        made = Button(f"{key}  {choice.words}")
        made.setAccessibleName(tr("{words}, key {key}", words=choice.words, key=key))
        if choice.seat is not Tone.PLAIN:
            made.setProperty("tone", choice.seat.value)
        for_thumbs(made)
        made.clicked.connect(partial(self.answered.emit, choice.id))
        return made

    def _add(self, widget: QWidget, stretch: int) -> None:
        if isinstance(widget, QLabel):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(widget, stretch)
        self._buttons.append(widget)


class QuickBar(QWidget):
    """Preview above, the line below; a question stands in the place of the actions, so that nothing else moves."""

    typed = Signal(str)
    entered = Signal(str)
    answered = Signal(str)
    left = Signal()
    completed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview, self.strip, self.edit = Preview(), Strip(), QuickEdit()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.hair)
        for widget in (self.preview, self.edit):
            lines.addWidget(widget)
        self.edit.textChanged.connect(self.typed)
        self.edit.returnPressed.connect(self._enter)
        self.edit.left.connect(self.left)
        self.edit.completed.connect(self.completed)
        for part in (self.edit, self.strip):
            part.answered.connect(self.answered)
        self.strip.left.connect(self.left)

    def show_strip(self, facts: StripFacts | None) -> None:
        """Ask a question."""
        self.strip.show_strip(facts)
        self.edit.ask(facts.choices if facts is not None else ())

    def saved(self, text: str) -> None:
        """What was typed is on disk: take it out of the line, and leave what was typed since."""
        now = self.edit.text()
        if now.startswith(text):
            self.edit.setText(now[len(text):].lstrip())

    def _enter(self) -> None:
        self.entered.emit(self.edit.text())
