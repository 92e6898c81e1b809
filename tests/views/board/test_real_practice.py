"""The board on a real, encrypted practice: durable before it shows, and the same after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.audience import Audience
from desktop.domain.records import SessionState
from desktop.services.live import LiveDesk
from desktop.services.touch import keep_touch
from tests.kit import ANNA, STAFF, House, furnish, plan
from tests.services.test_touch_and_safety import AGREED
from tests.views.board.conftest import Stage

Key = Qt.Key


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path).open()
    furnish(made.desk())
    plan(made.desk())
    yield made
    made.close()


def entries(home: House) -> int:
    with home.store.read() as unit:
        return unit.events.count("session-1")


def test_an_entry_is_on_disk_before_the_log_shows_it(qtbot: QtBot, home: House) -> None:
    stage = Stage(qtbot, LiveDesk.begin(home.desk(), "session-1"), members=STAFF)
    seen: list[tuple[int, int]] = []
    rows = stage.screen.right.log.model_rows
    rows.rowsInserted.connect(lambda *_: seen.append((rows.rowCount(), entries(home))))
    for line in ("a 128/82 76 98 14", "b settled", "."):
        stage.type(line)
        stage.enter()
    assert seen == [(2, 2), (3, 3), (4, 4)]
    stage.end()


def test_after_a_restart_the_board_shows_the_same_and_says_that_it_was_carried_on(qtbot: QtBot, home: House) -> None:
    first = Stage(qtbot, LiveDesk.begin(home.desk(), "session-1"), members=STAFF)
    home.clock.forward(600)
    first.key(Key.Key_F3)
    first.type("b it is quiet")
    first.enter()
    first.key(Key.Key_R)
    log = first.log()
    first.end()
    home.again()
    home.clock.forward(90)
    again = Stage(qtbot, LiveDesk.resume(home.desk(), "session-1"), members=STAFF)
    assert again.log()[-len(log) :] == log
    assert "Carried on after 1 min 30 s" in again.screen.banner.accessibleName()
    again.screen.presenter.tick()
    side = again.screen.sides["a"].facts
    assert side is not None
    assert side.person.clock_s == 90
    again.end()


def test_a_session_is_closed_on_the_board_and_locked_on_disk(qtbot: QtBot, home: House) -> None:
    stage = Stage(qtbot, LiveDesk.begin(home.desk(), "session-1"), members=STAFF)
    for who in "ab":
        stage.type(who)
        stage.ctrl(Key.Key_E)
        stage.key(Key.Key_1)
        stage.ctrl(Key.Key_Return)
    stage.key(Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.type("Neither took anything today.")
    stage.ctrl(Key.Key_Return)
    assert stage.state.closed
    with home.store.read() as unit:
        assert unit.sessions.get("session-1", Audience.clinic("test")).state is SessionState.CLOSED
    assert home.intact()
    stage.end()


def test_an_adverse_event_from_the_log_is_a_record_of_that_person_at_once(qtbot: QtBot, home: House) -> None:
    stage = Stage(qtbot, LiveDesk.begin(home.desk(), "session-1"), members=STAFF)
    stage.type("a retching")
    stage.enter()
    stage.ctrl(Key.Key_J)
    stage.key(Key.Key_V)
    stage.type("2")
    stage.key(Key.Key_Tab)
    stage.type("vomiting")
    stage.enter()
    stage.ctrl(Key.Key_Return)
    client = stage.state.people["a"].client_id
    with home.store.read() as unit:
        kept = unit.care.adverse.of_session("session-1", Audience.clinic("safety"))
    assert [(one.client_id, one.what, one.severity) for one in kept] == [(client, "vomiting", 2)]
    stage.end()


def test_a_touch_plan_agreed_sober_stands_on_the_board_and_a_safe_signal_is_there_after_a_restart(
    qtbot: QtBot, home: House
) -> None:
    keep_touch(home.desk(), ANNA.id, AGREED, 0)
    stage = Stage(qtbot, LiveDesk.begin(home.desk(), "session-1"), members=STAFF)
    touch = stage.screen.sides["a"].touch.view
    assert touch.accessibleName() == "Touch, A: As agreed"
    assert "yes: hand" in touch.accessibleDescription()
    stage.key(Key.Key_A, Qt.KeyboardModifier.AltModifier)
    stage.end()
    home.again()
    again = Stage(qtbot, LiveDesk.resume(home.desk(), "session-1"), members=STAFF)
    assert "safe signal" in again.screen.sides["a"].touch.view.accessibleName()
    assert "yes: hand" not in again.screen.sides["a"].touch.view.accessibleDescription()
    again.end()
