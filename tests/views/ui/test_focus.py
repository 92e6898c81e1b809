"""Where the keyboard is can be seen, in every theme, also in a field that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTextBrowser, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui.basics import Button
from desktop.views.ui.facts import Table
from desktop.views.ui.fields import Choice, Field, TextBox
from desktop.views.ui.log import EventLog
from desktop.views.ui.look import look
from desktop.views.ui.tables import table_view
from desktop.views.ui.theme import THEMES, contrast
from desktop.views.welcome.unlock import Names
from tests.views.ui.conftest import Dress

EDITS = (QLineEdit, Choice, TextBox)


def table() -> QWidget:
    return table_view(Table("Sessions", ("Day", "State"), (("2026-03-02", "planned"),)))


LISTS: dict[str, Callable[[], QWidget]] = {
    "a table": table, "the members at unlock": Names, "the log": EventLog, "a help page": QTextBrowser,
    "a plain list": QListView,
}  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, dress: Dress) -> QWidget:
    """A page with a button that has the keyboard."""
    dress("light")
    made = QWidget()
    made.setProperty("kind", "page")
    lines = QVBoxLayout(made)
    lines.addWidget(Button("Elsewhere"))
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def added(page: QWidget, widget: QWidget) -> QWidget:
    lines = page.layout()
    assert lines is not None
    lines.addWidget(widget)
    page.findChildren(Button)[0].setFocus()
    QApplication.processEvents()
    return widget


def edge(widget: QWidget) -> str:
    """The colour in the middle of the left edge."""
    return picture(widget).pixelColor(1, widget.height() // 2).name()


def inside(widget: QWidget) -> str:
    """The colour of the ground at the right end, where no words stand."""
    return picture(widget).pixelColor(QPoint(widget.width() - 5, widget.height() // 2)).name()


def picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_with_the_keyboard_has_a_ring_that_stands_out(
    dress: Dress, page: QWidget, kind: str, theme: str
) -> None:
    now = dress(theme).theme
    widget = added(page, LISTS[kind]())
    assert edge(widget) != now.ink.focus
    widget.setFocus()
    assert edge(widget) == now.ink.focus
    assert contrast(now.ink.focus, now.ground.card) >= 3
    assert contrast(now.ink.focus, now.ground.window) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("edit", EDITS)
def test_a_wrong_field_looks_different_with_the_keyboard_and_without(
    dress: Dress, page: QWidget, edit: type[QLineEdit] | type[Choice] | type[TextBox], theme: str
) -> None:
    now = dress(theme).theme
    field = Field("name", "Name", edit())
    added(page, field)
    field.show_problem("A name is needed.")
    away, size = edge(field.edit), field.edit.size()
    assert away == now.red.border
    field.edit.setFocus()
    assert edge(field.edit) == now.ink.focus
    assert field.edit.size() == size
    wrong = inside(field.edit)
    field.show_problem("")
    assert edge(field.edit) == now.ink.focus
    assert inside(field.edit) != wrong, "a wrong field with the keyboard looks like a right one"


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "rail", "danger"])
def test_a_button_that_tab_reached_has_one_ring_and_no_second_one_inside(page: QWidget, kind: str) -> None:
    button = added(page, Button("Press it", kind=kind))
    button.setFocus()
    once = picture(button)
    page.findChildren(Button)[0].setFocus()
    QTest.keyClick(page.findChildren(Button)[0], Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert picture(button) == once


def test_all_members_at_unlock_are_seen_without_scrolling(page: QWidget) -> None:
    names = Names()
    names.show_names((("m1", "Mara"), ("m2", "Paul"), ("m3", "Tess")), "m1")
    added(page, names)
    assert names.verticalScrollBar().maximum() == 0
    assert names.height() == look().sizes.row * 3 + 2 * look().sizes.stroke
