"""What is remembered outside a practice, and what happens when it is locked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.services.live import LiveDesk
from desktop.services.locking import running_seconds
from desktop.views.shell.clipboard import ClipboardGuard
from desktop.views.shell.finding import day_of, look_for, session_place
from desktop.views.shell.leaving import leave
from desktop.views.shell.settings import Settings, SettingsFile
from desktop.views.ui.place import BOARD, COUPLE, Place
from tests.kit import ANNA, PAIR, START, HandClock, House, plan
from tests.views.hands import FakeDoor


def test_settings_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "window.json"
    SettingsFile(path).change(folder="/practice", member="m1", theme="night")
    assert SettingsFile(path).settings == Settings("/practice", "m1", "night")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"theme": "pink", "folder": 3}', "\x00"])
def test_settings_that_cannot_be_read_are_as_new(tmp_path: Path, text: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(text, encoding="utf-8")
    assert SettingsFile(path).settings == Settings()


def test_settings_that_cannot_be_written_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = SettingsFile(tmp_path / "file" / "window.json")
    assert kept.change(theme="dark").theme == "dark"


def test_settings_hold_four_things_and_nothing_about_a_client(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    SettingsFile(path).change(theme="dark")
    assert set(json.loads(path.read_text("utf-8"))) == {"folder", "member", "theme", "idle_minutes"}


def test_without_a_path_nothing_is_kept() -> None:
    assert SettingsFile(None).change(theme="dark").theme == "dark"


def test_the_clock_behind_the_lock_counts_through_sleep_and_a_changed_wall_clock() -> None:
    clock = HandClock()
    clock.forward(90)
    clock.jump(3600)
    assert running_seconds(clock, START) == 90


def test_after_a_restart_the_clock_behind_the_lock_goes_by_the_wall() -> None:
    clock = HandClock()
    clock.reboot("boot-2", 600)
    assert running_seconds(clock, START) == 600


def test_the_clock_behind_the_lock_never_goes_below_nought() -> None:
    clock = HandClock(replace(START, boot_ms=START.boot_ms - 5000))
    assert running_seconds(clock, START) == 0


def test_locking_tells_when_the_running_session_began_and_nothing_else(home: House) -> None:
    door = FakeDoor()
    desk = home.desk()
    assert leave(door, desk) is None
    live = LiveDesk.begin(desk, plan(desk).id)
    running = leave(door, desk)
    assert running is not None
    assert running.started == live.session.started
    assert door.left == [desk, desk]


def test_a_practice_is_locked_even_when_its_sessions_cannot_be_read(home: House) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise Known("The disk is gone.")

    door = FakeDoor()
    desk = replace(home.desk(), store=Broken())  # type: ignore[arg-type]
    assert leave(door, desk) is None
    assert door.left == [desk]


def test_the_palette_finds_a_couple_with_its_sessions(home: House) -> None:
    desk = home.desk()
    session = plan(desk)
    found = look_for(desk, "lukasz")
    assert [row.kind for row in found.people] == ["couple", "client"]
    assert {each.id for _, each in found.sessions} == {session.id}
    assert day_of(session) == "2026-03-02"


def test_a_planned_session_is_found_at_its_couple_and_a_begun_one_at_its_board(home: House) -> None:
    desk = home.desk()
    assert session_place(plan(desk)) == Place(COUPLE, PAIR.id)
    assert session_place(LiveDesk.begin(desk, "session-1").session) == Place(BOARD, "session-1")


def test_what_was_copied_is_cleared_after_a_while_and_what_others_copied_is_not(
    clothed: QApplication, qtbot: QtBot
) -> None:
    clipboard, ours = QGuiApplication.clipboard(), [False]
    holder = QObject()
    guard = ClipboardGuard(holder, 20, lambda: ours[0])
    clipboard.setText("from another program")
    assert not guard.waiting
    guard.clear()
    assert clipboard.text() == "from another program"
    ours[0] = True
    clipboard.setText(ANNA.name)
    assert guard.waiting
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert not guard.waiting
