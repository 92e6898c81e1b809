"""Knows that every record comes back as it was kept, in its order, with its version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import Conflict, NotFound, Refused
from desktop.domain.people import Client, Couple, Member, Role
from desktop.domain.records import Note, SessionKind, SessionPerson, SessionState
from desktop.live.events import NoteMade
from desktop.storage.engine import open_engines
from desktop.storage.founding import practice_name
from desktop.storage.migrations.runner import migrate
from desktop.storage.repositories.practice import PracticeRecord
from desktop.storage.unit import SqlStore, SqlUnit
from desktop.storage.vault.secret import Secret
from tests.storage.records.kit import (
    ANNA,
    AUDIT_KEY,
    BEN,
    LATER,
    MARA,
    NOTE,
    NOW,
    ORDER,
    ORDER_B,
    PAGE_KEY,
    PAIR,
    PAUL,
    PRACTICE,
    SESSION,
    Act,
    Kept,
    append,
    entry,
    line,
)

CLINIC = Audience.clinic("test")


def read_back(unit: SqlUnit, record: Any) -> Any:
    shelf: Any = {
        Client: unit.clients, Couple: unit.couples, type(ORDER): unit.orders, type(SESSION): unit.sessions,
        Note: unit.notes,
    }[type(record)]  # fmt: skip
    return shelf.get(record.id, CLINIC)


@pytest.mark.parametrize("record", [ANNA, BEN, PAIR, ORDER, ORDER_B, SESSION], ids=lambda record: record.id)
def test_a_record_comes_back_as_it_was_kept(full: Kept, record: Any) -> None:
    with full.store.read() as unit:
        assert read_back(unit, record) == record


def test_a_member_comes_back_with_their_roles(full: Kept) -> None:
    left = Member("m3", "Åsa Berg", "ÅB", frozenset(), active=False)
    full.add(left)
    with full.store.read() as unit:
        assert unit.members.get("m1") == MARA
        assert unit.members.get("m3") == left
        assert unit.members.all() == (left, MARA, PAUL)
        with pytest.raises(NotFound):
            unit.members.get("m9")


def test_the_practice_knows_its_name(kept: Kept) -> None:
    assert practice_name(kept.store) == "Harbour Practice"
    with kept.store.write() as unit:
        unit.practice.save(PracticeRecord(PRACTICE, "Harbour & Sons", NOW))
        unit.audit(line(Act.CHANGE, "practice", PRACTICE, Owner.practice(PRACTICE)))
    with kept.store.read() as unit:
        assert unit.practice.get() == PracticeRecord(PRACTICE, "Harbour & Sons", NOW)
    with pytest.raises(NotFound), kept.store.write() as unit:
        unit.practice.save(PracticeRecord("another", "?", NOW))


def test_a_file_that_was_never_filled_has_no_practice(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    path.touch()
    engines = open_engines(path, Secret(PAGE_KEY))
    with engines.separate() as connection:
        migrate(connection)
    with pytest.raises(NotFound):
        practice_name(SqlStore(engines.writer, engines.readers, PRACTICE, AUDIT_KEY))
    engines.close()


def test_a_note_comes_back_signed(full: Kept) -> None:
    full.add(NOTE)
    signed = full.save(replace(NOTE, signed=LATER))
    with full.store.read() as unit:
        assert unit.notes.get(NOTE.id, CLINIC) == signed == replace(NOTE, signed=LATER, version=2)


def test_amounts_are_kept_to_a_hundredth_half_up(full: Kept) -> None:
    full.add(replace(ORDER, id="order-x", max_single_mg=Decimal("0.125"), max_total_mg=Decimal("112.50")))
    with full.store.read() as unit:
        found = unit.orders.get("order-x", CLINIC)
    assert (found.max_single_mg, found.max_total_mg) == (Decimal("0.13"), Decimal("112.5"))
    assert full.raw("SELECT max_single_mg, max_total_mg FROM orders WHERE id = 'order-x'") == [(13, 11250)]


@pytest.mark.parametrize(
    ("record", "change"),
    [
        (MARA, {"name": "Mara K.", "roles": frozenset({Role.OWNER})}),
        (ANNA, {"name": "Ł. W.", "contact": ""}),
        (PAIR, {"label": ""}),
        (ORDER, {"withdrawn": True}),
        (SESSION, {"state": SessionState.RUNNING, "started": NOW}),
        (SESSION, {"people": (replace(SESSION.people[0], intention="another"), SESSION.people[1])}),
        (SESSION, {"people": SESSION.people[:1]}),
        (SESSION, {"people": ()}),
        (NOTE, {"text": "They spoke of the garden."}),
    ],
)
def test_a_change_is_kept_and_raises_the_version(full: Kept, record: Any, change: dict[str, Any]) -> None:
    full.add(NOTE)
    kept = full.save(replace(record, **change))
    assert kept == replace(record, **change, version=2)
    with full.store.read() as unit:
        assert (unit.members.get("m1") if record is MARA else read_back(unit, record)) == kept


@pytest.mark.parametrize("record", [MARA, ANNA, PAIR, ORDER, SESSION, NOTE], ids=lambda record: record.id)
def test_a_change_to_what_has_moved_on_is_a_conflict(full: Kept, record: Any) -> None:
    full.add(NOTE)
    full.save(record)
    before = full.everything()
    with pytest.raises(Conflict):
        full.save(record)
    with pytest.raises(NotFound):
        full.save(replace(record, id="nobody"))
    assert full.everything() == before


@pytest.mark.parametrize("record", [MARA, ANNA, PAIR, ORDER, SESSION, NOTE], ids=lambda record: record.id)
def test_what_is_there_already_is_not_added_again(full: Kept, record: Any) -> None:
    full.add(NOTE)
    with pytest.raises(Conflict):
        full.add(record)


def test_two_members_do_not_share_initials(kept: Kept) -> None:
    with pytest.raises(Conflict):
        kept.add(replace(PAUL, initials="MK"))


@pytest.mark.parametrize(
    "record",
    [
        replace(PAIR, id="couple-2", partner_b="nobody"),
        replace(ORDER, id="order-2", client_id="nobody"),
        replace(SESSION, id="session-2", people=(SessionPerson("nobody", "a", "dosed"),)),
        replace(NOTE, session_id="nowhere"),
    ],
    ids=lambda record: record.id,
)
def test_a_record_that_points_to_nothing_is_not_kept(full: Kept, record: Any) -> None:
    before = full.everything()
    with pytest.raises(NotFound):
        full.add(record)
    assert full.everything() == before


def test_lists_come_in_their_order(full: Kept) -> None:
    alone = replace(SESSION, id="session-0", owner=ANNA.owner, people=SESSION.people[:1], planned_for=date(2026, 4, 1))
    early = replace(SESSION, id="session-2", planned_for=date(2026, 1, 1), kind=SessionKind.REVIEW, people=())
    newer = replace(ORDER, id="order-c", valid_from=date(2026, 2, 2))
    later_note = replace(NOTE, id="note-2", session_id=None, written=LATER)
    full.add(alone, early, newer, NOTE, later_note)
    full.save(replace(SESSION, state=SessionState.RUNNING, started=NOW))
    with full.store.read() as unit:
        assert [s.id for s in unit.sessions.of_owner(PAIR.owner, CLINIC)] == ["session-1", "session-2"]
        assert [s.id for s in unit.sessions.of_client(ANNA.id, CLINIC)] == ["session-0", "session-1"]
        assert [s.id for s in unit.sessions.of_client(BEN.id, CLINIC)] == ["session-1"]
        assert [s.id for s in unit.sessions.running(CLINIC)] == ["session-1"]
        assert [o.id for o in unit.orders.of_client(ANNA.id, CLINIC)] == ["order-c", "order-a"]
        assert unit.couples.of_client(BEN.id, CLINIC) == (PAIR,)
        assert [n.id for n in unit.notes.of_owner(PAIR.owner, CLINIC)] == ["note-2", "note-1"]
        assert unit.notes.of_session(SESSION.id, CLINIC) == (NOTE,)


def test_a_session_does_not_begin_closed(full: Kept) -> None:
    with pytest.raises(Refused) as caught:
        full.add(replace(SESSION, id="session-9", state=SessionState.CLOSED))
    assert caught.value.code == "closed"


def test_entries_come_back_in_order_with_all_they_say(full: Kept) -> None:
    full.append(1, ANNA.owner)
    full.append(2, PAIR.owner, NoteMade("rain on the roof"))
    full.append(3, BEN.owner, NoteMade("she smiles", "b"))
    with full.store.read() as unit:
        assert unit.events.of(SESSION.id, CLINIC) == (
            entry(1), entry(2, NoteMade("rain on the roof"), None), entry(3, NoteMade("she smiles", "b"), "b"),
        )  # fmt: skip
        assert unit.events.count(SESSION.id) == 3
        assert unit.events.count("nowhere") == 0
        assert unit.events.of("nowhere", CLINIC) == ()


@pytest.mark.parametrize("seq", [0, 1, 3])
def test_an_entry_out_of_turn_is_a_conflict(full: Kept, seq: int) -> None:
    full.append(1, ANNA.owner)
    with pytest.raises(Conflict):
        full.append(seq, ANNA.owner)
    with full.store.read() as unit:
        assert unit.events.count(SESSION.id) == 1


def test_an_entry_of_no_session_is_not_kept(full: Kept) -> None:
    with pytest.raises(NotFound), full.store.write() as unit:
        append(unit, 1, ANNA.owner, session_id="nowhere")


def test_a_moved_entry_changes_its_compartment_and_nothing_else(full: Kept) -> None:
    full.append(1, ANNA.owner)
    with full.store.write() as unit:
        unit.events.reassign(SESSION.id, 1, BEN.owner)
        unit.audit(line(Act.CHANGE, "entry", f"{SESSION.id}/1", BEN.owner))
    with full.store.read() as unit:
        assert unit.events.of(SESSION.id, Audience.person(ANNA.id)) == ()
        assert unit.events.of(SESSION.id, Audience.person(BEN.id)) == (entry(1),)
    with pytest.raises(NotFound), full.store.write() as unit:
        unit.events.reassign(SESSION.id, 2, BEN.owner)
