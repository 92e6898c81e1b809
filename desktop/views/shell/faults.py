"""Knows how an exception that nobody caught, in a slot or in a thread, comes to the window: that it was, no more."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal


class Faults(QObject):
    """Listens between attach() and detach(); whoever listened before, such as the log, is told first.

    heard() carries nothing: an exception's words may be a client's.
    """

    heard = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: tuple[Any, Any] | None = None

    def attach(self) -> None:
        """Begin to listen."""
        if self._before is None:
            self._before = (sys.excepthook, threading.excepthook)
            sys.excepthook, threading.excepthook = self._in_slot, self._in_thread

    def detach(self) -> None:
        """Give the hooks back; may be called twice."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None

    def _in_slot(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if self._before is not None:
            self._before[0](kind, error, trace)
        if issubclass(kind, Exception):
            self._tell()

    def _in_thread(self, found: threading.ExceptHookArgs) -> None:
        if self._before is not None:
            self._before[1](found)
        self._tell()

    def _tell(self) -> None:
        if shiboken6.isValid(self):
            self.heard.emit()
