"""Knows the parts that pages of carried sessions share: a secret in large letters, and how files are chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.ui.basics import Button, Card, label, wrapped
from desktop.views.ui.dialogs import ask


class SecretCard(Card):
    """Something to be written down, until somebody says that they have it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.secret, self.words = label("", "lead"), label("", "figure"), wrapped("", "muted")
        self.secret.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.done = Button(tr("I have written it down"), "check")
        for each in (self.title, self.secret, self.words):
            self.lines.addWidget(each)
        row = QHBoxLayout()
        row.addWidget(self.done)
        row.addStretch(1)
        self.lines.addLayout(row)
        self.done.clicked.connect(partial(self.show_secret, "", "", ""))
        self.hide()

    def show_secret(self, title: str, secret: str, words: str) -> None:
        """Show it; '' when it is done with, and then it is gone."""
        self.title.setText(title)
        self.secret.setText(secret)
        self.secret.setAccessibleName(f"{title}: {secret}" if secret else "")
        self.words.setText(words)
        self.setVisible(bool(secret))
        if secret:
            self.done.setFocus()


def choose_target(parent: QWidget, title: str, name: str, then: Callable[[Path], object]) -> None:
    """Ask where a file is to be put."""
    dialog = QFileDialog(parent.window(), title, str(Path.home() / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    ask(dialog, partial(_chosen, dialog, then))


def choose_file(parent: QWidget, title: str, kind: str, then: Callable[[Path], object]) -> None:
    """Ask for a file that is there. kind: how its name ends."""
    dialog = QFileDialog(parent.window(), title, str(Path.home()), f"*{kind}")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    ask(dialog, partial(_chosen, dialog, then))


def _chosen(dialog: QFileDialog, then: Callable[[Path], object]) -> None:
    then(Path(dialog.selectedFiles()[0]))
