"""Knows how questions are opened: without stopping the program, and freed when they are closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.ui.basics import Button, PrimaryButton, label
from desktop.views.ui.look import look


def ask(dialog: QDialog, accepted: Callable[[], object] | None = None) -> QDialog:
    """Open a question over its window; it frees itself on close. Never used over a live board."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def finished(answer: int) -> None:
        if answer == QDialog.DialogCode.Accepted.value and accepted is not None:
            accepted()

    # `finished` and QDialog's own `open`: some dialogs, such as the printer's, have others of these names.
    dialog.finished.connect(finished)
    QDialog.open(dialog)
    return dialog


def beside(dialog: QDialog) -> QDialog:
    """Show a window beside the others, which stay usable; it frees itself on close."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(False)
    dialog.show()
    return dialog


class Question(QDialog):
    """A small question: what it is about, what follows, and two answers. Enter never chooses the one that destroys."""

    def __init__(
        self, parent: QWidget, title: str, text: str, yes: str, no: str | None = None, *, danger: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        sizes = look().sizes
        lines = QVBoxLayout(self)
        lines.setContentsMargins(sizes.pad, sizes.pad, sizes.pad, sizes.pad)
        lines.setSpacing(sizes.inner)
        lines.addWidget(label(title, "lead"))
        words = label(text)
        words.setWordWrap(True)
        words.setMinimumWidth(sizes.ring * 4)
        lines.addWidget(words)
        row = QHBoxLayout()
        row.addStretch(1)
        refuse = Button(no or tr("Cancel"))
        agree = Button(yes, kind="danger") if danger else PrimaryButton(yes)
        refuse.clicked.connect(self.reject)
        agree.clicked.connect(self.accept)
        refuse.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        row.addWidget(refuse)
        row.addWidget(agree)
        lines.addLayout(row)
        refuse.setDefault(danger)
        agree.setDefault(not danger)
        (refuse if danger else agree).setFocus()
