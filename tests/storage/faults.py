"""Knows a database that fails at a chosen statement or commit, as a disk that breaks would make it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

IO_ERROR = 10


def broken_disk() -> OperationalError:
    """What SQLAlchemy raises when the disk under the database does not answer."""
    cause = dbapi2.OperationalError("disk I/O error")
    cause.sqlite_errorcode = IO_ERROR
    return OperationalError("made to fail", {}, cause)


class Faults:
    """Counts the steps (statements and commits) that reach an engine, and fails the one it is told to."""

    def __init__(self) -> None:
        self.steps = 0
        self.fail_at = 0

    def _step(self, *_: Any) -> None:
        self.steps += 1
        if self.steps == self.fail_at:
            raise broken_disk()

    @contextmanager
    def under(self, engine: Engine, fail_at: int = 0) -> Iterator[Faults]:
        """Within the block the `fail_at`-th step fails; 0 fails none, and only counts."""
        self.steps, self.fail_at = 0, fail_at
        for name in ("before_cursor_execute", "commit"):
            event.listen(engine, name, self._step)
        try:
            yield self
        finally:
            for name in ("before_cursor_execute", "commit"):
                event.remove(engine, name, self._step)
