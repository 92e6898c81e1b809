"""Knows how one protocol stands: its title, what the law says, its numbers, and where the chosen one comes from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.protocol_numbers import Numbered
from desktop.domain.words import tr
from desktop.services.protocols import ProtocolPage
from desktop.views.protocols.facts import NumberRow, about, counts, legal, number_rows
from desktop.views.protocols.table import NumbersModel, NumbersTable
from desktop.views.ui.basics import Card, Sign, label, wrapped
from desktop.views.ui.fields import SearchBox
from desktop.views.ui.screen import on_key
from desktop.views.ui.theme import Tone


class NumbersPane(Card):
    """One protocol. moved(): another number is chosen; wanted(): somebody wants to change it."""

    moved = Signal()
    wanted = Signal()

    def __init__(self, below: tuple[QWidget, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: ProtocolPage | None = None
        self.name, self.words, self.law = label("", "lead"), wrapped("", "caption"), wrapped("")
        self._law_sign = Sign("triangle-alert", Tone.AMBER)
        self.search = SearchBox(tr("Find a number"))
        self.table = NumbersTable(NumbersModel(self))
        self.whole = wrapped("", "muted")
        head, law, row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.search)
        law.addWidget(self._law_sign)
        law.addWidget(self.law, 1)
        for each in below:
            row.addWidget(each)
        row.addStretch(1)
        self.lines.addLayout(head)
        self.lines.addLayout(law)
        self.lines.addWidget(self.words)
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.whole)
        self.lines.addLayout(row)
        self.table.selectionModel().selectionChanged.connect(self._moved)
        self.table.doubleClicked.connect(self.wanted)
        for key in ("Return", "Enter"):
            on_key(self.table, key, self.wanted.emit)
        self.search.textEdited.connect(self._filter)

    def show_page(self, page: ProtocolPage) -> None:
        """Show a protocol; the number that was chosen stays chosen where there is one of the same name."""
        self.page, protocol = page, page.row.protocol
        self.name.setText(protocol.title)
        self.words.setText(f"{about(protocol)} {counts(page)}")
        law = legal(protocol)
        self.law.setText(law)
        for part in (self.law, self._law_sign):
            part.setVisible(bool(law))
        self._filter()

    @property
    def chosen(self) -> str:
        """The path of the number that is chosen, empty for none."""
        row = self.table.chosen()
        return row.path if isinstance(row, NumberRow) else ""

    def number(self, path: str) -> Numbered | None:
        """The number at a path, or None."""
        return next((each for each in (self.page.numbers if self.page else ()) if each.path == path), None)

    def _filter(self, *_: object) -> None:
        if self.page is not None:
            self.table.show_rows(number_rows(self.page.numbers, self.search.text()))
        self._moved()

    def _moved(self, *_: object) -> None:
        row = self.table.chosen()
        self.whole.setText(row.whole if isinstance(row, NumberRow) else "")
        self.moved.emit()
