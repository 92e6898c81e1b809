"""Knows the main window: either the welcome screen or everything behind the lock, in a theme, at a density."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from desktop.domain.errors import Known
from desktop.domain.moment import Moment
from desktop.domain.words import tr
from desktop.services.outcome import Outcome
from desktop.services.ports import Clock, KeepAwake, Resources
from desktop.services.practice import Door
from desktop.views.shell.leaving import leave, running_seconds
from desktop.views.shell.settings import SettingsFile
from desktop.views.ui.banner import banner_of
from desktop.views.ui.look import apply_theme, look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BOARD, PEOPLE, Place
from desktop.views.ui.screen import on_key
from desktop.views.ui.theme import THEMES, density_for
from desktop.views.welcome.view import WelcomeScreen

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.ports_archives import ArchiveDoor, Restored
    from desktop.views.shell.archiving import Archiving
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.here import Builder


class Window(QMainWindow):
    """The frame of the program. It holds no record and names no client, least of all in its title."""

    def __init__(
        self, door: Door, resources: Resources, ops: Ops, settings: SettingsFile, builders: Mapping[str, Builder],
        keep_awake: KeepAwake | None = None, archives: ArchiveDoor | None = None,
    ) -> None:
        super().__init__()
        self._door, self._resources, self.ops = door, resources, ops
        self._settings, self._builders, self._keep_awake = settings, builders, keep_awake
        self._archives = archives
        self._archiving: Archiving | None = None
        self.setWindowTitle(tr("Holdfast"))
        self.setAccessibleName(tr("Holdfast"))
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.welcome = WelcomeScreen(door, ops)
        self.welcome.came_in.connect(self._in)
        self.welcome.restore_wanted.connect(self._restore)
        self.welcome.restore.setVisible(archives is not None)
        self._stack.addWidget(self.welcome)
        self.frame: Frame | None = None
        self._back_to: tuple[str, Place] | None = None
        self._folder: Path | None = None
        on_key(self, "Ctrl+L", self.lock)
        on_key(self, "F11", self.next_theme)

    def begin(self, folder: Path | None = None) -> None:
        """Show the practice that was used last, or the given one."""
        last = self._settings.settings
        where = folder or (Path(last.folder) if last.folder else None)
        self.welcome.begin(where, last.member)

    def sit_down(self, desk: Desk, folder: Path) -> None:
        """Show everything behind the lock for a desk that is unlocked already."""
        self._in(desk, folder)

    def _restore(self) -> None:
        """Make a practice out of an archive while nobody is in, then show its unlock screen."""
        if self._archives is not None:
            from desktop.views.archives.restore import RestoreDialog
            from desktop.views.ui.dialogs import ask

            ask(RestoreDialog(self, self._archives, self.ops, self._restored))

    def _restored(self, done: Restored) -> None:
        self.welcome.begin(done.folder)

    def visit(self, place: Place) -> None:
        """Go to a screen behind the lock; nothing happens while it is locked."""
        if self.frame is not None:
            self.frame.visit(place)

    def lock(self) -> None:
        """Close every screen and lock; changes that were handed over are finished first."""
        if self.frame is None:
            return
        frame, desk = self.frame, self.frame.here.desk
        place = frame.place
        back = place is not None and place.screen == BOARD
        self._back_to = (desk.member.id, place) if back and place is not None else None
        self._drop_frame()
        self.welcome.show_busy(tr("Locking…"))
        work = partial(_left, self._door, desk)
        self.ops.run(work, self, then=partial(self._locked, desk.clock), oops=self._not_locked)

    def set_theme(self, theme: str) -> None:
        """Another theme, at once and from now on."""
        self._settings.change(theme=theme)
        if self.frame is not None:
            # Qt dresses every page there is; what nobody sees would only take time.
            for gone in self.frame.thin_out(0):
                QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
        self._dress(theme)

    def next_theme(self) -> None:
        """Light, dark, night, and light again."""
        at = THEMES.index(look().theme.name)
        self.set_theme(THEMES[(at + 1) % len(THEMES)])

    def _dress(self, theme: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self._resources, theme, density_for(self._resources, self.height()))
        if self.frame is not None:
            self.frame.show_theme(theme)

    def _in(self, desk: Desk, folder: Path) -> None:
        self._drop_frame()
        self._folder = folder
        self._settings.change(folder=str(folder), member=desk.member.id)
        # Loaded only now: the unlock screen is painted sooner without everything that lies behind it.
        from desktop.views.shell.frame import Frame
        from desktop.views.shell.here import Here

        here = Here(
            desk, self._door, self.ops, self._keep_awake, look().theme.name, archives=self._archives
        )
        self.frame = Frame(here, self._builders)
        if self._archives is not None:
            from desktop.views.shell.archiving import Archiving

            self._archiving = Archiving(desk, self._archives, self.ops, self.frame.rail, self)
        self.frame.lock_asked.connect(self.lock)
        self.frame.theme_asked.connect(self.set_theme)
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        back, self._back_to = self._back_to, None
        self.frame.visit(back[1] if back is not None else Place(PEOPLE))

    def _end_archiving(self) -> None:
        archiving, self._archiving = self._archiving, None
        if archiving is not None:
            archiving.end()
            archiving.deleteLater()

    def _drop_frame(self) -> None:
        self._end_archiving()
        frame, self.frame = self.frame, None
        if frame is not None:
            self._stack.setCurrentWidget(self.welcome)
            self._stack.removeWidget(frame)
            frame.hide()
            frame.setParent(None)
            frame.deleteLater()

    def _locked(self, clock: Clock, running: Moment | None) -> None:
        self.welcome.show_busy("")
        if running is None and self._keep_awake is not None:
            self.ops.read(self._keep_awake.stop, self)
        seconds = partial(running_seconds, clock, running) if running is not None else None
        self.welcome.begin(self._folder, self._settings.settings.member, seconds)

    def _not_locked(self, error: Known) -> None:
        self.welcome.show_busy("")
        self.welcome.begin(self._folder, self._settings.settings.member)
        self.welcome.banner.show_banner(banner_of(error))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window is set more tightly."""
        super().resizeEvent(event)
        if density_for(self._resources, self.height()) is not look().density:
            self._dress(look().theme.name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks; what was handed over is finished first."""
        frame, self.frame = self.frame, None
        if self._keep_awake is not None:
            self.ops.read(self._keep_awake.stop, self)
        if frame is not None:
            desk = frame.here.desk
            self._end_archiving()
            frame.hide()
            frame.deleteLater()
            self.ops.run(partial(_closed, self._door, desk, self._archives), self)
        super().closeEvent(event)


def _left(door: Door, desk: Desk) -> Outcome[Moment | None]:
    return Outcome(leave(door, desk))


def _closed(door: Door, desk: Desk, archives: ArchiveDoor | None) -> Outcome[Moment | None]:
    if archives is not None:
        from desktop.views.shell.archiving import before_leaving

        before_leaving(desk, archives)
    return _left(door, desk)


def named(parent: QWidget, name: str) -> QWidget | None:
    """A widget by its accessible name, for the tour and for tests."""
    return next((each for each in parent.findChildren(QWidget) if each.accessibleName() == name), None)
