"""Knows how compressed lines wait on disk until their sizes are known: never in clear, under a key kept nowhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop.storage.disk import Disk
from desktop.storage.vault.primitives import KEY_BYTES, TAG_BYTES, close_with, open_with, random_secret

_PIECE = 1 << 18


class Spool:
    """A scratch file, written once and read once, in the same order. Its pieces are encrypted by their number."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self._key = random_secret(KEY_BYTES)
        self._file: IO[bytes] = disk.create(path)
        self._waiting = bytearray()
        self._written: list[int] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._key.wipe()
        with contextlib.suppress(OSError):  # it is thrown away; the scratch folder is swept as a whole
            self._file.close()
            self._disk.remove(self._path)

    @property
    def size(self) -> int:
        """Bytes that were kept."""
        return sum(self._written)

    def add(self, content: bytes) -> None:
        """Keep some bytes."""
        self._waiting += content
        while len(self._waiting) >= _PIECE:
            self._write(bytes(self._waiting[:_PIECE]))
            del self._waiting[:_PIECE]

    def mark(self) -> int:
        """End a part; how many pieces there are until here."""
        if self._waiting:
            self._write(bytes(self._waiting))
            self._waiting.clear()
        return len(self._written)

    def _write(self, content: bytes) -> None:
        number = len(self._written)
        closed = close_with(self._key.reveal(), number.to_bytes(12, "big"), content, b"")
        self._file.write(closed)
        self._written.append(len(content))

    def pieces(self, first: int, after: int) -> Iterator[bytes]:
        """The pieces from `first` to before `after`."""
        self._file.flush()
        with self._path.open("rb") as file:
            file.seek(sum(self._written[:first]) + first * TAG_BYTES)
            for number in range(first, after):
                closed = file.read(self._written[number] + TAG_BYTES)
                with open_with(self._key.reveal(), number.to_bytes(12, "big"), closed, b"") as content:
                    yield bytes(content.reveal())
