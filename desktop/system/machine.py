"""Knows how the storage's questions about locks and places are answered on this machine."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.moment import Moment
from desktop.system import locks, places


class LocalMachine:
    """The lock and the places of the machine that this runs on."""

    def take_lock(self, path: Path, moment: Moment) -> locks.InstanceLock:
        """Keep the practice to this process. AnotherInstance, FolderNotWritable, NoLocks; never waits."""
        return locks.take(path, moment)

    def refuse_place(self, folder: Path) -> None:
        """Raise SyncedFolder or NetworkFolder where a practice must not lie."""
        places.refuse_place(folder)
