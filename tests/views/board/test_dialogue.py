"""The dialogue coach: marks that change no step, the calm breath, affect before and after, and the turns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.live.events import Step
from desktop.views.board.breathing import BreathView
from desktop.views.board.panels_dialogue import turn_words
from tests.views.board.conftest import Put, Stage

Key = Qt.Key
SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def at(stage: Stage, minute: float) -> None:
    stage.live.now_s = minute * 60
    stage.screen.presenter.tick()


def test_marks_are_one_key_or_one_touch_and_the_step_stays(put: Put) -> None:
    stage = put("dialogue")
    before = stage.state.room.dialogue
    stage.key(Key.Key_S, SHIFT_CTRL)
    stage.key(Key.Key_I, SHIFT_CTRL)
    assert stage.keys == 2
    QTest.mouseClick(stage.screen.coach.marks["interrupted"], Qt.MouseButton.LeftButton)
    stage.settle()
    talk = stage.state.room.dialogue
    assert (talk.sendings, talk.interruptions) == (1, 2)
    assert (talk.step, talk.mirrors, talk.sender) == (before.step, before.mirrors, before.sender)
    assert "2×" in stage.screen.coach.marks["interrupted"].text()
    assert any("Receiver is sending" in line for line in stage.log())


def test_the_breath_is_painted_only_in_a_pause_follows_the_sessions_clock_and_ends_by_itself(put: Put) -> None:
    stage = put("dialogue")
    breath: BreathView = stage.screen.coach.breath
    assert not breath.isVisible()
    stage.key(Key.Key_B, SHIFT_CTRL)
    assert breath.isVisible()
    assert breath.timer.isActive()
    at(stage, 116.2 + 32 / 60)
    assert breath.words() == ("in", "58 s")
    at(stage, 116.2 + 37 / 60)
    assert breath.words()[0] == "out"
    at(stage, 116.2 + 91 / 60)
    assert breath.words() == ("go on", "")
    assert not breath.timer.isActive()
    assert "Go on when both are ready" in stage.screen.coach.prompt.accessibleName()
    stage.key(Key.Key_F9)
    assert not breath.isVisible()
    assert not stage.state.room.dialogue.paused


def test_affect_before_and_after_stands_with_the_turns_when_the_dialogue_is_over(put: Put) -> None:
    stage = put("peak")
    at(stage, 100)
    stage.key(Key.Key_F9)
    stage.type("b")
    stage.settle()
    stage.key(Key.Key_A, SHIFT_CTRL)
    stage.type("7")
    stage.key(Key.Key_Tab)
    stage.type("4")
    stage.key(Key.Key_Tab)
    stage.type("What I am grateful for")
    stage.enter()
    assert "What I am grateful for" in " ".join(each.text() for each in stage.screen.coach.findChildren(QLabel))
    assert "A 7, B 4" in " ".join(each.text() for each in stage.screen.coach.findChildren(QLabel))
    stage.screen.presenter.stepped("mirror")
    stage.settle()
    stage.key(Key.Key_I, SHIFT_CTRL)
    at(stage, 109)
    stage.key(Key.Key_D, SHIFT_CTRL)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.fields[0].words == "B sends, 1:40, 9 min: 1 mirror, 1 interruption"
    assert facts.note == "Affect before: A 7, B 4; after: A –, B –"
    assert stage.focused is stage.screen.quick.edit
    stage.key(Key.Key_Escape)
    stage.key(Key.Key_L, SHIFT_CTRL)
    stage.type("3")
    stage.key(Key.Key_Tab)
    stage.type("2")
    stage.enter()
    rated = [line.value for line in stage.state.people["a"].scales if line.of == "affect"]
    assert rated == [7, 3]
    line = stage.state.room.dialogue.log[0]
    assert turn_words(line) == "1:40, 9 min: 1 mirror, 1 interruption"


def test_an_affect_beyond_ten_is_not_kept(put: Put) -> None:
    stage = put("dialogue")
    stage.key(Key.Key_A, SHIFT_CTRL)
    stage.type("11")
    stage.ctrl(Key.Key_Return)
    assert stage.screen.right.panel_open
    assert not any(line.of == "affect" for line in stage.state.people["a"].scales)


def test_a_mark_without_a_dialogue_says_that_there_is_none(put: Put) -> None:
    stage = put("peak")
    before = len(stage.state.entries)
    stage.key(Key.Key_S, SHIFT_CTRL)
    assert len(stage.state.entries) == before
    assert any("no dialogue" in each.text() for each in stage.screen.banner.findChildren(QLabel))


def test_the_eight_of_the_phase_have_digits_and_two_letters_find_any_other(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.key(Key.Key_F6)
    first = stage.screen.sides["a"].chips.grid.buttons()[1].chip.key
    stage.type("2")
    stage.settle()
    if stage.screen.right.panel_open:
        stage.type("1")
        stage.settle()
    assert stage.state.people["a"].observations[-1].chip == first
    stage.type("a")
    stage.key(Key.Key_F6)
    stage.type("ch")
    stage.enter()
    assert stage.state.people["a"].observations[-1].chip == "childlike"


def test_the_step_marks_are_no_steps_of_the_row(put: Put) -> None:
    stage = put("dialogue")
    assert not {Step.SENDING.value, Step.INTERRUPTED.value} & set(stage.screen.coach.buttons())
