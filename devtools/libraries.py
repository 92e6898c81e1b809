"""Knows which system libraries Qt needs on Linux, whether they are there, and how Debian and Ubuntu call them.

A missing one makes Qt abort with a misleading message, so it is looked for by loading it, before Qt starts.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.places import MACHINE_LACKS, say, stop

# Shared object -> Debian package. What Qt needs to paint at all, with or without a display.
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
}
# And what it needs to open a window.
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}


def loads(soname: str) -> bool:
    """Whether the system's loader finds this library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing(wanted: dict[str, str]) -> dict[str, str]:
    """Those of `wanted` (library to package) that do not load."""
    return {soname: package for soname, package in wanted.items() if not loads(soname)}


def has_display() -> bool:
    """Whether a window could be opened: a display that really answers, not only a variable that names one."""
    if not sys.platform.startswith("linux"):
        return True
    return _wayland_answers() or _x_answers()


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / str(name)).exists()


def _x_answers() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # it is about to be named as missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def ensure_libraries(window: bool) -> None:
    """Install what Qt lacks (Debian, Ubuntu, as root), or name it and end; nothing on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return
    wanted = dict(OFFSCREEN)
    if window:
        wanted |= WINDOW
        if os.environ.get("WAYLAND_DISPLAY"):
            wanted |= WAYLAND
    lacking = missing(wanted)
    if lacking:
        _install(sorted(set(lacking.values())), "system libraries", sorted(lacking))
        still = missing(wanted)
        if still:
            stop(f"These system libraries still do not load: {', '.join(sorted(still))}.", MACHINE_LACKS)


# What the tests open archives with, to show that it can be done without this program: program -> Debian package.
TOOLS = {"age": "age", "zstd": "zstd", "tar": "tar"}


def ensure_tools() -> None:
    """Install the tools that tests read archives with (Debian, Ubuntu, as root), or name them and end."""
    lacking = sorted(package for program, package in TOOLS.items() if shutil.which(program) is None)
    if lacking and sys.platform.startswith("linux"):
        _install(lacking, "the tools that archives are read with in the tests", [])


def ensure_venv_module() -> None:
    """Install what Debian splits off Python's own `venv` (as root), or name it and end."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    _install([package], "the part of Python that makes virtual environments", [])
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        stop(f"{package} is installed, but {sys.executable} still cannot make virtual environments.", MACHINE_LACKS)


def remedy(packages: list[str], what: str, sonames: list[str], is_root: bool, has_apt: bool) -> str | None:
    """What to tell somebody who must install this by hand; None when it can be installed here and now."""
    if not has_apt:
        listing = ", ".join(sonames or packages)
        return (
            f"This machine lacks {what}: {listing}. Install them with the system's package manager, then start again."
        )
    if not is_root:
        return f"This machine lacks {what}. Type this line, then start again:\n  sudo {install_line(packages)}"
    return None


def install_line(packages: list[str]) -> str:
    """The exact line that installs Debian packages."""
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def _install(packages: list[str], what: str, sonames: list[str]) -> None:
    """Install Debian packages when this is root, else end with the exact line to type."""
    advice = remedy(packages, what, sonames, os.geteuid() == 0, shutil.which("apt-get") is not None)
    if advice:
        stop(advice, MACHINE_LACKS)
    say(f"Installing {what}: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A failed update is no failure yet: the lists may be recent enough.
    subprocess.run(["apt-get", "update"], env=quiet, stdin=subprocess.DEVNULL, capture_output=True)
    done = subprocess.run(
        install_line(packages).split(), env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode != 0:
        last = "\n  ".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        advice = f"Could not install {what}. Type this line, then start again:\n  {install_line(packages)}\n  {last}"
        stop(advice, MACHINE_LACKS)
