"""Knows how the digest of a large file is taken, piece by piece, so that it can be stopped and says how far it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

PIECE = 1 << 20


def sha256_of(path: Path, report: Callable[[int, int], None]) -> str:
    """SHA-256 in hex. report(done, total) in bytes, after each piece; what it raises ends it. OSError."""
    found, done = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        total = path.stat().st_size
        while piece := file.read(PIECE):
            found.update(piece)
            done += len(piece)
            report(done, total)
    return found.hexdigest()
