"""Knows how a new practice is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.practice import MIN_PASSPHRASE
from desktop.views.ui.basics import ENTERS, Button, Card, PrimaryButton, rule, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.fields import Field
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.roles import RoleRow
from desktop.views.welcome.draft import NewPractice, check_new


def beside(field: Field, button: Button) -> None:
    """Put a button at the right of a field's edit."""
    lines = field.layout()
    assert isinstance(lines, QVBoxLayout)
    at = lines.indexOf(field.edit)
    lines.removeWidget(field.edit)
    row = QHBoxLayout()
    row.setSpacing(look().sizes.tight)
    row.addWidget(field.edit, 1)
    row.addWidget(button)
    lines.insertLayout(at, row)


def choose_folder(parent: QWidget, title: str, begin: str, chosen: object) -> QFileDialog:
    """Ask for a folder; freed when it is closed. chosen: a signal or slot that takes the path."""
    dialog = QFileDialog(parent, title, begin)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.fileSelected.connect(chosen)
    ask(dialog)
    return dialog


class CreatePage(Card):
    """The fields for a new practice, with the rules beside them. Enter goes on, and in the last field makes it."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=tr("Make a practice"))
        self.form = Form(check_new, columns=2)
        self._build_form()
        self.form.show_draft(NewPractice())
        self.roles = RoleRow(tr("You own the practice. What else do you do here?"))
        self.roles.show_roles(NewPractice().roles)
        self.make = PrimaryButton(tr("Make the practice"), "check")
        self.cancel = Button(tr("Back"), "arrow-left", kind="quiet")
        words = wrapped(
            tr(
                "A practice is one folder on this machine's own disk. Everything in it is encrypted; nothing ever "
                "leaves the machine by itself."
            ),
            "muted",
        )
        rules = wrapped(
            tr(
                "Nobody can look up or reset a passphrase. Write it down, and keep it where you keep other things "
                "that must not be lost."
            ),
            "caption",
        )
        self.lines.addWidget(words)
        self.lines.addWidget(self.form)
        self.lines.addWidget(self.roles)
        self.lines.addWidget(rule())
        self.lines.addWidget(rules)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.make)
        self.lines.addLayout(row)
        self.make.clicked.connect(self._wanted)
        self.cancel.clicked.connect(self.back)

    def _build_form(self) -> None:
        form = self.form
        form.text(
            "folder", tr("Folder"), wide=True, hint=tr("Empty or new; not one that a cloud drive keeps in step.")
        )
        self.browse = Button(tr("Choose…"), "folder")
        self.browse.clicked.connect(self._browse)
        beside(form.field("folder"), self.browse)
        form.text("practice", tr("Name of the practice"), hint=tr("Printed on every page."))
        form.text("member", tr("Your name"), hint=tr("Stands beside every entry you make."))
        form.secret(
            "passphrase",
            tr("Passphrase"),
            hint=tr("At least {n} characters; four or five plain words.", n=MIN_PASSPHRASE),
        )
        form.secret("again", tr("The passphrase again"), hint=tr("Typed once more, to be sure of it."))

    def take_keyboard(self) -> None:
        """The first empty field; where none is empty, the button."""
        empty = (edit for edit in self.form.edits() if isinstance(edit, QLineEdit) and not edit.text())
        next(empty, self.make).setFocus()

    def suggest(self, folder: str) -> None:
        """Fill in a folder where a practice can lie, unless one stands there already."""
        field = self.form.field("folder")
        if not field.value():
            here = field.edit.hasFocus()
            field.show_value(folder)
            if here:
                self.take_keyboard()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look; the first wrong field gets the keyboard."""
        self.roles.show_problem(next((problem.text for problem in problems if problem.field == "roles"), ""))
        self.form.show_problems(problems)

    def set_busy(self, busy: bool) -> None:
        """While the keys are made nothing can be changed."""
        for part in (self.form, self.roles, self.make, self.cancel):
            part.setEnabled(not busy)

    def forget(self) -> None:
        """Empty the passphrases."""
        for name in ("passphrase", "again"):
            self.form.field(name).show_value("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field; after the last one, or with Ctrl, it makes the practice."""
        if event.key() not in ENTERS:
            super().keyPressEvent(event)
            return
        edits = self.form.edits()
        at = next((at for at, edit in enumerate(edits) if edit.hasFocus()), len(edits))
        if at + 1 < len(edits) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            edits[at + 1].setFocus()
        elif self.make.isEnabled() and not event.isAutoRepeat():
            self._wanted()

    def _wanted(self) -> None:
        draft = self.form.settled()
        if draft is not None:
            self.wanted.emit(replace(draft, roles=self.roles.value()))

    def _browse(self) -> None:
        begin = str(self.form.field("folder").value()) or str(Path.home())
        choose_folder(self, tr("Choose an empty folder"), begin, self._chosen)

    def _chosen(self, path: str) -> None:
        self.form.field("folder").show_value(path)
        self.form.field("practice").edit.setFocus()

