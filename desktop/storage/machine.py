"""Knows what the storage asks of the machine around a practice folder; the system room answers."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from desktop.domain.moment import Moment


class HeldLock(Protocol):
    """A practice kept to this process."""

    def release(self) -> None:
        """Let it go; may be called twice."""


class Machine(Protocol):
    """What only the operating system can say or do."""

    def take_lock(self, path: Path, moment: Moment) -> HeldLock:
        """Keep the practice to this process. AnotherInstance, FolderNotWritable, NoLocks; never waits."""

    def refuse_place(self, folder: Path) -> None:
        """Raise SyncedFolder or NetworkFolder where a practice must not lie."""
