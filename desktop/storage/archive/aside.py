"""Knows how work is done beside other work, on a second core: pieces in order, or an answer that is fetched later."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 1 << 18
_WAITING = 8


class HandedOn:
    """Hands pieces to `take` on a thread of its own; what it raises comes out of `give` or `end`.

    At most two megabytes wait. Used as a context: the thread has ended after the block, whatever happened.
    """

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._queue: queue.Queue[bytes | None] = queue.Queue(_WAITING)
        self._held: list[bytes] = []
        self._size = 0
        self.failed: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="holdfast-archive", daemon=True)

    def __enter__(self) -> HandedOn:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (piece := self._queue.get()) is not None:
            if self.failed is None:
                try:
                    self._take(piece)
                except BaseException as error:  # noqa: BLE001 - it comes out where the pieces come from
                    self.failed = error
            self._queue.task_done()

    def give(self, content: bytes) -> None:
        """Hand a piece on."""
        if self.failed is not None:
            raise self.failed
        self._held.append(content)
        self._size += len(content)
        if self._size >= _AT_ONCE:
            self._hand_on()

    def _hand_on(self) -> None:
        self._queue.put(self._held[0] if len(self._held) == 1 else b"".join(self._held))
        self._held, self._size = [], 0

    def end(self) -> None:
        """Wait until everything was taken."""
        self._hand_on()
        self._queue.join()
        if self.failed is not None:
            raise self.failed


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Future[T]]:
    """Do `work` on a thread while the block goes on; it has ended after the block."""
    with ThreadPoolExecutor(1, "holdfast-archive") as pool:
        yield pool.submit(work)
