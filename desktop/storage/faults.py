"""Knows what an error of the database or the disk means for a person."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.errors import Known
from desktop.domain.errors_machine import (
    MEGABYTE,
    DatabaseBusy,
    DiskFull,
    DiskTrouble,
    FolderNotWritable,
    UnfitFolder,
)
from desktop.domain.errors_practice import DamagedDatabase, PracticeLocked

# What one more step may need: a write-ahead log of 1,000 pages, and as much again for the checkpoint.
SPACE_FOR_A_STEP = 16 * MEGABYTE

_PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in the low byte.
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# What a path that leads nowhere gives, and a system folder (/proc) that looks like one and keeps no files.
_UNFIT = frozenset({
    errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EINVAL, errno.ENAMETOOLONG, errno.ELOOP, errno.ENODEV,
    errno.ENOSYS, errno.EOPNOTSUPP,
})  # fmt: skip


def explain_code(code: int) -> Known | None:
    """The known error for an SQLite result code, or None where only the program can be wrong."""
    match code & _PRIMARY:
        case 5 | 6:
            return DatabaseBusy()
        case 8 | 14:
            return FolderNotWritable()
        case 10:
            return DiskTrouble()
        case 11 | 26:
            return DamagedDatabase()
        case 13:
            return DiskFull(SPACE_FOR_A_STEP)
        case _:
            return None


def _is(error: BaseException, module: str, name: str) -> bool:
    # A library that was never loaded raised nothing; the unlock screen is painted sooner without loading these.
    kind = getattr(sys.modules.get(module), name, None)
    return kind is not None and isinstance(error, kind)


def explain(error: BaseException, needed: int = SPACE_FOR_A_STEP) -> Known | None:
    """The known error behind an SQLAlchemy, SQLCipher or system error; None when it is none of those."""
    if _is(error, "sqlalchemy.exc", "DBAPIError"):
        error = getattr(error, "orig", None) or error
    if _is(error, "sqlcipher3.dbapi2", "Error"):
        if "closed database" in str(error):
            return PracticeLocked()
        return explain_code(int(getattr(error, "sqlite_errorcode", 0)))
    if isinstance(error, OSError):
        if error.errno in _NO_SPACE:
            return DiskFull(needed)
        if error.errno in _NO_RIGHT:
            return FolderNotWritable()
        return DiskTrouble()
    return None


@contextmanager
def explained(needed: int = SPACE_FOR_A_STEP) -> Iterator[None]:
    """Turn what the database or the disk raises inside the block into known errors.

    The cause is cut off on purpose: the driver's own text may name paths or values.
    """
    try:
        yield
    except Exception as error:
        known = explain(error, needed)
        if known is None:
            raise
        raise known from None


@contextmanager
def fit_to_hold() -> Iterator[None]:
    """Inside `explained`, while a place for a practice is made: UnfitFolder where the system makes no files."""
    try:
        yield
    except OSError as error:
        if error.errno in _UNFIT:
            raise UnfitFolder from None
        raise
