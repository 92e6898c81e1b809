"""Knows how macOS is asked: boot clock, locks, mounts; not run on Linux."""

from __future__ import annotations

import ctypes
import ctypes.util
import fcntl
import os
import subprocess
import time
from pathlib import Path

from desktop.system.pmset import read_pmset
from desktop.system.value import Battery

_PMSET = ("/usr/bin/pmset", "-g", "batt")
_MNT_LOCAL = 0x1000
_PT_DENY_ATTACH = 31
_STATFS_BYTES = 2168
_FLAGS_AT = 64  # f_flags within struct statfs with 64-bit inodes


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)


def boot_ms() -> int:
    """Milliseconds since boot, sleep included: this clock counts on while the machine sleeps."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


def boot_id() -> str | None:
    """The kernel's name for this boot, or None."""
    size = ctypes.c_size_t(64)
    buffer = ctypes.create_string_buffer(64)
    if _library().sysctlbyname(b"kern.bootsessionuuid", buffer, ctypes.byref(size), None, 0) != 0:
        return None
    return buffer.value.decode("ascii", "replace") or None


def lock(descriptor: int) -> bool:
    """Take the whole file for this process; False when another holds it, OSError where locks do not work."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unlock(descriptor: int) -> None:
    """Let the file go."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def undumpable() -> bool:
    """Keep debuggers of this user away from this process; whether the system agreed."""
    return int(_library().ptrace(_PT_DENY_ATTACH, 0, None, 0)) == 0


def on_network(path: Path) -> bool:
    """Whether a resolved path lies on another machine."""
    buffer = ctypes.create_string_buffer(_STATFS_BYTES)
    if _library().statfs(os.fsencode(path), buffer) != 0:
        return False
    flags = int.from_bytes(buffer.raw[_FLAGS_AT : _FLAGS_AT + 4], "little")
    return not flags & _MNT_LOCAL


def battery() -> Battery | None:
    """The charge as `pmset` tells it, or None."""
    try:
        told = subprocess.run(_PMSET, capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return read_pmset(told)


def cloud_mark(folder: Path) -> str | None:
    """The service that has put its attribute on a folder, or None."""
    size = int(_library().listxattr(os.fsencode(folder), None, 0, 0))
    if size <= 0:
        return None
    buffer = ctypes.create_string_buffer(size)
    if _library().listxattr(os.fsencode(folder), buffer, size, 0) < 0:
        return None
    names = buffer.raw.lower()
    if b"com.dropbox" in names:
        return "Dropbox"
    return "A cloud drive" if b"com.apple.fileprovider" in names else None
