"""Knows how macOS is asked whether its screen is locked; not run on Linux. Sleep shows afterwards, by the clock."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable

from desktop.services.ports import Why

EVERY_S = 1.0
_UTF8 = 0x08000100
_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"


class ScreenSignals:
    """A MachineSignals port: the login session's dictionary is read once a second, on a thread."""

    def __init__(self) -> None:
        self._ended = threading.Event()

    def start(self, tell: Callable[[Why], object]) -> None:
        """tell(why) is called from the thread."""
        threading.Thread(target=self._listen, args=(tell,), name="screen-signals", daemon=True).start()

    def may_sleep(self) -> None:
        """Nothing holds the sleep back here."""

    def stop(self) -> None:
        """Tell nothing any more."""
        self._ended.set()

    def _listen(self, tell: Callable[[Why], object]) -> None:
        graphics, foundation = ctypes.CDLL(_GRAPHICS), ctypes.CDLL(_FOUNDATION)
        graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
        foundation.CFStringCreateWithCString.restype = ctypes.c_void_p
        foundation.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
        foundation.CFDictionaryContainsKey.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        foundation.CFRelease.argtypes = [ctypes.c_void_p]
        key = foundation.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", _UTF8)
        before = False
        while not self._ended.wait(EVERY_S):
            session = graphics.CGSessionCopyCurrentDictionary()
            locked = bool(session and foundation.CFDictionaryContainsKey(session, key))
            if session:
                foundation.CFRelease(session)
            if locked and not before:
                tell(Why.DESKTOP)
            before = locked


def signals() -> ScreenSignals:
    """What tells of the lock here."""
    return ScreenSignals()


def shield(window_id: int) -> bool:
    """Not asked for on this system."""
    return False
