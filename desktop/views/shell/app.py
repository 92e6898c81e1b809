"""Knows how the program's window is opened, and what is done when it was closed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.words import tr
from desktop.services.ports import KeepAwake, Resources
from desktop.services.practice import Door
from desktop.views.shell.faults import Faults
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui import fonts
from desktop.views.ui.look import STYLE, STYLE_KNOWN, apply_theme
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import density_for
from desktop.views.ui.timers import later

if TYPE_CHECKING:  # only named here; the unlock screen is painted sooner without loading it
    from desktop.services.locking import Handover, LockPorts
    from desktop.services.ports_archives import ArchiveDoor

WIDE, HIGH = 1600, 1000
_AROUND = 48
"""Room for the title bar and edges that the machine draws around a window."""
_AFTER_FIRST_PICTURE = 50  # ms


class FirstPicture(QObject):
    """Tells once, when a window was painted for the first time."""

    def __init__(self, window: QObject, painted: Callable[[], object]) -> None:
        super().__init__(window)
        self._painted: Callable[[], object] | None = painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The picture is on its way to the screen when the loop comes round again."""
        if event.type() == QEvent.Type.Paint and self._painted is not None:
            painted, self._painted = self._painted, None
            watched.removeEventFilter(self)
            later(0, self, painted)
        return False


def application() -> QApplication:
    """The running program, begun when it was not."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        app = found
    else:
        # The style is named here: to ask for it later would load all that PySide6 knows of styles.
        app = QApplication([sys.argv[0] if sys.argv else "holdfast", "-style", STYLE])
        app.setProperty(STYLE_KNOWN, True)
    app.setApplicationName("Holdfast")
    app.setApplicationDisplayName(tr("Holdfast"))
    return app


def make_window(
    door: Door, resources: Resources, ops: Ops, *, settings: Path | None = None, keep_awake: KeepAwake | None = None,
    ports: Callable[[], LockPorts] | None = None,
    archives: Callable[[], ArchiveDoor] | None = None,
) -> Window:
    """The window, dressed but not shown. settings: a plain file of its own; None to remember nothing."""
    # Loaded only now, as everything that is not needed before the first picture.
    from desktop.views.shell.registry import builders

    app = application()
    fonts.load(resources, put_off_large=True)
    kept = SettingsFile(settings)
    # For the height it will have: to dress it again when it is shown would cost as much as the first time.
    high = _fitting(app.primaryScreen().availableGeometry().size()).height()
    apply_theme(app, resources, kept.settings.theme, density_for(resources, high))
    window = Window(door, resources, ops, kept, builders(), keep_awake, ports, archives)
    later(_AFTER_FIRST_PICTURE, window, fonts.load_rest)
    return window


def run_window(
    door: Door,
    resources: Resources,
    ops: Ops | None = None,
    *,
    settings: Path | None = None,
    folder: Path | None = None,
    keep_awake: KeepAwake | None = None,
    ports: Callable[[], LockPorts] | None = None,
    archives: Callable[[], ArchiveDoor] | None = None,
    told: Handover | None = None,
    painted: Callable[[], object] | None = None,
) -> int:
    """Open the window and stay until it is closed; returns the exit code. folder: a practice to begin with.

    told: by the process that this one follows after a lock; painted() is called once the window was painted.
    """
    app = application()
    work = ops or Ops()
    window = make_window(
        door, resources, work, settings=settings, keep_awake=keep_awake, ports=ports, archives=archives
    )
    faults = Faults(window)
    # Queued: what failed may be in the middle of painting, or in another thread.
    faults.heard.connect(window.show_fault, Qt.ConnectionType.QueuedConnection)
    faults.attach()
    if told is not None:
        folder = Path(told.folder) if told.folder else folder
    window.begin(folder, told.running if told is not None else None)
    if painted is not None:
        window.installEventFilter(FirstPicture(window, painted))
    show_first(window, app.primaryScreen().availableGeometry().size())
    gc.freeze()  # all that was loaded so far stays to the end
    gc.enable()
    try:
        return app.exec()
    finally:
        faults.detach()
        work.close()


def show_first(window: QWidget, free: QSize) -> None:
    """Show a window for the first time, never larger than what is free of the screen; a small screen is filled."""
    fitting = _fitting(free)
    window.resize(fitting)
    if fitting == QSize(WIDE, HIGH):
        window.show()
    else:
        window.showMaximized()


def _fitting(free: QSize) -> QSize:
    return QSize(min(WIDE, free.width() - _AROUND), min(HIGH, free.height() - _AROUND))
