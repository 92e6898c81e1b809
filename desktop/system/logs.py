"""Knows what may be written in the program's log: names from a list and numbers, never a word about anybody."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.services.ports import Clock

FILE = "holdfast.log"
MAX_BYTES = 1_000_000
KEPT = 3
_FRAMES = 12


class Event(StrEnum):
    """Everything that the log can say; a new one is added here or not at all."""

    START = "start"
    STOP = "stop"
    SELF_TEST = "self_test"
    CREATE = "create"
    UNLOCK = "unlock"
    UNLOCK_REFUSED = "unlock_refused"
    LOCK = "lock"
    MIGRATE = "migrate"
    SESSION_OPENED = "session_opened"
    SESSION_CLOSED = "session_closed"
    SLOW_WRITE = "slow_write"
    KEEP_AWAKE_REFUSED = "keep_awake_refused"
    DISK_LOW = "disk_low"
    RESERVE_FREED = "reserve_freed"
    NOT_HARDENED = "not_hardened"


class Number(StrEnum):
    """The names that a number may have."""

    MS = "ms"
    COUNT = "count"
    BYTES = "bytes"
    SECONDS = "seconds"
    SCHEMA = "schema"
    CODE = "code"


def _where(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-_FRAMES:]


class _Elsewhere(logging.Handler):
    """Takes what libraries log: only who, how bad, and where in the code."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._write_line = write

    def emit(self, record: logging.LogRecord) -> None:
        library, level = record.name.split(".")[0], record.levelname.lower()
        self._write_line(f"library {library} {level} {record.module}:{record.lineno}")


class EventLog:
    """The program's rotating log: at most four files of 1 MB, readable only by this user."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._clock = clock
        self.path = folder / FILE
        self._elsewhere = _Elsewhere(self._write)
        self._hooks: tuple[Any, Any, Any] | None = None

    @cached_property
    def _handler(self) -> logging.Handler:
        # Made with the first line: most starts write none before the first picture, and this loads a lot.
        from desktop.system.log_file import LogFile

        return LogFile(self.path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)

    def _write(self, text: str) -> None:
        line = f"{self._clock.now().utc:%Y-%m-%dT%H:%M:%S}Z {text}"
        self._handler.handle(logging.makeLogRecord({"msg": line, "levelno": logging.INFO}))

    def record(self, event: Event, numbers: dict[Number, int] | None = None) -> None:
        """Write one event with its numbers; ValueError or TypeError for what is not on the lists."""
        parts = [Event(event).value]
        for name, value in (numbers or {}).items():
            if type(value) is not int:
                raise TypeError("the log takes whole numbers only")
            parts.append(f"{Number(name).value}={value}")
        self._write(" ".join(parts))

    def failure(self, error: BaseException) -> None:
        """Write that something failed: its type and where in the code, not its words, which may be a client's."""
        self._write(" ".join(["failure", type(error).__name__, *_where(error.__traceback__)]))

    def attach(self) -> None:
        """Take the warnings of libraries and every exception that nobody caught, until `close`."""
        logging.getLogger().addHandler(self._elsewhere)
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = lambda kind, error, trace: self.failure(error)
        threading.excepthook = lambda found: self._maybe(found.exc_value)
        sys.unraisablehook = lambda found: self._maybe(found.exc_value)

    def _maybe(self, error: BaseException | None) -> None:
        if error is not None:
            self.failure(error)

    def close(self) -> None:
        """Give the hooks back and close the file; may be called twice."""
        logging.getLogger().removeHandler(self._elsewhere)
        if self._hooks is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
            self._hooks = None
        if "_handler" in vars(self):
            self._handler.close()
