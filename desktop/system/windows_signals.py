"""Knows how Windows tells of sleep and of its lock screen, and keeps a window out of captures; not run on Linux."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from desktop.services.ports import Why

SLEEP_WAIT_S = 1.5
"""Windows sleeps about two seconds after it has told, whatever a program does."""

if sys.platform == "win32":  # the type checker reads this part with --platform win32
    import ctypes
    from ctypes import wintypes

    _POWER, _SUSPEND = 0x0218, 4
    _SESSION, _LOCKED = 0x02B1, 7
    _MESSAGES_ONLY = -3
    _LEAVE_OUT, _BLACK = 0x11, 0x01
    _LONG = ctypes.c_ssize_t
    _HANDLER = ctypes.WINFUNCTYPE(_LONG, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)

    class _Class(ctypes.Structure):
        _fields_ = (
            ("style", wintypes.UINT), ("handler", _HANDLER), ("extra", ctypes.c_int), ("window_extra", ctypes.c_int),
            ("instance", wintypes.HINSTANCE), ("icon", wintypes.HANDLE), ("cursor", wintypes.HANDLE),
            ("brush", wintypes.HANDLE), ("menu", wintypes.LPCWSTR), ("name", wintypes.LPCWSTR),
        )

    class WindowSignals:
        """A MachineSignals port: a window that is never shown is told, on a thread of its own."""

        def __init__(self) -> None:
            self._ready = threading.Event()
            self._tell: Callable[[Why], object] | None = None

        def start(self, tell: Callable[[Why], object]) -> None:
            """tell(why) is called from the thread."""
            self._tell = tell
            threading.Thread(target=self._listen, name="windows-signals", daemon=True).start()

        def may_sleep(self) -> None:
            """What had to be done before sleeping is done."""
            self._ready.set()

        def stop(self) -> None:
            """Tell nothing any more."""
            self._tell = None
            self._ready.set()

        def _listen(self) -> None:
            user, session = ctypes.windll.user32, ctypes.windll.wtsapi32
            user.DefWindowProcW.restype = _LONG
            user.DefWindowProcW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
            user.CreateWindowExW.restype = wintypes.HWND
            handler = _HANDLER(self._handle)
            kind = _Class(handler=handler, name="HoldfastSignals")
            user.RegisterClassW(ctypes.byref(kind))
            nowhere = wintypes.HWND(_MESSAGES_ONLY)
            window = user.CreateWindowExW(0, "HoldfastSignals", None, 0, 0, 0, 0, 0, nowhere, None, None, None)
            if not window:
                return
            session.WTSRegisterSessionNotification(wintypes.HWND(window), 0)
            user.RegisterSuspendResumeNotification(wintypes.HANDLE(window), 0)
            message = wintypes.MSG()
            while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
                user.DispatchMessageW(ctypes.byref(message))

        def _handle(self, window: int, message: int, what: int, more: int) -> int:
            tell = self._tell
            if tell is not None and (message, what) == (_SESSION, _LOCKED):
                tell(Why.DESKTOP)
            elif tell is not None and (message, what) == (_POWER, _SUSPEND):
                self._ready.clear()
                tell(Why.SLEEP)
                self._ready.wait(SLEEP_WAIT_S)
            return int(ctypes.windll.user32.DefWindowProcW(window, message, what, more))

    def signals() -> WindowSignals:
        """What tells of sleep and lock here."""
        return WindowSignals()

    def shield(window_id: int) -> bool:
        """Keep a window out of screen captures: left out where Windows can (10, 2004), else black; whether it did."""
        refuse = ctypes.windll.user32.SetWindowDisplayAffinity
        handle = wintypes.HWND(window_id)
        return bool(refuse(handle, _LEAVE_OUT) or refuse(handle, _BLACK))
