"""What can be done on the board with the keyboard alone, and in how many keys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.live.events import Ending, Missed, Step
from tests.views.board.conftest import Put, Stage

Key = Qt.Key


def test_a_full_vitals_set_takes_at_most_sixteen_keys(put: Put) -> None:
    stage = put("onset")
    stage.key(Key.Key_F2)
    stage.type("a1288476")
    stage.type("98")
    stage.type("14")
    stage.enter()
    line = stage.state.people["a"].last_vitals
    assert line is not None
    assert (line.bp, line.hr, line.spo2, line.rr) == ("128/84", 76, 98, 14)
    assert stage.keys <= 16
    assert stage.focused is stage.screen.quick.edit


def test_a_full_vitals_set_is_one_line(put: Put) -> None:
    stage = put("onset")
    stage.type("a128/84 76 98 14")
    assert "Łukasz Wiśniewski" in stage.preview
    assert "128/84" in stage.preview
    stage.enter()
    assert stage.state.people["a"].vitals[-1].bp == "128/84"
    assert stage.line == ""


@pytest.mark.parametrize(("key", "who", "other"), [(Key.Key_F3, "a", "b"), (Key.Key_F4, "b", "a")])
def test_taken_now_is_one_key_for_each_side(put: Put, key: Qt.Key, who: str, other: str) -> None:
    stage = put("before")
    stage.key(key)
    assert stage.state.people[who].first_dose_ms == 9 * 60_000
    assert not stage.state.people[other].doses
    assert stage.keys == 1


def test_a_chip_is_found_by_the_beginning_of_its_name(put: Put) -> None:
    stage = put("onset")
    stage.type("b retch")
    assert "Nguyễn Thị Phượng" in stage.preview
    stage.enter()
    assert stage.state.people["b"].observations[-1].chip == "retching"


def test_text_that_begins_like_a_letter_is_nobodys_until_one_key_says_whose(put: Put) -> None:
    stage = put("onset")
    before = len(stage.state.entries)
    stage.type("a long silence")
    stage.enter()
    assert len(stage.state.entries) == before
    assert stage.screen.quick.strip.isVisible()
    stage.key(Key.Key_R)
    assert stage.state.room.notes[-1].text == "a long silence"
    assert stage.line == ""
    assert not stage.screen.quick.strip.isVisible()


def test_a_key_that_is_no_answer_changes_nothing_while_a_question_is_asked(put: Put) -> None:
    stage = put("onset")
    stage.type("hello")
    stage.enter()
    stage.type("xq")
    assert stage.line == "hello"
    assert stage.screen.quick.strip.isVisible()
    stage.key(Key.Key_Escape)
    assert not stage.screen.quick.strip.isVisible()
    assert stage.line == "hello"


def test_a_note_goes_to_the_person_whose_key_is_pressed(put: Put) -> None:
    stage = put("onset")
    stage.type("hums a tune")
    stage.enter()
    stage.key(Key.Key_B)
    assert stage.state.people["b"].notes[-1].text == "hums a tune"
    assert not any(note.text == "hums a tune" for note in stage.state.people["a"].notes)


def test_ctrl_z_takes_the_last_entry_back_and_it_stays_visible(put: Put) -> None:
    stage = put("onset")
    stage.type("a crying")
    stage.enter()
    stage.ctrl(Key.Key_Z)
    assert not any(line.chip == "crying" for line in stage.state.people["a"].observations)
    assert any("crying" in row and "struck" in row for row in stage.log())


def test_ctrl_z_in_a_line_with_text_edits_the_text(put: Put) -> None:
    stage = put("onset")
    before = len(stage.state.entries)
    stage.type("b tens")
    stage.ctrl(Key.Key_Z)
    assert len(stage.state.entries) == before


def test_the_wrong_partner_is_mended_in_one_more_key_and_both_traces_stay(put: Put) -> None:
    stage = put("onset")
    stage.type("a crying")
    stage.enter()
    stage.keys = 0
    stage.ctrl(Key.Key_M)
    assert stage.keys == 1
    assert stage.state.people["b"].observations[-1].chip == "crying"
    assert not any(line.chip == "crying" for line in stage.state.people["a"].observations)
    rows = [row for row in stage.log() if "crying" in row]
    assert len(rows) == 2


def test_words_are_stamped_by_one_key_and_their_text_follows(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F5)
    stamped = stage.state.people["a"].words[-1]
    assert stamped.text == ""
    assert stage.line == ""
    stage.live.now_s += 40
    stage.type("It is warm here")
    stage.enter()
    written = stage.state.people["a"].words[-1]
    assert (written.text, written.at_ms) == ("It is warm here", stamped.at_ms)
    assert stage.focused is stage.screen.quick.edit


def test_escape_leaves_the_stamp_and_the_log_offers_to_write_it_later(put: Put) -> None:
    stage = put("onset")
    stage.type("b")
    stage.key(Key.Key_F5)
    stage.key(Key.Key_Escape)
    assert stage.state.people["b"].words[-1].text == ""
    stage.ctrl(Key.Key_J)
    stage.key(Key.Key_W)
    stage.type("I see you")
    stage.enter()
    assert stage.state.people["b"].words[-1].text == "I see you"


def test_an_entry_is_struck_from_the_log_with_a_reason(put: Put) -> None:
    stage = put("onset")
    seq = len(stage.state.entries)
    stage.ctrl(Key.Key_J)
    stage.key(Key.Key_Delete)
    stage.key(Key.Key_2)
    stage.ctrl(Key.Key_Return)
    assert stage.state.marks[seq].how == "struck"
    assert stage.state.marks[seq].reason == "wrong figure"
    assert stage.focused is stage.screen.quick.edit


def test_a_round_is_a_dot_and_a_key(put: Put) -> None:
    stage = put("onset")
    rounds = len(stage.state.room.rounds)
    stage.type(".")
    stage.enter()
    stage.ctrl(Key.Key_R)
    assert len(stage.state.room.rounds) == rounds + 2


def test_away_and_back(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F10)
    stage.type("IS")
    stage.enter()
    away = stage.state.people["a"].away
    assert away is not None
    assert away.with_whom == "IS"
    side = stage.screen.sides["a"].facts
    assert side is not None
    assert "away" in side.due.word
    stage.type("a")
    stage.key(Key.Key_F10)
    assert stage.state.people["a"].away is None


def test_the_dialogue_goes_on_by_one_key_a_step(put: Put) -> None:
    stage = put("peak")
    stage.key(Key.Key_F9)
    stage.key(Key.Key_B)
    assert stage.state.room.dialogue.sender == "b"
    assert stage.screen.coach.isVisible()
    assert not stage.screen.sides["a"].strips.roomy()
    for expected in (Step.MIRROR, Step.CHECK, Step.MORE):
        stage.key(Key.Key_F9)
        assert stage.state.room.dialogue.step is expected
    stage.screen.coach.buttons()["switch"].click()
    stage.settle()
    assert stage.state.room.dialogue.sender == "a"
    stage.key(Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert stage.state.room.dialogue.step is None
    assert not stage.screen.coach.isVisible()
    assert stage.screen.sides["a"].strips.roomy()


def test_a_missed_reading_is_a_question_mark(put: Put) -> None:
    stage = put("onset")
    stage.type("a bp?")
    stage.enter()
    assert stage.state.people["a"].missed[-1].outcome is Missed.REFUSED
    assert any("refused" in row for row in stage.log())


def test_lost_asks_how_much_and_how(put: Put) -> None:
    stage = put("onset")
    stage.type("a -")
    stage.enter()
    panel = stage.screen.right.panel
    panel.field("mg").take_keyboard()
    stage.type("25")
    panel.field("why").take_keyboard()
    stage.key(Key.Key_1)
    stage.ctrl(Key.Key_Return)
    assert stage.state.people["a"].losses[-1].mg == Decimal(25)
    assert stage.line == ""


def test_text_in_other_scripts_comes_in_by_an_input_method(put: Put) -> None:
    stage = put("onset")
    event = QInputMethodEvent()
    event.setCommitString("李小龙 שרה محمد")
    QApplication.sendEvent(stage.focused, event)
    stage.enter()
    stage.key(Key.Key_A)
    assert stage.state.people["a"].notes[-1].text == "李小龙 שרה محمد"


def test_a_late_entry_by_somebody_else_keeps_both(put: Put) -> None:
    stage = put("onset")
    stage.type("@is -10 a 150/95")
    stage.enter()
    entry = stage.state.entries[-1]
    assert (entry.author, entry.attested_by) == ("m3", "m1")
    assert entry.entered_ms - entry.at_ms == 600_000
    assert any("written 0:43" in row for row in stage.log())


def test_initials_that_nobody_has_are_refused_before_anything_is_kept(put: Put) -> None:
    stage = put("onset")
    before = len(stage.state.entries)
    stage.type("@zz a 150/95")
    stage.enter()
    assert len(stage.state.entries) == before
    assert "@zz" in stage.preview
    assert stage.line == "@zz a 150/95"


def test_somebody_who_leaves_early_is_discharged_with_what_was_told(put: Put) -> None:
    stage = put("peak")
    stage.type("a")
    stage.ctrl(Key.Key_E)
    stage.key(Key.Key_3)
    panel = stage.screen.right.panel
    assert panel.facts is not None
    for _ in range(5):
        stage.type("y")
    stage.ctrl(Key.Key_Return)
    ending = stage.state.people["a"].ending
    assert ending is not None
    assert ending.ending is Ending.LEFT
    assert ending.missing == ()


def stage_closed(stage: Stage) -> None:
    stage.key(Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def test_the_close_says_who_is_not_discharged_yet(put: Put) -> None:
    stage = put("discharged")
    stage_closed(stage)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert "B" in facts.note
    assert facts.save == ""
    stage.key(Key.Key_Escape)
    assert not stage.screen.right.panel_open


@pytest.mark.parametrize("start", ["log", "chips", "actions", "top"])
def test_what_is_typed_anywhere_on_the_board_goes_to_the_quick_line(put: Put, start: str) -> None:
    stage = put("onset")
    screen = stage.screen
    places = {
        "log": screen.right.log, "chips": screen.sides["b"].chips.grid.buttons()[0], "actions": screen.bar.buttons()[0],
        "top": screen.top,
    }
    if start == "top":
        stage.focused.clearFocus()
        QTest.keyClick(screen, Key.Key_B)
    else:
        places[start].setFocus()
        stage.type("b")
    stage.type(" 150/96")
    stage.enter()
    assert stage.state.people["b"].vitals[-1].bp == "150/96"


@pytest.mark.parametrize("start", ["log", "chips", "actions"])
def test_escape_always_returns_to_the_quick_line(put: Put, start: str) -> None:
    stage = put("onset")
    screen = stage.screen
    places = {
        "log": screen.right.log, "chips": screen.sides["b"].chips.grid.buttons()[0], "actions": screen.bar.buttons()[0],
    }
    places[start].setFocus()
    stage.key(Key.Key_Escape)
    assert stage.focused is screen.quick.edit


def test_letters_typed_on_a_closed_list_of_people_change_no_answer_and_stand_in_the_quick_line(put: Put) -> None:
    stage = put("peak")
    stage.screen.acted.emit("dose:a")
    panel = stage.screen.right.panel
    before = panel.field("checked_by").value()
    panel.field("checked_by").take_keyboard()
    stage.type("is calm")
    assert panel.field("checked_by").value() == before
    assert stage.line == "is calm"
    stage.key(Key.Key_Escape)
    assert not stage.screen.right.panel_open
    assert stage.line == "is calm"


def test_the_quick_line_takes_the_keyboard_when_the_part_that_had_it_is_gone(put: Put) -> None:
    stage = put("onset")
    chip = stage.screen.sides["b"].chips.grid.buttons()[0]
    chip.setFocus()
    chip.clearFocus()
    assert QApplication.focusWidget() is None
    stage.screen.presenter.tick()
    assert stage.focused is stage.screen.quick.edit
