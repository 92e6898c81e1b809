"""Knows how a travelling practice is forgotten: its keys are destroyed first, then its files are removed.

Overwriting is asked for and not promised: a disk may keep old blocks. Without its key file the database opens for
nobody, whoever knows the passphrase.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from desktop.domain.moment import Moment
from desktop.storage.disk import Disk
from desktop.storage.faults import explained
from desktop.storage.machine import Machine
from desktop.storage.practice_layout import (
    ARCHIVES,
    DATABASE,
    DRAFTS,
    HEAD,
    KEYS,
    KEYS_NEW,
    LOCK,
    MARKER,
    RESERVE,
    Layout,
)
from desktop.storage.vault import attempts
from desktop.storage.vault.primitives import random_bytes

_REST = (
    DATABASE, DATABASE + "-wal", DATABASE + "-shm", DATABASE + "-journal", HEAD, HEAD + ".new", DRAFTS,
    DRAFTS + ".new", ARCHIVES, ARCHIVES + ".new", RESERVE, attempts.FILE, attempts.FILE + ".new", MARKER,
)  # fmt: skip


def wipe(folder: Path, machine: Machine, disk: Disk, now: Moment) -> None:
    """Forget a travelling practice that nobody has open. AnotherInstance, FolderNotWritable, NoPractice, DiskTrouble.

    Killed at any instant: either it still opens, or its keys are gone and nobody reads what is left of it.
    """
    layout = Layout(folder)
    lock = machine.take_lock(layout.file(LOCK), now)
    try:
        with explained():
            for name in (KEYS, KEYS_NEW):
                _overwrite(layout.file(name), disk)
                disk.remove(layout.file(name))
            disk.sync_folder(folder)
            layout.sweep_scratch(disk)
            for name in _REST:
                disk.remove(layout.file(name))
            disk.sync_folder(folder)
    finally:
        lock.release()
    with contextlib.suppress(OSError):
        disk.remove(layout.file(LOCK))
        folder.rmdir()


def _overwrite(path: Path, disk: Disk) -> None:
    """Put chance in the place of a file's content, as far as the disk does that."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return
    with contextlib.suppress(FileNotFoundError), path.open("r+b") as file:
        file.write(random_bytes(size))
        disk.sync(file)
