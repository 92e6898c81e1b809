"""Knows how a presenter, which knows no Qt, has work done elsewhere and hears of it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from desktop.domain.errors import Known
from desktop.services.outcome import Outcome

T = TypeVar("T")


class Stoppable(Protocol):
    """Work that was handed over."""

    def cancel(self) -> None:
        """Its answer is not wanted any more."""


class Doing(Protocol):
    """Has services called off the window's thread; answers come back on it, or never once nobody is there."""

    def change(
        self, work: Callable[[], Outcome[T]], then: Callable[[T], object], oops: Callable[[Known], object]
    ) -> Stoppable:
        """Make a change; changes run one after the other, as they were asked."""

    def ask(
        self, work: Callable[[], T], then: Callable[[T], object], oops: Callable[[Known], object]
    ) -> Stoppable:
        """Ask a question."""


class Latest:
    """Keeps only the newest of several questions: an answer that was overtaken is dropped."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._job: Stoppable | None = None

    def ask(self, work: Callable[[], Any], then: Callable[[Any], object], oops: Callable[[Known], object]) -> None:
        """Ask this, and forget what was asked before."""
        self.drop()
        self._job = self._doing.ask(work, then, oops)

    def drop(self) -> None:
        """Forget what was asked."""
        if self._job is not None:
            self._job.cancel()
        self._job = None
