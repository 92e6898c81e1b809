"""Knows how tests stand in for what lies around a presenter, and handle screens with real keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.people import Member, Role
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome
from desktop.services.ports_keys import KeyRoom, Recovery
from desktop.services.practice import Door, Finding, LastArchive, MemberName, PracticePeek
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops


@dataclass
class Handed:
    """Work that was handed over and not done yet."""

    work: Callable[[], Any]
    then: Callable[[Any], object]
    oops: Callable[[Known], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True

    def do(self) -> None:
        try:
            value = self.work()
        except Known as error:
            if not self.cancelled:
                self.oops(error)
            return
        if isinstance(value, Outcome):
            value = value.value
        if not self.cancelled:
            self.then(value)


@dataclass
class Hands:
    """A Doing: work is done at once, or kept until do_all() when `waiting`."""

    waiting: bool = False
    kept: list[Handed] = field(default_factory=list)

    def change(self, work: Callable[[], Any], then: Callable[[Any], object], oops: Callable[[Known], object]) -> Handed:
        made = Handed(work, then, oops)
        self.kept.append(made)
        if not self.waiting:
            made.do()
        return made

    ask = change

    def do_all(self, *, last_first: bool = False) -> None:
        """Do what waits; last_first: the newest answer comes back before the older ones."""
        todo, self.kept = self.kept, []
        for each in reversed(todo) if last_first else todo:
            each.do()


class Noted:
    """A view that writes down what it was told; `said` holds (method, arguments)."""

    def __init__(self) -> None:
        self.said: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)

        def told(*values: Any) -> None:
            self.said.append((name, values))

        return told

    def last(self, name: str) -> tuple[Any, ...]:
        """What it was told last by that name; AssertionError when it never was."""
        found = [values for told, values in self.said if told == name]
        assert found, f"{name} was never said"
        return found[-1]

    def count(self, name: str) -> int:
        """How often it was told."""
        return sum(told == name for told, _ in self.said)


@dataclass
class FakeDoor(Door):
    """A door that answers what it is told to."""

    members: tuple[MemberName, ...] = (MemberName("m1", "Mara Köhler"), MemberName("m2", "Paul Osei"))
    desk: Desk | None = None
    refusal: Known | None = None
    tried: list[tuple[object, ...]] = field(default_factory=list)
    left: list[Desk] = field(default_factory=list)
    place: Path | None = None
    factors: list[bytes] = field(default_factory=list)
    guessed_with: tuple[str, ...] = ()
    last_archive: LastArchive | None = None

    def create(self, folder: Path, practice: str, member: str, roles: frozenset[Role], passphrase: str) -> Desk:
        self.tried.append(("create", folder, practice, member, roles))
        return self._answer()

    def place_for_new(self) -> Path | None:
        return self.place

    def peek(self, folder: Path) -> PracticePeek:
        if self.refusal is not None and not self.tried:
            raise self.refusal
        return PracticePeek(folder, "practice", self.members)

    def archived(self, folder: Path) -> LastArchive | None:
        return self.last_archive

    def unlock(self, folder: Path, member_id: str, passphrase: str, factor: bytes | None = None) -> Desk:
        self.tried.append(("unlock", folder, member_id, passphrase))
        if factor is not None:
            self.factors.append(factor)
        return self._answer()

    def leave(self, desk: Desk) -> None:
        self.left.append(desk)

    def prove(self, desk: Desk, passphrase: str) -> None:
        self.tried.append(("prove", passphrase))
        if self.refusal is not None:
            raise self.refusal

    def check(self, desk: Desk) -> tuple[Finding, ...]:
        return ()

    def add_slot(self, desk: Desk, member: Member, passphrase: str) -> None:
        self.tried.append(("slot", member.name))

    def rename_slot(self, desk: Desk, member: Member) -> None:
        self.tried.append(("renamed", member.name))

    def unguessed(self, passphrase: str, names: tuple[str, ...]) -> None:
        self.guessed_with = names

    def keys(self, desk: Desk) -> KeyRoom:
        raise PracticeLocked

    def recover(self, recovery: Recovery) -> Desk:
        self.tried.append(("recover", recovery.member_id))
        return self._answer()

    def _answer(self) -> Desk:
        if self.refusal is not None:
            raise self.refusal
        assert self.desk is not None
        return self.desk


def settle(qtbot: QtBot, ops: Ops) -> None:
    """Wait until every answer is back and everything is laid out."""
    qtbot.waitUntil(lambda: not ops.busy, timeout=10_000)
    for _ in range(3):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not ops.busy, timeout=10_000)


def opened(qtbot: QtBot, widget: QWidget, wide: int = 1366, high: int = 768) -> None:
    """Show a window and wait until the keyboard belongs to it."""
    qtbot.addWidget(widget, before_close_func=_closed)
    widget.resize(wide, high)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def _closed(widget: QWidget) -> None:
    """A window in mid-session asks before it closes; at the end of a test nobody is there to answer."""
    if isinstance(widget, Window):
        widget.close_anyway()


def focused() -> QWidget:
    """Where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def written(text: str) -> None:
    """Text of any script where the keyboard is, as an input method brings it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def pressed(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key where the keyboard is."""
    QTest.keyClick(focused(), key, modifier)


CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTextBrowser)


def controls(root: QWidget) -> list[QWidget]:
    """Everything on a screen that takes the keyboard and is shown."""
    found = []
    for each in root.findChildren(QWidget):
        if isinstance(each, CONTROLS) and each.isVisibleTo(root) and each.isEnabled():
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(each.parent(), QComboBox):
                found.append(each)
    return found


def tabbed(root: QWidget, most: int = 200) -> set[int]:
    """The ids of everything that Tab reaches, round and round."""
    reached: set[int] = set()
    for _ in range(most):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        now = focused()
        if id(now) in reached:
            break
        reached.add(id(now))
    return reached


def main_buttons(root: QWidget) -> list[QPushButton]:
    """The buttons of the most weight that are shown; a page has at most one."""
    return [
        each for each in root.findChildren(QPushButton)
        if each.property("kind") == "primary" and each.isVisibleTo(root)
    ]
