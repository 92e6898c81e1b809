"""Knows three small programs that say when they have painted: an empty window, the unlock screen, the couple list.

    python -m bench.window empty
    python -m bench.window start                          a process start, until the passphrase can be typed
    python -m bench.window unlock ROOT FOLDER PASSPHRASE  from there: milliseconds to the list, the derivation left out
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path


def _when_painted(kind: type, wanted: Callable[[object], bool], then: Callable[[], None]) -> None:
    """Call `then` once a widget of this kind has painted itself. Nothing else is watched: that would cost time."""
    before = kind.paintEvent  # type: ignore[attr-defined]

    def paint(self: object, event: object) -> None:
        before(self, event)
        if wanted(self):
            then()

    kind.paintEvent = paint  # type: ignore[attr-defined]


def _say_and_end() -> None:
    import os

    sys.stdout.write("painted\n")
    sys.stdout.flush()
    os._exit(0)


def empty() -> None:
    """The least that PySide6 can show."""
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        pass

    app = QApplication([])
    _when_painted(Window, bool, _say_and_end)
    window = Window()
    window.resize(1600, 1000)
    window.show()
    app.exec()


def start() -> None:
    """The program, as it is started by hand; its settings name the practice that was used last."""
    from desktop.__main__ import main
    from desktop.views.ui.unread import leave_sources_unread

    gc.disable()  # both as the program does before it loads its screens
    leave_sources_unread()
    from desktop.views.ui.fields import Secret

    _when_painted(Secret, bool, _say_and_end)
    main([])


def unlock(root: Path, folder: Path, passphrase: str) -> None:
    """From the unlock screen to the painted list of couples, in a fresh process."""
    from desktop.bootstrap import Program, Settings
    from desktop.storage import practice_folder
    from desktop.views.shell.app import application, make_window
    from desktop.views.ui.ops import Ops
    from desktop.views.ui.tables import RowsTable

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

    _when_painted(RowsTable, lambda table: table.model().rowCount() > 0, told)  # type: ignore[attr-defined]
    member = program.door.peek(folder).members[0].id
    window.sit_down(program.door.unlock(folder, member, passphrase), folder)
    app.exec()


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
        start()
    else:
        unlock(Path(rest[0]), Path(rest[1]), rest[2])
