"""Knows how a command reads a file it was given, and how it writes one: whole, private, and never over another."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from desktop.cli.codes import Unreachable
from desktop.domain.errors import Refused
from desktop.domain.errors_machine import DiskFull
from desktop.domain.words import tr

MOST_BYTES = 50_000_000


def read_text(name: str) -> str:
    """The UTF-8 text of a file, or of standard input for `-`. Refused: no text; Unreachable: not there."""
    try:
        if name == "-":
            content = _standard_input()
        else:
            with Path(name).open("rb") as file:
                content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError):  # a name with a null byte is a ValueError
        raise Unreachable(
            tr("The file cannot be read."), tr("Nothing was changed."), tr("Check its name and your right to read it.")
        ) from None
    if len(content) > MOST_BYTES:
        raise Refused("too_large", tr("The file is larger than {n} MB.", n=MOST_BYTES // 1_000_000))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not_text", tr("The file is not UTF-8 text."), next_step=tr("Save it as UTF-8.")) from None


def read_bytes(file: Path, most: int = MOST_BYTES) -> bytes:
    """What a file holds. Unreachable: not there, or not for this user; Refused: too large to be meant."""
    try:
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except (OSError, ValueError):
        raise Unreachable(
            tr("The file {name} cannot be read.", name=file.name), tr("Nothing was changed."),
            tr("Check its name and your right to read it."),
        ) from None  # fmt: skip
    if len(content) > most:
        raise Refused("too_large", tr("The file is larger than {n} kB.", n=most // 1_000))
    return content


def _standard_input() -> bytes:
    # Unbuffered: a passphrase may have been read from the same descriptor before.
    found = bytearray()
    if sys.stdin is None:  # closed before the program was started
        raise OSError(errno.EBADF, "no standard input")
    descriptor = sys.stdin.fileno()
    while len(found) <= MOST_BYTES and (part := os.read(descriptor, 1 << 16)):
        found += part
    return bytes(found)


def write_new(path: Path, content: bytes, force: bool | None = None) -> None:
    """Write a file for this user only, whole or not at all. Refused when it is there already, unless `force`.

    None: the command knows no such option, so nobody is told to add it.
    """
    if path.exists() and not (force and path.is_file()):
        raise Refused(
            "file_there", tr("There is a file or folder of this name already."),
            next_step=tr("Choose another name.") if force is None
            else tr("Choose another name, or add --force to replace a file."),
        )  # fmt: skip
    beside = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(len(content)) from None
        raise Unreachable(
            tr("The file cannot be written there."), tr("Nothing was changed."), tr("Choose a folder of your own.")
        ) from None
