"""The log and the observation chips."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.ui.chips import ChipGrid
from desktop.views.ui.facts import (
    Chip,
    LogRow,
)
from desktop.views.ui.log import EventLog, wrapped_high
from desktop.views.ui.theme import Density, Tone
from tests.views.ui import gallery
from tests.views.ui.conftest import Dress
from tests.views.ui.hands import gone, opened

KEY = Qt.Key


def log(qtbot: QtBot, *rows: LogRow) -> EventLog:
    made = EventLog()
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    made.show_rows(rows)
    return made


def test_a_line_of_the_log_is_one_sentence(qtbot: QtBot) -> None:
    made = log(qtbot, *gallery.LOG)
    said = [made.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said[0] == "1:46, B, BP 164/98, HR 118, SpO₂ 91, MK"
    assert said[2] == "1:41, B, Sat up, asked for water, written 1:44"
    struck = made.model().index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert struck == "1:22, A, Crying, MK, struck: moved to B"
    room = made.model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert room == "1:38, Room, Playlist 2 started"


def test_another_theme_measures_no_line_of_the_log_again(qtbot: QtBot, dress: Dress) -> None:
    dress("light")
    rows = tuple(LogRow(str(n), "0:10", Tone.A, "A", "eye", f"Entry {n}, and what was said") for n in range(200))
    made = log(qtbot, *rows)
    QApplication.processEvents()
    measured = wrapped_high.cache_info().misses
    assert measured >= 200
    for theme in ("dark", "night"):
        dress(theme)
        made.grab()
    assert wrapped_high.cache_info().misses == measured


def test_long_words_make_a_line_of_the_log_higher_and_are_not_cut(qtbot: QtBot) -> None:
    short = LogRow("1", "0:10", Tone.A, "A", "eye", "Crying")
    long = replace(short, key="2", text="I never told you how afraid I was that you would go " * 3)
    made = log(qtbot, long, short)
    heights = [made.sizeHintForIndex(made.model().index(row, 0)).height() for row in range(2)]
    assert heights[0] > 2 * heights[1]


def test_the_line_of_the_log_that_the_keyboard_is_on_is_known(qtbot: QtBot) -> None:
    made = log(qtbot, *gallery.LOG)
    assert made.chosen() is None
    made.setFocus()
    made.setCurrentIndex(made.model().index(1, 0))
    made.grab()
    qtbot.keyClick(made, KEY.Key_Down)
    row = made.chosen()
    assert row is not None
    assert row.key == "12"


def test_a_new_line_on_top_keeps_the_chosen_one(qtbot: QtBot) -> None:
    made = log(qtbot, *gallery.LOG[1:])
    made.setCurrentIndex(made.model().index(0, 0))
    made.show_rows(gallery.LOG)
    row = made.chosen()
    assert row is not None
    assert row.key == gallery.LOG[1].key


def chips(qtbot: QtBot, wide: int = 450) -> ChipGrid:
    made = ChipGrid()
    made.show_chips("A", Tone.A, gallery.CHIPS)
    made.resize(wide, made.heightForWidth(wide))
    opened(qtbot, made)
    return made


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("wide", [140, 300, 450, 900])
def test_chips_are_large_enough_for_a_thumb_and_never_overlap(
    density: Density, wide: int, dress: Dress, qtbot: QtBot
) -> None:
    dress("light", density)
    made = chips(qtbot, wide)
    places = [button.geometry() for button in made.buttons()]
    assert all(place.height() >= 44 and place.width() >= 44 for place in places)
    assert all(made.rect().contains(place) for place in places)
    assert not any(one.intersects(two) for at, one in enumerate(places) for two in places[at + 1 :])


def test_a_chip_says_its_letters_how_often_and_when_last(qtbot: QtBot) -> None:
    made = chips(qtbot)
    said = {button.chip.key: button.accessibleName() for button in made.buttons()}
    assert said["crying"] == "Crying, key cr, 3 times, last 1:22"
    assert said["warm"] == "Warmth, key wa, 1 time, last 0:47"
    assert said["talking"] == "Talking, key ta"


def test_a_chip_is_pressed_by_touch_enter_and_space(qtbot: QtBot) -> None:
    made = chips(qtbot)
    pressed: list[str] = []
    made.pressed.connect(pressed.append)
    button = made.buttons()[2]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    qtbot.keyClick(button, KEY.Key_Return)
    qtbot.keyClick(button, KEY.Key_Space)
    assert pressed == ["crying"] * 3


def test_arrows_move_among_the_chips(qtbot: QtBot) -> None:
    made = chips(qtbot)
    buttons = made.buttons()
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], KEY.Key_Right)
    assert buttons[1].hasFocus()
    qtbot.keyClick(buttons[1], KEY.Key_Down)
    assert buttons[5].hasFocus()
    qtbot.keyClick(buttons[5], KEY.Key_Up)
    qtbot.keyClick(buttons[1], KEY.Key_Left)
    qtbot.keyClick(buttons[0], KEY.Key_Left)
    qtbot.keyClick(buttons[0], KEY.Key_F5)
    assert buttons[0].hasFocus()


def test_a_counted_chip_keeps_its_button_and_other_chips_replace_it(qtbot: QtBot) -> None:
    made = chips(qtbot)
    first = made.buttons()[0]
    counted = (replace(gallery.CHIPS[0], count=5), *gallery.CHIPS[1:])
    made.show_chips("A", Tone.A, counted)
    assert made.buttons()[0] is first
    assert "5 times" in first.accessibleName()
    made.show_chips("A", Tone.A, (Chip("water", "Water", "wa"),))
    gone(qtbot, first)
    assert [button.chip.key for button in made.buttons()] == ["water"]


