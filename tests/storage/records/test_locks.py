"""Knows what stays as it is: entries, closed sessions with all that hangs on them, signed notes, the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from desktop.domain.audience import Audience
from desktop.domain.errors import Refused
from desktop.domain.records import Act, SessionPerson, SessionState
from desktop.live.events import Closed
from desktop.storage import tables
from tests.storage.records.kit import (
    ANNA,
    BEN,
    LATER,
    NOTE,
    ORDER,
    PAIR,
    PAUL,
    SESSION,
    Kept,
    line,
)

CLINIC = Audience.clinic("test")
RUNNING = replace(SESSION, state=SessionState.RUNNING, started=NOTE.written)


@pytest.fixture
def closed(full: Kept) -> Kept:
    """A practice whose one session is closed, with two entries, an unsigned and a signed note."""
    full.add(NOTE, replace(NOTE, id="note-s"))
    full.save(replace(NOTE, id="note-s", signed=LATER))
    full.append(1, ANNA.owner)
    full.append(2, PAIR.owner, Closed())
    full.close_session(full.save(RUNNING))
    return full


def refused(kept: Kept, change: Any) -> str:
    """The code with which a change is refused; nothing may have been kept of it."""
    before = kept.everything()
    with pytest.raises(Refused) as caught:
        change()
    assert kept.everything() == before
    assert all((caught.value.what, caught.value.safe))
    return caught.value.code


def test_a_closed_session_takes_no_change(closed: Kept) -> None:
    with closed.store.read() as unit:
        session = unit.sessions.get(SESSION.id, CLINIC)
    people = (replace(session.people[0], intention="other"), session.people[1])
    for change in ({}, {"people": people}, {"state": SessionState.RUNNING}, {"planned_for": date(2027, 1, 1)}):
        assert refused(closed, lambda change=change: closed.save(replace(session, **change))) == "closed"


def test_a_closed_session_takes_no_entry_and_no_move(closed: Kept) -> None:
    def move() -> None:
        with closed.store.write() as unit:
            unit.events.reassign(SESSION.id, 1, BEN.owner)

    assert refused(closed, lambda: closed.append(3, ANNA.owner)) == "closed"
    assert refused(closed, move) == "closed"


def test_a_closed_session_takes_an_addendum_that_is_a_draft_until_it_is_signed(closed: Kept) -> None:
    addendum = replace(NOTE, id="note-2", text="Later he called.", written=LATER)
    closed.add(addendum)
    for change in ({"session_id": None}, {"written": NOTE.written}):
        assert refused(closed, lambda change=change: closed.save(replace(addendum, **change))) == "closed"
    addendum = closed.save(replace(addendum, text="Later he wrote."))
    with closed.store.read() as unit:
        before = unit.notes.get("note-1", CLINIC)
    assert refused(closed, lambda: closed.save(replace(before, text="Not as it was."))) == "closed"
    signed = closed.save(replace(addendum, signed=LATER))
    assert refused(closed, lambda: closed.save(signed)) == "signed"
    with closed.store.read() as unit:
        assert {note.id for note in unit.notes.of_session(SESSION.id, CLINIC)} == {"note-1", "note-2", "note-s"}


def test_a_note_is_not_moved_onto_a_closed_session(closed: Kept) -> None:
    loose = replace(NOTE, id="note-3", session_id=None)
    closed.add(loose)
    assert refused(closed, lambda: closed.save(replace(loose, session_id=SESSION.id))) == "closed"


def test_a_signed_note_takes_no_change(full: Kept) -> None:
    full.add(NOTE)
    signed = full.save(replace(NOTE, signed=LATER))
    for change in ({}, {"text": "other"}, {"signed": None}, {"signed": NOTE.written}, {"session_id": None}):
        assert refused(full, lambda change=change: full.save(replace(signed, **change))) == "signed"


def test_an_order_is_withdrawn_and_never_rewritten(full: Kept) -> None:
    for change in (
        {"max_single_mg": ORDER.max_single_mg + 1}, {"boosters": 2}, {"booster_after_min": None},
        {"valid_until": date(2027, 1, 1)}, {"remarks": ""}, {"client_id": BEN.id}, {"route": "im"},
    ):  # fmt: skip
        assert refused(full, lambda change=change: full.save(replace(ORDER, **change))) == "written"
    gone = full.save(replace(ORDER, withdrawn=True))
    assert refused(full, lambda: full.save(replace(gone, withdrawn=False))) == "written"


def test_a_record_stays_in_its_compartment(full: Kept) -> None:
    full.add(NOTE)
    full.add(replace(ANNA, id="client-c"))
    assert refused(full, lambda: full.save(replace(NOTE, owner=ANNA.owner))) == "owner"
    assert refused(full, lambda: full.save(replace(NOTE, author_id=PAUL.id))) == "owner"
    assert refused(full, lambda: full.save(replace(SESSION, owner=ANNA.owner))) == "owner"
    assert refused(full, lambda: full.save(replace(PAIR, partner_b="client-c"))) == "owner"


def test_a_session_that_has_begun_is_not_planned_again(full: Kept) -> None:
    running = full.save(RUNNING)
    assert refused(full, lambda: full.save(replace(running, state=SessionState.PLANNED))) == "begun"


def test_a_closed_session_takes_nobody_in(closed: Kept) -> None:
    closed.add(replace(ANNA, id="client-c"))
    person = SessionPerson("client-c", "c", "sitting")
    with closed.store.read() as unit:
        session = unit.sessions.get(SESSION.id, CLINIC)
    assert refused(closed, lambda: closed.save(replace(session, people=(*session.people, person)))) == "closed"
    for sql in (
        "INSERT INTO session_people VALUES ('session-1', 'client-c', 2, 'c', 'sitting', NULL, '', NULL)",
        "UPDATE session_people SET intention = 'x'",
        "DELETE FROM session_people",
        "UPDATE session_people SET session_id = 'elsewhere' WHERE seat = 'a'",
    ):
        with pytest.raises(IntegrityError, match="holdfast: closed"):
            closed.raw(sql)


EVENT_COLUMNS = [c.name for c in tables.live_events.c if not c.name.startswith("owner_")]


@pytest.mark.parametrize("column", EVENT_COLUMNS)
def test_no_column_of_an_entry_can_be_rewritten(full: Kept, column: str) -> None:
    full.append(1, ANNA.owner)
    full.append(2, ANNA.owner)
    with pytest.raises(IntegrityError, match="holdfast: append-only"):
        full.raw(f"UPDATE live_events SET {column} = coalesce({column}, 0) || '7' WHERE seq = 2")


@pytest.mark.parametrize("column", [c.name for c in tables.audit.c])
def test_no_column_of_the_trail_can_be_rewritten(full: Kept, column: str) -> None:
    with pytest.raises(IntegrityError, match="holdfast: append-only"):
        full.raw(f"UPDATE audit SET {column} = {column}")


@pytest.mark.parametrize("column", [c.name for c in tables.orders.c if c.name not in {"withdrawn", "version"}])
def test_no_column_of_an_order_can_be_rewritten(full: Kept, column: str) -> None:
    with pytest.raises(IntegrityError, match="holdfast: written"):
        full.raw(f"UPDATE orders SET {column} = coalesce({column}, 0) || '7' WHERE id = 'order-a'")


KEPT = ["practice", "members", "clients", "couples", "orders", "sessions", "live_events", "notes", "audit"]


@pytest.mark.parametrize("table", KEPT)
def test_no_record_is_removed(full: Kept, table: str) -> None:
    full.add(NOTE)
    full.append(1, ANNA.owner)
    with pytest.raises(IntegrityError, match="holdfast: kept"):
        full.raw(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["practice", "members", "clients"])
def test_an_identifier_stays(full: Kept, table: str) -> None:
    with pytest.raises(IntegrityError, match="holdfast: owner"):
        full.raw(f"UPDATE {table} SET id = id || '7'")


def test_a_compartment_has_one_of_three_kinds(full: Kept) -> None:
    full.append(1, ANNA.owner)
    with pytest.raises(IntegrityError, match="owner_kind_known"):
        full.raw("UPDATE live_events SET owner_kind = 'room'")


def test_a_refusal_leaves_the_rest_of_its_unit_whole(closed: Kept) -> None:
    with closed.store.write() as unit:
        client = unit.clients.save(replace(ANNA, contact="new"))
        unit.audit(line(Act.CHANGE, "client", client.id, client.owner))
        with pytest.raises(Refused):
            unit.sessions.save(replace(SESSION, version=3))
    with closed.store.read() as unit:
        assert unit.clients.get(ANNA.id, CLINIC).contact == "new"
        assert unit.trail.verify().intact
