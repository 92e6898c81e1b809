"""Knows how work leaves the window's thread and how its outcome comes back."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any, TypeVar, overload

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.outcome import Cancelled, Outcome, Report

log = logging.getLogger(__name__)

T = TypeVar("T")
Then = Callable[[T], object]
Oops = Callable[[Known], object]
Progress = Callable[[int, int, str], object]


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work that was handed over. cancel() is a wish: what was saved stays saved."""

    receiver: QObject
    then: Callable[[Any], object] | None
    oops: Oops | None
    progress: Progress | None
    stop: Event = field(default_factory=Event)
    future: Future[None] | None = None

    def cancel(self) -> None:
        """Drop the work if it has not begun; else stop it at its next report. No callback comes any more."""
        self.stop.set()
        if self.future is not None:
            self.future.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether cancel() was called."""
        return self.stop.is_set()

    def wanted(self) -> bool:
        """Whether somebody still waits for the outcome."""
        return not self.cancelled and shiboken6.isValid(self.receiver)


class Ops(QObject):
    """Runs services off the window's thread: changes on one writer thread, questions on a pool of their own.

    changed(frozenset[Topic]) is the program's only wide signal: visible screens ask again.
    untold(Known) is an error that nobody asked to be told of: the window says it.
    """

    changed = Signal(object)
    untold = Signal(object)
    _came_back = Signal(object)

    def __init__(self, parent: QObject | None = None, readers: int = 2) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
        self._under_way = 0
        self._closed = False
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @overload
    def run(
        self,
        work: Callable[[], Outcome[T]],
        receiver: QObject,
        *,
        then: Then[T] | None = None,
        oops: Oops | None = None,
    ) -> Job: ...

    @overload
    def run(
        self,
        work: Callable[[Report], Outcome[T]],
        receiver: QObject,
        *,
        then: Then[T] | None = None,
        oops: Oops | None = None,
        progress: Progress,
    ) -> Job: ...

    def run(
        self,
        work: Callable[..., Outcome[T]],
        receiver: QObject,
        *,
        then: Then[T] | None = None,
        oops: Oops | None = None,
        progress: Progress | None = None,
    ) -> Job:
        """Make a change on the writer thread; then(value) or oops(error) comes back on the window's thread.

        With progress=, work is long and is called with a Report. Changes run in the order they were asked.
        Callbacks are dropped once the receiver is gone or the job cancelled; `changed` is told all the same.
        """
        return self._hand_over(self._writer, work, Job(receiver, then, oops, progress))

    def read(
        self,
        work: Callable[[], T],
        receiver: QObject,
        *,
        then: Then[T] | None = None,
        oops: Oops | None = None,
    ) -> Job:
        """Ask a question on a reader thread; the plain answer comes back on the window's thread, none after close()."""
        return self._hand_over(self._readers, work, Job(receiver, then, oops, None))

    def aside(
        self, work: Callable[[Report], Outcome[T]], receiver: QObject, *, then: Then[T] | None = None,
        oops: Oops | None = None, progress: Progress,
    ) -> Job:
        """Do long work that keeps no change waiting, such as an archive, on a thread of its own; else as `run`."""
        return self._hand_over(self._aside, work, Job(receiver, then, oops, progress))

    @property
    def busy(self) -> bool:
        """Whether work is under way or waiting to come back."""
        return self._under_way > 0

    def close(self) -> None:
        """Take no more work; wait for changes that have begun, drop questions that have not."""
        self._closed = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._aside.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _hand_over(self, pool: ThreadPoolExecutor, work: Callable[..., object], job: Job) -> Job:
        if self._closed:  # a timer of a page that is going: nobody can have entered anything any more
            job.cancel()
            return job
        job.future = pool.submit(self._work, work, job)
        self._under_way += 1
        job.future.add_done_callback(partial(self._dropped, job))
        return job

    def _work(self, work: Callable[..., object], job: Job) -> None:
        """In a worker thread: do it, and post what came of it."""
        if job.cancelled:
            self._post(_Back(job, finished=True))
            return
        try:
            answer = work(partial(self._report, job)) if job.progress is not None else work()
        except Cancelled:
            self._post(_Back(job, finished=True))
        except Exception as error:  # noqa: BLE001 - whatever happens out there, somebody here must be told
            self._post(_Back(job, error=explained(error), finished=True))
        else:
            self._post(_Back(job, answer=answer, finished=True))

    def _report(self, job: Job, done: int, total: int, words: str) -> None:
        if job.cancelled:
            raise Cancelled
        self._post(_Back(job, step=(done, total, words)))

    def _dropped(self, job: Job, future: Future[None]) -> None:
        if future.cancelled():
            self._post(_Back(job, finished=True))

    def _post(self, back: _Back) -> None:
        if shiboken6.isValid(self):
            self._came_back.emit(back)

    def _deliver(self, back: _Back) -> None:
        """On the window's thread again."""
        job = back.job
        if back.finished:
            self._under_way -= 1
        if back.step is not None:
            if job.wanted() and job.progress is not None:
                job.progress(*back.step)
            return
        value = back.answer
        if isinstance(value, Outcome):
            if value.changed:
                self.changed.emit(value.changed)
            value = value.value
        if not job.wanted():
            return
        if back.error is not None:
            if job.oops is not None:
                job.oops(back.error)
            else:
                log.warning("nobody was told of an error: %s", type(back.error).__name__)
                self.untold.emit(back.error)
        elif back.answered and job.then is not None:
            job.then(value)


_NOTHING = object()


@dataclass(slots=True, eq=False)
class _Back:
    """What travels from a worker thread to the window's thread."""

    job: Job
    answer: Any = _NOTHING
    error: Known | None = None
    step: tuple[int, int, str] | None = None
    finished: bool = False

    @property
    def answered(self) -> bool:
        return self.answer is not _NOTHING


def explained(error: Exception) -> Known:
    """The error as a person may read it. A bug is logged by its kind and place alone, never by its text."""
    if isinstance(error, Known):
        return error
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{place[0].name}:{place[0].lineno}" if place else "?"
    log.error("a bug: %s in %s", type(error).__name__, where)
    return Known(
        tr("Something went wrong inside the program."),
        tr("Everything that was saved before is still saved."),
        tr("Try it once more. If it happens again, close the program and open it again."),
    )
