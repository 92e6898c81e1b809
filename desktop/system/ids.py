"""Knows how identifiers are made: UUIDv7 as text, rising within a process, also when the clock steps back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from desktop.system.clock import wall_ms

_TAIL_BITS = 74  # what version, variant and milliseconds leave of 128
_TAIL_LIMIT = 1 << _TAIL_BITS
_LOW_BITS = 62
_STEP_BYTES = 4


class MachineIds:
    """Makes identifiers; an Ids port, safe from several threads.

    Within one millisecond, or while the wall clock stands before the last identifier, the random tail counts up by a
    random step (RFC 9562, section 6.2, method 2).
    """

    def __init__(
        self, milliseconds: Callable[[], int] = wall_ms, random: Callable[[int], bytes] = os.urandom
    ) -> None:
        self._milliseconds = milliseconds
        self._random = random
        self._guard = threading.Lock()
        self._last_ms = -1
        self._tail = 0

    def new(self) -> str:
        """A fresh identifier, greater than every earlier one of this object."""
        with self._guard:
            now = self._milliseconds()
            if now > self._last_ms:
                self._last_ms, self._tail = now, self._fresh_tail()
            else:
                self._tail += 1 + int.from_bytes(self._random(_STEP_BYTES), "big")
                if self._tail >= _TAIL_LIMIT:
                    self._last_ms, self._tail = self._last_ms + 1, self._fresh_tail()
            return self._text()

    def _fresh_tail(self) -> int:
        # The highest bit stays free, so that there is room to count up.
        return int.from_bytes(self._random(10), "big") % (_TAIL_LIMIT >> 1)

    def _text(self) -> str:
        high, low = self._tail >> _LOW_BITS, self._tail & ((1 << _LOW_BITS) - 1)
        whole = f"{self._last_ms << 80 | 7 << 76 | high << 64 | 2 << 62 | low:032x}"
        return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))
