"""Knows the middle form of an archive: zstd frames one after the other, written at once and read within bounds."""

from __future__ import annotations

import sys
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from desktop.domain.errors_archive import DamagedArchive
from desktop.storage.archive.agefile import Take

LEVEL = 3
QUICK = 1  # a gigabyte in a second: the disk and the reading take longer
ENCRYPTED = -1  # for what cannot be made smaller: six gigabytes in a second, and the frames are as any others
MOST_WINDOW_LOG = 23  # 8 MiB: what reading a frame may take of memory
_PIECE = 1 << 16  # larger ones are asked of the system anew each time, and cost as much again


def frame(content: bytes) -> bytes:
    """Some bytes as a frame of their own."""
    return zstd.compress(content, LEVEL)


class Packer:
    """Makes one frame out of many pieces."""

    def __init__(self, level: int = LEVEL) -> None:
        self._zstd = zstd.ZstdCompressor(level)

    def add(self, content: bytes) -> bytes:
        """What comes of the next piece; often nothing yet."""
        return self._zstd.compress(content)

    def end(self) -> bytes:
        """The end of the frame."""
        return self._zstd.flush(self._zstd.FLUSH_FRAME)


class Unpacker:
    """Hands on what frames hold, 64 KB at a time at most, whatever they claim to hold."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._zstd = self._fresh()
        self._begun = False

    @staticmethod
    def _fresh() -> Any:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: MOST_WINDOW_LOG})

    def feed(self, content: bytes) -> None:
        """Take compressed bytes. DamagedArchive."""
        try:
            self._feed(content)
        except zstd.ZstdError:
            raise DamagedArchive from None

    def _feed(self, content: bytes) -> None:
        while content:
            self._begun = True
            out = self._zstd.decompress(content, _PIECE)
            if out:
                self._take(out)
            while not self._zstd.eof and not self._zstd.needs_input:
                out = self._zstd.decompress(b"", _PIECE)
                if out:
                    self._take(out)
            if not self._zstd.eof:
                return
            content = self._zstd.unused_data
            self._zstd, self._begun = self._fresh(), False

    def end(self) -> None:
        """Raise DamagedArchive when the last frame is not whole."""
        if self._begun:
            raise DamagedArchive
