"""Knows how this process is followed by a fresh one: the same command, told one line, waited for, and then the end.

Nothing that this process has read goes into the other: it is started as a program, not forked with our memory, and
every file that is open here is closed there. The end is `os._exit`, which runs nothing more and swaps nothing in.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import IO, NoReturn

MARK = "HOLDFAST_AFTER_LOCK"
PAINTED = b"painted\n"
MOST_TOLD = 1 << 16
PAINT_LIMIT_S = 15.0


def command() -> list[str]:
    """How this program was started: from source, with -m, installed or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, *sys.orig_argv[1:]]


class FreshProcess:
    """A Follows port. limit_s: how long the fresh process may take to paint; end: what ends this one."""

    def __init__(
        self, words: Sequence[str] | None = None, limit_s: float = PAINT_LIMIT_S,
        end: Callable[[int], NoReturn] = os._exit,
    ) -> None:
        self._words = list(words) if words is not None else None
        self._limit_s, self._end = limit_s, end
        self._once = threading.Lock()

    def follow(self, told: str) -> NoReturn:
        """Start it, tell it, wait until it has painted or the limit is over, and end; end also when it cannot start."""
        if not self._once.acquire(blocking=False):
            threading.Event().wait()  # another thread is at it, and ends us both
        try:
            self._start(told)
        finally:
            self._end(0)

    def _start(self, told: str) -> None:
        import subprocess  # only here: the unlock screen is painted sooner without it

        environment = {**os.environ, MARK: "1"}
        if getattr(sys, "frozen", False):
            environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
        process = subprocess.Popen(
            self._words or command(), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True
        )
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.write(told.encode("utf-8")[:MOST_TOLD])
            process.stdin.close()
        waiting = threading.Thread(target=_read_line, args=(process.stdout,), daemon=True)
        waiting.start()
        waiting.join(self._limit_s)


def _read_line(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        pipe.readline(len(PAINTED))


def told_before() -> str | None:
    """What the process before this one told, once; None when this one follows none."""
    if os.environ.pop(MARK, None) is None or os.isatty(0):
        return None
    with contextlib.suppress(OSError), open(0, "rb", closefd=False) as pipe:
        return pipe.read(MOST_TOLD).decode("utf-8", "replace")
    return ""


def say_painted() -> None:
    """Tell the process before this one that it may end, and let go of the pipes to it."""
    with contextlib.suppress(OSError):
        os.write(1, PAINTED)
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        for descriptor in (0, 1):
            os.dup2(nothing, descriptor)
    finally:
        os.close(nothing)
