"""Knows that a record which is not what the trail last said of it shows, even where every page and line holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.audience import Audience
from desktop.domain.records import Act, AuditState
from desktop.live.events import NoteMade
from desktop.storage.comparing import AlteredRecord
from tests.storage.records.kit import ANNA, BEN, NOTE, ORDER, PAIR, SESSION, Kept, but_for_locks, line_for, save

CLINIC = Audience.clinic("test")


@pytest.fixture
def bare(full: Kept) -> Kept:
    """A practice with a note and two entries, whose locks somebody took off with tools of their own."""
    full.add(NOTE)
    full.append(1, ANNA.owner)
    full.append(2, PAIR.owner, NoteMade("rain"))
    for (name,) in full.raw("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE 'notes_words%'"):
        full.raw(f"DROP TRIGGER {name}")
    full.raw("PRAGMA foreign_keys = OFF")
    return full


def check(kept: Kept) -> AuditState:
    return but_for_locks(kept.reopened(kept.store.head()).verify())


def test_records_that_nobody_touched_are_what_the_trail_says(bare: Kept) -> None:
    assert check(bare) == AuditState(bare.store.head().number, bare.store.head().mac)


ALTERED = {
    "UPDATE practice SET name = 'Other'": "practice: 1",
    "UPDATE members SET roles = '[]' WHERE id = 'm2'": "member: 1",
    "UPDATE clients SET contact = '555'": "client: 2",
    "UPDATE couples SET label = 'x'": "couple: 1",
    "UPDATE orders SET max_total_mg = 99999 WHERE id = 'order-a'": "order: 1",
    "UPDATE sessions SET planned_for = '2027-01-01'": "session: 1",
    "UPDATE session_people SET order_id = NULL WHERE seat = 'a'": "session: 1",
    "DELETE FROM session_people WHERE seat = 'b'": "session: 1",
    "UPDATE live_events SET payload = replace(payload, 'rain', 'snow')": "entry: 1",
    "UPDATE live_events SET owner_id = 'client-b' WHERE seq = 1": "entry: 1",
    "DELETE FROM live_events WHERE seq = 2": "entry: 1",
    "UPDATE notes SET text = 'They spoke of winter.'": "note: 1",
    "DELETE FROM notes": "note: 1",
    "INSERT INTO members SELECT 'm7', name, 'XX', roles, 1, 1 FROM members LIMIT 1": "member: 1",
}  # fmt: skip


@pytest.mark.parametrize("sql", ALTERED)
def test_a_record_changed_behind_the_program_shows_where_every_line_holds(bare: Kept, sql: str) -> None:
    bare.raw(sql)
    state = check(bare)
    assert state.first_wrong is None
    assert not state.intact
    assert state.notes == (ALTERED[sql],)


# What no line among the last ones tells of: the practice itself, of the first line, and what was slipped in.
BEYOND = {"UPDATE practice SET name = 'Other'", next(sql for sql in ALTERED if sql.startswith("INSERT"))}


@pytest.mark.parametrize("sql", ALTERED)
def test_an_unlock_compares_the_records_that_the_last_lines_tell_of(bare: Kept, sql: str) -> None:
    bare.raw(sql)
    store = bare.reopened(bare.store.head())
    with store.read() as unit:
        last = unit.trail.end()[0]
        found = but_for_locks(unit.trail.first_look(lines=last - 1))
    assert found.notes == (() if sql in BEYOND else (ALTERED[sql],))
    assert but_for_locks(store.verify()).notes == (ALTERED[sql],)


def test_a_value_of_another_type_and_a_place_in_a_session_that_is_not_there_show(bare: Kept) -> None:
    bare.raw("UPDATE live_events SET payload = x'00' WHERE seq = 2")
    with bare.engines.separate() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE session_people SET session_id = 'gone' WHERE seat = 'b'")
    bare.raw("UPDATE clients SET contact = x'00' WHERE id = 'client-b'")
    assert sorted(check(bare).notes) == ["client: 1", "entry: 1", "session: 1", "session: 1"]


def test_an_older_copy_of_a_record_shows(bare: Kept) -> None:
    older = bare.raw("SELECT contact, version FROM clients WHERE id = 'client-a'")[0]
    bare.save(replace(ANNA, contact="newer"))
    assert check(bare).intact
    bare.raw("UPDATE clients SET contact = ?, version = ? WHERE id = 'client-a'", *older)
    assert check(bare).notes == ("client: 1",)
    with pytest.raises(AlteredRecord), bare.store.write() as unit:
        unit.audit(line_for(ANNA, Act.VIEW))


@pytest.mark.parametrize(
    ("sql", "record"),
    [
        ("UPDATE clients SET born = '1990-01-01' WHERE id = 'client-a'", ANNA),
        ("UPDATE couples SET label = 'x'", PAIR),
        ("UPDATE orders SET boosters = 9 WHERE id = 'order-a'", ORDER),
        ("UPDATE session_people SET intention = 'x' WHERE seat = 'b'", SESSION),
        ("UPDATE notes SET text = 'x'", NOTE),
        ("DELETE FROM audit WHERE subject_kind = 'couple'", PAIR),
    ],
)
def test_an_altered_record_is_not_opened(bare: Kept, sql: str, record: object) -> None:
    with bare.store.write() as unit:
        unit.audit(line_for(record, Act.VIEW))
        unit.audit(line_for(BEN, Act.VIEW))
    bare.raw(sql)
    before = bare.everything()
    with pytest.raises(AlteredRecord) as caught, bare.store.write() as unit:
        unit.audit(line_for(record, Act.VIEW))
    assert all((caught.value.what, caught.value.safe, caught.value.next_step))
    assert bare.everything() == before
    with bare.store.write() as unit:
        unit.audit(line_for(BEN, Act.VIEW))
        unit.audit(replace(line_for(record, Act.VIEW), subject_kind="worksheet"))
        unit.audit(replace(line_for(record, Act.VIEW), subject_id="nobody"))


def test_what_was_just_saved_may_be_looked_at_in_the_same_unit(full: Kept) -> None:
    with full.store.write() as unit:
        save(unit, replace(ANNA, contact="new"))
        unit.audit(line_for(ANNA, Act.VIEW))
    assert full.store.verify().intact


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE live_events SET payload = replace(payload, 'rain', 'snow')", "DELETE FROM live_events WHERE seq = 2",
        "DELETE FROM audit WHERE subject_id = 'session-1/2'",
    ],
)  # fmt: skip
def test_a_session_whose_entries_were_altered_is_not_opened(bare: Kept, sql: str) -> None:
    bare.raw(sql)
    with pytest.raises(AlteredRecord), bare.store.write() as unit:
        unit.audit(line_for(SESSION, Act.VIEW))
