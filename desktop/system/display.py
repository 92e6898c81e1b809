"""Knows whether a window can be opened here: Qt itself would end the process without a word that helps."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.domain.words import tr

# What Qt's part for X asks for; a missing one ends the process with a message about another.
LIBRARIES = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0", "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)  # fmt: skip
_NEED_NO_SCREEN = ("offscreen", "minimal", "vnc")


def loads(name: str) -> bool:
    """Whether a system library is there."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def x_answers() -> bool:
    """Whether the X display that is named really answers."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def why_no_window(
    environment: Mapping[str, str] | None = None, has: Callable[[str], bool] = loads,
    answers: Callable[[], bool] = x_answers,
) -> str:  # fmt: skip
    """'' when a window can be opened, else why not and what to do, in one line."""
    environment = os.environ if environment is None else environment
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM", "").startswith(_NEED_NO_SCREEN):
        return ""
    wayland = environment.get("WAYLAND_DISPLAY", "")
    if wayland and (Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland).exists():
        return ""
    if not environment.get("DISPLAY") or not answers():
        return tr(
            "This machine has no display, so no window was opened. Nothing was changed. "
            "`holdfast --help` lists what works without one."
        )
    lacking = [name for name in LIBRARIES if not has(name)]
    if lacking:
        return tr(
            "A window needs system libraries that are missing: {names}. Nothing was changed. Install them first.",
            names=", ".join(lacking),
        )  # fmt: skip
    return ""
