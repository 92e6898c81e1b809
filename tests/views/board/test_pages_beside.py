"""What a page in the log's place says while it is answered, and when it gives way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.live.asks import AskDialogue
from desktop.live.events import Step
from tests.views.board.conftest import Put, Stage

Key = Qt.Key


def noted(stage: Stage) -> str:
    """What stands above the fields of the open page."""
    stage.settle()
    note = stage.screen.right.panel.note
    assert note is not None
    shown = " ".join(each.text() for each in note.findChildren(QLabel) if each.text() and each.isVisible())
    assert note.text in shown
    return shown


def test_the_items_that_are_open_count_down_while_they_are_answered(put: Put) -> None:
    stage = put("before")
    stage.type("b")
    stage.ctrl(Key.Key_T)
    assert "9 items are still to be asked" in noted(stage)
    assert "vitals before the dose" in noted(stage)
    stage.type("y")
    assert "8 items are still to be asked" in noted(stage)
    stage.enter()
    stage.type("n")
    assert "7 items are still to be asked. 1 is answered no." in noted(stage)
    stage.type("6")
    stage.ctrl(Key.Key_Return)
    assert stage.state.people["b"].checks[-1].value == "6"
    stage.type("b")
    stage.ctrl(Key.Key_T)
    assert "1 is answered no." in noted(stage)


def test_a_page_nobody_has_answered_closes_when_the_dialogue_begins(put: Put) -> None:
    stage = put("peak")
    stage.type("a")
    stage.key(Key.Key_F10)
    assert stage.screen.right.panel_open
    stage.key(Key.Key_F9)
    stage.key(Key.Key_A)
    assert stage.screen.coach.isVisible()
    assert not stage.screen.right.panel_open


def test_a_page_with_an_answer_on_it_stays_open_beside_the_dialogue(put: Put) -> None:
    stage = put("peak")
    stage.type("a")
    stage.key(Key.Key_F10)
    stage.type("IS")
    stage.key(Key.Key_F9)
    stage.key(Key.Key_A)
    assert stage.screen.coach.isVisible()
    assert stage.screen.right.panel_open
    assert stage.screen.right.panel.values()["with"] == "IS"


def test_the_coach_speaks_in_plain_words(put: Put) -> None:
    stage = put("peak")
    stage.live.record(AskDialogue(Step.SEND, "a"))
    stage.screen.presenter.core.show(stage.live.state)
    facts = stage.screen.presenter.core.state.protocol.dialogue
    for hint in facts.hints:
        assert "MOAA" not in hint
    coach = stage.screen.coach.findChildren(QLabel)
    said = " ".join(label.text() for label in coach) + stage.screen.coach.hint.accessibleName()
    assert "wide awake" in said
    assert "Pieces of about 15 seconds" in said
