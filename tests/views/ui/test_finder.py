"""The command palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui.finder import folded, matching
from tests.views.ui import gallery
from tests.views.ui.hands import opened, typed

KEY = Qt.Key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lukasz", "c1"),
        ("WISNIEWSKI", "c1"),
        ("phuong nguyen", "c2"),
        ("1986", "c2"),
        ("night", "k1"),
        ("worksheet", "w1"),
    ],
)
def test_the_palette_finds_without_accents_case_or_order(text: str, found: str) -> None:
    assert [entry.key for entry in matching(gallery.ENTRIES, text)][:1] == [found]


def test_the_palette_puts_what_begins_so_first_and_finds_at_most_fifty() -> None:
    letter = matching(gallery.ENTRIES, "l")
    assert letter[0].title.startswith(("Ł", "L"))
    assert len(matching(gallery.ENTRIES * 20, "")) == 50
    assert matching(gallery.ENTRIES, "zzz") == ()
    assert folded("Łódź Straße") == "lodz strasse"


def test_the_palette_is_worked_by_keyboard_and_gives_it_back(qtbot: QtBot) -> None:
    page = QWidget()
    page.resize(900, 600)
    first, line = QLineEdit(page), QLineEdit(page)
    opened(qtbot, page)
    line.setFocus()
    made = gallery.palette(page)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    assert made.line.hasFocus()
    made.grab()
    qtbot.keyClick(made.line, KEY.Key_Down)
    qtbot.keyClick(made.line, KEY.Key_Down)
    qtbot.keyClick(made.line, KEY.Key_Up)
    qtbot.keyClick(made.line, KEY.Key_Return)
    assert chosen == ["c2"]
    assert line.hasFocus()
    assert not first.hasFocus()
    assert not made.isVisible()
    made.open()
    typed(made.line, "zzz")
    qtbot.keyClick(made.line, KEY.Key_Return)
    assert chosen == ["c2"]
    assert made.isVisible()
    qtbot.keyClick(made.line, KEY.Key_Escape)
    assert line.hasFocus()


def test_the_palette_asks_for_more_while_one_types_and_takes_a_click(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    made = gallery.palette(page)
    with qtbot.waitSignal(made.asked) as asked:
        typed(made.line, "lock")
    assert asked.args == ["lock"]
    index = made.rows.index(0, 0)
    with qtbot.waitSignal(made.chosen) as chosen:
        qtbot.mouseClick(
            made.found.viewport(), Qt.MouseButton.LeftButton, pos=made.found.visualRect(index).center()
        )
    assert chosen.args == ["k2"]
