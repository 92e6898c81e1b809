"""Knows how rows become a table or list: an immutable tuple behind Qt's model, that never asks and never saves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.views.ui.icons import icon
from desktop.views.ui.look import colour, look
from desktop.views.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
ROW = _Role.UserRole + 1
"""The role that gives the row itself."""
SORT = _Role.UserRole + 2
"""The role that a proxy sorts by."""

_TOP = QModelIndex()


class Column(NamedTuple):
    """One column. text: what a row shows; sort: what it is ordered by, the text when None.

    sign: an icon's name, '' for none. tone: colours the text. spoken: for a screen reader, the text when None.
    """

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    sign: Callable[[Any], str] | None = None
    tone: Callable[[Any], Tone] | None = None
    spoken: Callable[[Any], str] | None = None
    right: bool = False


class RowsModel(QAbstractTableModel):
    """Rows of one kind under columns; set_rows() is the only way in."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: tuple[Any, ...] = ()

    def set_rows(self, rows: tuple[Any, ...]) -> None:
        """Show these rows instead. New rows at either end keep the selection; anything else resets it."""
        old = self._rows
        if rows == old:
            return
        more = len(rows) - len(old)
        if old and more > 0 and rows[:-more] == old:
            self.beginInsertRows(_TOP, len(old), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif old and more > 0 and rows[more:] == old:
            self.beginInsertRows(_TOP, 0, more - 1)
            self._rows = rows
            self.endInsertRows()
        elif old and more == 0:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._columns) - 1))
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rows(self) -> tuple[Any, ...]:
        """What is shown."""
        return self._rows

    def row(self, at: int) -> Any:
        """The row at a place; IndexError beyond the end."""
        return self._rows[at]

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell shows, says, and is ordered by."""
        if not index.isValid() or index.row() >= len(self._rows) or index.column() >= len(self._columns):
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return column.text(row)
        if role == _Role.AccessibleTextRole:
            return column.spoken(row) if column.spoken else column.text(row)
        if role == SORT:
            return column.sort(row) if column.sort else column.text(row).casefold()
        if role == ROW:
            return row
        return _painted(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The columns' titles; rows have none."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == _Role.DisplayRole:
            return self._columns[section].title
        if role == _Role.TextAlignmentRole:
            return _alignment(self._columns[section])
        return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _painted(row: Any, column: Column, role: int) -> Any:
    tone = column.tone(row) if column.tone else Tone.PLAIN
    if role == _Role.TextAlignmentRole:
        return _alignment(column)
    if role == _Role.DecorationRole and column.sign is not None:
        name = column.sign(row)
        return icon(name, tone) if name else None
    if role == _Role.ForegroundRole and tone is not Tone.PLAIN:
        return colour(look().theme.shade(tone).text)
    return None
