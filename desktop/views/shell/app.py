"""Knows how the program's window is opened, and what is done when it was closed."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.words import tr
from desktop.services.ports import KeepAwake, Resources
from desktop.services.ports_archives import ArchiveDoor
from desktop.services.practice import Door
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui import fonts
from desktop.views.ui.look import STYLE, STYLE_KNOWN, apply_theme
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import density_for

WIDE, HIGH = 1600, 1000


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
    archives: ArchiveDoor | None = None,
) -> Window:
    """The window, dressed but not shown. settings: a plain file of its own; None to remember nothing."""
    # Loaded only now, as everything that is not needed before the first picture.
    from desktop.views.shell.registry import builders

    app = application()
    fonts.load(resources)
    kept = SettingsFile(settings)
    apply_theme(app, resources, kept.settings.theme, density_for(resources, HIGH))
    return Window(door, resources, ops, kept, builders(), keep_awake, archives)


def run_window(
    door: Door,
    resources: Resources,
    ops: Ops | None = None,
    *,
    settings: Path | None = None,
    folder: Path | None = None,
    keep_awake: KeepAwake | None = None,
    archives: ArchiveDoor | None = None,
) -> int:
    """Open the window and stay until it is closed; returns the exit code. folder: a practice to begin with."""
    app = application()
    work = ops or Ops()
    window = make_window(door, resources, work, settings=settings, keep_awake=keep_awake, archives=archives)
    free = app.primaryScreen().availableGeometry()
    window.resize(min(WIDE, free.width()), min(HIGH, free.height()))
    window.begin(folder)
    window.show()
    gc.freeze()  # all that was loaded so far stays to the end
    gc.enable()
    try:
        return app.exec()
    finally:
        work.close()
