"""Knows how the audit trail is read: one table, a line to filter it, a button that checks it."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.domain.people import Role
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.views.audit.presenter import SHOWN, AuditPresenter, TrailRow
from desktop.views.ui.basics import Card, EmptyState, PrimaryButton, label
from desktop.views.ui.fields import SearchBox
from desktop.views.ui.finder import folded
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Screen
from desktop.views.ui.tables import RowsTable


def _number(row: TrailRow) -> str:
    return str(row.number)


def _by_number(row: TrailRow) -> int:
    return row.number


def _when(row: TrailRow) -> str:
    return row.when


def _who(row: TrailRow) -> str:
    return row.who


def _act(row: TrailRow) -> str:
    return row.act


def _subject(row: TrailRow) -> str:
    return row.subject


def _owner(row: TrailRow) -> str:
    return row.owner


def _detail(row: TrailRow) -> str:
    return row.detail


def _text(row: TrailRow) -> str:
    return folded(f"{row.number} {row.when} {row.who} {row.act} {row.subject} {row.owner} {row.detail}")


class AuditScreen(Screen):
    """The trail: who did what, when, on which kind of record; never what it says."""

    def __init__(self, desk: Desk, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Audit"), (), parent)
        self.presenter = AuditPresenter(desk, self.doing, self)
        self.verify = PrimaryButton(tr("Check the trail"), "clipboard-check", key="Ctrl+Shift+V")
        self.head.addWidget(self.verify)
        self.filter = SearchBox(tr("Show only lines that hold…"))
        self._model = RowsModel(
            (
                Column(tr("Detail"), _detail), Column(tr("Line"), _number, sort=_by_number),
                Column(tr("When"), _when), Column(tr("Who"), _who), Column(tr("What they did"), _act),
                Column(tr("To what"), _subject), Column(tr("Belongs to"), _owner),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Audit trail"))
        head = self.table.horizontalHeader()
        head.moveSection(0, 6)
        self._rows: tuple[TrailRow, ...] = ()
        self._count = label("", "caption")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self._busy_words = label("", "caption")
        self.card = card = Card()
        for part in (self.filter, self._busy_words, self.busy):
            card.lines.addWidget(part)
        card.lines.addWidget(self.table, 1)
        card.lines.addWidget(self._count)
        self.lines.addWidget(card, 1)
        self._closed: EmptyState | None = None
        if not desk.member.may(Role.OWNER):
            card.hide()
            self.verify.hide()
        self.filter.textChanged.connect(self._filtered)
        self.verify.clicked.connect(self.presenter.verify)
        self.show_busy("")

    def ask_again(self) -> None:
        """Fetch the newest lines."""
        self.presenter.begin()

    def show_part(self, place: object) -> None:
        """Each visit shows the newest lines."""
        if self.isVisible():
            self.ask_again()
        else:
            self._stale = True

    def take_keyboard(self) -> None:
        """The filter; where there is nothing to read, the page itself."""
        (self.filter if self.card.isVisible() else self).setFocus()

    def show_lines(self, rows: tuple[TrailRow, ...], total: int) -> None:
        """The newest lines, newest first."""
        self._rows = rows
        words = trn("{count} line in the trail.", "{count} lines in the trail.", total)
        if total > len(rows):
            words = f"{words} " + tr("The newest {n} are listed.", n=SHOWN)
        self._count.setText(words)
        self._filtered(self.filter.text())

    def show_closed(self, owners: tuple[str, ...]) -> None:
        """Whoever looks may not read the trail: say who may, and offer nothing that would be refused."""
        if self._closed is not None:
            self.lines.removeWidget(self._closed)
            self._closed.deleteLater()
        words = trn(
            "Every change and each look at a record is kept in it. Only an owner of the practice reads it: {names}.",
            "Every change and each look at a record is kept in it. Only owners of the practice read it: {names}.",
            len(owners), names=", ".join(owners),
        )
        self._closed = EmptyState("lock", tr("The audit trail is for owners"), words)
        self._closed.setAccessibleName(words)
        self.lines.addWidget(self._closed, 1)

    def show_busy(self, words: str) -> None:
        """What takes a while."""
        self._busy_words.setText(words)
        for part in (self._busy_words, self.busy):
            part.setVisible(bool(words))
        self.verify.setEnabled(not words)

    def _filtered(self, text: str) -> None:
        wanted = folded(text).split()
        rows = self._rows
        if wanted:
            rows = tuple(row for row in rows if all(word in _text(row) for word in wanted))
        self._model.set_rows(rows)
