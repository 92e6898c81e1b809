"""Knows where things lie in a checkout, and how to end with one clear line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

FAILED = 1
USAGE = 2
MACHINE_LACKS = 3
SET_UP_FAILED = 4


class Stop(Exception):
    """Ends the command with a message for the person at the keyboard and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def stop(message: str, code: int = FAILED) -> NoReturn:
    """Say `message` on standard error and end with `code`."""
    raise Stop(message, code)


def say(message: str) -> None:
    """One line for the person at the keyboard, at once."""
    print(message, flush=True)
