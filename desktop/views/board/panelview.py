"""Knows how a panel stands in the board: whom it is about, its fields, a number pad, save and back; never modal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.views.board.arrows import Arrows
from desktop.views.board.asking import AT_ONCE, FieldKind, PanelFacts
from desktop.views.board.numpad import BACK, NEXT, NumberPad
from desktop.views.board.panelfields import DIGITS, SAID, PanelField
from desktop.views.board.panelnote import PanelNote
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui.basics import Button, PrimaryButton, wrapped
from desktop.views.ui.facts import PersonFacts
from desktop.views.ui.look import look
from desktop.views.ui.seats import PersonHeader

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PanelView(QWidget):
    """One panel at a time. saved(values) and left() are all it says."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look().sizes.tight)
        self._inside: QWidget | None = None
        self.note: PanelNote | None = None
        self._area: QScrollArea | None = None
        self._opened: dict[str, str] = {}
        self.person: PersonHeader | None = None
        self._fields: list[PanelField] = []
        self.facts: PanelFacts | None = None
        self.pad: NumberPad | None = None
        self.save: Button | None = None
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.keep)

    def show_panel(self, facts: PanelFacts | None) -> None:
        """Ask for this; None: nothing is asked any more."""
        if facts == self.facts:
            return
        self.facts = facts
        if self._inside is not None:
            self._lines.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside, self._fields, self.pad, self.save, self.person = None, [], None, None, None
        self.note = None
        if facts is None:
            return
        self._inside = QWidget()
        self._inside.setProperty("kind", "bare")
        self._fill(self._inside, facts)
        self._lines.addWidget(self._inside)
        Arrows(self._inside, self._reach)
        self._opened = self.values()

    def show_person(self, person: PersonFacts) -> None:
        """The clock of whom the panel is about goes on; another person's is none of its business."""
        if self.person is not None and self.facts is not None and self.facts.person is not None:
            if self.facts.person.letter == person.letter:
                self.person.show_person(person)

    def take_keyboard(self) -> None:
        """Put the keyboard into the first field."""
        for field in self._fields:
            if field.take_keyboard():
                return
        if self.save is not None:
            self.save.setFocus()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look, and go there."""
        texts = {problem.field: problem.text for problem in reversed(problems)}
        for field in self._fields:
            field.show_problem(texts.get(field.asks.name, ""))
        first = next((field for field in self._fields if field.asks.name in texts), None)
        if first is not None:
            first.take_keyboard()

    def field(self, name: str) -> PanelField:
        """The field of a name; KeyError."""
        return {field.asks.name: field for field in self._fields}[name]

    def values(self) -> dict[str, str]:
        """What is answered so far."""
        held = dict(self.facts.held) if self.facts is not None else {}
        asked = {field.asks.name: field.value() for field in self._fields if field.asks.kind not in SAID}
        return held | asked

    @property
    def touched(self) -> bool:
        """Whether something was answered that is not kept yet."""
        return self.facts is not None and self.values() != self._opened

    def _fill(self, inside: QWidget, facts: PanelFacts) -> None:
        sizes = look().sizes
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.tight)
        inside.setAccessibleName(facts.title)
        lines.addWidget(wrapped(facts.title, "lead"))
        if facts.person is not None:
            self.person = PersonHeader()
            self.person.show_person(facts.person)
            lines.addWidget(self.person)
        if facts.steps and facts.note:
            # In a long list what is said above it stays in sight.
            self.note = PanelNote(facts)
            lines.addWidget(self.note)
        lines.addWidget(self._scrolled(facts), 1)
        row = QHBoxLayout()
        row.setSpacing(sizes.tight)
        if facts.save:
            # Made first, so that Tab reaches it before the way back.
            self.save = PrimaryButton(tr("{save}  Ctrl+\u21b5", save=facts.save), "check", parent=inside)
            self.save.setAccessibleName(tr("{save}, Ctrl+Enter", save=facts.save))
            for_thumbs(self.save)
            self.save.clicked.connect(self._save)
        back = Button(tr("Esc  Back"), kind="quiet", parent=inside)
        back.setAccessibleName(tr("Back, Escape"))
        back.clicked.connect(self.left)
        row.addWidget(back)
        row.addStretch(1)
        if self.save is not None:
            row.addWidget(self.save)
        lines.addLayout(row)

    def _scrolled(self, facts: PanelFacts) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(look().sizes.target)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        held = QWidget()
        held.setProperty("kind", "bare")
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().sizes.tight)
        grid.setVerticalSpacing(look().sizes.tight)
        row = -1
        if facts.note and not facts.steps:
            row = 0
            self.note = PanelNote(facts)
            grid.addWidget(self.note, row, 0, 1, 2)
        for at, asks in enumerate(facts.fields):
            field = PanelField(asks)
            pairs = at + 1 < len(facts.fields) and facts.fields[at + 1].pair
            row += 0 if asks.pair else 1
            grid.addWidget(field, row, 1 if asks.pair else 0, 1, 1 if asks.pair or pairs else 2)
            field.complete.connect(partial(self._go_on, at))
            field.answered.connect(partial(self._next, at))
            if not facts.steps:
                field.entered.connect(self._save)
            field.typed.connect(partial(field.show_problem, ""))
            if self.note is not None:
                field.typed.connect(self._read_note)
            field.chosen.connect(partial(self._chosen, field))
            self._fields.append(field)
        grid.setRowStretch(row + 1, 1)
        if facts.pad:
            self.pad = NumberPad()
            self.pad.pressed.connect(self._pad_pressed)
            grid.addWidget(self.pad, row + 2, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        area.setWidget(held)
        self._area = area
        return area

    def _read_note(self) -> None:
        if self.note is not None:
            self.note.read(self.values())

    def _chosen(self, field: PanelField) -> None:
        field.show_problem("")
        self._read_note()
        if self.facts is not None and (self.facts.at_once or field.asks.at_once):
            self._save()
        elif self.facts is not None and self.facts.steps:
            self._next(self._fields.index(field))

    def _go_on(self, at: int) -> None:
        """The next field, or the save button after the last."""
        for field in self._fields[at + 1 :]:
            if field.asks.kind is FieldKind.NUMBER and field.take_keyboard():
                return
        if self.save is not None:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self, at: int) -> None:
        """The next field of any kind, or the save button after the last: never the way back."""
        steps = self.facts is not None and self.facts.steps
        for field in self._fields[at + 1 :]:
            if not (steps and field.asks.at_once) and field.take_keyboard():
                self._see(QApplication.focusWidget())
                return
        if self.save is not None:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reach(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        self._see(part)

    def _see(self, part: QWidget | None) -> None:
        """Bring what has the keyboard into sight."""
        if part is not None and self._area is not None and self._area.isAncestorOf(part):
            self._area.ensureWidgetVisible(part)

    def _pad_pressed(self, key: str) -> None:
        """Type a digit where the keyboard is, or into the first number."""
        focused = QApplication.focusWidget()
        numbers = [field for field in self._fields if field.asks.kind is FieldKind.NUMBER and field.field is not None]
        at = next((n for n, field in enumerate(numbers) if field.field and field.field.edit is focused), 0)
        field = numbers[at].field if numbers else None
        if field is None or not isinstance(field.edit, QLineEdit):
            return
        edit = field.edit
        if key == NEXT:
            self._go_on(self._fields.index(numbers[at]))
        elif key == BACK:
            edit.backspace()
        else:
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.insert(key)
            edit.textEdited.emit(edit.text())

    def keep(self) -> None:
        """Ctrl+Enter saves where there is something to save."""
        if self.save is not None:
            self._save()

    def _save(self) -> None:
        if self.facts is not None:
            self.saved.emit(self.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; a digit chooses while no text is being typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        focused = QApplication.focusWidget()
        steps = self.facts is not None and self.facts.steps
        asked = [n for n, one in enumerate(self._fields) if focused is not None and one.isAncestorOf(focused)]
        rows = [field.row for field in self._fields if field.row is not None]
        if steps and asked and (self._fields[asked[0]].yes_no is not None or self._fields[asked[0]].row is not None):
            # In a long list a digit is for the item that has the keyboard, and for no other.
            rows = [row for row in rows if row is self._fields[asked[0]].row]
        if not isinstance(focused, QLineEdit | QPlainTextEdit) and _chosen_by(self._fields, event.text().casefold()):
            self.saved.emit({**self.values(), AT_ONCE: "yes"})
            return
        if rows and not isinstance(focused, QLineEdit | QPlainTextEdit) and event.text() in DIGITS and event.text():
            # The row with the keyboard comes first, then the others whose digits go on from it.
            rows.sort(key=lambda each: focused is None or not each.isAncestorOf(focused))
            if any(row.press(event.text()) for row in rows):
                return
        if event.key() in _ENTERS and steps and asked and not self._fields[asked[0]].asks.at_once:
            # Enter passes an item by; only its own keys and Space answer it.
            self._next(asked[0])
            return
        if event.key() in _ENTERS and isinstance(focused, Button) and self.isAncestorOf(focused):
            focused.click()
            return
        super().keyPressEvent(event)


def _chosen_by(fields: list[PanelField], letter: str) -> bool:
    """A letter of its own chooses an answer, while no text is being typed; whether one did."""
    for field in fields:
        if field.row is not None and letter and letter in field.asks.letters:
            field.row.buttons()[field.asks.letters.index(letter)].setChecked(True)
            return True
    return False
