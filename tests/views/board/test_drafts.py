"""Text on a page is not lost by a key that leaves the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.views.board.conftest import Put

Key = Qt.Key


@pytest.mark.parametrize("away", [Key.Key_Escape, Key.Key_F2, Key.Key_F12, Key.Key_F9])
def test_a_note_that_was_begun_is_there_again(put: Put, away: Qt.Key) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F7)
    stage.type("she said that it was")
    stage.key(away)
    stage.key(Key.Key_Escape)
    stage.key(Key.Key_Escape)
    stage.key(Key.Key_Escape)
    stage.type("a")
    stage.key(Key.Key_F7)
    stage.type(" warm")
    stage.ctrl(Key.Key_Return)
    assert stage.state.people["a"].notes[-1].text == "she said that it was warm"
    stage.type("a")
    stage.key(Key.Key_F7)
    assert stage.screen.right.panel.values()["text"] == ""


def test_what_was_begun_for_one_is_never_offered_for_the_other(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.ctrl(Key.Key_W)
    stage.type("never told")
    stage.key(Key.Key_Escape)
    stage.type("b")
    stage.ctrl(Key.Key_W)
    assert stage.screen.right.panel.values()["text"] == ""
    stage.key(Key.Key_Escape)
    stage.type("a")
    stage.ctrl(Key.Key_W)
    assert stage.screen.right.panel.values()["text"] == "never told"


def test_half_a_reading_is_not_offered_again(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F2)
    stage.type("128")
    stage.key(Key.Key_Escape)
    stage.type("a")
    stage.key(Key.Key_F2)
    assert stage.screen.right.panel.values()["systolic"] == ""


def test_tab_after_the_last_field_is_on_save_before_back(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F2)
    stage.type("12884769814")
    stage.key(Key.Key_Tab)
    assert stage.focused is stage.screen.right.panel.save
    stage.enter()
    assert stage.state.people["a"].vitals[-1].bp == "128/84"
