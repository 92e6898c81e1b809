"""Knows how Windows is asked: boot clock, locks, drives, battery; not run on Linux."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.system.value import Battery

_LOCK_AT = 1 << 30  # far behind the text, which others must be able to read while the lock is held
_DRIVE_REMOTE = 4
_CLOUD_ATTRIBUTES = 0x00400000 | 0x00040000  # recall on data access, recall on open
_CLOUD_TAG, _CLOUD_TAG_MASK = 0x9000001A, 0xFFFF0FFF

if sys.platform == "win32":  # the type checker reads this part with --platform win32
    import ctypes
    import msvcrt
    import winreg

    class _PowerStatus(ctypes.Structure):
        _fields_ = (
            ("ac", ctypes.c_byte),
            ("flag", ctypes.c_byte),
            ("percent", ctypes.c_ubyte),
            ("saver", ctypes.c_byte),
            ("left", ctypes.c_ulong),
            ("full", ctypes.c_ulong),
        )

    def boot_ms() -> int:
        """Milliseconds since boot, sleep included."""
        tick = ctypes.windll.kernel32.GetTickCount64
        tick.restype = ctypes.c_uint64
        return int(tick())

    def boot_id() -> str | None:
        """The counter of boots that Windows keeps, or None."""
        place = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return f"windows-{winreg.QueryValueEx(key, 'BootId')[0]}"
        except OSError:
            return None

    def lock(descriptor: int) -> bool:
        """Take one byte of the file for this process; False when another holds it."""
        os.lseek(descriptor, _LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def unlock(descriptor: int) -> None:
        """Let the file go."""
        os.lseek(descriptor, _LOCK_AT, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def undumpable() -> bool:
        """Windows keeps no such switch for a process of one's own."""
        return False

    def on_network(path: Path) -> bool:
        """Whether a resolved path lies on another machine."""
        if str(path).startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)

    def battery() -> Battery | None:
        """The battery's charge, or None without one."""
        status = _PowerStatus()
        if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)) or status.percent > 100:
            return None
        return Battery(int(status.percent), charging=status.ac == 1)

    def cloud_mark(folder: Path) -> str | None:
        """The service whose placeholder a folder is, or None."""
        try:
            found = os.lstat(folder)
        except OSError:
            return None
        tagged = found.st_reparse_tag & _CLOUD_TAG_MASK == _CLOUD_TAG
        return "A cloud drive" if tagged or found.st_file_attributes & _CLOUD_ATTRIBUTES else None
