"""Knows the main window: either the welcome screen or everything behind the lock, in a theme, at a density."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.outcome import Outcome
from desktop.services.ports import Clock, KeepAwake, Resources
from desktop.services.practice import Door
from desktop.views.shell.carried import forget, offer_carried
from desktop.views.shell.leaving import leave
from desktop.views.shell.notices import CLOSE_KEY, Notices
from desktop.views.shell.settings import SettingsFile
from desktop.views.ui.banner import banner_of
from desktop.views.ui.look import apply_theme, look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BOARD, PEOPLE, Place
from desktop.views.ui.screen import on_key
from desktop.views.ui.theme import THEMES, density_for
from desktop.views.welcome.view import Behind, WelcomeScreen

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.locking import LockPorts, Running
    from desktop.services.ports_archives import ArchiveDoor, Restored
    from desktop.views.audit.found import FoundPage
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.here import Builder
    from desktop.views.shell.locking import Locking
    from desktop.views.shell.within import Within

class Window(QMainWindow):
    """The frame of the program. It holds no record and names no client, least of all in its title."""

    def __init__(
        self, door: Door, resources: Resources, ops: Ops, settings: SettingsFile, builders: Mapping[str, Builder],
        keep_awake: KeepAwake | None = None, ports: Callable[[], LockPorts] | None = None,
        archives: Callable[[], ArchiveDoor] | None = None,
    ) -> None:
        super().__init__()
        self._ports = ports
        self.locking: Locking | None = None
        self._door, self._resources, self.ops = door, resources, ops
        self._settings, self._builders, self._keep_awake = settings, builders, keep_awake
        self._archives = archives
        self._within: Within | None = None
        self.setWindowTitle(tr("Holdfast"))
        self.setAccessibleName(tr("Holdfast"))
        self._stack = QStackedWidget()
        self.notices = Notices()
        self._leaving = False
        self._place_parts()
        self.welcome = WelcomeScreen(door, ops)
        self.welcome.came_in.connect(self._in)
        self.welcome.restore_wanted.connect(partial(offer_restore, self.welcome, archives, ops))
        self.welcome.restore.setVisible(archives is not None)
        self.welcome.carried_wanted.connect(partial(offer_carried, self, door))
        self.welcome.carried.setVisible(door.carry() is not None)
        rehearsal = door.rehearsal()
        self.welcome.rehearse.setVisible(rehearsal is not None)
        if rehearsal is not None:
            self.welcome.rehearsal_wanted.connect(rehearsal)
        self._stack.addWidget(self.welcome)
        self.frame: Frame | None = None
        self.found: FoundPage | None = None
        self._back_to: tuple[str, Place] | None = None
        self.folder: Path | None = None
        on_key(self, "Ctrl+L", self.lock)
        on_key(self, "F11", self.next_theme)
        on_key(self, CLOSE_KEY, self.notices.close_fault)
        self.notices.leave.connect(self.close_anyway)
        ops.untold.connect(self.notices.show_fault)

    def _place_parts(self) -> None:
        whole = QWidget()
        whole.setProperty("kind", "window")
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.notices)
        lines.addWidget(self._stack, 1)
        self.setCentralWidget(whole)

    def show_fault(self) -> None:
        """Say that something failed which nobody caught."""
        self.notices.show_fault()

    def begin(self, folder: Path | None = None, running: Running | None = None) -> None:
        """Show the practice that was used last, or the given one. running: a session that goes on meanwhile."""
        last = self._settings.settings
        where = folder or (Path(last.folder) if last.folder else None)
        if running is not None and self._keep_awake is not None:
            self.ops.read(self._keep_awake.start, self)
        clock = self._ports().clock if self._ports is not None and running is not None else None
        self.welcome.begin(where, last.member, _behind(clock, running))

    def sit_down(self, desk: Desk, folder: Path) -> None:
        """Show everything behind the lock for a desk that is unlocked already."""
        self._in(desk, folder)

    def visit(self, place: Place) -> None:
        """Go to a screen behind the lock; nothing happens while it is locked."""
        if self.frame is not None:
            self.frame.visit(place)

    def lock(self) -> None:
        """Close every screen and lock; changes that were handed over are finished first."""
        if self.frame is None:
            return
        if self.locking is not None:
            self.locking.lock()
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
        self.folder = folder
        self._settings.change(folder=str(folder), member=desk.member.id)
        # Loaded only now: the unlock screen is painted sooner without everything that lies behind it.
        from desktop.views.shell.frame import Frame
        from desktop.views.shell.here import Here

        here = Here(
            desk, self._door, self.ops, self._keep_awake, look().theme.name,
            archives=self._archives() if self._archives is not None else None,
        )
        from desktop.views.shell.within import Within

        self.frame = Frame(here, self._builders)
        self.frame.lock_asked.connect(self.lock)
        self.frame.theme_asked.connect(self.set_theme)
        self.frame.forget_asked.connect(partial(forget, self, self._door, desk, folder))
        self._stack.addWidget(self.frame)
        self._within = Within(self, self.frame, self._stack, self._ports, self._settings)
        back, self._back_to = self._back_to, None
        self._within.come_in(self._door.found_at_unlock(desk), back[1] if back is not None else Place(PEOPLE))

    def settle_without(self) -> None:
        """No practice is remembered any more: the two ways in."""
        self.folder = None
        self._settings.change(folder="", member="")
        self.welcome.begin(None)

    def _end(self) -> None:
        within, self._within = self._within, None
        if within is not None:
            within.end()

    def _drop_frame(self) -> None:
        self._end()
        frame, self.frame = self.frame, None
        if frame is not None:
            self._stack.setCurrentWidget(self.welcome)
            self._stack.removeWidget(frame)
            frame.hide()
            frame.setParent(None)
            frame.deleteLater()

    def _locked(self, clock: Clock, running: Running | None) -> None:
        self.welcome.show_busy("")
        if running is None and self._keep_awake is not None:
            self.ops.read(self._keep_awake.stop, self)
        self.welcome.begin(self.folder, self._settings.settings.member, _behind(clock, running))

    def _not_locked(self, error: Known) -> None:
        self.welcome.show_busy("")
        self.welcome.begin(self.folder, self._settings.settings.member)
        self.welcome.banner.show_banner(banner_of(error))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window is set more tightly."""
        super().resizeEvent(event)
        if density_for(self._resources, self.height()) is not look().density:
            self._dress(look().theme.name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks; what was handed over is finished first. In mid-session it is asked about once."""
        running = self.frame is not None and self.frame.in_session
        if running and not self._leaving and not self.must_close():
            event.ignore()
            self.notices.ask_leaving()
            return
        frame, self.frame = self.frame, None
        if self.locking is not None:
            self.locking.end()
        if self._keep_awake is not None:
            self.ops.read(self._keep_awake.stop, self)
        if frame is not None:
            desk = frame.here.desk
            self._end()
            frame.hide()
            frame.deleteLater()
            self.ops.run(partial(_closed, self._door, desk, self._archives), self)
        super().closeEvent(event)

    def must_close(self) -> bool:
        """Whether the machine itself is ending the session of its user: nothing is asked then."""
        app = QApplication.instance()
        return isinstance(app, QGuiApplication) and app.isSavingSession()

    def close_anyway(self) -> None:
        """Close without asking, also in mid-session."""
        self._leaving = True
        self.close()


def _behind(clock: Clock | None, running: Running | None) -> Behind | None:
    """What tells the unlock screen of a session that goes on; None when none does."""
    if clock is None or running is None:
        return None
    from desktop.services.locking import behind_lock

    return partial(behind_lock, clock, running)


def _left(door: Door, desk: Desk) -> Outcome[Running | None]:
    return Outcome(leave(door, desk))


def _closed(door: Door, desk: Desk, archives: Callable[[], ArchiveDoor] | None) -> Outcome[Running | None]:
    if archives is not None:
        from desktop.views.shell.archiving import before_leaving

        before_leaving(desk, archives())
    return _left(door, desk)


def offer_restore(welcome: WelcomeScreen, archives: Callable[[], ArchiveDoor] | None, ops: Ops) -> None:
    """Make a practice out of an archive while nobody is in, then show its unlock screen."""
    if archives is not None:
        from desktop.views.archives.restore import RestoreDialog
        from desktop.views.ui.dialogs import ask

        ask(RestoreDialog(welcome.window(), archives(), ops, partial(_restored, welcome)))


def _restored(welcome: WelcomeScreen, done: Restored) -> None:
    welcome.begin(done.folder)


def named(parent: QWidget, name: str) -> QWidget | None:
    """A widget by its accessible name, for the tour and for tests."""
    return next((each for each in parent.findChildren(QWidget) if each.accessibleName() == name), None)
