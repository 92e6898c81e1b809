"""Locking on a real practice: what is covered, what is kept, what is handed over."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.services.locking import LockPorts, kept_drafts, read_handover
from desktop.services.outcome import Outcome
from desktop.services.ports import Why
from desktop.views.couple.forms import NoteForm
from desktop.views.couple.view import ChartScreen
from desktop.views.people.forms import ClientForm
from desktop.views.people.view import PeopleScreen
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.place import BOARD, COUPLE, PEOPLE, Place
from tests.kit import ANNA, BEN, PAIR, RESOURCES
from tests.views.hands import focused, opened, pressed, settle
from tests.views.shell.locking.evening import Evening, spoken

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_locking_covers_the_window_at_once_and_names_nobody(evening: Evening) -> None:
    page = evening.go(Place(COUPLE, PAIR.id))
    pressed(Qt.Key.Key_L, CONTROL)
    assert evening.window.frame is None
    assert evening.window.windowTitle() == "Holdfast"
    assert not any(name in spoken(evening.window) for name in (ANNA.name, BEN.name, "Hollybrook"))
    evening.locked()
    assert not shiboken6.isValid(page)


def test_the_next_process_is_told_the_folder_and_nothing_else(evening: Evening) -> None:
    evening.go(Place(COUPLE, PAIR.id))
    evening.window.lock()
    evening.locked()
    (told,) = evening.following.told
    assert json.loads(told) == {"folder": str(evening.practice)}


def test_of_a_running_session_start_boot_and_due_times_are_told_and_no_name(evening: Evening) -> None:
    host = evening.board()
    assert host.live is not None
    evening.clock.forward(125)
    evening.window.lock()
    evening.locked()
    (told,) = evening.following.told
    assert set(json.loads(told)) == {"folder", "running"}
    assert set(json.loads(told)["running"]) == {"utc", "offset", "boot_ms", "boot", "due"}
    running = read_handover(told).running
    assert running is not None
    assert running.started == host.live.session.started
    assert not any(part in told for name in (ANNA.name, BEN.name) for part in name.split())


def test_after_locking_the_practice_is_closed_and_the_next_one_may_open_it(evening: Evening) -> None:
    evening.window.lock()
    evening.locked()
    desk = evening.again()
    with desk.store.read() as unit:
        acts = [line.entry.act.value for line in unit.trail.lines()]
    assert acts[-2:] == ["lock", "unlock"]


def test_a_dialog_that_is_open_is_gone_with_the_lock(evening: Evening) -> None:
    dialog = ask(Question(evening.window, "Sign it?", f"For {ANNA.name}.", "Sign"))
    assert dialog.isVisible()
    evening.locking.lock(Why.IDLE)
    assert not dialog.isVisible()
    evening.locked()


def test_nobody_there_for_five_minutes_locks_although_a_dialog_is_open(evening: Evening) -> None:
    ask(Question(evening.window, "Sign it?", "Once signed it is locked.", "Sign"))
    watch = evening.locking.watch
    assert watch is not None
    for _ in range(299):
        evening.clock.forward(1)
        watch.look()
    assert not evening.locking.going
    evening.clock.forward(1)
    watch.look()
    assert evening.locking.going
    evening.locked()


def test_a_key_or_the_mouse_puts_the_lock_off(evening: Evening) -> None:
    watch, handle = evening.locking.watch, evening.window.windowHandle()
    assert watch is not None
    for touch in (
        lambda: QTest.keyClick(handle, Qt.Key.Key_Shift), lambda: QTest.mouseMove(handle, QPoint(5, 5)),
        lambda: QGuiApplication.inputMethod().cursorRectangleChanged.emit(),
    ):
        evening.clock.forward(200)
        touch()
        QApplication.processEvents()
        assert watch.idling.idle_ms == 0


def test_a_machine_that_slept_is_locked_when_it_wakes(evening: Evening) -> None:
    watch = evening.locking.watch
    assert watch is not None
    evening.clock.forward(60)
    watch.look()
    assert evening.locking.going
    evening.locked()


@pytest.mark.parametrize("why", [Why.SLEEP, Why.DESKTOP])
def test_sleep_and_the_desktops_own_lock_lock(evening: Evening, why: Why) -> None:
    assert callable(evening.machine.tell)
    evening.machine.tell(why)
    evening.locked()
    assert evening.machine.asleep == 0  # the process ends, and with it what held the sleep back


def test_when_it_is_locked_already_the_machine_may_sleep_at_once(evening: Evening) -> None:
    evening.window.lock()
    assert callable(evening.machine.tell)
    evening.machine.tell(Why.SLEEP)
    evening.locked()
    assert evening.machine.asleep == 1


def test_a_half_typed_note_is_offered_back_to_who_wrote_it(evening: Evening) -> None:
    page = evening.go(Place(COUPLE, PAIR.id))
    assert isinstance(page, ChartScreen)
    page.noting.note()
    form = page.panel.held
    assert isinstance(form, NoteForm)
    form.form.field("whose").edit.setCurrentIndex(0)  # type: ignore[union-attr]
    form.text.setPlainText("canary-half a thought")
    evening.window.lock()
    evening.locked()
    content = (evening.practice / "practice.drafts").read_bytes()
    assert b"canary" not in content
    assert b"canary".hex().encode() not in content
    evening.again()
    banner = evening.locking.banner
    assert banner.isVisible()
    assert [each.text() for each in banner.buttons()] == ["Bring it back", "Throw it away"]
    banner.buttons()[0].click()
    evening.qtbot.waitUntil(lambda: isinstance(getattr(evening.frame.current, "panel", page.panel).held, NoteForm))
    back = evening.frame.current
    assert isinstance(back, ChartScreen)
    held = back.panel.held
    assert isinstance(held, NoteForm)
    assert held.form.field("text").value() == "canary-half a thought"
    assert held.form.field("whose").value() == "a"
    assert not banner.isVisible()


def test_what_is_thrown_away_is_gone_from_the_disk(evening: Evening) -> None:
    page = evening.go(Place(PEOPLE, part="new-client"))
    assert isinstance(page, PeopleScreen)
    assert isinstance(page.panel.held, ClientForm)
    page.panel.held.field("name").show_value("Half A. Name")
    evening.window.lock()
    evening.locked()
    desk = evening.again()
    assert [each.key for each in kept_drafts(evening.door, desk)] == ["new-client"]
    evening.locking.banner.buttons()[1].click()
    settle(evening.qtbot, evening.ops)
    assert kept_drafts(evening.door, desk) == ()
    assert not (evening.practice / "practice.drafts").exists()


def test_what_was_not_answered_is_kept_through_the_next_lock(evening: Evening) -> None:
    page = evening.go(Place(PEOPLE, part="new-client"))
    assert isinstance(page, PeopleScreen)
    assert isinstance(page.panel.held, ClientForm)
    page.panel.held.field("name").show_value("Half A. Name")
    evening.window.lock()
    evening.locked()
    evening.again()
    evening.following.told.clear()
    evening.window.lock()
    evening.locked()
    desk = evening.again()
    assert [each.key for each in kept_drafts(evening.door, desk)] == ["new-client"]


def test_the_quick_line_and_the_board_come_back(evening: Evening) -> None:
    host = evening.board()
    assert host.board is not None
    host.board.quick.edit.setText("a \u201cI never")
    host.board.act("note")
    panel = host.board.right.panel
    panel.field("text").field.edit.setPlainText("half a note")  # type: ignore[union-attr]
    evening.window.lock()
    evening.locked()
    evening.again()
    settle(evening.qtbot, evening.ops)
    assert evening.frame.place == Place(BOARD, "session-1")
    evening.locking.banner.buttons()[0].click()
    evening.qtbot.waitUntil(lambda: not evening.locking.offering)
    back = evening.frame.current
    assert isinstance(back, BoardHost)
    assert back.board is not None
    assert back.board.quick.edit.text() == "a \u201cI never"
    assert back.board.right.panel.values()["text"] == "half a note"


def test_a_passphrase_that_was_half_typed_is_never_kept(evening: Evening) -> None:
    evening.go(Place("members"))
    evening.frame.current.presenter.add()  # type: ignore[union-attr]
    evening.window.lock()
    evening.locked()
    assert not (evening.practice / "practice.drafts").exists()


def test_what_was_copied_leaves_the_clipboard_with_the_lock(evening: Evening) -> None:
    QGuiApplication.clipboard().setText(ANNA.name)
    evening.window.lock()
    assert QGuiApplication.clipboard().text() == ""
    evening.locked()


def test_the_window_asks_to_be_left_out_of_screen_captures(evening: Evening) -> None:
    assert evening.shielded == [int(evening.window.winId())]


def test_a_practice_whose_disk_is_full_is_locked_all_the_same(evening: Evening) -> None:
    evening.go(Place(COUPLE, PAIR.id))
    evening.practice.chmod(0o700)
    (evening.practice / "practice.drafts.new").mkdir()  # nothing can be written beside it
    page = evening.frame.current
    assert isinstance(page, ChartScreen)
    page.noting.note()
    assert isinstance(page.panel.held, NoteForm)
    page.panel.held.text.setPlainText("lost")
    evening.window.lock()
    evening.locked()
    assert len(evening.following.told) == 1


def test_with_the_watch_set_up_the_keyboard_is_where_work_begins(evening: Evening) -> None:
    page = evening.frame.current
    assert isinstance(page, PeopleScreen)
    assert focused() is page.search


def test_the_palette_makes_it_lock_later(evening: Evening) -> None:
    evening.frame.finding.idle_asked.emit("10")
    watch = evening.locking.watch
    assert watch is not None
    for _ in range(599):
        evening.clock.forward(1)
        watch.look()
    assert not evening.locking.going
    evening.clock.forward(1)
    watch.look()
    evening.locked()


def test_texts_are_kept_also_while_a_change_takes_long(evening: Evening) -> None:
    page = evening.go(Place(PEOPLE, part="new-client"))
    assert isinstance(page, PeopleScreen)
    assert isinstance(page.panel.held, ClientForm)
    page.panel.held.field("name").show_value("Half A. Name")
    busy = threading.Event()

    def long_change() -> Outcome[None]:
        busy.wait(30)
        return Outcome(None)

    evening.ops.run(long_change, evening.window)
    evening.window.lock()
    evening.qtbot.waitUntil((evening.practice / "practice.drafts").exists)
    assert not evening.following.told
    busy.set()
    evening.locked()


def test_the_process_that_follows_shows_the_session_by_its_clock_and_no_name(evening: Evening) -> None:
    evening.board()
    evening.clock.forward(8)
    evening.window.lock()
    evening.locked()
    told = read_handover(evening.following.told[0])
    ports = LockPorts(evening.following, evening.clock)
    window = Window(evening.door, RESOURCES, evening.ops, SettingsFile(None), builders(), None, lambda: ports)
    opened(evening.qtbot, window)
    window.begin(Path(told.folder), told.running)
    settle(evening.qtbot, evening.ops)
    assert window.welcome.unlock.running.isVisible()
    assert window.welcome.unlock.running.clock.text() == "0:00:08"
    assert not any(name in spoken(window) for name in (ANNA.name, BEN.name))


def test_what_was_half_typed_when_the_window_was_closed_is_offered_as_well(evening: Evening) -> None:
    page = evening.go(Place(PEOPLE, part="new-client"))
    assert isinstance(page, PeopleScreen)
    assert isinstance(page.panel.held, ClientForm)
    page.panel.held.field("name").show_value("Half A. Name")
    evening.window.close()
    settle(evening.qtbot, evening.ops)
    desk = evening.again()
    assert [each.key for each in kept_drafts(evening.door, desk)] == ["new-client"]
    assert evening.locking.banner.isVisible()
