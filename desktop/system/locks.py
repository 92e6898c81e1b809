"""Knows how one running program keeps a practice to itself, and that a killed one lets it go."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from desktop.domain.errors_machine import AnotherInstance, FolderNotWritable, NoLocks
from desktop.domain.moment import Moment
from desktop.system.here import here

_TEXT_LIMIT = 200
_TEXT = re.compile(r"process (\d{1,10}) since ([0-9:\- ]{16,19})")


class InstanceLock:
    """A lock of the operating system on a file, held until `release` or until the process ends, however it ends.

    The file also says who holds it and since when; it stays in place, empty, when it is let go. The descriptor is not
    inherited by programs started from this one.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def __enter__(self) -> InstanceLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @property
    def held(self) -> bool:
        """Whether it was not let go yet."""
        return self._descriptor is not None

    def release(self) -> None:
        """Let the practice go; may be called twice."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        try:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)
            here.unlock(descriptor)
        finally:
            os.close(descriptor)


def holder_of(text: str) -> tuple[int | None, str]:
    """The process number and the time that a lock file names; (None, '') when it names none."""
    found = _TEXT.fullmatch(text.strip())
    return (int(found[1]), found[2]) if found else (None, "")


def _read(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, _TEXT_LIMIT).decode("ascii", "replace")


def _write(descriptor: int, moment: Moment) -> None:
    # Only a courtesy to the next one who comes: a full disk must not keep anybody out.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"process {os.getpid()} since {moment.local:%Y-%m-%d %H:%M:%S}\n".encode("ascii"))


def take(path: Path, moment: Moment, lock: Callable[[int], bool] = here.lock) -> InstanceLock:
    """Take the lock, making the file if need be. Raises AnotherInstance, FolderNotWritable, NoLocks; never waits.

    lock: takes a descriptor's file; False when another has it, OSError on a disk without locks.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError:
        raise FolderNotWritable from None
    try:
        if not lock(descriptor):
            raise AnotherInstance(*holder_of(_read(descriptor)))
        _write(descriptor, moment)
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, OSError):
            raise NoLocks from None
        raise
    return InstanceLock(descriptor)
