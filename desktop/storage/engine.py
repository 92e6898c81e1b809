"""Knows how the encrypted database is opened: one writer, readers of their own, nothing in clear, nothing half kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop.domain.errors_machine import DatabaseBusy, DiskTrouble, NotSafeHere
from desktop.domain.errors_practice import DamagedDatabase, NewerDatabase, PlainDatabase
from desktop.storage.faults import SPACE_FOR_A_STEP, explained
from desktop.storage.vault.secret import Secret, wipe
from desktop.storage.writer_thread import WriterThread

LEAST_SQLITE = (3, 51, 3)  # earlier ones can lose the write-ahead log when it is reset
BUSY_MS = 10_000
READERS = 4
_HEX = b"0123456789abcdef"
PLAIN_HEADER = b"SQLite format 3\x00"

# Name, value to set, value to read back. temp_store 2 is MEMORY, synchronous 2 is FULL.
_SETTINGS: tuple[tuple[str, str, int], ...] = (
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    # Without it a REPLACE takes a row away past the locks that keep it.
    ("recursive_triggers", "ON", 1),
)
_MAC_SETTINGS: tuple[tuple[str, str, int], ...] = (("fullfsync", "ON", 1), ("checkpoint_fullfsync", "ON", 1))


def check_versions(sqlite: tuple[int, ...], cipher: str | None) -> None:
    """Raise NotSafeHere unless this is SQLCipher on an SQLite without the write-ahead log fault."""
    if sqlite < LEAST_SQLITE:
        raise NotSafeHere("SQLite " + ".".join(map(str, sqlite)) + " is too old")
    if not cipher:
        raise NotSafeHere("the database library does not encrypt")


def refuse_plain(path: Path) -> None:
    """Raise PlainDatabase when the file starts as an unencrypted one does; reads 16 bytes, writes none."""
    with explained(), path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise PlainDatabase


def _hand_over(page_key: Secret, take: Callable[[bytearray], object]) -> None:
    # set_key with 32 raw bytes is silently taken for a passphrase: it must be x'<64 hex>'.
    raw = page_key.reveal()
    if len(raw) != 32:
        raise ValueError("a page key has 32 bytes")
    text = bytearray(b"x'")
    for byte in raw:  # hex() would leave a copy of the key that cannot be wiped
        text.append(_HEX[byte >> 4])
        text.append(_HEX[byte & 15])
    text += b"'"
    try:
        take(text)
    finally:
        wipe(text)


def _raw(target: str, page_key: Secret) -> Any:
    """A bare connection with its key given; nothing was read yet."""
    connection = dbapi2.connect(target, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    try:
        # Before the key: the library's own log would go to the terminal.
        connection.execute("PRAGMA cipher_log_level = NONE")
        answer = connection.execute("PRAGMA cipher_version").fetchone()
        check_versions(dbapi2.sqlite_version_info, answer[0] if answer else None)
        _hand_over(page_key, connection.set_key)
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: Any, writer: bool) -> None:
    """Set what must hold on every connection, and read it back."""
    wanted = _SETTINGS + (_MAC_SETTINGS if sys.platform == "darwin" else ())
    for name, value, expected in wanted:
        connection.execute(f"PRAGMA {name} = {value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != expected:
            raise NotSafeHere(f"the database does not keep {name}")
    mode = connection.execute("PRAGMA journal_mode = WAL" if writer else "PRAGMA journal_mode").fetchone()
    if mode is None or mode[0] != "wal":
        raise NotSafeHere("the database does not keep its write-ahead log")
    if not writer:
        connection.execute("PRAGMA query_only = ON")


def _target(path: Path, *options: str) -> str:
    # The bytes that the system knows the path by, whatever the locale says that they mean.
    name = quote(os.fsencode(path.resolve().as_posix()))
    return "file:" + ("" if name.startswith("/") else "/") + name + "?" + "&".join(options)


def read_schema(path: Path, page_key: Secret) -> int:
    """The schema number (user_version) of a database, its key tried on the way, no byte of it or its log changed.

    A write-ahead log left by a crash is read along with it. Raises PlainDatabase, DamagedDatabase.
    """
    refuse_plain(path)
    log = path.with_name(path.name + "-wal")
    left_over = log.exists() and log.stat().st_size > 0
    options = ("mode=ro",) if left_over else ("mode=ro", "immutable=1")
    with explained():
        connection = _raw(_target(path, *options), page_key)
        try:
            if path.stat().st_size == 0 and not left_over:
                raise DamagedDatabase
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()


def require_known_schema(path: Path, page_key: Secret, known_schema: int) -> int:
    """The schema number, or NewerDatabase when this program does not know it yet; changes nothing."""
    found = read_schema(path, page_key)
    if found > known_schema:
        raise NewerDatabase(found, known_schema)
    return found


def rekey(path: Path, old: Secret, new: Secret) -> None:
    """Write every page anew under another key, in one transaction: killed at any instant, one of the two opens it.

    No other connection may be open. Needs as much free space again as the database has. DiskTrouble when a page could
    not be written, and what `explained` names.
    """
    with explained(2 * path.stat().st_size + SPACE_FOR_A_STEP):
        connection = _raw(_target(path, "mode=rw"), old)
        try:
            _settle(connection, writer=True)
            _fold_in(connection)
            _hand_over(new, connection.reset_key)
            try:
                _fold_in(connection)
            except dbapi2.OperationalError:
                # The library kept quiet when a page could not be written: its transaction is open, and goes back.
                raise DiskTrouble from None
        finally:
            connection.close()
    try:
        read_schema(path, new)
    except DamagedDatabase:
        raise DiskTrouble from None


def _fold_in(connection: Any) -> None:
    """Move the whole write-ahead log into the file: pages under the old key stay nowhere."""
    if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise DatabaseBusy


def lone_connection(path: Path, page_key: Secret, *options: str) -> Any:
    """A driver connection outside the pools, its key given and nothing read yet: for copies of the whole file.

    options: of the file's URI, as `mode=ro`. Whoever asks closes it.
    """
    return _raw(_target(path, *options), page_key)


@contextmanager
def settled_connection(path: Path, page_key: Secret) -> Iterator[Any]:
    """A driver connection of its own that may write, with every setting of the writer's; closed after the block."""
    connection = _raw(_target(path, "mode=rw"), page_key)
    try:
        _settle(connection, writer=True)
        yield connection
    finally:
        connection.close()


def _engine(path: Path, page_key: Secret, writer: bool) -> Engine:
    def creator() -> Any:
        with explained():
            connection = _raw(_target(path, "mode=rw"), page_key)
            try:
                _settle(connection, writer)
            except BaseException:
                connection.close()
                raise
            return connection

    engine = sqlalchemy.create_engine(
        "sqlite+pysqlite:///practice",  # the creator knows the path; a URL may reach a log
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=1 if writer else READERS,
        max_overflow=0 if writer else READERS,
        pool_timeout=BUSY_MS / 1000,
        hide_parameters=True,
    )
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Without this the driver begins by itself, and a rollback keeps rows, tables and the schema number.
        connection.exec_driver_sql(begin)

    return engine


@dataclass(frozen=True, slots=True)
class Engines:
    """An open database: the writer with its thread, and the readers.

    writer: one connection; every transaction begins IMMEDIATE. readers: up to eight, query_only.
    thread: where writing work goes when there is a window to keep alive.
    """

    path: Path
    page_key: Secret
    writer: Engine
    readers: Engine
    thread: WriterThread = field(default_factory=WriterThread)

    @contextmanager
    def separate(self) -> Iterator[Any]:
        """A driver connection of its own for a migration: outside the pools, foreign_keys OFF, no transaction begun.

        Every other setting is the writer's. The writer must be idle; the connection is closed at the end of the block.
        """
        with explained(), settled_connection(self.path, self.page_key) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            yield connection

    def let_go(self) -> None:
        """Close every connection that nobody uses; they are opened anew when they are needed."""
        self.readers.dispose()
        self.writer.dispose()

    def close(self) -> None:
        """End the writer thread and close every connection; the write-ahead log is folded in by the last one."""
        self.thread.close()
        self.let_go()


def open_engines(path: Path, page_key: Secret) -> Engines:
    """Open an existing (maybe empty) file; the key is tried before this returns.

    Raises PlainDatabase, DamagedDatabase, NotSafeHere, FolderNotWritable, DiskFull.
    """
    refuse_plain(path)
    engines = Engines(path, page_key, _engine(path, page_key, writer=True), _engine(path, page_key, writer=False))
    try:
        with explained(), engines.writer.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    except BaseException:
        engines.close()
        raise
    return engines
