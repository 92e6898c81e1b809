"""The way back in for somebody who lost a passphrase, and the key file beside one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.errors_keys import KitMistyped
from desktop.services.practice import MemberName
from desktop.views.ui.ops import Ops
from desktop.views.welcome.recover import RecoverPage
from desktop.views.welcome.view import WelcomeScreen
from tests.kit import House
from tests.views.hands import FakeDoor, opened, pressed, settle

FOLDER = Path("/practice")
NEW = "seldom paper rivers borrow eleven"


@pytest.fixture
def door(home: House) -> FakeDoor:
    members = (MemberName("m1", "Mara Köhler"), MemberName("m2", "Paul Osei", factor=True))
    return FakeDoor(members=members, desk=home.desk())


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, door: FakeDoor) -> WelcomeScreen:
    made = WelcomeScreen(door, ops)
    opened(qtbot, made)
    made.begin(FOLDER)
    settle(qtbot, ops)
    return made


def fill(page: RecoverPage, **values: str) -> None:
    for name, value in values.items():
        page.form.field(name).show_value(value)


def test_the_kit_sets_a_passphrase_anew_and_whoever_did_it_is_in(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.lost.click()
    page = screen.recovering
    assert page.isVisible()
    page.recover.click()
    assert page.form.field("kit").problem
    fill(page, member_id="m2", kit="AGE-SECRET-KEY-1 ...", passphrase=NEW, again=NEW)
    with qtbot.waitSignal(screen.came_in):
        page.recover.click()
    assert door.tried[-1] == ("recover", "m2")
    assert page.form.draft().kit == ""
    assert page.form.draft().passphrase == ""


def test_enter_goes_on_and_escape_goes_back(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.lost.click()
    page = screen.recovering
    fill(page, member_id="m1", kit="AGE-SECRET-KEY-1 ...", passphrase=NEW, again=NEW)
    page.form.field("passphrase").edit.setFocus()
    pressed(Qt.Key.Key_Return)
    assert page.form.field("again").edit.hasFocus()
    pressed(Qt.Key.Key_Escape)
    assert screen.unlock.isVisible()
    assert door.tried == []
    screen.lost.click()
    fill(page, member_id="m1", kit="AGE-SECRET-KEY-1 ...", passphrase=NEW, again=NEW)
    page.form.field("again").edit.setFocus()
    with qtbot.waitSignal(screen.came_in):
        pressed(Qt.Key.Key_Return)


def test_a_mistyped_kit_is_said_above_and_nothing_that_was_typed_is_lost(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor
) -> None:
    screen.lost.click()
    page = screen.recovering
    fill(page, kit="AGE-SECRET-KEY-1 ...", passphrase=NEW, again=NEW)
    door.refusal = KitMistyped(7)
    page.recover.click()
    settle(qtbot, ops)
    assert "group 7" in screen.banner._more.text()
    assert page.form.draft().kit == "AGE-SECRET-KEY-1 ..."
    page.cancel.click()
    assert screen.unlock.isVisible()


def test_a_key_file_is_asked_for_where_the_member_has_one(
    qtbot: QtBot, ops: Ops, screen: WelcomeScreen, door: FakeDoor, tmp_path: Path
) -> None:
    assert not screen.unlock.factor.isVisible()
    screen.unlock.names.setCurrentIndex(screen.unlock.names.rows.index(1, 0))
    assert screen.unlock.factor.isVisible()
    stick = tmp_path / "stick.holdfast-key"
    screen.unlock.take_factor(str(stick))
    screen.unlock.secret.setText(NEW)
    screen.unlock.unlock.click()
    settle(qtbot, ops)
    assert "cannot be read" in screen.banner._what.text()
    stick.write_bytes(b"the key file")
    screen.unlock.secret.setText(NEW)
    with qtbot.waitSignal(screen.came_in):
        screen.unlock.unlock.click()
    assert door.factors == [b"the key file"]
