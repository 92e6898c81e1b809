"""A session kept on paper is typed in by keyboard alone, and what cannot be kept is marked and not lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.live.paperrow import COLUMNS
from desktop.services.live import LiveDesk
from desktop.views.paperentry.grid import STANDS
from desktop.views.paperentry.view import PaperEntryScreen
from desktop.views.ui.ops import Ops
from tests.kit import ANNA, BEN, TESS, House, plan
from tests.views.hands import controls, focused, main_buttons, opened, pressed, settle, tabbed, written

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def page(qtbot: QtBot, ops: Ops, home: House, lives: dict[str, LiveDesk] | None = None) -> PaperEntryScreen:
    made = PaperEntryScreen(home.desk(), ops, "session-1", {} if lives is None else lives)
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


@pytest.fixture
def planned(qtbot: QtBot, ops: Ops, home: House) -> PaperEntryScreen:
    """A session that was never begun on screen."""
    plan(home.desk())
    return page(qtbot, ops, home)


@pytest.fixture
def begun(qtbot: QtBot, ops: Ops, planned: PaperEntryScreen) -> PaperEntryScreen:
    """Begun from paper at seven, three hours ago."""
    written("07:00")
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    return planned


def type_cells(*cells: str) -> None:
    """Type into one cell after the other, from where the keyboard is, with Tab between them."""
    for at, cell in enumerate(cells):
        if at:
            pressed(Qt.Key.Key_Tab)
        if cell:
            pressed(Qt.Key.Key_F2)
            assert isinstance(focused(), QLineEdit)
            written(cell)


def shown(screen: PaperEntryScreen, row: int, column: str) -> str:
    at = STANDS if column == "standing" else COLUMNS.index(column)
    return str(screen.model.data(screen.model.index(row, at)))


def test_it_asks_when_the_session_began_before_any_row(qtbot: QtBot, ops: Ops, planned: PaperEntryScreen) -> None:
    assert planned.begin_card.isVisible()
    assert not planned.sheet.isVisible()
    assert planned.begin_card.form.field("day").value() == "2026-03-02"
    for wrong in ("", "25:00", "10:30"):
        planned.begin_card.form.field("time").show_value(wrong)
        planned.begin_card.button.click()
        settle(qtbot, ops)
        assert planned.begin_card.form.field("time").problem
        assert planned.begin_card.isVisible()
    planned.begin_card.form.field("time").show_value("07:00")
    planned.begin_card.button.click()
    settle(qtbot, ops)
    assert planned.sheet.isVisible()
    assert "Łukasz Wiśniewski, born 1984-05-01" in planned.where.text()


def test_rows_are_typed_with_tab_and_enter_and_saved(
    qtbot: QtBot, ops: Ops, home: House, begun: PaperEntryScreen
) -> None:
    type_cells("07:05", "128/84", "76", "98", "14", "5", "", "crying; distress 2", "ti")
    pressed(Qt.Key.Key_Return)
    assert begun.table.currentIndex().row() == 1
    assert begun.table.currentIndex().column() == 0
    type_cells("0710", "", "", "", "", "", "100 lot L1 by PO check TI")
    pressed(Qt.Key.Key_Return)
    assert shown(begun, 1, "author") == "ti"
    assert begun.left.text() == "2 rows are not saved yet"
    pressed(Qt.Key.Key_S, CTRL)
    settle(qtbot, ops)
    live = begun.presenter.lives["session-1"]
    person = live.state.people["a"]
    assert person.vitals[0].systolic == 128
    assert person.doses[0].at_ms == 10 * 60_000
    assert {entry.author for entry in live.state.entries[1:-1]} == {TESS.id}
    assert shown(begun, 0, "standing").startswith("in the session: ")
    assert begun.left.text() == ""
    assert not begun.save.isEnabled()
    index = begun.model.index(0, 1)
    assert not begun.model.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_what_cannot_be_kept_is_marked_in_its_cell_and_stays(qtbot: QtBot, ops: Ops, begun: PaperEntryScreen) -> None:
    type_cells("07:05", "84/128", "", "", "", "", "", "", "TI")
    pressed(Qt.Key.Key_Return)
    type_cells("07:06", "128/84", "", "", "", "", "", "", "TI")
    begun.save.click()
    settle(qtbot, ops)
    assert shown(begun, 0, "bp") == "84/128"
    assert "above the diastolic" in shown(begun, 0, "standing")
    assert begun.model.data(begun.model.index(0, 1), Qt.ItemDataRole.DecorationRole) is not None
    assert begun.hint.text() == shown(begun, 0, "standing")
    assert shown(begun, 1, "standing").startswith("in the session")
    assert (begun.table.currentIndex().row(), begun.table.currentIndex().column()) == (0, 1)
    pressed(Qt.Key.Key_Delete)
    type_cells("128/84")
    begun.save.click()
    settle(qtbot, ops)
    assert shown(begun, 0, "standing").startswith("in the session")
    assert begun.banner.isVisible()


def test_each_person_has_a_sheet_and_both_keep_what_is_typed(qtbot: QtBot, ops: Ops, begun: PaperEntryScreen) -> None:
    type_cells("07:05", "128/84", "", "", "", "", "", "", "TI")
    pressed(Qt.Key.Key_Return)
    pressed(Qt.Key.Key_2, ALT)
    assert BEN.name in begun.where.text()
    assert shown(begun, 0, "bp") == ""
    type_cells("07:06", "118/74", "", "", "", "", "", "", "TI")
    begun.save.click()
    settle(qtbot, ops)
    state = begun.presenter.lives["session-1"].state
    assert state.people["a"].vitals == ()
    assert state.people["b"].vitals[0].systolic == 118
    pressed(Qt.Key.Key_1, ALT)
    assert ANNA.name in begun.where.text()
    assert shown(begun, 0, "bp") == "128/84"


def test_what_is_half_typed_is_taken_out_and_put_back(
    qtbot: QtBot, ops: Ops, home: House, begun: PaperEntryScreen
) -> None:
    type_cells("07:05", "128/84")
    pressed(Qt.Key.Key_Return)
    kept = begun.half_typed()
    assert kept == (("a", (("0/time", "07:05"), ("0/bp", "128/84"))),)
    later = page(qtbot, ops, home)
    assert later.reopen(*kept[0])
    assert shown(later, 0, "bp") == "128/84"
    assert later.presenter.sheets.waiting == 1


def test_a_board_that_is_open_and_the_grid_write_through_one_session(
    qtbot: QtBot, ops: Ops, home: House
) -> None:
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    home.clock.forward(3600)
    screen = page(qtbot, ops, home, {"session-1": live})
    type_cells("10:20", "128/84", "", "", "", "", "", "", "TI")
    screen.save.click()
    settle(qtbot, ops)
    assert live.state.people["a"].vitals[0].at_ms == 20 * 60_000


def test_everything_is_reached_by_tab_and_there_is_one_main_button(begun: PaperEntryScreen) -> None:
    assert len(main_buttons(begun)) == 1
    begun.back.setFocus()
    begun.table.setTabKeyNavigation(False)  # inside the grid Tab goes from cell to cell
    reached = tabbed(begun)
    assert {id(each) for each in controls(begun)} <= reached | {id(begun.table)}
