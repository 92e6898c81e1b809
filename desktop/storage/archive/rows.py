"""Knows how a table becomes JSON lines: one object per row, in the order of the rows, made by the database itself.

Only SQLite is spoken here: an archive holds an SQLite file. Many rows are asked for in one answer, so that the window's
thread is hardly ever in the way, but never more than a few megabytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors_practice import DamagedDatabase

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_WANTED = 384 * 1024  # bytes of lines in one answer
_MOST_ROWS = 2000
_MOST_BYTES = 4 * 1024 * 1024  # what the bytes (scans) in the rows of one answer may come to
_FIRST = -(1 << 63)
LOOKED_OVER = 256 * 1024 * 1024  # a database up to so many bytes is looked over whole: a second at most


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


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of a table: its lines after a row, and before that, where it holds bytes, how long those are."""

    lines: str
    longest: str


def _question(connection: Any, table: str) -> _Question:
    columns = connection.execute("SELECT name, upper(type) FROM pragma_table_info(?)", (table,)).fetchall()
    if not columns or any(not _NAME.fullmatch(name) for name, _ in columns):
        raise DamagedDatabase
    # JSON has no bytes: they are written as hexadecimal digits. Elsewhere they would be refused, loudly.
    parts = ", ".join(f"'{name}', lower(hex({name}))" if kind == "BLOB" else f"'{name}', {name}"
                      for name, kind in columns)  # fmt: skip
    after = f"FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"
    lengths = " + ".join(f"coalesce(length({name}), 0)" for name, kind in columns if kind == "BLOB")
    return _Question(
        # The rows are put in order inside, and then only joined.
        "SELECT count(*), max(holdfast_row), CAST(group_concat(holdfast_line, char(10)) || char(10) AS BLOB) FROM"
        f" (SELECT rowid AS holdfast_row, json_object({parts}) AS holdfast_line {after})",
        f"SELECT max(holdfast_length) FROM (SELECT {lengths} AS holdfast_length {after})" if lengths else "",
    )


def lines(connection: Any, table: str, step: Callable[[], None] = _go_on) -> Iterator[tuple[int, bytes]]:
    """The table's lines, many at a time: how many, and their bytes. step: called before each; it may raise to stop."""
    question, last, at_once = _question(connection, table), _FIRST, 16
    while True:
        if question.longest:
            longest = connection.execute(question.longest, (last, at_once)).fetchone()[0] or 0
            at_once = max(1, min(at_once, _MOST_BYTES // (longest or 1)))
        count, reached, content = connection.execute(question.lines, (last, at_once)).fetchone()
        if not count:
            return
        step()
        yield count, content
        last, fitting = reached, count * _WANTED // len(content)
        at_once = max(1, min(fitting, 2 * at_once, _MOST_ROWS))


def require_sound(connection: Any, rows: Mapping[str, int], size: int) -> None:
    """Raise DamagedDatabase unless a database of `size` bytes whose rows were all read is sound in its other parts too.

    A large one is not looked over whole: every restore, every drill and the check behind the day's work do that.
    """
    if size > LOOKED_OVER:
        require_indexes(connection, rows)
    elif connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
        raise DamagedDatabase


def require_indexes(connection: Any, rows: Mapping[str, int]) -> None:
    """Read every index to its end, and what the word index is kept in. DamagedDatabase.

    rows: how many each table has. Together with the rows themselves every page in use was read then, and each page
    shows while it is read whether it is as it was written.
    """
    for table, count in rows.items():
        found = connection.execute("SELECT name, partial FROM pragma_index_list(?)", (table,)).fetchall()
        for name, partial in found:
            # A mere count(*) would be taken from whatever index is the smallest one.
            asked = f"SELECT count(*), max(+rowid) FROM {table} INDEXED BY {_known(name)}"
            whole = _looked_over(connection, table) if partial else connection.execute(asked).fetchone()[0] == count
            if not whole:
                raise DamagedDatabase
    kept = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow' AND schema = 'main'").fetchall()
    if not all(_looked_over(connection, name) for (name,) in kept):
        raise DamagedDatabase


def _looked_over(connection: Any, table: str) -> bool:
    return bool(connection.execute(f"PRAGMA quick_check({_known(table)})").fetchall() == [("ok",)])


def _known(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise DamagedDatabase
    return name


def digest_of(connection: Any, table: str, step: Callable[[], None] = _go_on) -> TableDigest:
    """What a table holds, without keeping it. step: as for `lines`."""
    total, size, found = 0, 0, hashlib.sha256()
    for count, content in lines(connection, table, step):
        total, size = total + count, size + len(content)
        found.update(content)
    return TableDigest(total, size, found.hexdigest())
