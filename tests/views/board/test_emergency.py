"""The emergency beside the board, by keys and by touch: card, minutes, sheet, and everything else going on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.live.due import due_of
from desktop.live.lines_safety import EmergencyLine
from desktop.views.board.emergencycard import EmergencyCardView
from desktop.views.board.findfield import found_in
from tests.views.board.conftest import Put, Stage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def alarm(stage: Stage, who: str = "a") -> EmergencyLine:
    found = stage.state.people[who].emergency
    assert found is not None
    return found


def call(stage: Stage, who: str = "a") -> EmergencyCardView:
    stage.key(Key.Key_E, ALT)
    stage.type(who)
    stage.settle()
    return stage.screen.card


def test_one_key_and_whose_opens_the_card_beside_the_board_and_the_partners_reminders_go_on(put: Put) -> None:
    stage = put("peak")
    now = stage.live.now().ms
    before = due_of(stage.state, stage.state.people["b"], now)
    card = call(stage)
    assert stage.keys == 2
    assert card.isVisible()
    assert not card.isWindow()
    assert all(side.isVisible() for side in stage.screen.sides.values())
    assert stage.screen.quick.edit.isVisible()
    assert due_of(stage.state, stage.state.people["b"], now) == before
    assert stage.state.people["b"].emergency is None


def test_with_one_person_it_is_one_key(put: Put) -> None:
    stage = put(alone=True)
    stage.key(Key.Key_E, ALT)
    assert stage.keys == 1
    assert alarm(stage).open


def test_a_digit_ticks_its_step_with_the_minute_and_letters_go_to_the_quick_line(put: Put) -> None:
    stage = put("peak")
    card = call(stage)
    stage.type("1")
    stage.settle()
    stage.live.now_s += 60
    stage.type("3")
    stage.settle()
    done = alarm(stage).steps
    assert [(step, at_ms // 60_000) for step, at_ms, _ in done] == [("call", 78), ("oxygen", 79)]
    assert card.buttons()["oxygen"].step.at == "1:19"
    stage.type("3")
    stage.settle()
    assert alarm(stage).steps == done
    stage.type("b 130/84 90")
    assert stage.line == "b 130/84 90"
    stage.enter()
    assert stage.state.people["b"].vitals[-1].systolic == 130
    stage.key(Key.Key_4, ALT)
    assert alarm(stage).steps[-1][0] == "breathe"


def test_a_page_stands_beside_the_card_and_neither_covers_the_other(put: Put) -> None:
    stage = put("peak")
    card = call(stage)
    assert not stage.screen.right.isVisible()
    stage.type("a")
    stage.ctrl(Key.Key_G)
    assert card.isVisible()
    assert stage.screen.right.isVisible()
    assert not card.geometry().intersects(stage.screen.right.geometry())
    stage.key(Key.Key_Escape)
    assert not stage.screen.right.isVisible()
    stage.key(Key.Key_E, ALT)
    stage.type("a")
    assert stage.focused is card
    assert alarm(stage).steps == ()


def test_by_touch_steps_are_ticked_and_it_ends_with_how(put: Put) -> None:
    stage = put("emergency")
    card = stage.screen.card
    assert card.isVisible()
    for button in (*card.buttons().values(), card.print_it, card.show_it, card.over):
        assert button.height() >= 44
    QTest.mouseClick(card.buttons()["partner"], LEFT)
    stage.settle()
    assert alarm(stage).steps[-1][0] == "partner"
    QTest.mouseClick(card.over, LEFT)
    stage.settle()
    row = stage.screen.right.panel.field("way").row
    assert row is not None
    QTest.mouseClick(row.buttons()[1], LEFT)
    save = stage.screen.right.panel.save
    assert save is not None
    QTest.mouseClick(save, LEFT)
    stage.settle()
    assert not card.isVisible()
    assert alarm(stage).how == "handed over to the crew"
    assert stage.screen.right.isVisible()
    assert any("Emergency over: handed over to the crew" in line for line in stage.log())


def test_the_sheet_on_the_screen_says_what_the_crew_must_know_and_nothing_of_the_partner(put: Put) -> None:
    stage = put("emergency")
    stage.key(Key.Key_S, ALT)
    facts = stage.screen.card.facts
    assert facts is not None
    said = {line.name: line.words for line in facts.facts}
    assert said["WHO"] == "Łukasz Wiśniewski, born 1984-05-01"
    assert "ketamine, sublingual: 100 mg" in said["MEDICINE"]
    assert "70 min ago" in said["GIVEN"]
    assert said["ALLERGIES"] == "penicillin"
    assert "candesartan" in said["TAKES"]
    assert "BP 172/104 (amber)" in said["READINGS"]
    assert "555 0142" in said["CONTACT"]
    assert "Nguyễn" not in str(facts.facts)
    assert "sertraline" not in str(facts.facts)
    assert not stage.screen.card.steps.isVisible()
    stage.key(Key.Key_S, ALT)
    assert stage.screen.card.steps.isVisible()


def test_without_an_emergency_the_same_facts_stand_on_a_page(put: Put) -> None:
    stage = put("peak")
    stage.type("b")
    stage.key(Key.Key_S, ALT)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert any("none known" in field.words for field in facts.fields)


def test_two_cards_are_open_at_once_and_one_leads_to_the_other(put: Put) -> None:
    stage = put("emergency")
    card = call(stage, "b")
    assert card.facts is not None
    assert (card.facts.who, card.facts.others[0][0]) == ("b", "a")
    stage.type("1")
    stage.settle()
    assert len(alarm(stage, "b").steps) == 1
    QTest.mouseClick(card.other, LEFT)
    stage.settle()
    assert card.facts is not None
    assert card.facts.who == "a"


def test_an_adverse_event_is_written_from_an_entry_of_the_log_with_a_few_keys(put: Put) -> None:
    stage = put("peak")
    stage.ctrl(Key.Key_J)
    row = stage.screen.right.log.chosen()
    while row is None or "reaches out" not in row.text:
        stage.key(Key.Key_Down)
        row = stage.screen.right.log.chosen()
    stage.key(Key.Key_V)
    stage.type("3")
    stage.key(Key.Key_Tab)
    stage.type("panic")
    stage.enter()
    stage.ctrl(Key.Key_Return)
    line = stage.state.people["a"].adverse[-1]
    assert (line.what, line.severity, line.entry) == ("panic", 3, int(row.key))
    said = " ".join(stage.log())
    assert "Adverse event written down, severity 3" in said
    assert "panic" not in said


def test_what_is_typed_finds_the_answer_by_letters_beginning_or_part() -> None:
    options = (("crying", "crying · cr"), ("cough", "cough or saliva · co"), ("asks-touch", "asks for touch · at"))
    assert found_in(options, "co")[0][0] == "cough"
    assert found_in(options, "touch")[0][0] == "asks-touch"
    assert found_in(options, "saliva")[0][0] == "cough"
    assert found_in(options, "xyz") == ()


def test_the_card_fits_in_the_smallest_window_whole(put: Put) -> None:
    stage = put("emergency")
    for _ in range(3):
        QApplication.processEvents()
    card = stage.screen.card
    last = card.over.mapTo(stage.screen, card.over.rect().bottomLeft())
    assert last.y() < stage.screen.quick.edit.mapTo(stage.screen, stage.screen.quick.edit.rect().topLeft()).y()
    assert stage.screen.size().height() == 768
