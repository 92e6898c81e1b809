"""The page of a couple with real widgets on a real practice."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.audience import Audience
from desktop.domain.carried import Carried
from desktop.domain.records import Act
from desktop.views.couple.forms import NoteForm, OrderForm, PlanForm
from desktop.views.couple.view import ChartScreen
from desktop.views.ui.dialogs import Question
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BOARD, CARRY, PAPER_ENTRY, Place
from tests.kit import ANNA, FULL, IM, PAIR, PAUL, House, plan
from tests.views.hands import focused, main_buttons, opened, pressed, settle, written


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, home: House) -> ChartScreen:
    made = ChartScreen(home.desk(PAUL), ops, couple_id=PAIR.id)
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


def choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_a_stands_left_and_b_right(screen: ChartScreen) -> None:
    a, b = screen.cards
    assert a.mapTo(screen, a.rect().center()).x() < b.mapTo(screen, b.rect().center()).x()
    assert "Partner A" in a.accessibleName()
    assert "born 1986-11-23" in b.accessibleName()


def test_an_order_is_written_with_the_keyboard(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    pressed(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    form = screen.panel.held
    assert isinstance(form, OrderForm)
    assert form.client_id == ANNA.id
    choose(form.form.field("way").edit, "ketamine/sublingual")  # type: ignore[arg-type]
    for text in ("200", "300", "0", "", "2026-05-01", ""):
        pressed(Qt.Key.Key_Tab)
        focused()
        if text and text != "0":
            written(text)
    pressed(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert not screen.panel.isVisible()
    facts = screen.cards[0].facts
    assert facts is not None
    assert "200 mg at once, 300 mg in all" in facts.orders[0].title


def test_an_order_begins_without_a_medicine_and_is_not_written_so(
    qtbot: QtBot, ops: Ops, screen: ChartScreen
) -> None:
    pressed(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    form = screen.panel.held
    assert isinstance(form, OrderForm)
    way = form.form.field("way")
    assert way.value() == ""
    assert isinstance(way.edit, QComboBox)
    assert way.edit.currentText() == "Choose…"
    screen.panel.save.click()
    assert way.problem
    assert focused() is way.edit


def test_ctrl_enter_saves_a_plan_and_a_note(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.presenter.plan()
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, ops)
    assert not screen.panel.isVisible()
    assert len(screen.sessions.table.rows.rows()) == 1
    screen.noting.note()
    form = screen.panel.held
    assert isinstance(form, NoteForm)
    form.text.setFocus()
    written("Came rested.")
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, ops)
    assert not screen.panel.isVisible()
    assert len(screen.notes.table.rows.rows()) == 1


def test_the_session_just_planned_is_the_chosen_one(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    chosen = []
    for _ in range(3):
        screen.presenter.plan()
        screen.panel.save.click()
        settle(qtbot, ops)
        row = screen.sessions.chosen()
        assert row is not None
        chosen.append(row.id)
    made = [session.id for session in screen.presenter.chart.sessions] if screen.presenter.chart is not None else []
    assert sorted(chosen) == sorted(made)


@pytest.mark.parametrize("width", [852, 1194])
def test_beside_an_open_form_nothing_of_the_page_is_cut(
    qtbot: QtBot, ops: Ops, screen: ChartScreen, width: int
) -> None:
    screen.resize(width, 700)
    screen.presenter.plan()
    screen.panel.save.click()
    settle(qtbot, ops)
    screen.presenter.plan()
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, PlanForm)
    assert form.people[0].order.currentText() == "200 mg at once, 400 mg in all"
    assert not form.people[0].order.cut
    for part in (*screen.cards, screen.sessions, screen.notes):
        right = part.mapTo(screen, part.rect().topRight()).x()
        assert right < screen.panel.x()
    table = screen.sessions.table
    state = table.columnViewportPosition(3) + table.columnWidth(3)
    assert state <= table.viewport().width()
    assert table.columnWidth(3) >= table.sizeHintForColumn(3)


def test_a_page_has_one_main_button_with_a_form_and_without(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.presenter.plan()
    screen.panel.save.click()
    settle(qtbot, ops)
    assert [each.text() for each in main_buttons(screen)] == ["Start the session"]
    screen.presenter.plan()
    assert [each.text() for each in main_buttons(screen)] == ["Plan it"]
    pressed(Qt.Key.Key_Escape)
    assert [each.text() for each in main_buttons(screen)] == ["Start the session"]


def test_a_plan_begins_with_the_protocol_that_the_orders_fit(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.presenter.plan()
    form = screen.panel.held
    assert isinstance(form, PlanForm)
    assert form.form.field("protocol").value() == FULL
    assert form.people[0].order.currentData() == f"order-{ANNA.id}"
    choose(form.protocol, IM)
    assert form.people[0].order.currentData() == ""


def test_who_sits_has_no_order(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.presenter.plan()
    form = screen.panel.held
    assert isinstance(form, PlanForm)
    choose(form.people[1].role, "sitting")
    assert not form.people[1].form.field("order").isVisible()
    assert form.draft().people[1].order == ""
    assert form.draft().people[0].order == f"order-{ANNA.id}"


def test_a_plan_that_is_saved_can_be_started_from_the_list(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.presenter.plan()
    screen.panel.save.click()
    settle(qtbot, ops)
    row = screen.sessions.chosen()
    assert row is not None
    assert screen.sessions.board_button.text() == "Start the session"
    assert focused() is screen.sessions.table
    with qtbot.waitSignal(screen.go) as told:
        pressed(Qt.Key.Key_Return)
    assert told.args == [Place(BOARD, row.id)]


def test_a_plan_can_be_changed_until_it_begins(qtbot: QtBot, ops: Ops, home: House) -> None:
    plan(home.desk())
    screen = ChartScreen(home.desk(), ops, couple_id=PAIR.id)
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert screen.sessions.parts_button.isVisible()
    screen.sessions.parts_button.click()
    focused()
    written("not ")
    screen.panel.save.click()
    settle(qtbot, ops)
    with home.store.read() as unit:
        session = unit.sessions.get("session-1", Audience.clinic())
    assert session.people[0].intention == "not to be less afraid"


def test_a_note_is_signed_after_a_question_whose_window_is_freed(
    qtbot: QtBot, ops: Ops, screen: ChartScreen
) -> None:
    pressed(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = screen.panel.held
    assert isinstance(form, NoteForm)
    form.text.setFocus()
    written("Came rested.")
    form.sign_button.click()
    settle(qtbot, ops)
    (question,) = screen.window().findChildren(Question)
    assert question.isVisible()
    question.accept()
    settle(qtbot, ops)
    qtbot.waitUntil(lambda: not shiboken6.isValid(question))
    (note,) = screen.presenter.facts.notes if screen.presenter.facts is not None else ()
    assert note.signed


def test_a_signed_note_is_shown_and_cannot_be_written_in(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.noting.note()
    form = screen.panel.held
    assert isinstance(form, NoteForm)
    form.text.setPlainText("Came rested.")
    form.sign_button.click()
    settle(qtbot, ops)
    screen.window().findChildren(Question)[0].accept()
    settle(qtbot, ops)
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.notes.table.setFocus()
    pressed(Qt.Key.Key_Return)
    shown = screen.panel.held
    assert isinstance(shown, NoteForm)
    assert shown.text.isReadOnly()
    assert not screen.panel.save.isVisible()
    assert "locked" in " ".join(each.text() for each in shown.findChildren(type(screen.title)))


def test_escape_closes_the_form_and_gives_the_keyboard_back(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    before = focused()
    screen.presenter.plan()
    assert focused() is not before
    pressed(Qt.Key.Key_Escape)
    assert not screen.panel.isVisible()
    assert QApplication.focusWidget() is before


def test_the_couple_is_renamed_in_the_page(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.rename.click()
    where = focused()
    assert isinstance(where, QLineEdit)
    where.selectAll()
    written("Thursdays")
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert screen.title.text().startswith("Thursdays: ")


def test_a_form_is_freed_when_another_is_opened(qtbot: QtBot, ops: Ops, screen: ChartScreen) -> None:
    screen.presenter.plan()
    first = screen.panel.held
    assert first is not None
    screen.noting.note()
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))


def test_a_session_that_is_carried_says_so_and_leads_to_the_way_back(
    qtbot: QtBot, ops: Ops, home: House, screen: ChartScreen
) -> None:
    session = plan(home.desk())
    screen.ask_again()
    settle(qtbot, ops)
    went: list[Place] = []
    screen.go.connect(went.append)
    assert screen.sessions.carry_button.isVisible()
    screen.sessions.carry_button.click()
    screen.sessions.typed_button.click()
    assert went == [Place(CARRY, session.id), Place(PAPER_ENTRY, session.id)]
    away = Carried("c1", session.id, session.owner, PAUL.id, home.clock.now(), home.clock.now(), 1, "", "")
    with home.store.write() as unit:
        unit.carried.add(away)
        unit.audit(home.desk().line(Act.CREATE, "carried", away.id, away.owner))
    screen.ask_again()
    settle(qtbot, ops)
    assert screen.sessions.board_button.text() == "Bring it back"
    assert not screen.sessions.carry_button.isVisible()
    screen.sessions.board_button.click()
    assert went[-1] == Place(CARRY, session.id)
    assert "Bring it back" in [entry.title for entry in screen.commands()]
