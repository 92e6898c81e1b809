"""Knows what begins when somebody came in and ends when they leave: findings, archives, the watch for absence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from desktop.views.ui.place import Place
from desktop.views.ui.timers import later

if TYPE_CHECKING:
    from desktop.services.locking import LockPorts
    from desktop.services.practice import Finding
    from desktop.views.shell.archiving import Archiving
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.settings import SettingsFile
    from desktop.views.shell.window import Window

WATCH_MS = 1000
"""How long after an unlock all records begin to be checked behind the work of the day."""


class Within:
    """One stay, from an unlock to the lock."""

    def __init__(
        self, window: Window, frame: Frame, stack: QStackedWidget, ports: Callable[[], LockPorts] | None,
        settings: SettingsFile,
    ) -> None:
        self._window, self._frame, self._stack = window, frame, stack
        self._ports, self._settings = ports, settings
        self._place: Place | None = None
        self._archiving: Archiving | None = None

    def come_in(self, found: tuple[Finding, ...], place: Place) -> None:
        """Show what was found wrong before anything of the records is asked for; else the records at once."""
        self._place = place
        if not found:
            self.enter()
            return
        from desktop.views.audit.found import FoundPage

        self._window.found = page = FoundPage(found)
        page.go_on.connect(self.enter)
        page.lock_asked.connect(self._window.lock)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_keyboard()

    def enter(self) -> None:
        """Show the records, and have all of them checked behind that."""
        place, self._place = self._place, None
        if place is None:
            return
        self._stack.setCurrentWidget(self._frame)
        self._drop_found()
        self._guard()
        here = self._frame.here
        if here.archives is not None and not here.desk.travelling:
            from desktop.views.shell.archiving import Archiving

            self._archiving = Archiving(here.desk, here.archives, here.ops, self._frame.rail, self._window)
        self._frame.visit(place)
        # The list is painted first: both would ask at once.
        later(WATCH_MS, self._frame, self._frame.watching.begin)

    def _guard(self) -> None:
        """From now on the practice is locked by itself when nobody is there."""
        if self._ports is None:
            return
        if self._window.locking is None:
            from desktop.views.shell.locking import Locking

            self._window.locking = Locking(self._window, self._ports(), self._settings)
        self._window.locking.sat_down(self._frame)

    def end(self) -> None:
        """Somebody leaves: nothing of it goes on."""
        self._place = None
        self._drop_found()
        archiving, self._archiving = self._archiving, None
        if archiving is not None:
            archiving.end()
            archiving.deleteLater()

    def _drop_found(self) -> None:
        found, self._window.found = self._window.found, None
        if found is not None:
            self._stack.removeWidget(found)
            found.deleteLater()
