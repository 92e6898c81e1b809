"""What is wrong is said before the records are shown, and the check of all records says how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.integrity import Flaw, Wrong
from desktop.services.desk import Desk
from desktop.services.integrity import findings_of
from desktop.services.practice import Finding
from desktop.views.audit.watching import Stage, Watch, Watching
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Tone
from tests.kit import RESOURCES, House
from tests.views.hands import FakeDoor, Hands, focused, opened, pressed, settle

FOUND = findings_of((Flaw(Wrong.EDITED_RECORD, kind="client", count=2), Flaw(Wrong.NO_HEAD)))


@dataclass
class WarningDoor(FakeDoor):
    found: tuple[Finding, ...] = FOUND

    def found_at_unlock(self, desk: Desk) -> tuple[Finding, ...]:
        return self.found


@pytest.fixture
def door() -> WarningDoor:
    return WarningDoor()


@pytest.fixture
def window(qtbot: QtBot, ops: Ops, home: House, door: WarningDoor, tmp_path: Path) -> Window:
    made = Window(door, RESOURCES, ops, SettingsFile(tmp_path / "window.json"), builders())
    opened(qtbot, made)
    made.sit_down(home.desk(), Path("/practices/one"))
    settle(qtbot, ops)
    return made


def test_nothing_is_asked_of_the_records_before_what_is_wrong_was_read(window: Window, home: House) -> None:
    assert window.found is not None
    assert window.frame is not None
    assert window.found.isVisible()
    assert not window.frame.isVisible()
    assert window.frame.current is None
    assert "2" in window.found.accessibleName()


def test_the_keyboard_stands_on_locking_again(window: Window, qtbot: QtBot, ops: Ops, door: WarningDoor) -> None:
    assert window.found is not None
    assert focused() is window.found.lock
    pressed(Qt.Key.Key_Escape)
    settle(qtbot, ops)
    assert window.found is None
    assert window.frame is None
    assert len(door.left) == 1


def test_who_has_read_it_may_go_on(window: Window, qtbot: QtBot, ops: Ops) -> None:
    assert window.found is not None
    pressed(Qt.Key.Key_Backtab)
    assert focused() is window.found.carry_on
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert window.found is None
    assert window.frame is not None
    assert window.frame.current is not None
    rail = window.frame.rail
    assert "Checking" in rail.watch.text()
    qtbot.waitUntil(lambda: "checked" in rail.watch.text(), timeout=20_000)


def watching(home: House) -> list[Watch]:
    told: list[Watch] = []
    Watching(home.desk(), Hands(), told.append).begin()
    return told


def test_the_whole_check_says_that_it_runs_and_when_it_was_done(home: House) -> None:
    running, done = watching(home)
    assert (running.stage, done.stage) == (Stage.RUNNING, Stage.WHOLE)
    assert "10:00" in done.words
    assert done.state is not None


def test_the_whole_check_says_that_something_is_wrong_with_sign_and_word(home: House) -> None:
    home.sql("UPDATE clients SET contact = 'x'")
    done = watching(home)[-1]
    assert (done.stage, done.tone, done.sign) == (Stage.WRONG, Tone.RED, "octagon-alert")
    assert "1 thing wrong" in done.words


def test_a_check_that_cannot_be_made_is_not_taken_for_a_good_one(home: House) -> None:
    home.store.close()
    assert watching(home)[-1].stage is Stage.UNREADABLE
