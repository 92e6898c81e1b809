"""A whole session with the keyboard alone, from the room's checks to the close, and the places where keys stumbled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.live.events import Ending
from tests.views.board.conftest import Put, Stage

Key = Qt.Key
SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def at(stage: Stage, minute: float) -> None:
    stage.live.now_s = max(stage.live.now_s, minute * 60)
    stage.screen.presenter.tick()


def line(stage: Stage, text: str) -> None:
    stage.type(text)
    stage.enter()


def answer(stage: Stage, key: Qt.Key) -> None:
    """Go from the quick line to the question in the banner, and press the answer at that place."""
    for _ in range(1 if key == Key.Key_N else 2):
        stage.key(Key.Key_Tab)
    stage.enter()


def steps(stage: Stage, keys: str) -> None:
    """Type through a long page; a bar stands for Enter."""
    for part in keys.split("|")[:-1]:
        stage.type(part)
        stage.enter()
    stage.type(keys.split("|")[-1])


def arrive(stage: Stage) -> None:
    """The room, each person's checks, and their vitals."""
    stage.key(Key.Key_T, SHIFT_CTRL)
    steps(stage, "yyyyyyyyyyyyyyy|y|yyyyyyy|")
    assert not stage.screen.right.panel_open
    for who, weight in (("a", "82"), ("b", "61")):
        stage.type(who)
        stage.ctrl(Key.Key_T)
        steps(stage, "y|y5||3||n|7|yMarta|0170 1|")
        stage.enter()
        assert not stage.screen.right.panel_open
        stage.type(who)
        stage.key(Key.Key_Q, SHIFT_CTRL)
        steps(stage, f"yn|6|y1|1n|y||{weight}|yyyy")
        stage.enter()
        assert not stage.screen.right.panel_open
    at(stage, 4)
    line(stage, "a 128/82 76 98 14")
    line(stage, "b 134/86 84 98 16")


def unchecked(stage: Stage) -> None:
    """Nobody is there for the second check: the reason is kept beside the dose."""
    stage.key(Key.Key_Tab)
    stage.type("alone in the house")
    stage.ctrl(Key.Key_Return)


def take(stage: Stage) -> None:
    """Both doses with their amounts."""
    at(stage, 6)
    stage.key(Key.Key_F3)
    stage.key(Key.Key_F3)
    stage.type("100")
    stage.ctrl(Key.Key_Return)
    unchecked(stage)
    at(stage, 12)
    line(stage, "b +")
    stage.key(Key.Key_F4)
    stage.type("150")
    stage.enter()
    unchecked(stage)


def go_on(stage: Stage) -> None:
    """What is seen and read, a red value, words, a dialogue."""
    at(stage, 17)
    for text in ("a spit", "a se", "b tense 2", "."):
        line(stage, text)
    at(stage, 32)
    line(stage, "b 182/112 110 97")
    at(stage, 38)
    line(stage, "b 185/113")
    answer(stage, Key.Key_N)
    assert "no symptoms" in stage.state.people["b"].notes[-1].text
    line(stage, "a - 20 vomited")
    line(stage, 'b "')
    stage.type("I was afraid")
    stage.enter()
    assert stage.state.people["b"].words[-1].text == "I was afraid"
    at(stage, 100)
    stage.key(Key.Key_F9)
    stage.type("b")
    stage.key(Key.Key_F9)
    stage.key(Key.Key_D, SHIFT_CTRL)


def leave(stage: Stage) -> None:
    """Both discharged, each in their own way, and the close."""
    at(stage, 140)
    for text in ("a 126/80 78 98 14", "b 128/80 78 98 14", "a moaas 5", "b moaas 5"):
        line(stage, text)
    at(stage, 150)
    stage.type("a")
    stage.ctrl(Key.Key_E)
    stage.type("11")
    steps(stage, "yyy2|yyyyyyyyyy|22222")
    stage.ctrl(Key.Key_Return)
    stage.key(Key.Key_E, SHIFT_CTRL)
    stage.type("13")
    stage.type("yyyyy")
    stage.ctrl(Key.Key_Return)
    stage.key(Key.Key_E, SHIFT_CTRL)
    stage.type("A calm session.")
    stage.ctrl(Key.Key_Return)


def test_a_whole_session_is_played_with_the_keyboard_alone(put: Put) -> None:
    stage = put()
    for part in (arrive, take, go_on, leave):
        part(stage)
    assert stage.state.closed
    endings = [one.ending.ending for one in stage.state.people.values() if one.ending is not None]
    assert endings == [Ending.MET, Ending.LEFT]
    ending = stage.state.people["a"].ending
    assert ending is not None
    assert not ending.missing
    assert dict(ending.items)["aldrete"] == "10"
    assert not stage.screen.banner.isVisible()


def test_after_the_last_item_the_keyboard_is_on_save_and_never_on_back(put: Put) -> None:
    stage = put("onset")
    stage.key(Key.Key_T, SHIFT_CTRL)
    steps(stage, "nnnnnnnnnnnnnnn|n|nnnnnnn")
    assert stage.focused is stage.screen.right.panel.save
    stage.enter()
    assert not stage.screen.right.panel_open
    assert stage.state.room.checks[-1].value == "no"


def test_ctrl_enter_saves_the_open_page_from_the_quick_line_too(put: Put) -> None:
    stage = put("onset")
    stage.key(Key.Key_T, SHIFT_CTRL)
    steps(stage, "nnnnnnnnnnnnnnn|n|nnnnnnn")
    stage.screen.focus_line()
    stage.ctrl(Key.Key_Return)
    assert not stage.screen.right.panel_open
    assert stage.state.room.checks[-1].value == "no"


def test_arrows_go_among_the_answers_of_a_page_and_choose_nothing(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F6)
    before = len(stage.state.entries)
    stage.key(Key.Key_Down)
    first = stage.focused.accessibleName()
    seen = [first]
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_Up, Key.Key_Left):
        stage.key(key)
        seen.append(stage.focused.accessibleName())
    assert seen[4] == first == seen[-1]
    assert len(set(seen)) == 4
    for _ in range(30):
        stage.key(Key.Key_Down)
        focused = stage.focused
        assert isinstance(focused, QAbstractButton)
        assert stage.screen.right.panel.isAncestorOf(focused)
        QApplication.processEvents()
        assert not focused.visibleRegion().isEmpty()
    assert len(stage.state.entries) == before
    stage.key(Key.Key_Up)
    label = stage.focused.accessibleName()
    stage.enter()
    assert stage.state.checklist.chips[-1].label in label or stage.state.checklist.chips[-2].label in label


def test_tab_from_the_quick_line_goes_to_the_question_about_a_red_value(put: Put) -> None:
    stage = put("onset")
    line(stage, "b 201/121")
    stage.key(Key.Key_Tab)
    assert stage.focused is stage.screen.banner.buttons()[0]
    stage.enter()
    assert not stage.screen.banner.isVisible()
    assert stage.focused is stage.screen.quick.edit


def test_the_question_about_a_value_that_was_struck_is_asked_no_more(put: Put) -> None:
    stage = put("onset")
    line(stage, "b 201/121")
    assert stage.screen.banner.isVisible()
    stage.ctrl(Key.Key_Z)
    assert not stage.screen.banner.isVisible()


def test_one_step_down_in_a_scale_of_steps_is_its_best_one(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.ctrl(Key.Key_S)
    stage.key(Key.Key_Down)
    stage.ctrl(Key.Key_Return)
    rated = stage.state.people["a"].scales[-1]
    assert (rated.of, rated.value) == ("moaas", 5)
