"""Knows how the grid of a paper flowsheet is handled: typed into, Enter to the next row, marks in words."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.words import tr
from desktop.live.paperrow import (
    AUTHOR,
    BP,
    COLUMNS,
    DOSE,
    HR,
    MOAAS,
    RR,
    SPO2,
    TEXT,
    TIME,
)
from desktop.views.paperentry.sheets import GridRow
from desktop.views.ui.icons import icon
from desktop.views.ui.look import colour, look
from desktop.views.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_TOP = QModelIndex()
_SHARES = {TIME: 1.1, BP: 1.5, HR: 0.8, SPO2: 0.9, RR: 0.8, MOAAS: 1.2, DOSE: 3.1, TEXT: 3.6, AUTHOR: 0.8}
_WHOLE = 16.8
STANDS = len(COLUMNS)
"""The last column, which says what became of a row."""


def titles() -> dict[str, str]:
    """The columns' titles, as on the printed sheet."""
    return {
        TIME: tr("Time"), BP: tr("BP"), HR: tr("HR"), SPO2: "SpO\u2082", RR: tr("RR"), MOAAS: "MOAA/S",
        DOSE: tr("Dose"), TEXT: tr("Seen, said, done"), AUTHOR: tr("By"),
    }  # fmt: skip


def hints() -> dict[str, str]:
    """How each column is written."""
    reading = tr("A number. R: refused, F: failed.")
    return {
        TIME: tr("14:35 or 1435. +40: forty minutes after the first dose."),
        BP: tr("128/84. R: refused, F: failed."), HR: reading, SPO2: reading, RR: reading,
        MOAAS: tr("0 to 5."),
        DOSE: tr("100 lot L1 by PO check TI \u00b7 100 own check client \u00b7 taken \u00b7 above the order twice: "
                 "220 220"),
        TEXT: tr("As on the quick line, parts with a semicolon: crying; distress 6; away; - 50 spat. Also: check "
                 "escort yes; given ondansetron 4 mg oral; touch hands; safe; ends met Maria. \u201cOwn words\u201d in "
                 "quotes. Anything else is a note about this person."),
        AUTHOR: tr("The initials of who wrote it on paper."),
    }  # fmt: skip


class GridModel(QAbstractTableModel):
    """Rows that can be typed into. typed(row, column name, text) is all it says; it keeps nothing itself."""

    typed = Signal(int, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GridRow, ...] = ()
        self._titles = titles()

    def set_rows(self, rows: tuple[GridRow, ...]) -> None:
        """Show these; the keyboard stays where it is when rows are only added."""
        more = len(rows) - len(self._rows)
        if more < 0:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        if more:
            self.beginInsertRows(_TOP, len(self._rows), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        self._rows = rows
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, STANDS))

    def row(self, at: int) -> GridRow:
        """A row."""
        return self._rows[at]

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """The sheet's columns, and what became of the row."""
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell shows and says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        one = self._rows[index.row()]
        if index.column() == STANDS:
            return self._standing(one, role)
        name = COLUMNS[index.column()]
        problem = one.problem(name)
        if role in (_Role.DisplayRole, _Role.EditRole):
            return getattr(one.row, name)
        if role == _Role.ToolTipRole:
            return problem or None
        if role == _Role.AccessibleTextRole:
            return ", ".join(part for part in (self._titles[name], getattr(one.row, name), problem) if part)
        if role == _Role.DecorationRole and problem:
            return icon("triangle-alert", Tone.AMBER)
        if role == _Role.ForegroundRole:
            if problem:
                return colour(look().theme.shade(Tone.AMBER).text)
            return colour(look().theme.ink.muted) if one.entries else None
        return None

    def _standing(self, one: GridRow, role: int) -> Any:
        words = tr("in the session: {n}", n=one.entries) if one.entries else one.said
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return words
        if role == _Role.DecorationRole and words:
            return icon("check" if one.entries else "triangle-alert", Tone.GREEN if one.entries else Tone.AMBER)
        if role == _Role.ForegroundRole and words:
            return colour(look().theme.shade(Tone.GREEN if one.entries else Tone.AMBER).text)
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Somebody typed into a cell."""
        if role != _Role.EditRole or index.column() == STANDS:
            return False
        text = str(value)
        if text != getattr(self._rows[index.row()].row, COLUMNS[index.column()]):
            self.typed.emit(index.row(), COLUMNS[index.column()], text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row that was kept is read only."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.isValid() and index.column() != STANDS and not self._rows[index.row()].entries:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Titles as on paper; rows are numbered."""
        if role != _Role.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return tr("Standing") if section == STANDS else self._titles[COLUMNS[section]]


class Cells(QStyledItemDelegate):
    """How a cell is typed into: every letter is taken at once, so that nothing waits in an editor when it is locked."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line of text over the cell."""
        made = QLineEdit(parent)
        made.setFrame(False)
        made.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        made.textEdited.connect(partial(self._typed, QPersistentModelIndex(index)))
        return made

    def _typed(self, at: QPersistentModelIndex, text: str) -> None:
        model = at.model()
        if isinstance(model, GridModel):
            model.setData(at, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the cell and goes on to the next row, at once."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
                return True
        return super().eventFilter(watched, event)


class GridTable(QTableView):
    """The grid. Typing begins at once, Tab goes to the next cell, Enter to the beginning of the next row."""

    moved = Signal(int, int)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setAccessibleName(tr("Paper flowsheet, row by row"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setWordWrap(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(True)
        self.fit()

    def fit(self) -> None:
        """Each column has its share of the room; what is left says what became of the rows."""
        room = max(self.viewport().width(), look().sizes.ring * 12)
        for at, name in enumerate(COLUMNS):
            self.setColumnWidth(at, int(room * _SHARES[name] / _WHOLE))
        self.verticalHeader().setDefaultSectionSize(look().sizes.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room is shared out."""
        super().resizeEvent(event)
        self.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say where the keyboard is."""
        super().currentChanged(current, previous)
        self.moved.emit(current.row(), current.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next row; Delete empties a cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.next_row()
            return
        at = self.currentIndex()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and at.flags() & Qt.ItemFlag.ItemIsEditable:
            self.grid.setData(at, "")
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in a cell takes it and goes on to the next row."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.next_row()

    def next_row(self) -> None:
        """The first cell of the next row."""
        at = min(self.currentIndex().row() + 1, self.grid.rowCount() - 1)
        self.go_to(at, 0)

    def go_to(self, row: int, column: int) -> None:
        """Put the keyboard in a cell."""
        self.setCurrentIndex(self.grid.index(row, column))
        self.setFocus()
