"""Tables: immutable rows behind Qt's model."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.views.ui.facts import Table
from desktop.views.ui.look import look
from desktop.views.ui.models import ROW, SORT, Column, RowsModel
from desktop.views.ui.tables import table_view
from desktop.views.ui.theme import Tone
from tests.views.ui import gallery
from tests.views.ui.hands import opened

KEY = Qt.Key


def model() -> RowsModel:
    made = RowsModel(
        (
            Column("Name", lambda row: row.name, spoken=lambda row: f"couple {row.name}"),
            Column("Due", lambda row: row.due, sort=lambda row: len(row.due), right=True,
                   sign=lambda row: "clock" if row.due else "", tone=lambda row: Tone.AMBER),
        )
    )  # fmt: skip
    made.set_rows(gallery.COUPLES)
    return made


def test_a_table_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model())
    qtmodeltester.check(RowsModel(()))


def test_a_cell_says_shows_and_sorts_what_its_column_says() -> None:
    made = model()
    name, due = made.index(0, 0), made.index(0, 1)
    roles = Qt.ItemDataRole
    assert name.data(roles.AccessibleTextRole) == f"couple {gallery.COUPLES[0].name}"
    assert due.data(roles.AccessibleTextRole) == "24 h call"
    assert due.data(SORT) == len("24 h call")
    assert name.data(SORT) == gallery.COUPLES[0].name.casefold()
    assert due.data(ROW) is gallery.COUPLES[0]
    assert due.data(roles.ForegroundRole).name() == look().theme.amber.text
    assert name.data(roles.ForegroundRole) is None
    assert not due.data(roles.DecorationRole).isNull()
    assert made.index(1, 1).data(roles.DecorationRole) is None
    assert due.data(roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert made.headerData(1, Qt.Orientation.Horizontal, roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert made.headerData(1, Qt.Orientation.Vertical) is None
    assert made.headerData(1, Qt.Orientation.Horizontal, roles.ToolTipRole) is None
    assert made.data(made.index(9, 9)) is None


def test_rows_that_come_behind_keep_the_selection_and_others_reset_it(qtbot: QtBot) -> None:
    made = RowsModel((Column("Name", lambda row: row.name),))
    choice = QItemSelectionModel(made)

    def chosen() -> list[int]:
        return [index.row() for index in choice.selectedIndexes()]

    made.set_rows(gallery.COUPLES[1:3])
    choice.select(made.index(0, 0), QItemSelectionModel.SelectionFlag.Select)
    made.set_rows(gallery.COUPLES[1:])
    assert chosen() == [0]
    made.set_rows(gallery.COUPLES)
    assert chosen() == [1]
    made.set_rows(tuple(replace(row, due="") for row in gallery.COUPLES))
    assert chosen() == [1]
    with qtbot.assertNotEmitted(made.dataChanged):
        made.set_rows(made.rows())
    made.set_rows(())
    assert chosen() == []


def test_the_chosen_row_is_found_in_a_sorted_table(qtbot: QtBot) -> None:
    table = gallery.couples()
    qtbot.addWidget(table)
    table.show()
    assert table.chosen() is None
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.selectRow(0)
    assert table.chosen() == max(gallery.COUPLES, key=lambda row: row.name.casefold())


def test_tab_leaves_a_table(qtbot: QtBot) -> None:
    page = QWidget()
    table, line = gallery.couples(), QLineEdit(page)
    table.setParent(page)
    QWidget.setTabOrder(table, line)
    opened(qtbot, page)
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_Tab)
    assert line.hasFocus()


def test_a_table_of_words_may_have_short_rows(qtbot: QtBot) -> None:
    view = table_view(Table("Phases", ("Phase", "Minutes"), (("Core",),)))
    qtbot.addWidget(view)
    assert view.model().index(0, 1).data() == ""
