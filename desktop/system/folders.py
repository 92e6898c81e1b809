"""Knows where the program keeps its own things outside a practice: state, run-time files, logs."""

from __future__ import annotations

import os
import stat
import warnings
from pathlib import Path
from typing import NamedTuple

import platformdirs

NAME = "Holdfast"


class Folders(NamedTuple):
    """state: settings without client data. runtime: private, for the spooler and sockets. logs: the event log."""

    state: Path
    runtime: Path
    logs: Path


def private(folder: Path) -> Path:
    """Make a folder that only this user may enter, and return it; PermissionError when it belongs to somebody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise PermissionError("not a folder")
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise PermissionError("not this user's folder")
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def folders(root: Path | None = None) -> Folders:
    """The program's folders, made and private; all under `root` where one is given (tests, portable use)."""
    if root is not None:
        return Folders(private(root / "state"), private(root / "runtime"), private(root / "logs"))
    dirs = platformdirs.PlatformDirs(NAME, appauthor=False)
    with warnings.catch_warnings():
        # Without a run-time folder from the session, platformdirs falls back to one under /tmp and says so.
        warnings.simplefilter("ignore")
        runtime = Path(dirs.user_runtime_dir)
    return Folders(private(Path(dirs.user_state_dir)), private(runtime), private(Path(dirs.user_log_dir)))
