"""Knows how a database is copied whole under another key, while others go on writing to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.domain.words import tr
from desktop.services.ports_archives import Report
from desktop.storage.disk import Disk
from desktop.storage.engine import lone_connection
from desktop.storage.faults import explained
from desktop.storage.vault.secret import Secret

COPY = "copy.db"
STEP_PAGES = 1024  # 4 MB: short enough to be stopped, long enough to be quick


def quiet(done: int, total: int, words: str) -> None:
    """A Report for work that nobody watches."""


@contextmanager
def view_of(path: Path, page_key: Secret) -> Iterator[Any]:
    """A connection to a database in use that can only read; its view has not begun yet."""
    with explained():
        connection = lone_connection(path, page_key, "mode=ro")
        try:
            connection.execute("PRAGMA temp_store = MEMORY")
            yield connection
        finally:
            connection.close()


def begin_view(connection: Any) -> None:
    """Let the view begin: from now on it does not move."""
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


@contextmanager
def standing_still(path: Path, page_key: Secret) -> Iterator[Any]:
    """A connection to a database in use, with a view that does not move; without it a copy would never end."""
    with view_of(path, page_key) as connection:
        begin_view(connection)
        yield connection


@contextmanager
def as_it_lies(path: Path, page_key: Secret) -> Iterator[Any]:
    """A connection to a copy that nobody writes to."""
    with explained():
        connection = lone_connection(path, page_key, "mode=ro", "immutable=1")
        try:
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            yield connection
        finally:
            connection.close()


def copy_under(source: Any, target: Path, page_key: Secret, disk: Disk, report: Report, words: str = "") -> None:
    """Copy what a connection sees into a new file under another key. Known errors; `target` may be left behind.

    The copy keeps no log beside it. It is not brought down to the disk here.
    """
    words = words or tr("Copying the records")

    def progress(status: int, remaining: int, total: int) -> None:
        report(total - remaining, total, words)

    disk.create(target).close()
    with explained():
        copy = lone_connection(target, page_key, "mode=rw")
        try:
            copy.execute("PRAGMA temp_store = MEMORY")
            copy.execute("PRAGMA journal_mode = OFF")  # if it fails, the file is thrown away
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=STEP_PAGES, progress=progress)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            copy.close()


def bring_down(path: Path, disk: Disk) -> None:
    """Bring a file that the database library wrote down to the disk."""
    with explained(), path.open("r+b") as file:
        disk.sync(file)


def remove_all(folder: Path, disk: Disk) -> None:
    """Remove a scratch folder with the files in it, as far as it goes."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            disk.remove(path)
        folder.rmdir()
