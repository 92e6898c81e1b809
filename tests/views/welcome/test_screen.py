"""The welcome screen with real widgets and a door that answers what it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.errors_practice import FolderNotEmpty, PassphraseTooShort, WrongPassphrase
from desktop.services.practice import LastArchive
from desktop.views.ui.ops import Ops
from desktop.views.welcome.countdown import wait_facts
from desktop.views.welcome.view import WelcomeScreen
from tests.kit import House
from tests.views.hands import FakeDoor, controls, focused, opened, pressed, settle, tabbed, written

FOLDER = Path("/practices/one")


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, door: FakeDoor) -> WelcomeScreen:
    made = WelcomeScreen(door, ops)
    opened(qtbot, made)
    return made


def test_the_passphrase_has_the_keyboard_at_once(qtbot: QtBot, ops: Ops, screen: WelcomeScreen) -> None:
    screen.begin(FOLDER, "m2")
    settle(qtbot, ops)
    assert focused() is screen.unlock.secret
    assert screen.unlock.names.chosen == "m2"


def test_enter_unlocks(qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor, home: House) -> None:
    door.desk = home.desk()
    screen.begin(FOLDER)
    settle(qtbot, ops)
    written("four plain words here")
    with qtbot.waitSignal(screen.came_in):
        pressed(Qt.Key.Key_Return)
    assert door.tried == [("unlock", FOLDER, "m1", "four plain words here")]


def test_after_a_wrong_passphrase_the_next_try_waits(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.begin(FOLDER)
    settle(qtbot, ops)
    door.refusal = WrongPassphrase(60)
    written("not the right words")
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert screen.banner.isVisible()
    assert "60 seconds" in screen.banner.accessibleName()
    assert not screen.unlock.unlock.isEnabled()
    assert screen.unlock.secret.text() == ""
    assert focused() is screen.unlock.secret
    written("again")
    pressed(Qt.Key.Key_Return)
    assert len(door.tried) == 1


def test_once_the_wait_is_over_the_button_works_again(qtbot: QtBot, ops: Ops, screen: WelcomeScreen) -> None:
    screen.begin(FOLDER)
    settle(qtbot, ops)
    screen.show_error(WrongPassphrase(1), 1)
    assert not screen.unlock.unlock.isEnabled()
    qtbot.waitUntil(screen.unlock.unlock.isEnabled, timeout=4_000)
    assert "again now" in screen.banner.accessibleName()


def test_the_seconds_are_counted_in_words() -> None:
    error = WrongPassphrase(8)
    assert wait_facts(error, 8).next_step == "The next try is taken in 8 seconds."
    assert wait_facts(error, 1).next_step == "The next try is taken in 1 second."
    assert wait_facts(error, 0).next_step == "You can try again now."
    assert wait_facts(error, 3).safe == error.safe


def test_a_session_that_runs_behind_the_lock_shows_its_clock_and_no_name(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen
) -> None:
    screen.begin(FOLDER, running=lambda: (6443, 90))
    settle(qtbot, ops)
    assert screen.unlock.running.isVisible()
    assert screen.unlock.running.clock.text() == "1:47:23"
    screen.begin(FOLDER)
    settle(qtbot, ops)
    assert not screen.unlock.running.isVisible()


def test_what_is_missing_for_a_new_practice_is_said_beside_the_fields(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.presenter.create_page()
    screen.making.make.click()
    form = screen.making.form
    assert form.field("folder").problem
    assert form.field("passphrase").problem
    assert focused() is form.field("folder").edit
    assert not door.tried


def test_the_window_answers_while_the_keys_are_made(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor, home: House
) -> None:
    door.desk = home.desk()
    screen.presenter.create_page()
    values = {"folder": "/new", "practice": "P", "member": "M", "passphrase": "x" * 20, "again": "x" * 20}
    for name, value in values.items():
        screen.making.form.field(name).show_value(value)
    screen.making.make.click()
    assert screen.busy.isVisible()
    assert not screen.making.make.isEnabled()
    with qtbot.waitSignal(screen.came_in):
        settle(qtbot, ops)
    assert screen.making.form.field("passphrase").value() == ""


VALUES = {"folder": "/new", "practice": "P", "member": "M", "passphrase": "x" * 20, "again": "x" * 20}


def test_enter_goes_through_the_fields_and_the_last_one_makes_the_practice(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor, home: House
) -> None:
    door.desk = home.desk()
    screen.presenter.create_page()
    settle(qtbot, ops)
    for value in VALUES.values():
        assert not door.tried
        written(value)
        pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert [tried[:3] for tried in door.tried] == [("create", Path("/new"), "P")]


def test_enter_in_the_last_field_with_something_missing_goes_there(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.presenter.create_page()
    settle(qtbot, ops)
    form = screen.making.form
    form.field("folder").show_value("/new")
    form.field("again").edit.setFocus()
    pressed(Qt.Key.Key_Enter)
    assert focused() is form.field("practice").edit
    assert not door.tried


def test_ctrl_enter_makes_the_practice_from_any_field(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor, home: House
) -> None:
    door.desk = home.desk()
    screen.presenter.create_page()
    for name, value in VALUES.items():
        screen.making.form.field(name).show_value(value)
    screen.making.form.field("practice").edit.setFocus()
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, ops)
    assert len(door.tried) == 1


def test_after_a_refusal_the_keyboard_is_in_the_field_that_it_is_about(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.presenter.create_page()
    settle(qtbot, ops)
    for name, value in VALUES.items():
        screen.making.form.field(name).show_value(value)
    for refusal, name in ((FolderNotEmpty(), "folder"), (PassphraseTooShort(15), "passphrase")):
        door.refusal = refusal
        screen.making.make.setFocus()
        pressed(Qt.Key.Key_Return)
        settle(qtbot, ops)
        assert focused() is screen.making.form.field(name).edit
        assert screen.making.form.field(name).problem == refusal.what


def test_a_folder_is_suggested_and_the_keyboard_goes_on_to_the_name(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    door.place = Path("/home/mara/Documents/Holdfast")
    screen.presenter.create_page()
    settle(qtbot, ops)
    assert screen.making.form.field("folder").value() == str(door.place)
    assert focused() is screen.making.form.field("practice").edit


def test_a_folder_that_was_typed_is_not_replaced_by_a_suggestion(screen: WelcomeScreen) -> None:
    screen.making.form.field("folder").show_value("/mine")
    screen.show_create("/home/mara/Documents/Holdfast")
    assert screen.making.form.field("folder").value() == "/mine"


def test_back_forgets_both_passphrases(qtbot: QtBot, ops: Ops, screen: WelcomeScreen) -> None:
    screen.presenter.create_page()
    settle(qtbot, ops)
    for name, value in VALUES.items():
        screen.making.form.field(name).show_value(value)
    screen.making.cancel.click()
    screen.presenter.create_page()
    assert screen.making.form.field("passphrase").value() == ""
    assert screen.making.form.field("again").value() == ""
    assert screen.making.form.field("practice").value() == "P"


def test_a_passphrase_typed_for_one_member_is_forgotten_when_another_is_chosen(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen
) -> None:
    screen.begin(FOLDER, "m1")
    settle(qtbot, ops)
    written("for the first of them")
    screen.unlock.names.setFocus()
    pressed(Qt.Key.Key_Down)
    assert screen.unlock.names.chosen == "m2"
    assert screen.unlock.secret.text() == ""


def test_a_passphrase_is_forgotten_when_another_page_is_shown(qtbot: QtBot, ops: Ops, screen: WelcomeScreen) -> None:
    screen.begin(FOLDER, "m1")
    settle(qtbot, ops)
    written("for the first of them")
    screen.presenter.create_page()
    assert screen.unlock.secret.text() == ""


def test_a_folder_is_chosen_in_a_window_that_is_freed(qtbot: QtBot, ops: Ops, screen: WelcomeScreen) -> None:
    screen.begin(None)
    settle(qtbot, ops)
    screen.start.look_for.click()
    (dialog,) = screen.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(FOLDER))
    dialog.close()
    settle(qtbot, ops)
    assert screen.unlock.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


@pytest.mark.parametrize("page", ["start", "create", "unlock"])
def test_everything_has_a_name_and_tab_reaches_it(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, page: str
) -> None:
    if page == "start":
        screen.begin(None)
    elif page == "create":
        screen.presenter.create_page()
    else:
        screen.begin(FOLDER)
    settle(qtbot, ops)
    found = controls(screen)
    assert found
    assert not [each for each in found if not each.accessibleName()]
    assert {id(each) for each in found} <= tabbed(screen)


def test_no_way_in_is_cut_off(qtbot: QtBot, ops: Ops, screen: WelcomeScreen) -> None:
    screen.restore.show()
    screen.begin(FOLDER)
    settle(qtbot, ops)
    ways = (screen.other, screen.new, screen.lost, screen.restore)
    assert [way.text() for way in ways if not way.isVisible() or way.width() < way.sizeHint().width()] == []


def test_how_old_the_last_archive_is_is_said_once_the_page_is_there(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    door.last_archive = LastArchive("The last verified archive is 4 days old. Unlock, and make one.", True)
    screen.begin(FOLDER)
    settle(qtbot, ops)
    line = screen.unlock.archived
    qtbot.waitUntil(line.isVisible)
    assert line.words.text() == "The last verified archive is 4 days old. Unlock, and make one."
    door.last_archive = None
    screen.presenter.look_for_archive()
    settle(qtbot, ops)
    assert not line.isVisible()


def test_the_age_of_an_archive_of_another_practice_is_not_left_standing(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    door.last_archive = LastArchive("Last verified archive: 2 hours ago.", False)
    screen.begin(FOLDER)
    settle(qtbot, ops)
    screen.presenter.look_for_archive()
    settle(qtbot, ops)
    assert screen.unlock.archived.isVisible()
    screen.presenter.open_folder(Path("/practices/two"))
    qtbot.waitUntil(lambda: not screen.unlock.archived.isVisible())
