"""What can be done on the board by touch alone, and that nothing ever covers it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from desktop.domain.protocol import GateOn
from desktop.live.events import Ending, Step
from desktop.views.board.doing import ALL
from desktop.views.board.panelview import PanelView
from tests.views.board.conftest import Put, Stage


def tap(stage: Stage, widget: QWidget) -> None:
    assert widget.isVisible()
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    stage.settle()


def panel_of(stage: Stage) -> PanelView:
    return stage.screen.right.panel


def save(stage: Stage) -> None:
    button = panel_of(stage).save
    assert button is not None
    tap(stage, button)


def pick(stage: Stage, field: str, at: int) -> None:
    row = panel_of(stage).field(field).row
    assert row is not None
    tap(stage, row.buttons()[at])


def test_a_vitals_set_is_three_taps_and_the_number_pad(put: Put) -> None:
    stage = put("onset")
    tap(stage, stage.screen.bar.button("vitals"))
    tap(stage, stage.screen.quick.strip.buttons()[1])
    pad = panel_of(stage).pad
    assert pad is not None
    for digit in "1348692" + "97" + "15":
        tap(stage, pad.button(digit))
    save(stage)
    line = stage.state.people["b"].vitals[-1]
    assert (line.bp, line.hr, line.spo2, line.rr) == ("134/86", 92, 97, 15)
    assert stage.focused is stage.screen.quick.edit


def test_a_chip_with_an_intensity_is_two_taps(put: Put) -> None:
    stage = put("onset")
    grid = stage.screen.sides["b"].chips.grid
    tense = next(button for button in grid.buttons() if button.chip.key == "tense")
    tap(stage, tense)
    tap(stage, stage.screen.quick.strip.buttons()[2])
    line = stage.state.people["b"].observations[-1]
    assert (line.chip, line.intensity) == ("tense", "3")
    side = stage.screen.sides["b"].facts
    assert side is not None
    assert next(chip for chip in side.chips if chip.key == "tense").count == 2


def test_a_dose_above_the_order_is_said_plainly_and_entered_twice(put: Put) -> None:
    stage = put("peak")
    tap(stage, stage.screen.bar.button("taken:b"))
    panel = panel_of(stage)
    panel.field("mg").take_keyboard()
    stage.type("100")
    save(stage)
    assert panel.facts is not None
    assert "more boosters than the order allows" in panel.facts.note
    assert len(stage.state.people["b"].doses) == 1
    assert "100" not in [edit.text() for edit in panel.findChildren(QLineEdit) if edit.isVisible()]
    stage.type("90")
    save(stage)
    assert len(stage.state.people["b"].doses) == 1
    assert "differ" in panel.facts.note
    panel.field("mg").take_keyboard()
    stage.type("100")
    save(stage)
    stage.type("100")
    save(stage)
    assert "second pair of eyes" in panel.facts.note
    panel.field("unchecked").take_keyboard()
    stage.type("alone in the house")
    save(stage)
    dose = stage.state.people["b"].doses[-1]
    assert dose.mg == Decimal(100)
    assert dose.entered_twice
    assert "boosters" in dose.above_order


def test_the_details_of_a_dose_follow_with_their_second_check(put: Put) -> None:
    stage = put("before")
    tap(stage, stage.screen.bar.button("taken:a"))
    stage.live.now_s += 60
    tap(stage, stage.screen.bar.button("taken:a"))
    panel = panel_of(stage)
    assert panel.facts is not None
    assert panel.facts.title == "Details of the dose"
    panel.field("mg").take_keyboard()
    stage.type("100")
    checked = panel.field("checked_by").field
    assert checked is not None
    checked.show_value("m2")
    save(stage)
    dose = stage.state.people["a"].doses[0]
    assert (dose.mg, dose.checked_by, dose.at_ms) == (Decimal(100), "m2", 9 * 60_000)


def test_the_one_who_gives_a_dose_is_not_offered_as_its_second_check(put: Put) -> None:
    stage = put("before")
    stage.screen.acted.emit("dose:a")
    facts = panel_of(stage).facts
    assert facts is not None
    checkers = next(field for field in facts.fields if field.name == "checked_by").options
    assert "m1" not in [key for key, _ in checkers]
    assert "client" in [key for key, _ in checkers]


def test_a_booster_is_never_checked_by_the_client(put: Put) -> None:
    stage = put("peak")
    stage.screen.acted.emit("dose:a")
    facts = panel_of(stage).facts
    assert facts is not None
    checkers = next(field for field in facts.fields if field.name == "checked_by").options
    assert "client" not in [key for key, _ in checkers]


def test_checks_before_a_dose_are_kept_and_their_answers_stay_off_the_shared_log(put: Put) -> None:
    stage = put("before")
    stage.screen.acted.emit("alone:b")
    willing = panel_of(stage).field("willing").yes_no
    assert willing is not None
    tap(stage, willing.no)
    save(stage)
    line = stage.state.people["b"].check("willing")
    assert line is not None
    assert line.value == "no"
    newest = stage.log()[0]
    assert "illing" in newest
    assert "no" not in newest.split(", ")[-1].casefold().split()
    assert not any(": no" in row for row in stage.log())


def test_a_declined_dose_cannot_be_taken_and_the_board_says_so(put: Put) -> None:
    stage = put("before")
    stage.screen.acted.emit("alone:b")
    willing = panel_of(stage).field("willing").yes_no
    assert willing is not None
    tap(stage, willing.no)
    save(stage)
    tap(stage, stage.screen.bar.button("taken:b"))
    assert not stage.state.people["b"].doses
    assert stage.screen.banner.isVisible()
    assert "a check for B is open" in stage.screen.banner.accessibleName()
    assert "illing" not in stage.screen.banner.accessibleName()


def test_other_medicine_missed_reading_scale_phase_and_note_are_kept(put: Put) -> None:
    stage = put("onset")
    stage.screen.acted.emit("given:a")
    panel = panel_of(stage)
    for name, text in (("medicine", "ondansetron"), ("amount", "4")):
        panel.field(name).take_keyboard()
        stage.type(text)
    pick(stage, "order", 2)
    stage.settle()
    stage.screen.acted.emit("missed:b")
    pick(stage, "of", 1)
    pick(stage, "outcome", 1)
    save(stage)
    stage.screen.acted.emit("scale:a")
    moaas = panel.field("moaas").field
    assert moaas is not None
    moaas.show_value("4")
    save(stage)
    stage.screen.acted.emit("phase:a")
    pick(stage, "phase", 2)
    stage.settle()
    stage.screen.acted.emit("note")
    panel.field("text").take_keyboard()
    stage.type("Rain outside")
    pick(stage, "who", 2)
    save(stage)
    a = stage.state.people["a"]
    assert a.others[-1].medicine == "ondansetron"
    assert stage.state.people["b"].missed[-1].outcome.value == "failed"
    assert a.scales[-1].value == 4
    assert a.phases_marked[-1].phase == "return"
    assert stage.state.room.notes[-1].text == "Rain outside"


def test_staff_room_spit_and_response(put: Put) -> None:
    stage = put("onset")
    stage.screen.acted.emit("staff")
    row = panel_of(stage).field("m2").yes_no
    assert row is not None
    tap(stage, row.yes)
    save(stage)
    assert "m2" in stage.state.room.staff
    stage.screen.acted.emit("room")
    suction = panel_of(stage).field("suction").yes_no
    assert suction is not None
    tap(stage, suction.yes)
    save(stage)
    assert stage.state.room.check("suction") is not None
    stage.screen.acted.emit("spit:a")
    stage.settle()
    line = stage.state.people["a"].check("spit")
    assert line is not None


def test_both_are_discharged_and_the_closed_session_offers_its_paper(put: Put) -> None:
    stage = put("discharged")
    stage.screen.acted.emit("discharge:b")
    pick(stage, "ending", 0)
    stage.settle()
    save(stage)
    ending = stage.state.people["b"].ending
    assert ending is not None
    assert ending.ending is Ending.MET
    assert "oriented" in ending.missing
    stage.screen.acted.emit("close")
    save(stage)
    assert stage.state.closed
    assert not stage.screen.quick.isVisible()
    assert not stage.screen.bar.isVisible()
    words = [button.text() for button in stage.screen.right.closed.buttons()]
    assert words == [
        "Flowsheet A", "Flowsheet B", "Prescriber's page A", "Prescriber's page B", "Going home A", "Going home B",
        "Worksheets", "What comes next",
    ]  # fmt: skip
    for button in stage.screen.right.closed.buttons():
        tap(stage, button)
    assert stage.told == [("s3", seat) for seat in (
        "a", "b", "prescriber:a", "prescriber:b", "leaving-instructions:a", "leaving-instructions:b", None, "after",
    )]  # fmt: skip


def test_every_ending_can_be_reached(put: Put) -> None:
    stage = put("peak")
    stage.screen.acted.emit("discharge:a")
    row = panel_of(stage).field("ending").row
    assert row is not None
    tap(stage, row.buttons()[1])
    save(stage)
    assert stage.state.people["a"].ending is None
    statement = panel_of(stage).field("statement_by").field
    assert statement is not None
    statement.show_value("m2")
    save(stage)
    a, b = stage.state.people["a"], stage.state.people["b"]
    assert a.ending is not None
    assert (a.ending.ending, a.ending.statement_by) == (Ending.PRESCRIBER, "m2")
    stage.screen.acted.emit("discharge:b")
    pick(stage, "ending", 3)
    panel_of(stage).field("to").take_keyboard()
    stage.type("City hospital")
    save(stage)
    b = stage.state.people["b"]
    assert b.ending is not None
    assert (b.ending.ending, b.ending.to) == (Ending.TRANSFERRED, "City hospital")


def test_somebody_who_took_nothing_is_discharged_as_not_dosed(put: Put) -> None:
    stage = put("before")
    stage.screen.acted.emit("discharge:a")
    pick(stage, "ending", 0)
    save(stage)
    ending = stage.state.people["a"].ending
    assert ending is not None
    assert ending.ending is Ending.NOT_DOSED


@pytest.mark.parametrize("action", [doing.id for doing in ALL])
def test_no_action_ever_opens_a_window_over_the_board(put: Put, action: str) -> None:
    stage = put("peak")
    seen: list[QWidget] = []

    def look(*_: object) -> None:
        seen.extend(w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not stage.screen)

    QApplication.instance().focusChanged.connect(look)  # type: ignore[union-attr]
    stage.screen.acted.emit(action)
    stage.settle()
    if stage.screen.quick.strip.isVisible():
        tap(stage, stage.screen.quick.strip.buttons()[0])
    look()
    QApplication.instance().focusChanged.disconnect(look)  # type: ignore[union-attr]
    assert not seen
    assert QApplication.activeModalWidget() is None
    assert stage.screen.sides["a"].header.isVisible()
    assert stage.screen.top.clock.isVisible()


def test_a_step_of_the_dialogue_is_one_tap(put: Put) -> None:
    stage = put("dialogue")
    tap(stage, stage.screen.coach.buttons()["summary"])
    assert stage.state.room.dialogue.step is Step.SUMMARY


def test_more_leads_to_everything_that_stands_in_no_row(put: Put) -> None:
    stage = put("onset")
    tap(stage, stage.screen.bar.button("more"))
    row = panel_of(stage).field("action").row
    assert row is not None
    names = [button.text() for button in row.buttons()]
    assert len(names) == len([doing for doing in ALL if not doing.bar])
    tap(stage, next(button for button in row.buttons() if "Who is in the room" in button.text()))
    facts = panel_of(stage).facts
    assert facts is not None
    assert facts.id == "staff"


def test_everything_that_is_touched_is_large_enough_for_a_thumb(put: Put) -> None:
    stage = put("onset")
    targets: list[QWidget] = [*stage.screen.bar.buttons(), *stage.screen.sides["a"].chips.grid.buttons()]
    stage.screen.acted.emit("vitals:a")
    assert panel_of(stage).pad is not None
    targets += [button for button in panel_of(stage).findChildren(QPushButton) if button.isVisible()]
    too_low = [target.accessibleName() for target in targets if target.height() < 44 and target.isVisible()]
    assert not [name for name in too_low if not name.startswith("Back")]


def test_a_closed_board_is_left_by_its_button_and_by_escape(put: Put) -> None:
    stage = put("closed")
    tap(stage, stage.screen.right.closed.back)
    stage.key(Qt.Key.Key_Escape)
    assert stage.told == [("back", None), ("back", None)]


def test_the_list_before_leaving_opens_with_the_persons_own_page(put: Put) -> None:
    stage = put("discharged")
    stage.screen.acted.emit("discharge:b")
    pick(stage, "ending", 0)
    panel = panel_of(stage)
    with pytest.raises(KeyError):
        panel.field("item safety_question")
    own = panel.field("own").row
    assert own is not None
    tap(stage, own.buttons()[0])
    for gate in stage.state.protocol.gates_on(GateOn.DISCHARGE):
        answer = panel_of(stage).field(f"item {gate.key}").yes_no
        assert answer is not None
        tap(stage, answer.yes)
    save(stage)
    ending = stage.state.people["b"].ending
    assert ending is not None
    assert "safety_question" not in ending.missing
