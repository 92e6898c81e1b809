"""Knows how the program is started once more beside this process, with other words, and left to itself."""

from __future__ import annotations

import os
import sys


def start_beside(words: tuple[str, ...]) -> None:
    """Start the program with these words in a process of its own; OSError when it cannot be started."""
    import subprocess  # only here: the unlock screen is painted sooner without it

    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    nothing = subprocess.DEVNULL
    subprocess.Popen(
        [*program, *words], env=environment, stdin=nothing, stdout=nothing, stderr=nothing, close_fds=True,
        start_new_session=True,
    )
