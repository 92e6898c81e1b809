"""Knows how the window is locked: covered at once, texts kept, and then a fresh process in the place of this one."""

from __future__ import annotations

import contextlib
import logging
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.idling import Idling, idle_minutes
from desktop.services.locking import (
    HalfTyped,
    Handover,
    LockPorts,
    Running,
    keep_drafts,
    kept_drafts,
    note_veil,
    running_now,
)
from desktop.services.outcome import Outcome
from desktop.services.ports import Follows, Why
from desktop.views.shell.clipboard import ClipboardGuard
from desktop.views.shell.idle import IdleWatch
from desktop.views.shell.offering import Offer, gathered
from desktop.views.shell.pausing import archive_before_lock
from desktop.views.ui.banner import Banner
from desktop.views.ui.basics import label

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.practice import Door
    from desktop.views.board.screen import BoardScreen
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.settings import SettingsFile
    from desktop.views.shell.veil import Veil
    from desktop.views.shell.window import Window

log = logging.getLogger(__name__)
LONGEST_S = 20.0
"""When changes that were handed over take longer than this, the process ends all the same."""


class Cover(QWidget):
    """What is seen from the moment of locking on: no name, no value."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAccessibleName(tr("Holdfast"))
        lines = QVBoxLayout(self)
        lines.addStretch(1)
        for text, kind in ((tr("Holdfast"), "figure"), (tr("Locking…"), "muted")):
            words = label(text, kind)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            lines.addWidget(words)
        lines.addStretch(2)


class Locking(QObject):
    """Made when somebody comes in. Decides between the lock and the veil, and asks nothing of anybody."""

    told = Signal(object)

    def __init__(self, window: Window, ports: LockPorts, settings: SettingsFile) -> None:
        super().__init__(window)
        self._window, self._ports, self._settings = window, ports, settings
        self._frame: Frame | None = None
        self.watch: IdleWatch | None = None
        self._offer: Offer | None = None
        self.veil: Veil | None = None
        self.going = False
        self.clipboard = ClipboardGuard(self)
        self.banner = Banner()
        self._put_banner()
        ports.shield(int(window.winId()))
        self.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        if ports.signals is not None:
            ports.signals.start(self.told.emit)

    def _put_banner(self) -> None:
        """Above everything that lies behind the lock."""
        held, pages = QWidget(), self._window.takeCentralWidget()
        assert pages is not None
        lines = QVBoxLayout(held)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.banner)
        lines.addWidget(pages, 1)
        self._window.setCentralWidget(held)

    @property
    def offering(self) -> bool:
        """Whether texts are waiting for an answer, or are being brought back."""
        return self._offer is not None and self._offer.busy

    def sat_down(self, frame: Frame) -> None:
        """Somebody came in: watch whether they stay, and offer what they were writing before."""
        self._frame = frame
        minutes = idle_minutes(self._settings.settings.idle_minutes)
        self.watch = IdleWatch(Idling(frame.here.desk.clock, minutes * 60_000), self)
        frame.finding.idle_asked.connect(self._wait_longer)
        self.watch.idle.connect(partial(self.away, Why.IDLE))
        self.watch.awoke.connect(partial(self.lock, Why.AWOKE))
        self.watch.pausing.connect(self._pausing)
        work = partial(kept_drafts, frame.here.door, frame.here.desk)
        frame.here.ops.read(work, frame, then=self._kept)

    def _pausing(self) -> None:
        """Nobody is there, and the lock has not come yet. A running session is veiled, not locked, and left alone."""
        if self._frame is not None and self.veil is None and running_board(self._frame) is None:
            archive_before_lock(self._frame.here, self)

    def _wait_longer(self, minutes: str) -> None:
        """Somebody wants it to lock sooner or later than before, now and from the next start on."""
        self._settings.change(idle_minutes=minutes)
        if self.watch is not None:
            self.watch.idling.limit_to(idle_minutes(minutes))

    def _kept(self, drafts: tuple[HalfTyped, ...]) -> None:
        if drafts and self._frame is not None:
            self._offer = Offer(self._frame, self.banner, drafts)

    def _told(self, why: Why) -> None:
        """The machine or the desktop says so."""
        if self._frame is None or self.going:
            self._let_sleep()
        elif why is Why.DESKTOP:
            self.away(why)
        else:
            self.lock(why)

    def away(self, why: Why) -> None:
        """Nobody is there: the veil while a board's session is running, else the lock."""
        if self._frame is None or self.going or self.veil is not None:
            return
        board = running_board(self._frame)
        if board is None:
            self.lock(why)
        else:
            self._draw_veil(self._frame, board, why)

    def _draw_veil(self, frame: Frame, board: BoardScreen, why: Why) -> None:
        from desktop.views.shell.veil import Veil

        here = frame.here
        self.clipboard.clear()
        self.banner.hide()
        self._close_others()
        self.veil = Veil(board, here.door, here.desk, here.ops)
        self.veil.lifted.connect(self.lift)
        self.veil.lock_asked.connect(self.lock)
        _park(self._window, self.veil)
        self.veil.take_keyboard()
        here.ops.run(partial(note_veil, here.desk, True, why), self)

    def lift(self) -> None:
        """The member at the desk is back."""
        veil, self.veil = self.veil, None
        if veil is None or self._frame is None:
            return
        here = self._frame.here
        if self.watch is not None:
            self.watch.idling.touched()
        _take_back(self._window, veil)
        self.banner.setVisible(self.offering)
        here.ops.run(partial(note_veil, here.desk, False, Why.COMMAND), self)

    def lock(self, why: Why = Why.COMMAND) -> None:
        """Cover the window, keep what was being written, leave the practice, and be followed by a fresh process."""
        frame = self._frame
        if frame is None or self.going:
            return
        self.going = True
        log.info("locking: %s", why.value)
        desk, door = frame.here.desk, frame.here.door
        drafts = self._drafts(frame)
        try:
            self.cover()
        except Exception as error:  # noqa: BLE001 - a fault of a page must never keep a practice open
            log.error("a bug while locking: %s", type(error).__name__)
        folder = str(self._window.folder or "")
        follow = self._ports.follows
        limit = threading.Timer(LONGEST_S, partial(follow.follow, Handover(folder).spelt()))
        # Beside the writer thread: texts are kept also when changes take too long.
        saving = threading.Thread(target=_keep, args=(door, desk, drafts), name="drafts", daemon=True)
        limit.daemon = True
        for thread in (limit, saving):
            thread.start()
        self._window.ops.run(partial(_leave_for_good, door, desk, folder, _Last(follow, limit, saving)), self)

    def cover(self) -> None:
        """Nothing of the practice is on the screen, in the clipboard or in the accessibility tree any more."""
        self.clipboard.clear()
        self.banner.hide()
        if self.watch is not None:
            self.watch.end()
        self._close_others()
        _cover(self._window)
        self._window.repaint()
        self._frame = self.veil = None

    def _close_others(self) -> None:
        """Dialogs and the like go; what they asked is not answered."""
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                other.close()
                other.hide()

    def _drafts(self, frame: Frame) -> tuple[HalfTyped, ...]:
        """What is being written, and what was kept before and is neither brought back nor thrown away."""
        left = self._offer.left if self._offer is not None else ()
        try:
            return (*left, *gathered(frame))
        except Exception as error:  # noqa: BLE001 - a fault of a page must never keep a practice open
            log.error("a bug while locking: %s", type(error).__name__)
            return left

    def end(self) -> None:
        """The window is closed: keep what is being written, watch and listen no more."""
        if self._frame is not None:
            here = self._frame.here
            here.ops.run(partial(_keep_for_later, here.door, here.desk, self._drafts(self._frame)), self._window)
        if self.watch is not None:
            self.watch.end()
        if self._ports.signals is not None:
            self._ports.signals.stop()
        self.clipboard.clear()
        self._frame = None

    def _let_sleep(self) -> None:
        if self._ports.signals is not None:
            self._ports.signals.may_sleep()


def running_board(frame: Frame) -> BoardScreen | None:
    """The board whose session is running, of several the one that was looked at last."""
    from desktop.views.shell.hosting import BoardHost

    hosts = [each for each in frame.pages.values() if isinstance(each, BoardHost)]
    boards = [each.board for each in hosts if each.board is not None and each.live and not each.live.state.closed]
    return boards[-1] if boards else None


def _park(window: Window, veil: QWidget) -> None:
    """Show this in the place of everything behind the lock, which is kept out of sight and of screen readers' reach."""
    frame = window.frame
    if frame is not None:
        window._stack.addWidget(veil)
        window._stack.setCurrentWidget(veil)
        window._stack.removeWidget(frame)
        frame.hide()
        frame.setParent(None)


def _take_back(window: Window, veil: QWidget) -> None:
    """Show everything behind the lock again."""
    if window.frame is not None:
        window._stack.addWidget(window.frame)
        window._stack.setCurrentWidget(window.frame)
    window._stack.removeWidget(veil)
    veil.deleteLater()


def _cover(window: Window) -> None:
    """Nothing but the cover is seen; every page behind it is freed."""
    cover = Cover()
    window._stack.addWidget(cover)
    window._drop_frame()
    window._stack.setCurrentWidget(cover)


@dataclass(frozen=True, slots=True)
class _Last:
    """The end, and what would bring it about if changes took too long."""

    follows: Follows
    limit: threading.Timer
    saving: threading.Thread

    def follow(self, told: str) -> NoReturn:
        """Never comes back."""
        self.limit.cancel()
        self.follows.follow(told)


def _keep(door: Door, desk: Desk, drafts: tuple[HalfTyped, ...]) -> None:
    """What cannot be kept is lost; the lock comes first."""
    with contextlib.suppress(Known):
        keep_drafts(door, desk, drafts)


def _keep_for_later(door: Door, desk: Desk, drafts: tuple[HalfTyped, ...]) -> Outcome[None]:
    _keep(door, desk, drafts)
    return Outcome(None)


def _leave_for_good(door: Door, desk: Desk, folder: str, last: _Last) -> Outcome[None]:
    """On the writer thread, after everything that was handed over; does not come back."""
    running: Running | None = None
    try:
        last.saving.join(LONGEST_S)
        with contextlib.suppress(Known):
            running = running_now(desk)
        with contextlib.suppress(Known):
            door.leave(desk)
    finally:
        # The end comes first: whatever went wrong must never keep a practice open.
        last.follow(Handover(folder, running).spelt())
