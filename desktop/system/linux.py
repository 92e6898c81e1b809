"""Knows how Linux is asked: boot clock, locks, core dumps, mounts, battery."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from desktop.system.value import Battery

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
MOUNTS = Path("/proc/self/mountinfo")
POWER = Path("/sys/class/power_supply")

# What the kernel calls file systems whose files lie on another machine or in a cloud.
NETWORK_TYPES = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs coda ceph lustre gpfs glusterfs fuse.glusterfs fuse.sshfs fuse.rclone "
    "fuse.davfs davfs fuse.davfs2 fuse.s3fs fuse.gvfsd-fuse fuse.onedriver fuse.google-drive-ocamlfuse "
    "fuse.gcsfuse fuse.curlftpfs fuse.juicefs".split()
)
_PR_SET_DUMPABLE = 4


def boot_ms() -> int:
    """Milliseconds since boot, sleep included."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


def boot_id(path: Path = BOOT_ID) -> str | None:
    """The kernel's name for this boot, or None."""
    try:
        return path.read_text("ascii").strip() or None
    except OSError:
        return None


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
    """Keep other processes of this user from reading this one's memory; whether the system agreed."""
    try:
        return int(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)) == 0
    except (OSError, AttributeError):
        return False


def _unescape(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The type of the file system that a resolved path lies on, or None."""
    best, kind = -1, None
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        mount = Path(_unescape(fields[4]))
        # Of two mounts on one place the later one covers the earlier.
        if path.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), after.split(" ")[0]
    return kind


def on_network(path: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a resolved path lies on another machine."""
    return file_system(path, mounts) in NETWORK_TYPES


def battery(power: Path = POWER) -> Battery | None:
    """The fullest battery's charge, or None without one."""
    found: list[Battery] = []
    try:
        supplies = sorted(power.iterdir())
    except OSError:
        return None
    for supply in supplies:
        try:
            if (supply / "type").read_text("ascii").strip() != "Battery":
                continue
            percent = int((supply / "capacity").read_text("ascii"))
            status = (supply / "status").read_text("ascii").strip()
        except (OSError, ValueError):
            continue
        if 0 <= percent <= 100:
            found.append(Battery(percent, charging=status in {"Charging", "Full", "Not charging"}))
    return max(found, key=lambda each: each.percent, default=None)


def cloud_mark(folder: Path, attributes: Callable[[Path], list[str]] = os.listxattr) -> str | None:
    """The service that has put its attribute on a folder, or None."""
    try:
        names = attributes(folder)
    except OSError:
        return None
    return "Dropbox" if any("dropbox" in name.lower() for name in names) else None
