"""Knows how a draft is filled in: fields over a frozen dataclass, judged by a pure check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.domain.errors import Problem
from desktop.views.ui.fields import Choice, Edit, Field, Secret, TextBox, Tick
from desktop.views.ui.look import look

Check = Callable[[Any], tuple[Problem, ...]]


class Form(QWidget):
    """The fields of one draft. show_draft() fills them without a signal; `edited` is a person's doing only.

    The draft is a frozen dataclass of texts and yes-or-noes, with a field for each name that was added.
    """

    edited = Signal()

    def __init__(self, check: Check, parent: QWidget | None = None, *, columns: int = 1) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._check, self._columns = check, columns
        self._fields: dict[str, Field] = {}
        self._draft: Any = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look().sizes.inner)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._cells = 0

    def text(
        self, name: str, words: str, *, hint: str = "", wide: bool = False, beside: QWidget | None = None
    ) -> QLineEdit:
        """Ask for a line of text. beside: a button to choose it with."""
        edit = QLineEdit()
        edit.textEdited.connect(self._told)
        self._add(Field(name, words, edit, hint=hint, beside=beside), wide)
        return edit

    def secret(self, name: str, words: str, *, hint: str = "", wide: bool = False) -> Secret:
        """Ask for a passphrase."""
        edit = Secret()
        edit.textEdited.connect(self._told)
        self._add(Field(name, words, edit, hint=hint), wide)
        return edit

    def lines(self, name: str, words: str, *, hint: str = "", high: int = 4) -> TextBox:
        """Ask for several lines of text."""
        edit = TextBox(lines=high)
        edit.textChanged.connect(self._told)
        self._add(Field(name, words, edit, hint=hint), True)
        return edit

    def choice(
        self, name: str, words: str, options: tuple[tuple[str, str], ...], *, hint: str = "", wide: bool = False
    ) -> Choice:
        """Ask for one of (key, words)."""
        edit = Choice()
        for key, shown in options:
            edit.addItem(shown, key)
        edit.activated.connect(self._told)
        self._add(Field(name, words, edit, hint=hint), wide)
        return edit

    def tick(self, name: str, words: str, *, wide: bool = True) -> Tick:
        """Ask for yes or no."""
        edit = Tick(words)
        edit.clicked.connect(self._told)
        self._add(Field(name, words, edit), wide)
        return edit

    def show_draft(self, draft: Any) -> None:
        """Fill the fields from a draft; no signal is sent, and nothing is called wrong yet."""
        self._draft = draft
        for name, field in self._fields.items():
            field.show_value(getattr(draft, name))
            field.show_problem("")

    def draft(self) -> Any:
        """The draft as it now stands."""
        return replace(self._draft, **{name: field.value() for name, field in self._fields.items()})

    def settled(self) -> Any | None:
        """The draft when the check finds nothing wrong; else None: problems are shown, the first one focused."""
        draft = self.draft()
        problems = self._check(draft)
        self.show_problems(problems)
        return None if problems else draft

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark fields that need another look."""
        texts: dict[str, str] = {}
        for problem in problems:
            texts.setdefault(problem.field, problem.text)
        for name, field in self._fields.items():
            field.show_problem(texts.get(name, ""))
        first = next((field for name, field in self._fields.items() if name in texts), None)
        if first is not None:
            first.edit.setFocus()

    def field(self, name: str) -> Field:
        """The field of a name; KeyError."""
        return self._fields[name]

    def edits(self) -> tuple[Edit, ...]:
        """The edits, in Tab order."""
        return tuple(field.edit for field in self._fields.values())

    def _told(self, *_: object) -> None:
        """A person changed something: what was called wrong is looked at again."""
        wrong = [name for name, field in self._fields.items() if field.problem]
        if wrong:
            left = {problem.field: problem.text for problem in self._check(self.draft())}
            for name in wrong:
                self._fields[name].show_problem(left.get(name, ""))
        self.edited.emit()

    def _add(self, field: Field, wide: bool) -> None:
        if wide and self._cells % self._columns:
            self._cells += self._columns - self._cells % self._columns
        row, column = divmod(self._cells, self._columns)
        span = self._columns if wide else 1
        self._grid.addWidget(field, row, column, 1, span)
        self._grid.setRowStretch(row, 0)
        self._cells += span
        self._fields[field.name] = field


