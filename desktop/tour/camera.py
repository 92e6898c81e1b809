"""Knows how a screen becomes a picture: without a display, in a theme, at a size and a scale."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.tour.out import Out

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from desktop.services.ports import Resources
    from desktop.views.ui.ops import Ops

LONGEST_WAIT_S = 20.0
PAUSE_S = 0.25  # longer than a screen waits after the last key
ROUNDS = 3  # of the event loop after the last answer, for layouts that follow layouts


# What Qt says without a display on every machine, and what is of no matter for a picture.
_OF_NO_MATTER = ("This plugin does not support", "OpenType support missing")


def _pass_on(kind: object, context: object, message: str) -> None:
    if not message.startswith(_OF_NO_MATTER):
        print(message, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Size:
    """A picture's size in points, and how many pixels a point has."""

    width: int
    height: int
    scale: float = 1.0

    @property
    def name(self) -> str:
        """As a part of a file's name."""
        return f"{self.width}x{self.height}" + ("" if self.scale == 1 else f"@{round(self.scale * 100)}")


class Camera:
    """Takes pictures of widgets; `ops` is what the screens call their services through."""

    def __init__(self, app: QApplication, ops: Ops, out: Out, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._app, self.ops, self._out, self._longest = app, ops, out, longest_wait_s
        self._fonts_loaded = False

    @staticmethod
    @contextmanager
    def ready(out: Out) -> Iterator[Camera]:
        """A camera for the time of the block. Qt starts without a display, at the same scale everywhere."""
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        for name in ("QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_FONT_DPI"):
            os.environ.pop(name, None)
        os.environ["QT_SCALE_FACTOR"] = "1"
        from PySide6.QtCore import qInstallMessageHandler

        from desktop.views.shell.app import application
        from desktop.views.ui.ops import Ops

        before = qInstallMessageHandler(_pass_on)
        app = application()
        app.setCursorFlashTime(0)
        ops = Ops()
        try:
            yield Camera(app, ops, out)
        finally:
            ops.close()
            qInstallMessageHandler(before)

    def dress(self, resources: Resources, theme: str, size: Size) -> None:
        """Put the program into a theme, at the density of a window of that size."""
        from desktop.views.ui import fonts
        from desktop.views.ui.look import apply_theme
        from desktop.views.ui.theme import density_for

        if not self._fonts_loaded:
            fonts.load(resources)
            self._fonts_loaded = True
        apply_theme(self._app, resources, theme, density_for(resources, size.height))

    def show(self, widget: QWidget, size: Size) -> None:
        """Show a screen at a size and wait for what it asked for."""
        widget.resize(size.width, size.height)
        widget.show()
        self.settle()

    def settle(self) -> None:
        """Let the program come to rest: every answer is back, everything is laid out."""
        until = time.monotonic() + self._longest
        rounds = 0
        while rounds < ROUNDS:
            self._app.processEvents()
            self._app.sendPostedEvents(None, 0)
            rounds = 0 if self.ops.busy else rounds + 1
            if time.monotonic() > until:
                raise Known(tr("A screen did not come to rest."), tr("No practice was touched."), tr("Try it again."))

    def rest(self) -> None:
        """Wait also for what begins a moment later: a search that waits until one has typed."""
        until = time.monotonic() + PAUSE_S
        while time.monotonic() < until:
            self._app.processEvents()
        self.settle()

    def take(self, widget: QWidget, folder: str, name: str, size: Size) -> Path:
        """Take the picture of a screen that is shown."""
        from PySide6.QtGui import QPixmap

        picture = QPixmap(round(size.width * size.scale), round(size.height * size.scale))
        picture.setDevicePixelRatio(size.scale)
        widget.render(picture)
        path = self._out.picture(folder, name)
        picture.save(str(path))
        return path

    def put_away(self, widget: QWidget) -> None:
        """Free a screen, after what it still asks for: one that stayed would be dressed again with every theme."""
        import shiboken6

        widget.hide()
        self.settle()
        shiboken6.delete(widget)
