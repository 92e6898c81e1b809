"""What nobody caught is said in the window, and the first window fits the screen."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.services.outcome import Outcome
from desktop.views.shell.app import HIGH, WIDE, run_window, show_first
from desktop.views.shell.faults import Faults
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.basics import Button
from desktop.views.ui.ops import Ops
from desktop.views.ui.timers import every
from tests.kit import ANNA, RESOURCES, House
from tests.views.hands import FakeDoor, focused, opened, pressed, settle

ALT = Qt.KeyboardModifier.AltModifier
Logged = list[type[BaseException]]


@pytest.fixture
def window(qtbot: QtBot, ops: Ops, home: House) -> Window:
    made = Window(FakeDoor(), RESOURCES, ops, SettingsFile(None), builders())
    opened(qtbot, made)
    made.sit_down(home.desk(), Path("/practices/one"))
    settle(qtbot, ops)
    return made


@pytest.fixture
def logged(window: Window) -> Iterator[Logged]:
    """What the log, which listened before, was told."""
    told: Logged = []
    before = (sys.excepthook, threading.excepthook)

    def log(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told.append(kind)

    def log_thread(found: threading.ExceptHookArgs) -> None:
        told.append(found.exc_type)

    sys.excepthook, threading.excepthook = log, log_thread
    faults = Faults(window)
    faults.heard.connect(window.show_fault, Qt.ConnectionType.QueuedConnection)
    faults.attach()
    yield told
    faults.detach()
    assert (sys.excepthook, threading.excepthook) == (log, log_thread)
    sys.excepthook, threading.excepthook = before


def broken() -> None:
    raise RuntimeError(f"a bug about {ANNA.name}")


def press_what_breaks(window: Window) -> None:
    button = Button("Break", parent=window)
    button.clicked.connect(broken)
    button.show()
    button.click()


def test_a_slot_that_raises_is_said_in_the_window_and_told_to_the_log(
    qtbot: QtBot, window: Window, logged: Logged
) -> None:
    before = focused()
    press_what_breaks(window)
    qtbot.waitUntil(window.notices.fault.isVisible)
    words = window.notices.fault.accessibleName()
    assert words.startswith("Something went wrong")
    assert "Nothing that was saved is lost" in words
    assert "log" in words
    assert ANNA.name not in words
    assert logged == [RuntimeError]
    assert focused() is before


def test_a_fault_is_closed_with_a_key_wherever_the_keyboard_is_and_said_again_when_it_happens_again(
    qtbot: QtBot, window: Window, logged: Logged
) -> None:
    for _ in range(2):
        press_what_breaks(window)
        qtbot.waitUntil(window.notices.fault.isVisible)
        pressed(Qt.Key.Key_X, ALT)
        assert not window.notices.isVisible()
    press_what_breaks(window)
    qtbot.waitUntil(window.notices.fault.isVisible)
    (close,) = window.notices.fault.buttons()
    assert "Alt+X" in close.text()
    close.setFocus()
    pressed(Qt.Key.Key_Return)
    assert not window.notices.isVisible()


def test_a_fault_is_said_on_the_lock_screen_too(qtbot: QtBot, ops: Ops, window: Window, logged: Logged) -> None:
    window.lock()
    settle(qtbot, ops)
    press_what_breaks(window)
    qtbot.waitUntil(window.notices.fault.isVisible)
    pressed(Qt.Key.Key_X, ALT)
    assert focused() is window.welcome.unlock.secret


def test_a_thread_that_raises_is_said_too(qtbot: QtBot, window: Window, logged: Logged) -> None:
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(window.notices.fault.isVisible)
    assert logged == [RuntimeError]


def test_an_interrupt_is_no_fault(qtbot: QtBot, window: Window, logged: Logged) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    QApplication.processEvents()
    assert logged == [KeyboardInterrupt]
    assert not window.notices.fault.isVisible()


@pytest.mark.expects_log("nobody was told of an error")
def test_a_known_error_that_no_screen_asked_for_is_said_in_its_own_words(
    qtbot: QtBot, ops: Ops, window: Window
) -> None:
    def refuse() -> Outcome[None]:
        raise Known("The disk is full.", "Nothing was lost.", "Free some space.")

    ops.run(refuse, window)
    settle(qtbot, ops)
    assert window.notices.fault.accessibleName() == "The disk is full. Nothing was lost. Free some space."


def test_the_running_program_listens_and_gives_the_hooks_back(
    qtbot: QtBot, clothed: QApplication, tmp_path: Path
) -> None:
    seen: list[object] = []
    before = (sys.excepthook, threading.excepthook)
    told: Logged = []

    def log(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told.append(kind)

    def shown() -> Window | None:
        return next((each for each in clothed.topLevelWidgets() if isinstance(each, Window) and each.isVisible()), None)

    def look() -> None:
        window = shown()
        if window is None:
            return
        if not told:
            broken()
        if not window.notices.fault.isVisible():  # told in a later turn of the loop
            return
        looking.stop()
        free = window.screen().availableGeometry()
        seen.append((window.frameGeometry().width() <= free.width(), window.frameGeometry().height() <= free.height()))
        clothed.closeAllWindows()

    sys.excepthook = log
    try:
        looking = every(20, clothed, look)
        assert run_window(FakeDoor(), RESOURCES, settings=tmp_path / "window.json") == 0
        assert sys.excepthook is log
    finally:
        sys.excepthook, threading.excepthook = before
    assert told == [RuntimeError]
    assert seen == [(True, True)]


@pytest.mark.parametrize(
    ("wide", "high", "filled"),
    [(1366, 728, True), (1366, 768, True), (1600, 1000, True), (1920, 1040, True), (2560, 1400, False)],
)
def test_the_first_window_is_never_larger_than_what_is_free(
    qtbot: QtBot, clothed: QApplication, wide: int, high: int, filled: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    show_first(window, QSize(wide, high))
    assert window.isMaximized() == filled
    normal = window.normalGeometry().size() if filled else window.size()
    assert normal.width() < wide
    assert normal.height() < high
    assert filled or normal == QSize(WIDE, HIGH)
