"""The members' screen: what it decides, and with real widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Conflict
from desktop.domain.people import Role
from desktop.services.practice import MemberDraft
from desktop.views.members.presenter import MembersPresenter
from desktop.views.members.view import MemberForm, MembersScreen, NameForm
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import MEMBERS, Place
from tests.kit import MARA, PAUL, House
from tests.views.hands import FakeDoor, Hands, Noted, focused, main_buttons, opened, pressed, settle, written

WORDS = "correct horse battery staple"
NINA = MemberDraft("Nina Kovač", WORDS, WORDS, frozenset({Role.ASSISTANT}))


def presenter(home: House, member: object = MARA, door: FakeDoor | None = None) -> tuple[MembersPresenter, Noted]:
    view = Noted()
    desk = home.desk(MARA if member is MARA else PAUL)
    made = MembersPresenter(desk, door or FakeDoor(), Hands(), view)
    made.begin()
    return made, view


def test_everybody_is_listed_and_whoever_looks_is_marked(home: House) -> None:
    _, view = presenter(home)
    rows, may_add = view.last("show_members")
    assert [row.name for row in rows if row.you] == ["Mara Köhler"]
    assert len({row.initials for row in rows}) == len(rows)
    assert may_add


def test_only_an_owner_can_add_somebody(home: House) -> None:
    made, view = presenter(home, PAUL)
    assert view.last("show_members")[1] is False
    made.add()
    assert not view.count("show_form")
    made.save(NINA)
    assert view.last("show_form_error")[0].what


def test_a_new_member_gets_a_slot_of_their_own_and_initials(home: House) -> None:
    door = FakeDoor()
    made, view = presenter(home, MARA, door)
    made.save(NINA)
    assert door.tried == [("slot", "Nina Kovač")]
    assert "NK" in view.last("show_banner")[0].safe
    assert "Nina Kovač" in [row.name for row in view.last("show_members")[0]]


def test_a_name_that_is_taken_is_marked(home: House) -> None:
    made, view = presenter(home)
    made.save(MemberDraft("Paul Osei", WORDS, WORDS, frozenset({Role.ASSISTANT})))
    assert [problem.field for problem in view.last("show_form_error")[1]] == ["name"]


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, home: House) -> MembersScreen:
    made = MembersScreen(home.desk(), FakeDoor(), ops)
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


def test_an_empty_form_says_what_is_missing_in_each_place(qtbot: QtBot, ops: Ops, screen: MembersScreen) -> None:
    screen.add.click()
    form = screen.panel.held
    assert isinstance(form, MemberForm)
    screen.panel.save.click()
    assert form.form.field("name").problem
    assert form.secret.field("passphrase").problem
    assert form.roles._problem.isVisible()
    assert focused() is form.form.field("name").edit


def test_a_member_is_added_with_the_keyboard(qtbot: QtBot, ops: Ops, screen: MembersScreen) -> None:
    screen.add.click()
    written("Nina Kovač")
    for _ in range(4):
        pressed(Qt.Key.Key_Tab)
    pressed(Qt.Key.Key_Space)
    pressed(Qt.Key.Key_Tab)
    written(WORDS)
    pressed(Qt.Key.Key_Tab)
    written(WORDS)
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert not screen.panel.isVisible()
    found = {row.name: row.roles for row in screen.table.rows.rows()}
    assert found["Nina Kovač"] == frozenset({Role.ASSISTANT})


def test_who_may_not_add_is_told_why(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = MembersScreen(home.desk(PAUL), FakeDoor(), ops)
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert not screen.add.isEnabled()
    assert "Only an owner" in screen._hint.text()


def test_a_half_filled_member_survives_asking_for_another(screen: MembersScreen) -> None:
    screen.show_part(Place(MEMBERS, part="new"))
    written("Nina")
    form = screen.panel.held
    screen.begin_new()
    assert screen.panel.held is form
    assert isinstance(form, MemberForm)
    assert form.form.field("name").value() == "Nina"


def test_a_name_is_corrected_with_the_keyboard_and_told_with_its_initials(
    qtbot: QtBot, ops: Ops, screen: MembersScreen
) -> None:
    door = screen.presenter._door
    assert isinstance(door, FakeDoor)
    at = [row.name for row in screen.table.rows.rows()].index("Paul Osei")
    screen.table.selectRow(at)
    screen.correct.setFocus()
    pressed(Qt.Key.Key_Return)
    edit = focused()
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "Paul Osei"
    assert [each.text() for each in main_buttons(screen)] == ["Save"]
    edit.selectAll()
    written("Dr. Paula Osei-Bonsu, MD")
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, ops)
    assert not screen.panel.isVisible()
    assert door.tried == [("renamed", "Dr. Paula Osei-Bonsu, MD")]
    found = {row.name: row.initials for row in screen.table.rows.rows()}
    assert found["Dr. Paula Osei-Bonsu, MD"] == "PO"
    assert "Dr. Paula Osei-Bonsu, MD" in screen.banner.accessibleName()
    assert focused() is screen.correct
    assert [each.text() for each in main_buttons(screen)] == ["Add a member"]


def test_a_name_that_somebody_else_has_is_marked_in_the_form(qtbot: QtBot, ops: Ops, screen: MembersScreen) -> None:
    rows = screen.table.rows.rows()
    screen.presenter.correct(next(row for row in rows if row.name == "Paul Osei"))
    form = screen.panel.held
    assert isinstance(form, NameForm)
    form.field("name").show_value("Mara  Köhler ")
    screen.panel.save.click()
    assert form.field("name").problem
    form.field("name").show_value("Paul Osei")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert not screen.panel.isVisible()


def test_only_an_owner_can_correct_a_name(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = MembersScreen(home.desk(PAUL), FakeDoor(), ops)
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert not screen.correct.isVisible()
    made, view = presenter(home, PAUL)
    made.correct(screen.table.rows.rows()[0])
    assert not view.count("show_name_form")


def test_a_name_that_was_changed_meanwhile_is_not_overwritten(home: House) -> None:
    made, view = presenter(home)
    row = next(row for row in view.last("show_members")[0] if row.name == "Paul Osei")
    made.save_name(row, "Paul O. Osei")
    made.save_name(row, "Paul Q. Osei")
    assert isinstance(view.last("show_form_error")[0], Conflict)
    assert "Paul O. Osei" in [each.name for each in view.last("show_members")[0]]
