"""Knows the real program with hands of its own: it unlocks, looks at what is there, tells where it is, and locks.

    python -m tests.campaigns.windowed ROOT OPEN CLIENTS    (the passphrase is a line on standard input)

ROOT holds the program's own files, among them which practice was used last; CLIENTS are ids whose pages are opened.
What it is told and what it says goes over its standard input and output, a line each. OPEN leaves its memory readable
for the scanner, where that has no other way in; the program itself has no such switch. After the lock the process that
follows is the program's own `python -m desktop`, or, with OPEN, this module again, which then only opens the window.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop import __main__ as program
from desktop.bootstrap import Program, Settings
from desktop.system.replace import MARK
from desktop.views.shell.app import application
from desktop.views.shell.window import Window
from desktop.views.ui.place import CLIENT, PEOPLE, Place
from desktop.views.ui.timers import every
from tests.campaigns.memory_scan import canary

STEP_MS = 20
MASK = 0x5A
KEPT: list[Hands] = []
TYPED = 999  # the canary that is only half typed when it is locked


def say(text: str) -> None:
    """One line to who started us."""
    os.write(1, text.encode() + b"\n")


def masked(key: bytes | bytearray) -> str:
    """A key in a disguise in which it may lie about while it is being looked for."""
    return bytes(byte ^ MASK for byte in key).hex()


class Hands:
    """One step after the other, each when the window has come to rest."""

    def __init__(self, places: list[Place], passphrase: str) -> None:
        self.places, self.passphrase = places, passphrase
        self._timer = every(STEP_MS, application(), self.step)
        self._at = 0

    @property
    def window(self) -> Window | None:
        """The program's window, once it is there."""
        return next((each for each in QApplication.topLevelWidgets() if isinstance(each, Window)), None)

    def step(self) -> None:
        """Go on where nothing is under way."""
        window = self.window
        if window is None or window.ops.busy or not window.isVisible():
            return
        page = window.welcome.unlock
        if window.frame is None:
            if page.isVisible() and not page.secret.text() and self.passphrase:
                page.secret.setText(self.passphrase)
                self.passphrase = ""
                page.secret.returnPressed.emit()
            return
        if self._at < len(self.places):
            window.visit(self.places[self._at])
            self._at += 1
            return
        self._timer.stop()
        tell(window)


def tell(window: Window) -> None:
    """Say what the keys are; `lock` locks, after a look into this process; `wait` leaves it to something else."""
    frame = window.frame
    assert frame is not None
    window.visit(Place(PEOPLE, part="new-client"))
    held = getattr(frame.current, "panel").held  # noqa: B009 - whichever screen it is
    held.field("name").show_value(canary(TYPED))
    say("keys " + " ".join(masked(key) for key in _keys(frame.here.door, frame.here.desk)))
    command = sys.stdin.readline().strip()
    if command == "lock":
        window.lock()


def _keys(door: Any, desk: Any) -> list[bytes]:
    ring = door._open[id(desk.store)].opened.ring
    return [bytes(ring.page_key.reveal()), bytes(ring._master.reveal())]


def main() -> int:
    """The exit code of the window."""
    root, opened, pages = sys.argv[1:]
    os.environ["XDG_STATE_HOME"] = os.environ["XDG_RUNTIME_DIR"] = root
    fresh = MARK in os.environ
    if opened != "open":
        sys.orig_argv[1:] = ["-m", "desktop"]
    if not fresh:
        KEPT.append(Hands(_places(pages), sys.stdin.readline().rstrip("\n")))
    if opened == "open":
        return Program(Settings()).open_window()
    return program.main([])


def _places(pages: str) -> list[Place]:
    return [Place(PEOPLE), *(Place(CLIENT, each) for each in pages.split(",") if each), Place(PEOPLE)]


if __name__ == "__main__":
    sys.exit(main())
