"""Knows three small programs that say when they have painted: an empty window, the unlock screen, the couple list.

    python -m bench.window empty
    python -m bench.window start ROOT FOLDER              a process start, until the passphrase can be typed
    python -m bench.window unlock ROOT FOLDER PASSPHRASE  from there: milliseconds to the list, the derivation left out
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path


def _watch(app: object, wanted: Callable[[object], bool], then: Callable[[], None]) -> object:
    """Call `then` once, when a widget that is wanted has been told to paint."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    class Painted(QObject):
        done = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.done and wanted(watched):
                self.done = True
                then()
            return False

    assert isinstance(app, QCoreApplication)
    watcher = Painted()
    app.installEventFilter(watcher)
    return watcher


def _say_and_end() -> None:
    import os

    sys.stdout.write("painted\n")
    sys.stdout.flush()
    os._exit(0)


def empty() -> None:
    """The least that PySide6 can show."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1600, 1000)
    watcher = _watch(app, lambda widget: widget is window, _say_and_end)
    window.show()
    app.exec()
    del watcher


def start(root: Path, folder: Path) -> None:
    """The program, as it is started by hand; its settings name the practice that was used last."""
    from desktop.system.hardening import harden

    harden()
    from desktop.bootstrap import Program, Settings
    from desktop.views.shell.app import application
    from desktop.views.ui.fields import Secret

    program = Program(Settings(root=root))
    watcher = _watch(application(), lambda widget: isinstance(widget, Secret), _say_and_end)
    program.open_window()
    del watcher, folder


def unlock(root: Path, folder: Path, passphrase: str) -> None:
    """From the unlock screen to the painted list of couples, in a fresh process."""
    from PySide6.QtWidgets import QTableView

    from desktop.bootstrap import Program, Settings
    from desktop.storage import practice_folder
    from desktop.views.shell.app import application, make_window
    from desktop.views.ui.ops import Ops

    program = Program(Settings(root=root))
    app = application()
    window = make_window(program.door, program.resources, Ops())
    window.resize(1600, 1000)
    window.show()
    window.begin(folder)
    app.processEvents()
    derived = _timed(practice_folder)
    began = time.perf_counter()

    def told() -> None:
        passed = (time.perf_counter() - began - derived[0]) * 1000
        sys.stdout.write(f"{passed}\n")
        _say_and_end()

    def is_list(widget: object) -> bool:
        parent = widget.parent() if hasattr(widget, "parent") else None
        return isinstance(parent, QTableView) and parent.viewport() is widget and parent.model().rowCount() > 0

    watcher = _watch(app, is_list, told)
    member = program.door.peek(folder).members[0].id
    window.sit_down(program.door.unlock(folder, member, passphrase), folder)
    app.exec()
    del watcher


def _timed(module: object) -> list[float]:
    """Seconds that go into deriving keys from now on."""
    spent = [0.0]
    derive = module.unlock  # type: ignore[attr-defined]

    def timed(*arguments: object) -> object:
        began = time.perf_counter()
        try:
            return derive(*arguments)
        finally:
            spent[0] += time.perf_counter() - began

    module.unlock = timed  # type: ignore[attr-defined]
    return spent


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "empty":
        empty()
    elif what == "start":
        start(Path(rest[0]), Path(rest[1]))
    else:
        unlock(Path(rest[0]), Path(rest[1]), rest[2])
