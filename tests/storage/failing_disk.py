"""Knows a disk that is full, or breaks, at a chosen call."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import IO

from desktop.storage.disk import Disk


class FailingDisk(Disk):
    """Fails in its `fail_at`-th call that changes something, after doing half of it where half can be done.

    failed_in: the name of the call that failed. free_bytes: what `free` answers, when given.
    """

    def __init__(self, fail_at: int = -1, number: int = errno.ENOSPC, free_bytes: int | None = None) -> None:
        self.calls = 0
        self.failed_in = ""
        self.free_bytes = free_bytes
        self._fail_at = fail_at
        self._number = number

    def _due(self, name: str) -> bool:
        due = self.calls == self._fail_at
        self.calls += 1
        if due:
            self.failed_in = name
        return due

    def _fail(self) -> OSError:
        return OSError(self._number, "made to fail")

    def make_folder(self, folder: Path) -> bool:
        if self._due("make_folder"):
            raise self._fail()
        return super().make_folder(folder)

    def write_new(self, path: Path, content: bytes) -> None:
        if self._due("write_new"):
            super().write_new(path, content[: len(content) // 2])
            raise self._fail()
        super().write_new(path, content)

    def create(self, path: Path) -> IO[bytes]:
        if self._due("create"):
            raise self._fail()
        return super().create(path)

    def sync(self, file: IO[bytes]) -> None:
        if self._due("sync"):
            raise self._fail()
        super().sync(file)

    def allocate(self, path: Path, size: int) -> None:
        if self._due("allocate"):
            super().allocate(path, size // 2)
            raise self._fail()
        super().allocate(path, size)

    def replace(self, source: Path, target: Path) -> None:
        if self._due("replace"):
            raise self._fail()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        if self._due("remove"):
            raise self._fail()
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        if self._due("sync_folder"):
            raise self._fail()
        super().sync_folder(folder)

    def free(self, folder: Path) -> int:
        return super().free(folder) if self.free_bytes is None else self.free_bytes
