"""Knows how it is asked when a session began that was kept on paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.views.paperentry.presenter import StartFields, read_start
from desktop.views.ui.basics import Card, PrimaryButton, label, wrapped
from desktop.views.ui.forms import Form
from desktop.views.ui.screen import on_key


def _problems(fields: StartFields) -> tuple[Problem, ...]:
    return read_start(fields)[1]


class StartCard(Card):
    """Day and time; begun(fields) is all it says."""

    begun = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines.addWidget(label(tr("When did it begin?"), "lead"))
        self.lines.addWidget(wrapped(tr(
            "This session was not begun on screen. Say when it began on paper; its clock counts from there, and every "
            "row stands at its own time, marked as written later."), "muted"))  # fmt: skip
        self.form = Form(_problems, columns=2)
        self.form.text("day", tr("Day"), hint=tr("Year-month-day, such as 2026-05-04"))
        self.form.text("time", tr("Time it began"), hint=tr("The wall clock, such as 14:05"))
        self.lines.addWidget(self.form)
        row = QHBoxLayout()
        self.button = PrimaryButton(tr("Begin it at that time"), "clock")
        self.button.setToolTip(tr("Begin it at that time (Ctrl+Enter)"))
        row.addWidget(self.button)
        row.addStretch(1)
        self.lines.addLayout(row)
        self.button.clicked.connect(self._begin)
        for key in ("Return", "Enter", "Ctrl+Return", "Ctrl+Enter"):
            on_key(self.form, key, self._begin)

    def take_keyboard(self) -> None:
        """The time: the day is known mostly."""
        self.form.field("time").edit.setFocus()

    def _begin(self) -> None:
        self.begun.emit(self.form.draft())
