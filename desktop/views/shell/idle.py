"""Knows how the window notices that nobody is there, and that the machine slept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from desktop.services.idling import Idling
from desktop.views.ui.timers import every

LOOK_MS = 500
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
})  # fmt: skip


class IdleWatch(QObject):
    """Watches the windows, dialogs too, and reads the boot clock twice a second; the timer measures nothing.

    It listens to windows, not to the program: to be told of every event of every widget would slow all of them.
    What an input method commits passes the windows by, so the moving text cursor counts as well.
    """

    idle = Signal()
    pausing = Signal()
    awoke = Signal()

    def __init__(self, idling: Idling, parent: QObject) -> None:
        super().__init__(parent)
        self.idling = idling
        self._watched: list[QWindow] = []
        self._application().focusWindowChanged.connect(self.watch)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(idling.touched)
        for window in QGuiApplication.topLevelWindows():
            self.watch(window)
        self._timer = every(LOOK_MS, self, self.look)

    def _application(self) -> QGuiApplication:
        found = QGuiApplication.instance()
        assert isinstance(found, QGuiApplication)
        return found

    def watch(self, window: QWindow | None) -> None:
        """Listen to one more window."""
        if window is None or window in self._watched:
            return
        self._watched.append(window)
        window.destroyed.connect(self._gone)
        window.installEventFilter(self)

    def _gone(self, window: QObject) -> None:
        self._watched = [each for each in self._watched if each is not window]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there; nothing is taken away from the window."""
        if event.type() in _TOUCHES:
            self.idling.touched()
        return False

    def look(self) -> None:
        """Tell when it is time."""
        if self.idling.slept():
            self.awoke.emit()
        elif self.idling.due:
            self.idle.emit()
        elif self.idling.pausing():
            self.pausing.emit()

    def end(self) -> None:
        """Watch no more; may be called twice."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._application().focusWindowChanged.disconnect(self.watch)
        for window in self._watched:
            window.removeEventFilter(self)
        self._watched = []
        QGuiApplication.inputMethod().cursorRectangleChanged.disconnect(self.idling.touched)
