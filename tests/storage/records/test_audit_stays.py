"""Knows that nothing in the program switches the trail off, changes it, or takes lines away, however it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import HoldfastError
from desktop.services import ports
from desktop.storage import tables
from desktop.storage.repositories.trail import SqlTrail
from desktop.storage.unit import SqlUnit
from tests.house.tree import name_of, sources
from tests.storage.records.kit import ANNA, MARA, NOTE, ORDER, PAIR, SESSION, Kept, entry

COLUMNS = ", ".join(column.name for column in tables.audit.c if column.name != "number")
RAW = (
    "UPDATE audit SET detail = 'x'", "UPDATE audit SET mac = x'00' WHERE number = 2", "UPDATE audit SET number = 99",
    "UPDATE OR REPLACE audit SET number = 1 WHERE number = 2", "UPDATE OR IGNORE audit SET detail = 'x'",
    "DELETE FROM audit", "DELETE FROM audit WHERE number = 1",
    f"INSERT OR REPLACE INTO audit SELECT 1, {COLUMNS} FROM audit WHERE number = 2",
    f"REPLACE INTO audit SELECT number, {COLUMNS} FROM audit",
    f"INSERT INTO audit SELECT 7000, {COLUMNS} FROM audit WHERE number = 2",
    f"INSERT INTO audit SELECT 0, {COLUMNS} FROM audit WHERE number = 2",
    f"INSERT INTO audit SELECT 2, {COLUMNS} FROM audit WHERE true ON CONFLICT (number) DO UPDATE SET act = 'x'",
    "INSERT OR REPLACE INTO clients SELECT * FROM clients",
    "INSERT OR REPLACE INTO notes SELECT * FROM notes",
    "UPDATE OR REPLACE clients SET id = 'client-b'",
)  # fmt: skip


@pytest.mark.parametrize("statement", RAW)
def test_the_database_itself_refuses_raw_sql(full: Kept, statement: str) -> None:
    full.add(NOTE)
    before = full.everything()
    with pytest.raises(DBAPIError, match="holdfast: "):
        full.raw(statement)
    assert full.everything() == before
    assert full.store.verify().intact


@pytest.mark.parametrize("statement", RAW[:8])
def test_a_connection_for_reading_refuses_it_too(full: Kept, statement: str) -> None:
    before = full.everything()
    with pytest.raises(DBAPIError), full.engines.readers.begin() as connection:
        connection.exec_driver_sql(statement)
    assert full.everything() == before


def test_a_unit_refuses_what_a_repository_could_ask_for(full: Kept) -> None:
    before = full.everything()
    for statement in (
        update(tables.audit).values(detail="x"), delete(tables.audit),
        insert(tables.audit).from_select(list(tables.audit.c), select(tables.audit)),
    ):  # fmt: skip
        with pytest.raises(HoldfastError), full.store.write() as unit:
            unit._work.change(statement, {})
    assert full.everything() == before


def test_the_trail_offers_only_questions() -> None:
    offered = {name for name in vars(ports.Trail) if not name.startswith("_")}
    assert offered == {"lines", "find", "count", "kinds", "end", "verify", "about"}
    more = {name for name in vars(SqlTrail) if not name.startswith("_")} - offered
    assert more == {"has", "first_look", "word_index"}


CHANGES: tuple[Callable[[SqlUnit], object], ...] = (
    lambda unit: unit.members.save(MARA), lambda unit: unit.clients.save(ANNA), lambda unit: unit.couples.save(PAIR),
    lambda unit: unit.orders.save(ORDER), lambda unit: unit.sessions.save(SESSION), lambda unit: unit.notes.add(NOTE),
    lambda unit: unit.events.append(SESSION.id, entry(1), ANNA.owner),
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_no_record_is_changed_without_its_line_in_the_trail(full: Kept, change: Callable[[SqlUnit], object]) -> None:
    before = full.everything()
    with pytest.raises(HoldfastError, match="without a line in the trail"), full.store.write() as unit:
        change(unit)
    assert full.everything() == before


def test_lines_are_written_in_one_place_and_nowhere_changed() -> None:
    """The one statement that writes to the table is in the unit of work; nothing updates, deletes or drops it."""
    written = re.compile(r"(insert|update|delete)\(\s*(tables\.)?audit\b")
    raw = re.compile(r"(UPDATE|DELETE FROM|DROP TABLE|INTO)\s+audit\b")
    found = {
        (name_of(path), match[0]) for path in sources("desktop/") for pattern in (written, raw)
        for match in pattern.finditer(path.read_text("utf-8"))
        if not name_of(path).startswith("desktop/storage/migrations/")
    }  # fmt: skip
    assert found == {("desktop/storage/work.py", "insert(audit")}


def test_nothing_thins_the_trail_out_so_it_is_kept_for_good() -> None:
    """Ten years at least, says the law; here there is no end: no code takes a line away, at any age."""
    deletes = {
        name_of(path) for path in sources("desktop/storage/")
        if re.search(r"^from sqlalchemy import .*\bdelete\b", path.read_text("utf-8"), re.MULTILINE)
        or "VACUUM INTO" in path.read_text("utf-8")
    }  # fmt: skip
    # Places in a session that is only planned are written anew with it; the trail says so.
    assert deletes == {"desktop/storage/repositories/sessions.py"}
    words = re.compile(r"\b(purge|prune|expire|retention_days|keep_days)\b", re.IGNORECASE)
    for path in (*sources("desktop/storage/"), *sources("desktop/services/"), *sources("desktop/cli/")):
        assert not words.search(path.read_text("utf-8")), path


def test_no_setting_and_no_option_switches_it_off() -> None:
    switch = re.compile(r"--no-audit|audit_(off|on|enabled)|disable_audit|skip_audit|without_audit", re.IGNORECASE)
    for path in sources("desktop/"):
        assert not switch.search(path.read_text("utf-8")), path
