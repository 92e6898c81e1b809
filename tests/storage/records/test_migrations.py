"""Knows that a file reaches today's schema step by step, each whole or not at all, and a newer one stays untouched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2

from desktop.domain.errors_machine import DiskTrouble
from desktop.domain.errors_practice import NewerDatabase
from desktop.storage import tables
from desktop.storage.engine import Engines, open_engines
from desktop.storage.migrations import KNOWN_SCHEMA, STEPS
from desktop.storage.migrations.pragmas import schema_number, triggers
from desktop.storage.migrations.runner import MigrationFailed, WrongConnection, migrate
from desktop.storage.migrations.step import Step
from desktop.storage.vault.secret import Secret
from tests.storage.records.kit import ANNA, BEN, PAGE_KEY, PAIR, Kept

FIRST_SCHEMA = "790a1e161747dc691b7c670ebac9feb1ec8e51590d143ab1cb0a044062ed66e8"
NEXT = KNOWN_SCHEMA + 1
WORD_INDEX = {"note_words", "note_words_config", "note_words_data", "note_words_docsize", "note_words_idx"}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engines]:
    path = tmp_path / "practice.db"
    path.touch()
    engines = open_engines(path, Secret(PAGE_KEY))
    yield engines
    engines.close()


def schema(engines: Engines) -> dict[str, str]:
    with engines.readers.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {str(name): str(sql) for name, sql in rows}


def tidy(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()


def parts(sql: str) -> tuple[str, list[str]]:
    """What a statement makes, and the parts between its outermost brackets, sorted: a column that was added later
    stands behind the constraints.
    """
    head, _, inside = tidy(sql).partition("(")
    found, depth, part = [], 0, ""
    for ch in inside[:-1]:
        depth += {"(": 1, ")": -1}.get(ch, 0)
        if ch == "," and depth == 0:
            found.append(part.strip())
            part = ""
        else:
            part += ch
    return head.strip(), sorted((*found, part.strip()))


def make(engines: Engines, *steps: Step, **more: Any) -> int:
    with engines.separate() as connection:
        return migrate(connection, steps or STEPS, **more)


def test_the_migrations_make_the_tables_that_the_program_knows(empty: Engines) -> None:
    assert make(empty) == KNOWN_SCHEMA
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call]
    wanted = {table.name: str(CreateTable(table).compile(dialect=dialect)) for table in tables.metadata.sorted_tables}
    for table in tables.metadata.sorted_tables:
        wanted |= {str(index.name): str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes}
    made = schema(empty).items()
    found = {name: sql for name, sql in made if name not in WORD_INDEX and not sql.startswith("CREATE TRIGGER")}
    assert {name: parts(sql) for name, sql in found.items()} == {name: parts(sql) for name, sql in wanted.items()}


def test_the_first_schema_is_word_for_word_what_it_was(empty: Engines) -> None:
    """A released step is never edited: change this number only before the first release."""
    make(empty, STEPS[0])
    spelt = "\n".join(f"{name}: {tidy(sql)}" for name, sql in sorted(schema(empty).items()) if name not in WORD_INDEX)
    assert hashlib.sha256(spelt.encode()).hexdigest() == FIRST_SCHEMA


def test_steps_are_numbered_from_one_without_gaps() -> None:
    assert [step.number for step in STEPS] == list(range(1, KNOWN_SCHEMA + 1))


def test_a_second_run_changes_nothing(empty: Engines) -> None:
    make(empty)
    before = empty.path.read_bytes()
    assert make(empty) == KNOWN_SCHEMA
    assert empty.path.read_bytes() == before


def test_the_locks_that_stand_are_those_of_the_last_step(empty: Engines) -> None:
    make(empty)
    with empty.separate() as connection:
        assert triggers(connection) == STEPS[-1].triggers
        assert schema_number(connection) == KNOWN_SCHEMA


def test_a_newer_file_is_refused_untouched(empty: Engines) -> None:
    with empty.separate() as connection:
        connection.execute(f"PRAGMA user_version = {KNOWN_SCHEMA + 1}")
    before = empty.path.read_bytes()
    with pytest.raises(NewerDatabase):
        make(empty)
    assert empty.path.read_bytes() == before


def test_a_connection_that_looks_after_references_is_not_taken(empty: Engines) -> None:
    with empty.separate() as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(WrongConnection):
            migrate(connection)
        assert schema_number(connection) == 0


class _Breaking:
    """A driver connection that fails at its k-th statement."""

    def __init__(self, connection: Any, k: int, error: Exception) -> None:
        self._connection, self._left, self._error = connection, k, error

    def execute(self, sql: str) -> Any:
        self._left -= 1
        if self._left == 0:
            raise self._error
        return self._connection.execute(sql)


def test_a_step_that_fails_at_any_statement_leaves_the_file_as_the_step_before_it(empty: Engines) -> None:
    error = dbapi2.OperationalError("disk I/O error")
    error.sqlite_errorcode = 10
    with empty.separate() as connection:
        k, taken = 2, set()  # the first two only ask
        while True:
            k += 1
            try:
                migrate(_Breaking(connection, k, error))
            except DiskTrouble:
                # Every step is whole, or not there at all.
                reached = schema_number(connection)
                assert triggers(connection) == (STEPS[reached - 1].triggers if reached else frozenset())
                tables_there = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
                assert reached or not tables_there
                taken.add(reached)
            else:
                break
        assert k > 40
        assert taken == set(range(KNOWN_SCHEMA))
        assert schema_number(connection) == KNOWN_SCHEMA


def following(*statements: str, triggers: frozenset[str] = STEPS[-1].triggers) -> Step:
    """A step after those that there are."""

    def apply(connection: Any) -> None:
        for statement in statements:
            connection.execute(statement)

    return Step(NEXT, apply, triggers)


REBUILD = (
    "CREATE TABLE couples_new AS SELECT * FROM couples",
    "DROP TABLE couples",
    "ALTER TABLE couples_new RENAME TO couples",
)


def test_a_step_on_a_file_with_records_keeps_them_and_asks_for_an_archive_first(kept: Kept) -> None:
    kept.add(ANNA, BEN, PAIR)
    before = kept.everything()
    asked: list[tuple[int, int]] = []
    step = following("ALTER TABLE notes ADD COLUMN colour TEXT")
    assert make(kept.engines, *STEPS, step, before=lambda *numbers: asked.append(numbers)) == NEXT
    assert asked == [(KNOWN_SCHEMA, NEXT)]
    assert kept.everything() == before
    assert kept.reopened().verify().intact
    with pytest.raises(NewerDatabase):
        make(kept.engines)


def test_an_archive_that_fails_stops_the_step(kept: Kept) -> None:
    def fail(found: int, wanted: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make(kept.engines, *STEPS, following("DROP TABLE notes"), before=fail)
    assert "notes" in schema(kept.engines)


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (REBUILD, "locks"),
        (("INSERT INTO couples VALUES ('c', 'nobody', 'none', '', '', 1)",), "references"),
        (("INSERT INTO clients SELECT * FROM clients",), "rows"),
    ],
)
def test_a_step_that_does_not_come_out_right_leaves_the_file_as_it_was(
    kept: Kept, statements: tuple[str, ...], why: str
) -> None:
    kept.add(ANNA, BEN, PAIR)
    records, names = kept.everything(), schema(kept.engines)
    with pytest.raises(MigrationFailed) as caught:
        make(kept.engines, *STEPS, following(*statements))
    assert (caught.value.why, caught.value.number) == (why, NEXT)
    assert caught.value.safe
    assert kept.everything() == records
    assert schema(kept.engines) == names
    with kept.engines.separate() as connection:
        assert schema_number(connection) == KNOWN_SCHEMA


def test_a_structure_that_does_not_hold_is_not_kept(kept: Kept) -> None:
    with kept.engines.separate() as connection:
        real, asked = connection.execute, []

        class Doubtful:
            def execute(self, sql: str) -> Any:
                asked.append(sql)
                return real("SELECT 'a page is torn'" if sql == "PRAGMA quick_check" else sql)

        with pytest.raises(MigrationFailed, match="structure"):
            migrate(Doubtful(), (*STEPS, following("ALTER TABLE notes ADD COLUMN colour TEXT")))
        assert schema_number(connection) == KNOWN_SCHEMA
    assert asked[-1] == "ROLLBACK"


def test_a_rebuild_that_puts_its_locks_back_keeps_the_children(kept: Kept) -> None:
    kept.add(ANNA, BEN, PAIR)
    names = schema(kept.engines)
    again = [names[name] for name in (
        "couples_kept", "couples_partners", "couples_still", "couples_by_a", "couples_by_b",
    )]  # fmt: skip
    whole = names["couples"].replace("CREATE TABLE couples", "CREATE TABLE couples_new")
    step = following(
        whole, "INSERT INTO couples_new SELECT * FROM couples", "DROP TRIGGER couples_kept", "DROP TABLE couples",
        "ALTER TABLE couples_new RENAME TO couples", *again,
    )  # fmt: skip
    records = kept.everything()
    assert make(kept.engines, *STEPS, step) == NEXT
    assert kept.everything() == records
