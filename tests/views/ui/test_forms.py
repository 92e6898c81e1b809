"""Fields and forms: filling is not editing, and what is wrong is said where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Problem
from desktop.views.ui.fields import SearchBox, Secret, Tick
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from tests.views.ui import gallery
from tests.views.ui.hands import opened, typed

KEY = Qt.Key


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = gallery.form()
    opened(qtbot, made)
    return made


def test_filling_a_form_is_not_editing_it(form: Form, qtbot: QtBot) -> None:
    draft = gallery.Draft("Łukasz", "1984-05-01", "pl", "calls himself Luk", True)
    with qtbot.assertNotEmitted(form.edited):
        form.show_draft(draft)
    assert form.draft() == draft


@pytest.mark.parametrize("name", ["name", "note"])
def test_what_a_person_types_in_any_script_is_in_the_draft(name: str, form: Form, qtbot: QtBot) -> None:
    edit = form.field(name).edit
    edit.setFocus()
    with qtbot.waitSignal(form.edited):
        typed(edit, "Nguyễn 李小龙 שרה محمد")
    assert getattr(form.draft(), name) == "Nguyễn 李小龙 שרה محمد"


def test_a_tick_and_a_choice_are_editing_too(form: Form, qtbot: QtBot) -> None:
    tick = form.field("call").edit
    with qtbot.waitSignal(form.edited):
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    choice = form.field("language").edit
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(choice, KEY.Key_Down)
    assert form.draft().call is True
    assert form.draft().language == "pl"


def test_a_form_that_is_not_settled_marks_its_fields_and_goes_to_the_first(form: Form) -> None:
    assert form.settled() is None
    assert form.field("name").problem == "A name is needed."
    assert form.field("born").problem.startswith("Write the date")
    assert form.field("language").problem == ""
    assert form.field("name").edit.hasFocus()
    assert form.field("name").edit.accessibleDescription() == "A name is needed."


def test_a_mended_field_is_no_longer_marked(form: Form) -> None:
    form.settled()
    typed(form.field("name").edit, "Phượng")
    assert form.field("name").problem == ""
    assert form.field("born").problem != ""
    typed(form.field("born").edit, "1986-11-23")
    assert form.settled() == gallery.Draft("Phượng", "1986-11-23")


def test_only_the_first_thing_wrong_with_a_field_is_said(form: Form) -> None:
    form.show_problems((Problem("name", "one"), Problem("name", "two")))
    assert form.field("name").problem == "one"
    form.show_problems(())
    assert form.field("name").problem == ""


def test_every_field_is_named_and_tab_goes_through_them_in_order(form: Form, qtbot: QtBot) -> None:
    assert [edit.accessibleName() for edit in form.edits()] == [
        "Name",
        "Born",
        "Language",
        "Anything to know beforehand",
        "May be called at home",
    ]
    form.edits()[0].setFocus()
    for before, after in zip(form.edits(), form.edits()[1:], strict=False):
        qtbot.keyClick(before, KEY.Key_Tab)
        assert after.hasFocus()


def test_a_passphrase_is_asked_in_dots(qtbot: QtBot) -> None:
    made = Form(lambda draft: ())
    qtbot.addWidget(made)
    edit = made.secret("passphrase", "Passphrase")
    assert isinstance(edit, Secret)
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    assert edit.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_a_problem_of_several_lines_makes_its_field_higher(form: Form) -> None:
    before = form.field("born").sizeHint().height()
    form.resize(300, form.height())
    form.settled()
    QApplication.processEvents()
    assert form.field("born").sizeHint().height() > before + 2 * look().sizes.caption


def test_escape_empties_a_search_before_it_does_anything_else(qtbot: QtBot) -> None:
    box = SearchBox("Search couples")
    qtbot.addWidget(box)
    said: list[str] = []
    box.textEdited.connect(said.append)
    typed(box, "Łuk")
    qtbot.keyClick(box, KEY.Key_Escape)
    assert box.text() == ""
    assert said == ["Łuk", ""]
    qtbot.keyClick(box, KEY.Key_Escape)
    assert said == ["Łuk", ""]


def test_a_tick_is_drawn_when_it_is_set(qtbot: QtBot) -> None:
    tick = Tick("May be called")
    qtbot.addWidget(tick)
    tick.show()
    before = tick.grab().toImage()
    tick.setChecked(True)
    tick.setFocus()
    assert tick.grab().toImage() != before


def test_a_choice_whose_words_are_cut_says_all_of_them_below(qtbot: QtBot, clothed: QApplication) -> None:
    long = "Nguyễn Thị Phượng Anh, born 1986-11-23"
    made = Form(lambda draft: ())
    made.choice("name", "Partner A", (("", "Choose…"), ("b", long)))
    made.show_draft(gallery.Draft(name=""))
    opened(qtbot, made)
    made.resize(220, 200)
    field = made.field("name")
    qtbot.waitUntil(lambda: field.edit.width() <= 220)
    assert not [each for each in field.findChildren(QLabel) if each.text() == long]
    field.show_value("b")
    (below,) = [each for each in field.findChildren(QLabel) if each.text() == long]
    assert below.isVisible()
    assert below.height() >= below.fontMetrics().height()
    made.resize(600, 200)
    qtbot.waitUntil(lambda: not below.isVisible())


def test_a_long_hint_wraps_instead_of_widening_its_field(qtbot: QtBot) -> None:
    made = Form(gallery.check)
    short = made.text("name", "Name", hint="Short.")
    made.text("born", "Born", hint="In your own words, naming nobody; it is kept with your name. " * 3)
    opened(qtbot, made)
    made.resize(look().sizes.ring * 4, made.height())
    assert made.minimumSizeHint().width() <= short.minimumSizeHint().width() + look().sizes.ring * 2
    hint = next(each for each in made.findChildren(QLabel) if each.text().startswith("In your own"))
    assert hint.height() > hint.fontMetrics().height()


def test_a_button_beside_a_field_follows_it_with_tab(qtbot: QtBot) -> None:
    button = QPushButton("Choose…")
    made = Form(gallery.check)
    edit = made.text("name", "Name", beside=button)
    after = made.text("born", "Born")
    opened(qtbot, made)
    edit.setFocus()
    assert button.geometry().left() > edit.geometry().right()
    qtbot.keyClick(edit, KEY.Key_Tab)
    assert button.hasFocus()
    qtbot.keyClick(button, KEY.Key_Tab)
    assert after.hasFocus()


def test_a_field_can_be_asked_for_in_other_words(qtbot: QtBot) -> None:
    made = Form(gallery.check)
    edit = made.text("name", "Passphrase")
    made.field("name").rename("The kit")
    assert edit.accessibleName() == "The kit"
    assert [each.text() for each in made.findChildren(QLabel) if each.text()] == ["The kit"]
