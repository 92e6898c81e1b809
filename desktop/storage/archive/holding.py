"""Knows how a database in use is held still as a file, so that its encrypted bytes can be read as they lie.

Pages are only ever written to the file when the log is folded in. While somebody reads who began when the whole log
lay in the file, SQLite folds nothing in: what is entered meanwhile goes to the log alone, and nobody waits for it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from desktop.domain.errors_practice import DamagedDatabase
from desktop.domain.words import tr
from desktop.services.ports_archives import Report
from desktop.storage.archive.copying import COPY, as_it_lies, begin_view, copy_under, standing_still, view_of
from desktop.storage.disk import Disk
from desktop.storage.engine import settled_connection
from desktop.storage.faults import explained
from desktop.storage.vault.secret import Secret

PATIENCE = 40  # tries to fold the log in while others still read what was before
PAUSE_S = 0.05
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Still:
    """A database that stays as it is. file: its encrypted bytes; connection: sees just those.

    copied: whether it is a copy, because somebody read for so long that the file could not be held.
    """

    file: IO[bytes]
    size: int
    connection: Any
    copied: bool

    def pieces(self) -> Iterator[bytes]:
        """The bytes, from the first. One at a time may ask for them. DamagedDatabase when some are missing."""
        self.file.seek(0)
        left = self.size
        while left:
            piece = self.file.read(min(_PIECE, left))
            if not piece:
                raise DamagedDatabase
            left -= len(piece)
            yield piece


@contextmanager
def held_still(
    database: Path, file: IO[bytes], page_key: Secret, scratch: Path, disk: Disk, report: Report,
    patience: int = PATIENCE,
) -> Iterator[Still]:
    """Hold a database in use while the block lasts. file: the database opened for reading; it is not closed here.

    Where others read for longer than two seconds, an encrypted copy is made in the scratch folder. Known errors.
    """
    with view_of(database, page_key) as view:
        wait = partial(report, 0, 1, tr("Waiting until others have read"))
        if _began_folded(database, page_key, view, [wait] * patience):
            yield Still(file, _size(view), view, copied=False)
            return
    copy = scratch / COPY
    try:
        with standing_still(database, page_key) as view:
            copy_under(view, copy, page_key, disk, report)
        with as_it_lies(copy, page_key) as connection, copy.open("rb", buffering=0) as content:
            yield Still(content, _size(connection), connection, copied=True)
    finally:
        with contextlib.suppress(OSError):  # the scratch folder is swept as a whole
            disk.remove(copy)


def _size(connection: Any) -> int:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    return int(pages) * int(connection.execute("PRAGMA page_size").fetchone()[0])


def _began_folded(database: Path, page_key: Secret, view: Any, waits: Sequence[Callable[[], None]]) -> bool:
    """Let the view begin at an instant when the whole log lies in the file; False where others read for too long.

    waits: what is called before each wait; it may raise to stop.
    """
    connected = partial(settled_connection, database, page_key)
    with explained(), connected() as folding, connected() as keeping_off:
        for wait in waits:
            _folded(folding)  # most of it while others go on writing
            keeping_off.execute("BEGIN IMMEDIATE")
            try:
                if _folded(folding):
                    begin_view(view)
                    return True
            finally:
                keeping_off.execute("ROLLBACK")
            wait()
            threading.Event().wait(PAUSE_S)
    return False


def _folded(connection: Any) -> bool:
    """Fold the log into the file, as far as nobody still reads what was before; whether all of it is there now."""
    busy, written, folded = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return not busy and written == folded
