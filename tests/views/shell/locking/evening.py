"""Knows a practice through its real door with a window at it, and where the process would end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Program, Settings
from desktop.domain.people import Role
from desktop.services.desk import Desk
from desktop.services.locking import LockPorts
from desktop.services.outcome import Cancelled
from desktop.services.practice import Door
from desktop.views.shell.frame import Frame
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.locking import Locking
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BOARD, Place
from tests.kit import RESOURCES, HandClock, furnish, plan
from tests.views.hands import opened, settle

WORDS = "four plain words do well"
ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})


@dataclass
class Following:
    """Writes down what the next process would have been told."""

    told: list[str] = field(default_factory=list)

    def follow(self, told: str) -> NoReturn:
        self.told.append(told)
        raise Cancelled  # the process would have ended here


@dataclass
class Machine:
    """A machine that sleeps when it is told to."""

    asleep: int = 0
    tell: object = None

    def start(self, tell: object) -> None:
        self.tell = tell

    def may_sleep(self) -> None:
        self.asleep += 1

    def stop(self) -> None:
        self.tell = None


class Evening:
    """A practice through its real door, a window at it, and hands."""

    def __init__(self, qtbot: QtBot, ops: Ops, folder: Path) -> None:
        self.qtbot, self.ops, self.folder = qtbot, ops, folder
        self.clock = HandClock()
        self.program = Program(Settings(clock=self.clock, root=folder / "own", cheap_keys=True, reserve=1 << 20))
        self.door: Door = self.program.door
        self.following, self.machine = Following(), Machine()
        self.shielded: list[int] = []
        self.practice = folder / "practice"
        self.desk = self.door.create(self.practice, "Hollybrook", "Mara", ROLES, WORDS)
        furnish(self.desk)
        self.window = self.open()

    def open(self) -> Window:
        ports = LockPorts(self.following, self.clock, self.machine, self.shield)
        window = Window(self.door, RESOURCES, self.ops, SettingsFile(None), builders(), None, lambda: ports)
        opened(self.qtbot, window)
        window.sit_down(self.desk, self.practice)
        settle(self.qtbot, self.ops)
        return window

    def shield(self, window_id: int) -> bool:
        self.shielded.append(window_id)
        return True

    @property
    def frame(self) -> Frame:
        assert self.window.frame is not None
        return self.window.frame

    @property
    def locking(self) -> Locking:
        assert self.window.locking is not None
        return self.window.locking

    def go(self, place: Place) -> QWidget:
        self.frame.visit(place)
        settle(self.qtbot, self.ops)
        found = self.frame.current
        assert found is not None
        return found

    def board(self) -> BoardHost:
        session = plan(self.desk)
        host = self.go(Place(BOARD, session.id))
        assert isinstance(host, BoardHost)
        assert host.board is not None
        return host

    def locked(self) -> None:
        """Wait until the process would have ended."""
        self.qtbot.waitUntil(lambda: bool(self.following.told), timeout=10_000)
        settle(self.qtbot, self.ops)

    def again(self) -> Desk:
        """Unlock, as in the next process."""
        self.desk = self.door.unlock(self.practice, self.door.peek(self.practice).members[0].id, WORDS)
        self.window = self.open()
        return self.desk


def spoken(root: QWidget) -> str:
    """Everything that a screen reader could read of a window, hidden parts too."""
    found = []

    def walk(item: QAccessibleInterface | None) -> None:
        if item is None or not item.isValid():
            return
        found.extend(item.text(QAccessible.Text(kind)) for kind in range(6))
        for at in range(item.childCount()):
            walk(item.child(at))

    walk(QAccessible.queryAccessibleInterface(root))
    return " ".join(found)
