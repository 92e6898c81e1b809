"""Knows the private folder that something lies in for a while, and what a killed program left of such folders."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.ports import Clock

THROWAWAY = "throw-away-"
THROWAWAY_LIFE = timedelta(days=1)


@contextmanager
def private_folder(runtime: Path, clock: Clock) -> Iterator[Path]:
    """A folder for this user only, gone at the end of the block; what a killed program left goes after a day."""
    _sweep(runtime, clock)
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY, dir=runtime))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(runtime: Path, clock: Clock) -> None:
    """Remove what a killed program left: encrypted, with a passphrase that nobody has."""
    before = (clock.now().utc - THROWAWAY_LIFE).timestamp()
    for old in runtime.glob(THROWAWAY + "*"):
        with contextlib.suppress(OSError):
            if old.lstat().st_mtime < before:
                shutil.rmtree(old, ignore_errors=True)
