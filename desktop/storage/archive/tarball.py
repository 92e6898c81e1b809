"""Knows the inner form of an archive: a tar of plain files with names that are known beforehand, and nothing else.

Nothing is ever extracted by the names that stand in a file: what is not exactly as this program writes it is refused,
so that links, folders, `../` and files of a stranger come to nothing.
"""

from __future__ import annotations

import tarfile
from typing import Protocol

from desktop.domain.errors_archive import NotAnArchive

BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)


class Inside(Protocol):
    """Receives the files of a tar, in order. Raises to stop the reading."""

    def begin(self, name: str, size: int) -> None:
        """A file begins."""

    def take(self, content: bytes | memoryview) -> None:
        """Some of its bytes."""

    def end(self) -> None:
        """It is whole."""


def header(name: str, size: int) -> bytes:
    """The block before a file."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, 0
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def padding(size: int) -> bytes:
    """What fills a file's last block."""
    return bytes(-size % BLOCK)


class TarReader:
    """Takes a tar apart while it arrives, strictly."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside
        self._block = bytearray()
        self._left = 0  # bytes of the present file
        self._fill = 0  # bytes after it
        self._ending = 0  # empty blocks seen

    def feed(self, content: bytes) -> None:
        """Take the next bytes. NotAnArchive; what the receiver raises."""
        view = memoryview(content)
        while view:
            if self._left:
                part, view = view[: self._left], view[self._left :]
                self._left -= len(part)
                self._inside.take(part)
                if not self._left:
                    self._inside.end()
            elif self._fill:
                part, view = view[: self._fill], view[self._fill :]
                self._fill -= len(part)
                if any(bytes(part)):
                    raise NotAnArchive
            else:
                missing = BLOCK - len(self._block)
                self._block += view[:missing]
                view = view[missing:]
                if len(self._block) == BLOCK:
                    block, self._block = bytes(self._block), bytearray()
                    self._begin(block)

    def _begin(self, block: bytes) -> None:
        if not any(block):
            self._ending += 1
            if self._ending > 2:
                raise NotAnArchive
            return
        if self._ending:
            raise NotAnArchive
        try:
            info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
            same = info.isreg() and header(info.name, info.size) == block
        except (tarfile.HeaderError, ValueError, OverflowError):
            raise NotAnArchive from None
        if not same:
            raise NotAnArchive
        self._inside.begin(info.name, info.size)
        self._left, self._fill = info.size, -info.size % BLOCK
        if not info.size:
            self._inside.end()

    def end(self) -> None:
        """Raise NotAnArchive unless the tar came to its proper end."""
        if self._ending != 2 or self._block or self._left or self._fill:
            raise NotAnArchive
