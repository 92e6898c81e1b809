"""Knows what an error of the disk means at a place for archives."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.errors import Known
from desktop.domain.errors_archive import MissingPlace, NoArchive, PlaceFull, PlaceNotWritable, PlaceTrouble

_NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.EHOSTDOWN, getattr(errno, "ESTALE", errno.ENODEV)})


def explain_place(error: OSError, needed: int = 0, writing: bool = False) -> Known:
    """The known error for what the system said of a place. needed: bytes, for a full one."""
    if error.errno in _NO_SPACE:
        return PlaceFull(needed)
    if error.errno in _NO_RIGHT:
        return PlaceNotWritable()
    if error.errno in _GONE:
        return PlaceTrouble()
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return MissingPlace() if writing else NoArchive()
    if error.errno == errno.EISDIR and not writing:  # a folder was given for an archive
        return NoArchive()
    return PlaceTrouble()


@contextmanager
def at_place(needed: int = 0, writing: bool = False) -> Iterator[None]:
    """Turn what the disk raises inside the block into known errors about the place; their cause is cut off."""
    try:
        yield
    except OSError as error:
        raise explain_place(error, needed, writing) from None


def read_anew(path: Path) -> None:
    """Ask the system to forget what it holds of a file, so that it is read from the disk, where it has a way."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
