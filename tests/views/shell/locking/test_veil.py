"""The veil over a running session: what it shows, what it keeps, and who lifts it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.errors_practice import WrongPassphrase
from desktop.live.events import RoundDone, VitalsTaken
from desktop.services.ports import Why
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.veil import Veil
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.place import PEOPLE, Place
from tests.kit import ANNA, BEN, dose, finish, ready
from tests.views.hands import controls, focused, pressed, settle, tabbed, written
from tests.views.shell.locking.evening import WORDS, Evening, spoken


class Veiled:
    """An evening in whose session nobody touched the program for five minutes."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        self.host: BoardHost = evening.board()
        assert self.host.live is not None
        self.live = self.host.live
        ready(self.live)
        self.live.record(dose())
        assert self.host.board is not None
        self.board = self.host.board
        self.board.presenter.core.show(self.live.state)
        self.draw()

    def draw(self) -> None:
        watch = self.evening.locking.watch
        assert watch is not None
        for _ in range(300):
            self.evening.clock.forward(1)
            watch.look()
        settle(self.evening.qtbot, self.evening.ops)

    @property
    def veil(self) -> Veil:
        assert self.evening.locking.veil is not None
        return self.evening.locking.veil

    def enter(self, text: str) -> None:
        written(text)
        pressed(Qt.Key.Key_Return)
        settle(self.evening.qtbot, self.evening.ops)

    def prove(self, passphrase: str) -> None:
        self.veil.secret.setFocus()
        written(passphrase)
        pressed(Qt.Key.Key_Return)
        settle(self.evening.qtbot, self.evening.ops)


@pytest.fixture
def veiled(evening: Evening) -> Veiled:
    return Veiled(evening)


NAMES = tuple(part for client in (ANNA, BEN) for part in client.name.split())


def test_nobody_there_during_a_session_draws_the_veil_and_ends_nothing(veiled: Veiled) -> None:
    assert not veiled.evening.following.told
    assert veiled.veil.isVisible()
    assert not veiled.board.isVisible()
    assert veiled.evening.window.windowTitle() == "Holdfast"


def test_under_the_veil_the_clock_and_what_is_due_can_be_read_and_no_name_and_no_value(veiled: Veiled) -> None:
    told = spoken(veiled.evening.window)
    assert "A session is running" in told
    assert "elapsed" in told
    assert "Spit" in told
    assert not any(name in told for name in NAMES)
    assert "128/82" not in told
    assert not any(name in spoken(veiled.evening.window) for name in ("Hollybrook", "Tuesday"))


def test_the_clock_goes_on_under_the_veil(veiled: Veiled) -> None:
    before = veiled.veil.clock.accessibleName()
    veiled.evening.clock.forward(600)
    veiled.veil.tick()
    assert veiled.veil.clock.accessibleName() != before


def test_the_quick_line_has_the_keyboard_and_keeps_whole_entries(veiled: Veiled) -> None:
    assert focused() is veiled.veil.line
    veiled.enter("a 131/87 77")
    veiled.enter(".")
    kept = [entry.event for entry in veiled.live.state.entries[-2:]]
    assert isinstance(kept[0], VitalsTaken)
    assert isinstance(kept[1], RoundDone)
    assert veiled.veil.line.text() == ""
    assert "Kept at" in veiled.veil.said.text()
    assert "131" not in spoken(veiled.evening.window)


@pytest.mark.parametrize("text", [WORDS, "a long silence", "a bp", "@zz a 120/80"])
def test_what_is_no_whole_entry_is_neither_kept_nor_left_standing(veiled: Veiled, text: str) -> None:
    before = len(veiled.live.state.entries)
    veiled.enter(text)
    assert len(veiled.live.state.entries) == before
    assert veiled.veil.line.text() == ""
    assert text not in spoken(veiled.evening.window)


def test_why_an_entry_was_refused_waits_behind_the_veil(veiled: Veiled) -> None:
    veiled.enter("a +")
    veiled.enter("b -")
    assert not any(name in veiled.veil.said.text() for name in NAMES)


def test_the_right_passphrase_lifts_the_veil_and_the_board_is_as_it_was(veiled: Veiled) -> None:
    veiled.prove(WORDS)
    assert veiled.evening.locking.veil is None
    assert veiled.board.isVisible()
    assert focused() is veiled.board.quick.edit
    with veiled.evening.desk.store.read() as unit:
        lines = [line.entry for line in unit.trail.lines() if line.entry.subject_kind == "practice"]
    assert [(each.act.value, each.detail) for each in lines[-2:]] == [("lock", "veil: idle"), ("unlock", "veil lifted")]
    veiled.draw()
    assert veiled.veil.isVisible()


def test_a_wrong_passphrase_lifts_nothing_and_counts(veiled: Veiled) -> None:
    veiled.prove("amber lantern quiet river")
    assert veiled.veil.isVisible()
    assert veiled.veil.secret.text() == ""
    assert WrongPassphrase(0).what in veiled.veil.banner.accessibleName()
    for _ in range(3):
        veiled.prove("amber lantern quiet river")
    veiled.prove(WORDS)
    assert veiled.evening.locking.veil is not None


def test_entries_are_kept_while_the_passphrase_is_tried(veiled: Veiled) -> None:
    before = len(veiled.live.state.entries)
    veiled.veil.secret.setText(WORDS)
    veiled.veil.lift.click()
    veiled.veil.line.setText(".")
    veiled.veil.line.returnPressed.emit()
    settle(veiled.evening.qtbot, veiled.evening.ops)
    assert len(veiled.live.state.entries) == before + 1
    assert veiled.evening.locking.veil is None


def test_the_desktops_own_lock_draws_the_veil_as_well(evening: Evening) -> None:
    evening.board()
    evening.locking.away(Why.DESKTOP)
    assert evening.locking.veil is not None
    settle(evening.qtbot, evening.ops)


def test_a_session_that_runs_on_while_one_looks_elsewhere_is_veiled_too(evening: Evening) -> None:
    evening.board()
    evening.go(Place(PEOPLE))
    evening.locking.away(Why.IDLE)
    assert evening.locking.veil is not None
    assert not any(name in spoken(evening.window) for name in NAMES)
    settle(evening.qtbot, evening.ops)


def test_a_session_that_is_closed_is_locked_and_not_veiled(evening: Evening) -> None:
    host = evening.board()
    assert host.live is not None
    finish(host.live)
    evening.locking.away(Why.IDLE)
    assert evening.locking.veil is None
    evening.locked()


@pytest.mark.parametrize("why", [Why.SLEEP, Why.AWOKE, Why.COMMAND])
def test_sleep_and_the_command_lock_through_the_veil(veiled: Veiled, why: Why) -> None:
    veiled.evening.locking.lock(why)
    veiled.evening.locked()
    assert len(veiled.evening.following.told) == 1
    assert veiled.evening.window.frame is None


def test_ctrl_l_locks_under_the_veil(veiled: Veiled) -> None:
    pressed(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    veiled.evening.locked()
    assert len(veiled.evening.following.told) == 1


def test_what_was_half_typed_when_the_veil_was_drawn_is_still_there_after_it(evening: Evening) -> None:
    host = evening.board()
    assert host.board is not None
    host.board.quick.edit.setText("a 12")
    evening.locking.away(Why.IDLE)
    evening.locking.lift()
    settle(evening.qtbot, evening.ops)
    assert host.board.quick.edit.text() == "a 12"


def test_dialogs_and_the_clipboard_are_gone_under_the_veil(evening: Evening) -> None:
    evening.board()
    QGuiApplication.clipboard().setText(ANNA.name)
    dialog = ask(Question(evening.window, "Print?", ANNA.name, "Print"))
    evening.locking.away(Why.IDLE)
    assert QGuiApplication.clipboard().text() == ""
    assert dialog not in [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    settle(evening.qtbot, evening.ops)


def test_every_control_of_the_veil_has_a_name_and_tab_reaches_it(veiled: Veiled) -> None:
    found = controls(veiled.evening.window)
    assert {each.accessibleName() for each in found} >= {"Quick line", "Your passphrase", "Lift the veil", "Lock"}
    reached = tabbed(veiled.evening.window)
    assert not [each.accessibleName() for each in found if id(each) not in reached]
