"""Knows the two quiet pages of a rehearsal: which script, and afterwards what was entered when."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.rehearsal import Book, Found
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.facts import Table
from desktop.views.ui.look import look
from desktop.views.ui.screen import scrolled
from desktop.views.ui.tables import table_view


class ChoicePage(QWidget):
    """One card for each script. chosen(book)."""

    chosen = Signal(object)

    def __init__(self, books: tuple[Book, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(label(tr("Rehearse a session"), "title"))
        lines.addWidget(wrapped(tr(
            "The board is the real one. What happens in the room is told above it; you enter what you see. "
            "Time can go faster, and nothing is marked."
        ), "muted"))
        self.buttons: dict[str, Button] = {}
        for book in books:
            card = Card(title=book.title)
            card.lines.addWidget(wrapped(book.about, "muted"))
            button = Button(tr("Begin"), "arrow-right")
            button.setAccessibleName(tr("Begin: {title}", title=book.title))
            button.clicked.connect(partial(self.chosen.emit, book))
            card.lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            lines.addWidget(card)
            self.buttons[book.id] = button
        lines.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def take_keyboard(self) -> None:
        """The first script has the keyboard."""
        for button in self.buttons.values():
            button.setFocus()
            return


class BackPage(QWidget):
    """What was to be entered, at which minute, and when it was. again(), left()."""

    again = Signal()
    left = Signal()

    def __init__(self, title: str, found: tuple[Found, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = QVBoxLayout(self)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(label(tr("Looking back: {title}", title=title), "title"))
        done = sum(one.entered_ms is not None for one in found)
        tally = tr("{done} of {of} things that came up were entered.", done=done, of=len(found))
        lines.addWidget(wrapped(tally, "muted"))
        rows = tuple((minutes(one.cue.at_ms), one.cue.say, _entered(one)) for one in found)
        self.table = table_view(Table(tr("What came up"), (tr("Minute"), tr("In the room"), tr("Entered")), rows))
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        lines.addWidget(self.table, 1)
        self.other, self.leave = PrimaryButton(tr("Another rehearsal"), "rotate-ccw"), Button(tr("Close"), "x")
        self.other.clicked.connect(self.again)
        self.leave.clicked.connect(self.left)
        ways = QHBoxLayout()
        ways.addWidget(self.other)
        ways.addWidget(self.leave)
        ways.addStretch(1)
        lines.addLayout(ways)

    def take_keyboard(self) -> None:
        """The next one is a key away."""
        self.other.setFocus()


def minutes(ms: int) -> str:
    """Minutes and seconds since the start."""
    whole, seconds = divmod(ms // 1000, 60)
    return f"{whole}:{seconds:02d}"


def _entered(one: Found) -> str:
    return tr("not entered") if one.entered_ms is None else tr("at {when}", when=minutes(one.entered_ms))
