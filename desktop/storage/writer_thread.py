"""Knows the one thread that writes: work goes in, futures come out, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from desktop.domain.errors_practice import PracticeLocked

T = TypeVar("T")

THREAD_NAME = "holdfast-writer"


class WriterThread:
    """Runs work one piece after the other on a thread of its own.

    `run` waits for the result; called from the writer thread itself it runs at once: a use case may call another.
    After `close` every call raises PracticeLocked; what was accepted before is finished.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, THREAD_NAME, self._remember)
        self._ident: int | None = None
        self._open = True

    def _remember(self) -> None:
        self._ident = threading.get_ident()

    def here(self) -> bool:
        """Whether the caller is on the writer thread."""
        return threading.get_ident() == self._ident

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue `work`; the future brings its result or its error."""
        if not self._open:
            raise PracticeLocked
        return self._pool.submit(work)

    def run(self, work: Callable[[], T]) -> T:
        """Do `work` on the writer thread and wait for it."""
        if self.here():
            return work()
        return self.submit(work).result()

    def close(self) -> None:
        """Finish what was accepted and end the thread; may be called twice, and from the thread itself."""
        self._open = False
        self._pool.shutdown(wait=not self.here())
