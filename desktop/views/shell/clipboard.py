"""Knows how long what was copied from this program stays in the clipboard: half a minute, and not past a lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from desktop.views.ui.timers import rest

CLEAR_MS = 30_000
_PRIVATE = frozenset({"offscreen", "minimal"})


class ClipboardGuard(QObject):
    """Empties the clipboard while what is in it is still ours. What another program copied is never touched."""

    def __init__(
        self, parent: QObject, clear_ms: int = CLEAR_MS, owns: Callable[[], bool] | None = None
    ) -> None:
        """owns: whether what is in it came from this program, where Qt does not say so."""
        super().__init__(parent)
        self._owns = owns or _owned
        self._clipboard = QGuiApplication.clipboard()
        self._timer = rest(clear_ms, self, self.clear)
        self._clipboard.dataChanged.connect(self._changed)

    @property
    def waiting(self) -> bool:
        """Whether something of ours is in it and will be cleared."""
        return self._timer.isActive()

    def clear(self) -> None:
        """Empty it if it is ours."""
        self._timer.stop()
        if self._ours():
            self._clipboard.clear()

    def _changed(self) -> None:
        """Another copy begins another half minute; somebody else's copy is none of our business."""
        if self._ours():
            self._timer.start()
        else:
            self._timer.stop()

    def _ours(self) -> bool:
        """Whether there is something in it that came from here."""
        held: QMimeData | None = self._clipboard.mimeData()  # None when it is empty, whatever the stub says
        return self._owns() and held is not None and bool(held.formats())


def _owned() -> bool:
    # Without a screen the clipboard is the process's own, and Qt does not say so.
    return QGuiApplication.clipboard().ownsClipboard() or QGuiApplication.platformName() in _PRIVATE
