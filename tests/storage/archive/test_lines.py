"""Knows that lines asked for many at a time are the lines of every row, in order, whatever the rows hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from desktop.storage.archive.rows import digest_of, lines

WORDS = ["", "x", "łódź", "李小龙", "line\nbreak", 'quote"\\', "\x00after", "🙂" * 40, "y" * 3000]


@pytest.fixture
def connection() -> Iterator[Any]:
    made = dbapi2.connect(":memory:", isolation_level=None)
    made.execute("CREATE TABLE kept (id TEXT PRIMARY KEY, words TEXT, number INTEGER, part REAL, scan BLOB)")
    yield made
    made.close()


def fill(connection: Any, sizes: list[int]) -> None:
    """Rows in no order, with gaps, below zero too; scans of so many bytes."""
    by = Random(3)
    places = by.sample(range(-5000, 100_000), len(sizes))
    for number, (place, size) in enumerate(zip(places, sizes, strict=True)):
        row = (place, f"id-{number}", by.choice(WORDS), by.choice([None, number]), number / 7, by.randbytes(size))
        connection.execute("INSERT INTO kept (rowid, id, words, number, part, scan) VALUES (?, ?, ?, ?, ?, ?)", row)


def one_by_one(connection: Any) -> bytes:
    """What the table's lines are, each row asked for by itself."""
    asked = "SELECT json_object('id', id, 'words', words, 'number', number, 'part', part, 'scan', lower(hex(scan)))"
    rows = sorted(row[0] for row in connection.execute("SELECT rowid FROM kept").fetchall())
    return b"".join(
        connection.execute(f"{asked} FROM kept WHERE rowid = ?", (row,)).fetchone()[0].encode() + b"\n" for row in rows
    )


@pytest.mark.parametrize("count", [0, 1, 2, 15, 16, 17, 48, 1999, 5003])
def test_every_row_has_its_line_in_the_order_of_the_rows(connection: Any, count: int) -> None:
    fill(connection, [32] * count)
    content = b"".join(content for _, content in lines(connection, "kept"))
    assert content == one_by_one(connection)
    found = digest_of(connection, "kept")
    assert (found.rows, found.size, found.digest) == (count, len(content), hashlib.sha256(content).hexdigest())
    assert [json.loads(line)["part"] for line in content.splitlines()[:1]] == ([] if not count else [
        connection.execute("SELECT part FROM kept ORDER BY rowid LIMIT 1").fetchone()[0]
    ])  # fmt: skip


def test_large_scans_among_small_rows_are_never_all_held_at_once(connection: Any) -> None:
    large = 3_000_000
    fill(connection, [10] * 3000 + [large] * 8 + [10] * 500)
    connection.execute("UPDATE kept SET scan = zeroblob(?) WHERE length(scan) = ?", (large, large))
    parts = list(lines(connection, "kept"))
    assert b"".join(content for _, content in parts) == one_by_one(connection)
    # The digits of two large ones may come together, of three never.
    assert max(len(content) for _, content in parts) < 2.5 * 2 * large
    assert len(parts) < 200


def test_whoever_stops_it_is_asked_before_every_part(connection: Any) -> None:
    fill(connection, [10] * 5000)

    def stop() -> None:
        asked.append(True)
        if len(asked) == 3:
            raise KeyboardInterrupt

    asked: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        for _ in lines(connection, "kept", stop):
            pass
    assert len(asked) == 3
