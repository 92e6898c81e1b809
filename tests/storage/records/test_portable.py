"""Knows that the tables and questions could move to PostgreSQL: SQLite's own words stand in few places."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from desktop.storage import tables
from desktop.storage.repositories import events, members, sessions, trail
from tests.house.tree import name_of, sources

OWN_WORDS = re.compile(
    r"OR REPLACE|OR IGNORE|\bMATCH\b|\browid\b|\bPRAGMA\b|sqlite_schema|\bstrftime\(|\bjulianday\(|\bfts5\b|RAISE\("
)
ALLOWED = ("desktop/storage/dialect.py", "desktop/storage/migrations/", "desktop/storage/engine.py",
           "desktop/storage/practice_check.py",
           "desktop/storage/archive/")  # fmt: skip
# An archive holds an SQLite file, whatever the practice runs on.


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda table: table.name)
def test_a_table_can_be_made_in_postgresql(table: Table) -> None:
    sql = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert sql.strip().startswith(f"CREATE TABLE {table.name}")


def test_a_question_can_be_asked_of_postgresql() -> None:
    for statement in (events._ONE, events._COUNT, events._APPEND, members._ALL, sessions._PEOPLE_OF, trail._LINES):
        assert str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


def test_the_words_of_sqlite_stand_in_few_places() -> None:
    found = {
        name_of(path) for path in sources("desktop/storage/")
        if not name_of(path).startswith(ALLOWED) and OWN_WORDS.search(path.read_text("utf-8"))
    }  # fmt: skip
    assert found == set()
