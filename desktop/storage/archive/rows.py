"""Knows how a table becomes JSON lines: one object per row, in the order of the rows, made by the database itself.

Only SQLite is spoken here: an archive holds an SQLite file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors_practice import DamagedDatabase

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_AT_ONCE = 1000


def _go_on() -> None:
    """Nobody wants to stop."""


@dataclass(frozen=True, slots=True)
class TableDigest:
    """What a table holds: lines, bytes of all lines, sha256 (hex)."""

    rows: int
    size: int
    digest: str


def table_names(connection: Any) -> tuple[str, ...]:
    """Every table of records, sorted; not the word index, which is made from them."""
    found = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'").fetchall()
    names = sorted(str(row[0]) for row in found if not str(row[0]).startswith("sqlite_"))
    if any(not _NAME.fullmatch(name) for name in names):
        raise DamagedDatabase
    return tuple(names)


def _question(connection: Any, table: str) -> str:
    columns = connection.execute("SELECT name, upper(type) FROM pragma_table_info(?)", (table,)).fetchall()
    if not columns or any(not _NAME.fullmatch(name) for name, _ in columns):
        raise DamagedDatabase
    # JSON has no bytes: they are written as hexadecimal digits. Elsewhere they would be refused, loudly.
    parts = ", ".join(f"'{name}', lower(hex({name}))" if kind == "BLOB" else f"'{name}', {name}"
                      for name, kind in columns)  # fmt: skip
    return f"SELECT json_object({parts}) FROM {table} ORDER BY rowid"


def lines(connection: Any, table: str, step: Callable[[], None] = _go_on) -> Iterator[tuple[int, bytes]]:
    """The table's lines, many at a time: how many, and their bytes. step: called before each; it may raise to stop."""
    cursor = connection.execute(_question(connection, table))
    while rows := cursor.fetchmany(_AT_ONCE):
        step()
        yield len(rows), ("\n".join([row[0] for row in rows]) + "\n").encode("utf-8")


def digest_of(connection: Any, table: str, step: Callable[[], None] = _go_on) -> TableDigest:
    """What a table holds, without keeping it. step: as for `lines`."""
    total, size, found = 0, 0, hashlib.sha256()
    for count, content in lines(connection, table, step):
        total, size = total + count, size + len(content)
        found.update(content)
    return TableDigest(total, size, found.hexdigest())
