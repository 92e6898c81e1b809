"""Knows how a PDF is put where a member wants it: whole or not at all, and never among the practice's own files."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from desktop.domain.errors import Refused
from desktop.domain.errors_machine import DiskFull
from desktop.domain.words import tr

OWN_FILES = ("practice.db", "practice.keys.json")


def _kept() -> str:
    return tr("Nothing was saved, and nothing there was changed.")


def _not_saved() -> Refused:
    return Refused(
        "not saved", tr("The page could not be saved there."), _kept(),
        tr("Look whether the disk is full or was taken out, or choose another folder or a shorter name."),
    )


def check_target(path: Path) -> None:
    """Refuse a place where a PDF cannot or must not be kept."""
    try:
        _check(path)
    except OSError as error:
        raise _not_saved() from error


def _check(path: Path) -> None:
    if path.is_dir():
        raise Refused("a folder", tr("This is a folder, not a file."), _kept(), tr("Type a name for the file."))
    folder = path.parent
    if not folder.is_dir():
        raise Refused(
            "no folder", tr("The folder is not there any more."), _kept(), tr("Choose another folder.")
        )
    if any((folder / name).exists() for name in OWN_FILES):
        raise Refused(
            "own folder", tr("This folder holds a practice; an unencrypted page does not belong beside it."), _kept(),
            tr("Choose another folder."),
        )
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise Refused(
            "not writable", tr("Nothing can be written there: the folder or the file is protected."), _kept(),
            tr("Choose another folder, or ask whoever keeps this machine."),
        )


def save_pdf(path: Path, pdf: bytes) -> Path:
    """Write beside the target, then put it in its place; returns the path. Refused says why not."""
    check_target(path)
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=".page-", suffix=".pdf", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(pdf)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):  # a disk that stays broken keeps it; it is not what is to be said
            if beside:
                os.unlink(beside)
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(len(pdf)) from None
        raise _not_saved() from error
    return path
