"""Knows how to hold a key in memory: never printed, wiped as well as Python allows."""

from __future__ import annotations

import ctypes
import hmac
import sys
from types import TracebackType
from typing import NoReturn


class Secret:
    """Key bytes that can be wiped; never shown by repr(), str(), pickle or an exception.

    Wiping is best effort: copies that a library made are out of reach (only ending the process reaches those).
    """

    __slots__ = ("_bytes",)

    def __init__(self, value: bytes | bytearray) -> None:
        self._bytes = value if isinstance(value, bytearray) else bytearray(value)

    def __repr__(self) -> str:
        return "Secret(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not to be copied elsewhere")

    def __len__(self) -> int:
        return len(self._bytes)

    def __enter__(self) -> Secret:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def same_as(self, other: bytes | bytearray) -> bool:
        """Whether the bytes are equal, in constant time."""
        return hmac.compare_digest(self._bytes, other)

    @property
    def gone(self) -> bool:
        """Whether it was wiped."""
        return len(self._bytes) > 0 and not any(self._bytes)

    def reveal(self) -> bytearray:
        """The bytes themselves, not a copy: for a primitive that takes a buffer; keep no other reference."""
        if self.gone:
            raise ValueError("this secret was wiped")
        return self._bytes

    def wipe(self) -> None:
        """Overwrite with zeros; may be called twice."""
        self._bytes[:] = bytes(len(self._bytes))


def taken_over(made: bytes) -> Secret:
    """A secret in bytes that a library has just made and nobody else holds; what it made is overwritten.

    Python frees bytes without wiping them: they would stay readable until something else happens to need the place.
    """
    secret = Secret(made)
    if sys.implementation.name == "cpython":  # where the content lies right behind a header of fixed size
        ctypes.memset(id(made) + bytes.__basicsize__ - 1, 0, len(made))
    return secret


def wipe(buffer: bytearray) -> None:
    """Overwrite a buffer with zeros."""
    buffer[:] = bytes(len(buffer))
