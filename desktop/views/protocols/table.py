"""Knows how a protocol's numbers stand under the names of their groups."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.words import tr
from desktop.views.protocols.facts import NumberRow
from desktop.views.ui.look import colour, look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone

NAME_RINGS = 5
LESS = (3, 4, 2)
"""The columns that are left out first: where it comes from, who set it, the basis."""
Index = QModelIndex | QPersistentModelIndex


def _name(row: NumberRow) -> str:
    return row.name


def _value(row: NumberRow) -> str:
    return row.value


def _basis(row: NumberRow) -> str:
    return row.basis


def _sign(row: NumberRow) -> str:
    return row.sign


def _tone(row: NumberRow) -> Tone:
    return row.tone


def _source(row: NumberRow) -> str:
    return row.source


def _who(row: NumberRow) -> str:
    return row.who


class NumbersModel(RowsModel):
    """Numbers, with headings that cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(tr("Number"), _name), Column(tr("Value"), _value, right=True),
                Column(tr("Basis"), _basis, sign=_sign, tone=_tone), Column(tr("Where it comes from"), _source),
                Column(tr("Set or confirmed by"), _who),
            ),
            parent,
        )  # fmt: skip

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is passed over."""
        if index.isValid() and self.row(index.row()).heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A heading is written strongly."""
        row = self.row(index.row()) if index.isValid() and index.row() < self.rowCount() else None
        if row is not None and row.heading:
            if role == Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            if role == Qt.ItemDataRole.ForegroundRole:
                return colour(look().theme.ink.muted)
        if role == Qt.ItemDataRole.ToolTipRole and row is not None:
            return row.whole
        return super().data(index, role)


class NumbersTable(RowsTable):
    """The table of numbers; headings go over its whole width."""

    def __init__(self, model: NumbersModel, parent: QWidget | None = None) -> None:
        super().__init__(model, tr("Numbers of the protocol"), parent, sortable=False)

    def fit(self) -> None:
        """Where there is little room, what the line under the table says too is left out, so that names stay whole."""
        for column in LESS:
            self.setColumnHidden(column, False)
        super().fit()
        for column in LESS:
            shown = [each for each in range(1, self.rows.columnCount()) if not self.isColumnHidden(each)]
            wide = sum(self.columnWidth(each) for each in shown)
            if self.viewport().width() - wide >= NAME_RINGS * look().sizes.ring:
                break
            self.setColumnHidden(column, True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def show_rows(self, rows: tuple[NumberRow, ...]) -> None:
        """Show these; what was chosen stays chosen where it is still there."""
        before = self.chosen()
        path = before.path if isinstance(before, NumberRow) else ""
        self.clearSpans()
        self.rows.set_rows(rows)
        for at, row in enumerate(rows):
            if row.heading:
                self.setSpan(at, 0, 1, self.rows.columnCount())
        places = [at for at, row in enumerate(rows) if not row.heading]
        same = [at for at in places if rows[at].path == path]
        if places:
            self.selectRow((same or places)[0])
        self.fit()
