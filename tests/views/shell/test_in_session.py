"""A session that is running: offered first after unlocking, and asked about before the window closes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services.live import LiveDesk
from desktop.services.outcome import Topic
from desktop.views.people.view import PeopleScreen
from desktop.views.shell.frame import Frame
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BACK, BOARD, COUPLE, HELP, Place
from tests.kit import ANNA, BEN, OTTO, PAIR, RESOURCES, House, finish, plan
from tests.views.hands import FakeDoor, focused, opened, pressed, settle, written

FOLDER = Path("/practices/one")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def window(qtbot: QtBot, ops: Ops, door: FakeDoor) -> Window:
    made = Window(door, RESOURCES, ops, SettingsFile(None), builders())
    opened(qtbot, made)
    return made


@pytest.fixture
def running(home: House) -> LiveDesk:
    plan(home.desk())
    return LiveDesk.begin(home.desk(), "session-1")


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def come_in(qtbot: QtBot, ops: Ops, window: Window, home: House) -> Frame:
    window.sit_down(home.desk(), FOLDER)
    settle(qtbot, ops)
    return frame_of(window)


def test_a_running_session_is_offered_first_and_enter_carries_it_on(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    home.clock.forward(42 * 60)
    frame = come_in(qtbot, ops, window, home)
    strip = frame.running.strip
    assert strip.isVisible()
    assert f"{ANNA.name} & {BEN.name}" in strip.accessibleName()
    assert "42 minutes" in strip.accessibleName()
    assert focused() is strip.buttons()[0]
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert frame.place == Place(BOARD, "session-1")
    assert isinstance(frame.current, BoardHost)
    assert frame.current.board is not None
    assert not strip.isVisible()


def test_the_offer_counts_the_minutes_and_keeps_the_keyboard(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    frame = come_in(qtbot, ops, window, home)
    button = focused()
    home.clock.forward(180)
    qtbot.waitUntil(lambda: "3 minutes" in frame.running.strip.accessibleName(), timeout=5000)
    assert focused() is button


def test_without_a_running_session_nothing_is_offered(
    qtbot: QtBot, ops: Ops, window: Window, home: House
) -> None:
    plan(home.desk())
    frame = come_in(qtbot, ops, window, home)
    assert not frame.running.strip.isVisible()
    assert not frame.in_session


def test_who_holds_no_records_is_offered_no_session(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    window.sit_down(home.desk(OTTO), FOLDER)
    settle(qtbot, ops)
    assert not frame_of(window).running.strip.isVisible()


def test_whoever_types_already_keeps_the_keyboard(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    window.sit_down(home.desk(), FOLDER)
    written("lu")
    line = focused()
    settle(qtbot, ops)
    assert frame_of(window).running.strip.isVisible()
    assert focused() is line
    page = frame_of(window).current
    assert isinstance(page, PeopleScreen)
    qtbot.waitUntil(lambda: not page._pause.isActive())
    settle(qtbot, ops)


def test_leaving_the_board_offers_its_session_again_and_closing_it_ends_the_offer(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    frame = come_in(qtbot, ops, window, home)
    frame.visit(Place(BOARD, "session-1"))
    settle(qtbot, ops)
    host = frame.current
    assert isinstance(host, BoardHost)
    frame.visit(Place(BACK))
    settle(qtbot, ops)
    assert frame.running.strip.isVisible()
    frame.visit(Place(BOARD, "session-1"))
    settle(qtbot, ops)
    assert host.live is not None
    finish(host.live)
    assert not frame.in_session
    ops.changed.emit(frozenset({Topic("session", "session-1")}))
    frame.visit(Place(HELP))
    settle(qtbot, ops)
    assert not frame.running.strip.isVisible()


def test_of_two_sessions_the_one_begun_last_is_offered_first(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    plan(home.desk(), "session-2")
    home.clock.forward(600)
    LiveDesk.begin(home.desk(), "session-2")
    frame = come_in(qtbot, ops, window, home)
    assert "2 sessions" in frame.running.strip.accessibleName()
    assert len(frame.running.strip.buttons()) == 2
    pressed(Qt.Key.Key_Space)
    settle(qtbot, ops)
    assert frame.place == Place(BOARD, "session-2")


def test_closing_in_mid_session_asks_and_stay_gives_the_keyboard_back(
    qtbot: QtBot, ops: Ops, window: Window, home: House, door: FakeDoor, running: LiveDesk
) -> None:
    frame = come_in(qtbot, ops, window, home)
    frame.visit(Place(BOARD, "session-1"))
    settle(qtbot, ops)
    line = focused()
    assert not window.close()
    assert window.isVisible()
    assert "A session is running" in window.notices.leaving.accessibleName()
    assert focused().accessibleName() == "Stay"
    pressed(Qt.Key.Key_Return)
    assert not window.notices.isVisible()
    assert focused() is line
    assert window.frame is frame
    assert not door.left


def test_escape_is_the_harmless_answer(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    come_in(qtbot, ops, window, home)
    window.close()
    pressed(Qt.Key.Key_Escape)
    assert not window.notices.isVisible()
    assert window.isVisible()


def test_close_anyway_closes_and_locks(
    qtbot: QtBot, ops: Ops, window: Window, home: House, door: FakeDoor, running: LiveDesk
) -> None:
    come_in(qtbot, ops, window, home)
    window.close()
    pressed(Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Close anyway"
    pressed(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(door.left))
    assert not window.isVisible()


def test_without_a_session_closing_asks_nothing(
    qtbot: QtBot, ops: Ops, window: Window, home: House, door: FakeDoor
) -> None:
    come_in(qtbot, ops, window, home)
    assert window.close()
    qtbot.waitUntil(lambda: bool(door.left))


def test_a_machine_that_shuts_down_is_not_held_up(
    qtbot: QtBot, ops: Ops, home: House, door: FakeDoor, running: LiveDesk
) -> None:
    class Ending(Window):
        def must_close(self) -> bool:
            return True

    window = Ending(door, RESOURCES, ops, SettingsFile(None), builders())
    opened(qtbot, window)
    come_in(qtbot, ops, window, home)
    assert window.close()
    qtbot.waitUntil(lambda: bool(door.left))


def test_the_strip_is_answered_with_the_keyboard_alone_after_unlocking_again(
    qtbot: QtBot, ops: Ops, window: Window, home: House, running: LiveDesk
) -> None:
    come_in(qtbot, ops, window, home)
    pressed(Qt.Key.Key_L, CONTROL)
    settle(qtbot, ops)
    assert window.welcome.unlock.running.isVisible()
    frame = come_in(qtbot, ops, window, home)
    assert focused() is frame.running.strip.buttons()[0]
    frame.visit(Place(COUPLE, PAIR.id))
    settle(qtbot, ops)
    assert frame.running.strip.isVisible()
    window.close()
    pressed(Qt.Key.Key_Escape)
    assert frame.place == Place(COUPLE, PAIR.id)
    assert frame.running.strip.isVisible()
