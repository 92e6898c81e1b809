"""Knows how a table looks, and how a painted part's data is shown as one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.views.ui.basics import label
from desktop.views.ui.dialogs import beside
from desktop.views.ui.facts import Table
from desktop.views.ui.look import look
from desktop.views.ui.models import SORT, Column, RowsModel
from desktop.views.ui.timers import rest

_MEASURED = 50
"""How many rows, from the first that is seen, say how wide a column is."""


class RowsTable(QTableView):
    """A quiet table over a RowsModel: whole rows, sortable, the first column takes the room."""

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None, *, sortable: bool = True) -> None:
        super().__init__(parent)
        self.rows = model
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSortRole(SORT)
        self.proxy.setSourceModel(model)
        self.setModel(self.proxy)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look().sizes.row)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        # Not ResizeToContents: it measures every row many times over whenever the theme changes.
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setResizeContentsPrecision(_MEASURED)
        self._fitting = rest(0, self, self.fit)
        for told in (model.modelReset, model.rowsInserted, model.dataChanged):
            told.connect(self._fitting.start)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(sortable)
        if sortable:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def fit(self) -> None:
        """Make every column but the first as wide as what stands in it."""
        self._fitting.stop()
        for column in range(1, self.rows.columnCount()):
            self.resizeColumnToContents(column)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or density has other widths and heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(look().sizes.row)
            self._fitting.start()

    def chosen(self) -> object | None:
        """The row that is selected, None when there is none."""
        places = self.selectionModel().selectedRows()
        return self.rows.row(self.proxy.mapToSource(places[0]).row()) if places else None


def _cell(at: int, row: tuple[str, ...]) -> str:
    return row[at] if at < len(row) else ""


def table_view(table: Table, parent: QWidget | None = None) -> RowsTable:
    """A table of words."""
    columns = tuple(Column(title, partial(_cell, at)) for at, title in enumerate(table.headings))
    model = RowsModel(columns)
    view = RowsTable(model, table.title, parent, sortable=False)
    model.setParent(view)
    model.set_rows(table.rows)
    return view


def show_table(parent: QWidget, table: Table) -> QDialog:
    """Show a painted part's data as a table in a window beside; Escape closes and frees it."""
    sizes = look().sizes
    dialog = QDialog(parent.window())
    dialog.setWindowTitle(table.title)
    lines = QVBoxLayout(dialog)
    lines.setContentsMargins(sizes.pad, sizes.pad, sizes.pad, sizes.pad)
    lines.setSpacing(sizes.inner)
    lines.addWidget(label(table.title, "lead"))
    view = table_view(table, dialog)
    lines.addWidget(view)
    dialog.resize(sizes.ring * 6, sizes.ring * 6)
    beside(dialog)
    view.setFocus()
    if table.rows:
        view.selectRow(0)
    return dialog
