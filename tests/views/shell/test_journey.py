"""From nothing to paper with the keyboard alone, through the real door: vault, database, engine, pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Program, Settings
from desktop.views.shell.app import make_window
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import COUPLE, PAPER, PEOPLE
from tests.kit import HandClock
from tests.views.hands import focused, opened, pressed, settle, written

Key = Qt.Key
Held = Qt.KeyboardModifier
CONTROL, SHIFT, ALT = Held.ControlModifier, Held.ShiftModifier, Held.AltModifier
WORDS = "four plain words do well"
PEOPLE_MADE = (("Łukasz Wiśniewski", "1984-05-01"), ("Nguyễn Thị Phượng", "1986-11-23"))


class Traveller:
    """Somebody with a keyboard and no mouse."""

    def __init__(self, qtbot: QtBot, ops: Ops, window: Window) -> None:
        self._bot, self._ops, self.window = qtbot, ops, window

    def rest(self) -> None:
        """Until the program is done."""
        settle(self._bot, self._ops)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and what it started."""
        pressed(key, modifier)
        self.rest()

    def tab_to(self, name: str) -> None:
        """Tab until something of that name has the keyboard."""
        for _ in range(80):
            if focused().accessibleName() == name:
                return
            pressed(Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name}")

    def fill(self, name: str, text: str) -> None:
        """Tab to a field and write into it, over what stands there."""
        self.tab_to(name)
        where = focused()
        assert isinstance(where, QLineEdit | QPlainTextEdit)
        where.selectAll()
        written(text)

    def choose(self, name: str, words: str) -> None:
        """Tab to a choice and go down to the one that holds the words."""
        self.tab_to(name)
        box = focused()
        assert isinstance(box, QComboBox)
        pressed(Key.Key_Home)
        for _ in range(box.count()):
            if words in box.currentText():
                return
            pressed(Key.Key_Down)
        raise AssertionError(f"no choice holds {words}")

    @property
    def screen(self) -> QWidget:
        """What is shown behind the lock."""
        assert self.window.frame is not None
        found = self.window.frame.current
        assert found is not None
        return found

    @property
    def at(self) -> str:
        """The name of the screen that is shown."""
        assert self.window.frame is not None
        assert self.window.frame.place is not None
        return self.window.frame.place.screen


@pytest.fixture
def traveller(qtbot: QtBot, ops: Ops, tmp_path: Path) -> Iterator[Traveller]:
    settings = Settings(clock=HandClock(), root=tmp_path / "program", cheap_keys=True, reserve=1 << 20)
    program = Program(settings)
    window = make_window(program.door, program.resources, ops, settings=tmp_path / "window.json")
    opened(qtbot, window)
    window.begin()
    settle(qtbot, ops)
    yield Traveller(qtbot, ops, window)
    window.close()
    settle(qtbot, ops)
    program.close()


def make_practice(one: Traveller, folder: Path) -> None:
    one.tab_to("Make a practice")
    one.key(Key.Key_Space)
    one.fill("Folder", str(folder))
    one.fill("Name of the practice", "Hollybrook")
    one.fill("Your name", "Mara Köhler")
    one.fill("Passphrase", WORDS)
    one.fill("The passphrase again", WORDS)
    one.tab_to("You own the practice. What else do you do here? Prescriber")
    one.key(Key.Key_Space)
    one.tab_to("Make the practice")
    one.key(Key.Key_Space)


def make_people(one: Traveller) -> None:
    for name, born in PEOPLE_MADE:
        one.key(Key.Key_N, CONTROL)
        one.fill("Name", name)
        one.fill("Date of birth", born)
        one.key(Key.Key_Return)
    one.key(Key.Key_N, CONTROL | SHIFT)
    one.choose("Partner A", "Łukasz")
    one.choose("Partner B", "Nguyễn")
    one.key(Key.Key_Return)


def write_order(one: Traveller) -> None:
    one.key(Key.Key_O, CONTROL)
    one.choose("Medicine and route", "sublingual")
    one.fill("Largest single amount", "200")
    one.fill("Largest total", "300")
    one.fill("In force until", "2026-08-01")
    one.key(Key.Key_Return)


def plan_session(one: Traveller) -> None:
    one.key(Key.Key_P, CONTROL)
    one.choose("Protocol", "full observation")
    one.tab_to("Intention, in their own words")
    written("to be less afraid")
    one.tab_to("Plan it")
    one.key(Key.Key_Space)


def test_the_whole_way_takes_no_mouse(traveller: Traveller, tmp_path: Path) -> None:
    one = traveller
    folder = tmp_path / "a practice ü"
    make_practice(one, folder)
    assert one.at == PEOPLE
    assert (folder / "practice.db").exists()

    one.key(Key.Key_L, CONTROL)
    assert one.window.frame is None
    written("not the right words at all")
    one.key(Key.Key_Return)
    assert one.window.welcome.banner.isVisible()
    one._bot.waitUntil(one.window.welcome.unlock.unlock.isEnabled, timeout=10_000)
    written(WORDS)
    one.key(Key.Key_Return)
    assert one.at == PEOPLE

    make_people(one)
    assert one.at == COUPLE
    write_order(one)
    plan_session(one)
    assert one.screen.sessions.board_button.text() == "Start the session"  # type: ignore[attr-defined]
    one.tab_to("Sessions")
    one.key(Key.Key_Return)

    host = one.screen
    assert isinstance(host, BoardHost)
    assert host.board is not None
    written('a "I never told you')
    one.key(Key.Key_Return)
    assert host.live is not None
    assert len(host.live.state.entries) == 2

    one.key(Key.Key_Left, ALT)
    assert one.at == COUPLE
    one.tab_to("Paper")
    one.key(Key.Key_Space)
    assert one.at == PAPER
    assert one.screen.pages.pages  # type: ignore[attr-defined]
    assert "Łukasz Wiśniewski" in one.screen._who.text()  # type: ignore[attr-defined]
    assert QApplication.activeModalWidget() is None
