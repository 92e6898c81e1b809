"""Knows how bytes reach the disk so that a killed program leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import IO

_CHUNK = 1 << 20


class Disk:
    """The few things done to files outside the database; tests pass one that fails at a chosen call.

    Everything made is for this user only. Methods raise OSError as the system does; callers explain it.
    """

    def make_folder(self, folder: Path) -> bool:
        """Make a private folder with its parents; whether it was not there before."""
        if folder.is_dir():
            return False
        folder.mkdir(mode=0o700, parents=True)
        return True

    def write_new(self, path: Path, content: bytes) -> None:
        """Write a file that is not there yet, down to the disk; FileExistsError when it is."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def create(self, path: Path) -> IO[bytes]:
        """A new file for writing piece by piece; FileExistsError when it is there. `sync` brings it to the disk."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        return os.fdopen(descriptor, "wb", buffering=_CHUNK)

    def sync(self, file: IO[bytes]) -> None:
        """Bring what was written to a file down to the disk."""
        file.flush()
        os.fsync(file.fileno())

    def allocate(self, path: Path, size: int) -> None:
        """Make a file whose `size` bytes are really taken from the disk."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(descriptor, 0, size)
            else:  # pragma: no cover - macOS and Windows
                for start in range(0, size, _CHUNK):
                    os.write(descriptor, bytes(min(_CHUNK, size - start)))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target`, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file; nothing happens when it is not there."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make renames and new names in a folder durable, where the system has a way."""
        if os.name == "nt":  # pragma: no cover - Windows does this by itself
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def may_write(self, path: Path) -> bool:
        """Whether this user may write there, as far as the system tells without a try."""
        return os.access(path, os.W_OK)

    def free(self, folder: Path) -> int:
        """Bytes that this user may still write."""
        return shutil.disk_usage(folder).free


def write_atomically(disk: Disk, path: Path, content: bytes) -> None:
    """Replace a file by `content`: beside it, down to the disk, then renamed. The old one stays if anything fails."""
    beside = path.with_name(path.name + ".new")
    disk.remove(beside)
    try:
        disk.write_new(beside, content)
        disk.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            disk.remove(beside)
        raise
    disk.sync_folder(path.parent)
