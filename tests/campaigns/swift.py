"""Knows a folder in memory for campaigns that kill processes, not machines: there fsync costs nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")


@contextmanager
def swift(folder: Path) -> Iterator[Path]:
    """A folder in memory where the system has such a thing, else below `folder`; gone afterwards.

    What a killed process has written stays with the system either way; only a power loss tells the two apart.
    """
    within = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else folder
    place = Path(tempfile.mkdtemp(prefix="holdfast-swift-", dir=within))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
