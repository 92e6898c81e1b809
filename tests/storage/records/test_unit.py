"""Knows that a unit of work is kept whole or not at all, and never without its lines in the trail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.pool import QueuePool

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import HoldfastError, Refused
from desktop.domain.errors_machine import DatabaseBusy, DiskTrouble
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.people import Client, Member, Role
from desktop.domain.records import SessionState
from desktop.storage.mapper import digest
from desktop.storage.refusals import NestedUnit, NotKeepable, ReadOnlyUnit, UnauditedChange
from desktop.storage.repositories.practice import PracticeRecord
from desktop.storage.unit import SqlStore, SqlUnit
from tests.storage.faults import Faults, broken_disk
from tests.storage.records.kit import (
    ANNA,
    AUDIT_KEY,
    BEN,
    LATER,
    NOTE,
    NOW,
    ORDER,
    PAIR,
    PAUL,
    PRACTICE,
    SESSION,
    Act,
    Kept,
    add,
    append,
    entry,
    line,
    line_for,
    save,
)

CLINIC = Audience.clinic("test")
NEWCOMER = Client("client-c", "Zoë", ANNA.born)
RUNNING = replace(SESSION, state=SessionState.RUNNING, started=NOW)

WRITES: dict[str, Callable[[SqlUnit], Any]] = {
    "members.add": lambda u: add(u, Member("m4", "Di", "DI", frozenset({Role.ASSISTANT}))),
    "members.save": lambda u: save(u, replace(PAUL, active=False)),
    "clients.add": lambda u: add(u, NEWCOMER),
    "clients.save": lambda u: save(u, replace(ANNA, name="Anna")),
    "couples.add": lambda u: add(u, replace(PAIR, id="couple-2")),
    "couples.save": lambda u: save(u, replace(PAIR, label="x")),
    "orders.add": lambda u: add(u, replace(ORDER, id="order-z")),
    "orders.save": lambda u: save(u, replace(ORDER, withdrawn=True)),
    "sessions.add": lambda u: add(u, replace(SESSION, id="session-2")),
    "sessions.save": lambda u: save(u, RUNNING),
    "sessions.save with people": lambda u: save(u, replace(RUNNING, people=SESSION.people[::-1])),
    "events.append": lambda u: append(u, 2, ANNA.owner),
    "events.reassign": lambda u: (
        u.events.reassign(SESSION.id, 1, BEN.owner),
        u.audit(line(Act.CHANGE, "entry", f"{SESSION.id}/1", BEN.owner)),
    ),
    "notes.add": lambda u: add(u, replace(NOTE, id="note-2")),
    "notes.save": lambda u: save(u, replace(NOTE, text="The garden.")),
    "notes.sign": lambda u: save(u, replace(NOTE, signed=LATER)),
    "practice.save": lambda u: (
        u.practice.save(PracticeRecord(PRACTICE, "New", NOW)),
        u.audit(line(Act.CHANGE, "practice", PRACTICE, Owner.practice(PRACTICE))),
    ),
    "a closing": lambda u: (append(u, 2, PAIR.owner), save(u, replace(RUNNING, state=SessionState.CLOSED))),
}  # fmt: skip


@pytest.fixture
def noted(full: Kept) -> Kept:
    """A practice with one note and one entry too."""
    full.add(NOTE)
    full.append(1, ANNA.owner)
    return full


def do(kept: Kept, write: Callable[[SqlUnit], Any]) -> None:
    with kept.store.write() as unit:
        write(unit)


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_that_fails_at_any_step_leaves_nothing_half_kept(noted: Kept, write: Callable[[SqlUnit], Any]) -> None:
    before, faults, engine = noted.everything(), Faults(), noted.engines.writer
    k = 0
    while True:
        k += 1
        with faults.under(engine, fail_at=k):
            try:
                do(noted, write)
            except DiskTrouble:
                pass
            else:
                break
        assert noted.everything() == before
        assert noted.store.verify().intact
    assert faults.steps == k - 1 >= 4  # the begin, the change, its line, the commit; each of them failed once
    assert noted.everything() != before
    assert noted.store.verify().intact


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_line_that_is_refused_leaves_no_record(noted: Kept, write: Callable[[SqlUnit], Any]) -> None:
    noted.raw("CREATE TRIGGER no_lines BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
    before = noted.everything()
    with pytest.raises(NotKeepable):
        do(noted, write)
    assert noted.everything() == before


def test_a_failure_that_is_swallowed_still_leaves_no_record(noted: Kept) -> None:
    noted.raw("CREATE TRIGGER no_lines BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
    before = noted.everything()
    with pytest.raises(NotKeepable), noted.store.write() as unit:
        with pytest.raises(NotKeepable):
            add(unit, NEWCOMER)
        with pytest.raises(NotKeepable):
            unit.clients.add(replace(NEWCOMER, id="client-d"))
    assert noted.everything() == before


def test_an_error_in_the_block_takes_everything_back(noted: Kept) -> None:
    before = noted.everything()
    with pytest.raises(ZeroDivisionError), noted.store.write() as unit:
        add(unit, NEWCOMER)
        raise ZeroDivisionError
    assert noted.everything() == before
    noted.add(NEWCOMER)
    assert noted.store.verify().intact


UNNAMED: dict[str, Callable[[SqlUnit], Any]] = {
    "no line": lambda u: u.clients.add(NEWCOMER),
    "a view": lambda u: (u.clients.add(NEWCOMER), u.audit(line_for(NEWCOMER, Act.VIEW))),
    "a line before it": lambda u: (u.audit(line_for(NEWCOMER)), u.clients.add(NEWCOMER)),
    "another record's line": lambda u: (u.clients.add(NEWCOMER), u.audit(line_for(ANNA))),
    "another kind's line": lambda u: (
        u.clients.add(NEWCOMER), u.audit(line(Act.CREATE, "couple", NEWCOMER.id, ANNA.owner)),
    ),
    "changed again after": lambda u: (add(u, NEWCOMER), u.clients.save(NEWCOMER)),
    "an entry": lambda u: u.events.append(SESSION.id, entry(2), ANNA.owner),
    "a move": lambda u: u.events.reassign(SESSION.id, 1, BEN.owner),
    "the practice": lambda u: u.practice.save(PracticeRecord(PRACTICE, "New", NOW)),
}  # fmt: skip


@pytest.mark.parametrize("write", UNNAMED.values(), ids=UNNAMED)
def test_a_change_that_no_line_names_is_not_kept(noted: Kept, write: Callable[[SqlUnit], Any]) -> None:
    before = noted.everything()
    with pytest.raises(UnauditedChange) as caught:
        do(noted, write)
    assert noted.everything() == before
    assert "Zoë" not in str(caught.value)


def test_a_line_holds_the_version_and_digest_of_what_it_names(noted: Kept) -> None:
    with noted.store.write() as unit:
        unit.audit(line_for(PAIR, Act.VIEW))
        saved = save(unit, replace(ANNA, contact="new"))
    with noted.store.read() as unit:
        view, change = unit.trail.lines(after=unit.head().number - 2)
    assert (view.entry.version, view.entry.digest) == (0, "")
    assert (change.entry.version, change.entry.digest) == (2, digest("client", {
        "id": saved.id, "name": saved.name, "born": "1984-05-01", "pronouns": "he", "contact": "new",
        "language": "pl", "version": 2,
    }))  # fmt: skip


def test_a_digest_changes_with_every_field_and_not_with_columns_that_are_empty() -> None:
    assert digest("note", {"a": 1, "b": None}) == digest("note", {"a": 1})
    assert len({digest("note", {"a": 1}), digest("note", {"a": 2}), digest("order", {"a": 1}), digest("note", {})}) == 4


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_unit_that_reads_refuses_to_write(noted: Kept, write: Callable[[SqlUnit], Any]) -> None:
    before = noted.everything()
    with noted.store.read() as unit, pytest.raises(ReadOnlyUnit):
        write(unit)
    with noted.store.read() as unit, pytest.raises(ReadOnlyUnit):
        unit.audit(line_for(ANNA, Act.VIEW))
    assert noted.everything() == before


def test_a_view_stays_the_same_while_others_write(noted: Kept) -> None:
    with noted.store.read() as unit:
        assert len(unit.clients.find("", CLINIC)) == 2
        noted.add(NEWCOMER)
        assert len(unit.clients.find("", CLINIC)) == 2
        assert unit.trail.verify().intact
    with noted.store.read() as unit:
        assert len(unit.clients.find("", CLINIC)) == 3


def test_a_unit_inside_another_is_a_mistake_that_is_named_at_once(noted: Kept) -> None:
    with noted.store.write() as unit:
        add(unit, NEWCOMER)
        with pytest.raises(NestedUnit):
            noted.add(replace(NEWCOMER, id="client-d"))
    with noted.store.read() as unit:
        assert unit.clients.get(NEWCOMER.id, CLINIC) == NEWCOMER


@contextmanager
def held_elsewhere(kept: Kept) -> Iterator[None]:
    """Another thread is in the middle of a unit for as long as the block lasts."""
    begun, enough = threading.Event(), threading.Event()

    def hold() -> None:
        with kept.store.write():
            begun.set()
            enough.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        enough.set()
        thread.join()


def test_a_writer_waits_for_its_turn_and_then_says_so(noted: Kept) -> None:
    with held_elsewhere(noted), pytest.raises(DatabaseBusy):
        noted.add(NEWCOMER)
    noted.add(NEWCOMER)


def test_many_threads_write_one_after_the_other(noted: Kept) -> None:
    store = noted.reopened()
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for m in range(5):
                with store.write() as unit:
                    add(unit, replace(NEWCOMER, id=f"client-{n}-{m}"))
        except BaseException as error:  # noqa: BLE001 - a thread has no other way to tell
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with store.read() as unit:
        assert len(unit.clients.find("zoe", CLINIC)) == 20
    assert store.verify().intact


def test_readers_beyond_the_pool_are_told_that_it_is_busy(noted: Kept) -> None:
    narrow = noted.engines.readers.execution_options()
    narrow.pool = QueuePool(noted.engines.readers.pool._creator, pool_size=1, max_overflow=0, timeout=0.05)
    store = SqlStore(noted.engines.writer, narrow, PRACTICE, AUDIT_KEY)
    with store.read(), pytest.raises(DatabaseBusy), store.read():
        raise AssertionError("there was a connection left")
    narrow.pool.dispose()


def test_a_commit_that_came_through_and_was_reported_as_failed_does_not_stop_the_next(noted: Kept) -> None:
    noted.add(NEWCOMER)

    def fail_late(connection: Connection) -> None:
        connection.connection.commit()
        raise broken_disk()

    event.listen(noted.engines.writer, "commit", fail_late)
    try:
        with pytest.raises(DiskTrouble):
            noted.add(replace(NEWCOMER, id="client-d"))
    finally:
        event.remove(noted.engines.writer, "commit", fail_late)
    noted.add(replace(NEWCOMER, id="client-e"))
    with noted.store.read() as unit:
        assert {client.id for client in unit.clients.find("zoe", CLINIC)} == {"client-c", "client-d", "client-e"}
    assert noted.store.verify().intact


def test_a_closed_store_answers_nothing(noted: Kept) -> None:
    noted.store.close()
    with pytest.raises(PracticeLocked), noted.store.read():
        raise AssertionError("it answered")
    with pytest.raises(PracticeLocked):
        noted.add(NEWCOMER)


def test_nothing_of_a_record_stands_in_an_error(noted: Kept) -> None:
    said = []
    noted.raw("CREATE TRIGGER odd BEFORE INSERT ON clients BEGIN SELECT RAISE(ABORT, 'no'); END")
    for change in (
        lambda: noted.add(replace(NEWCOMER, name="canary-name", contact="canary-contact")),
        lambda: noted.add(replace(NOTE, text="canary-text")),
        lambda: noted.add(replace(PAIR, id="canary", label="canary-label", partner_b="nobody")),
        lambda: noted.save(replace(NOTE, text="canary-text", owner=ANNA.owner)),
    ):  # fmt: skip
        with pytest.raises(HoldfastError) as caught:
            change()
        error: BaseException | None = caught.value
        while error is not None:
            said.append(repr(error) + str(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert said
    assert "canary" not in "".join(said)


def test_a_refusal_is_not_taken_for_trouble(noted: Kept) -> None:
    with pytest.raises(Refused):
        noted.save(replace(NOTE, owner=ANNA.owner))
    with pytest.raises(Refused), noted.store.write() as unit:
        add(unit, NEWCOMER)
        unit.notes.save(replace(NOTE, owner=ANNA.owner))
    with noted.store.read() as unit:
        assert unit.clients.find("zoe", CLINIC) == ()
