"""Knows that the trail shows every way of tampering with it, and where."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.records import Act, AuditState
from desktop.storage.audit import Chain, Head
from tests.storage.records.kit import (
    ANNA,
    AUDIT_KEY,
    BEN,
    MARA,
    PAIR,
    PAUL,
    PRACTICE,
    Kept,
    but_for_locks,
    fresh,
    line_for,
)

COLUMNS = (
    "act", "member_id", "subject_kind", "subject_id", "owner_kind", "owner_id", "at_utc", "at_offset", "at_boot_ms",
    "at_boot_id", "version", "digest", "detail", "mac",
)  # fmt: skip
LINES = 12


@pytest.fixture
def trail(kept: Kept) -> Kept:
    """A practice whose trail has twelve lines, and whose locks somebody took off with tools of their own."""
    kept.add(PAUL, ANNA, BEN, PAIR)
    with kept.store.write() as unit:
        for _ in range(LINES - 6):
            unit.audit(line_for(ANNA, Act.VIEW))
    kept.raw("DROP TRIGGER audit_written")
    kept.raw("DROP TRIGGER audit_kept")
    kept.raw("DROP TRIGGER audit_next")
    kept.raw("PRAGMA ignore_check_constraints = ON")
    return kept


def forgetful(kept: Kept, known: Head | None = None) -> AuditState:
    """What checking finds without memory of what was written."""
    return but_for_locks(kept.reopened(known).verify())


def test_an_untouched_trail_is_intact(trail: Kept) -> None:
    state = forgetful(trail, trail.store.head())
    assert state.intact
    assert state.entries == trail.store.head().number == LINES
    assert state.head == trail.store.head().mac


def test_the_chain_is_what_the_design_says(trail: Kept) -> None:
    """Computed here once more by other means: HMAC-SHA256 over the previous MAC and the canonical line."""
    names = "act, member_id, subject_kind, subject_id, owner_kind, owner_id, at_utc, at_offset, at_boot_ms, at_boot_id"
    rows = trail.raw(f"SELECT number, {names}, version, digest, detail, mac FROM audit ORDER BY number")
    before = hashlib.sha256(f'["holdfast audit chain 1","{PRACTICE}"]'.encode()).digest()
    for row in rows:
        text = json.dumps(row[:-1], separators=(",", ":"), ensure_ascii=False)
        before = hmac.new(AUDIT_KEY, before + text.encode(), "sha256").digest()
        assert row[-1] == before


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("number", [1, 7, LINES])
def test_an_edited_line_shows(trail: Kept, column: str, number: int) -> None:
    numbers = {"at_offset", "at_boot_ms", "version"}
    value: object = bytes(32) if column == "mac" else 999 if column in numbers else "other"
    trail.raw(f"UPDATE audit SET {column} = ? WHERE number = ?", value, number)
    state = forgetful(trail)
    assert not state.intact
    assert state.first_wrong == number
    assert state.entries == number - 1


@pytest.mark.parametrize("number", [1, 2, 7, LINES - 1])
def test_a_line_taken_out_of_the_middle_shows(trail: Kept, number: int) -> None:
    trail.raw("DELETE FROM audit WHERE number = ?", number)
    assert forgetful(trail).first_wrong == number
    trail.raw("UPDATE audit SET number = number - 1 WHERE number > ?", number)
    assert forgetful(trail).first_wrong == number


def test_two_lines_that_changed_places_show(trail: Kept) -> None:
    trail.raw("UPDATE audit SET number = 1000 WHERE number = 5")
    trail.raw("UPDATE audit SET number = 5 WHERE number = 6")
    trail.raw("UPDATE audit SET number = 6 WHERE number = 1000")
    assert forgetful(trail).first_wrong == 5


@pytest.mark.parametrize("after", [0, 5, LINES])
def test_an_inserted_line_shows(trail: Kept, after: int) -> None:
    trail.raw("UPDATE audit SET number = -number - 1 WHERE number > ?", after)
    trail.raw("UPDATE audit SET number = -number WHERE number < 0")
    columns = ", ".join(COLUMNS)
    trail.raw(f"INSERT INTO audit (number, {columns}) SELECT ?, {columns} FROM audit WHERE number = ?", after + 1,
              3 if after >= 3 else 4)  # fmt: skip
    assert forgetful(trail).first_wrong == after + 1


@pytest.mark.parametrize("cut", [1, 4, LINES])
def test_a_cut_tail_shows_against_a_known_head_only(trail: Kept, cut: int) -> None:
    head = trail.store.head()
    trail.raw("DELETE FROM audit WHERE number > ?", LINES - cut)
    assert forgetful(trail).first_wrong is None
    for state in (forgetful(trail, head), trail.store.verify(), trail.reopened().verify(head)):
        assert state.first_wrong == LINES - cut + 1
        assert state.entries == LINES - cut
        assert state.reason


def test_a_trail_that_went_on_from_an_older_copy_shows_against_a_known_head(trail: Kept) -> None:
    head = trail.store.head()
    trail.raw("DELETE FROM audit WHERE number > ?", LINES - 2)
    other = trail.reopened()
    with other.write() as unit:
        for _ in range(5):
            unit.audit(line_for(BEN, Act.VIEW))
    assert but_for_locks(other.verify()).intact
    assert other.verify(head).first_wrong == LINES
    assert forgetful(trail, head).first_wrong == LINES


def test_a_head_means_at_least_as_much(trail: Kept) -> None:
    head = trail.store.head()
    with trail.store.write() as unit:
        unit.audit(line_for(ANNA, Act.VIEW))
    assert forgetful(trail, head).intact
    assert forgetful(trail, Head(0, "")).entries == LINES + 1


def test_another_key_or_practice_does_not_follow(trail: Kept) -> None:
    for chain in (Chain(PRACTICE, bytes(32)), Chain("practice-2", AUDIT_KEY)):
        with trail.engines.readers.connect() as connection:
            names = ", ".join(("number", *COLUMNS))
            rows = [tuple(row) for row in connection.exec_driver_sql(f"SELECT {names} FROM audit ORDER BY number")]
        assert chain.follow(rows).first_wrong == 1


def test_an_empty_trail_ends_where_chains_begin() -> None:
    chain = Chain(PRACTICE, AUDIT_KEY)
    assert chain.follow([]).intact
    assert chain.follow([], [chain.start]).intact
    assert chain.follow([], [Head(1, "00")]).first_wrong == 1


def test_the_trail_goes_on_after_it_was_reopened(trail: Kept) -> None:
    with trail.reopened().write() as unit:
        unit.audit(line_for(BEN, Act.VIEW))
    assert forgetful(trail).entries == LINES + 1


def test_lines_are_read_in_order_a_page_at_a_time(trail: Kept) -> None:
    with trail.store.read() as unit:
        lines = unit.trail.lines()
        assert [each.number for each in lines] == list(range(1, LINES + 1))
        assert unit.trail.lines(after=3, limit=2) == lines[3:5]
        assert lines[0].entry.subject_kind == "practice"
        assert lines[3].entry == replace(
            line_for(ANNA), version=1, digest=lines[3].entry.digest, member_id=MARA.id
        )
        assert unit.trail.verify().head == lines[-1].mac


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[Any]]]:
    kept = fresh(tmp_path_factory.mktemp("rows"))
    kept.add(PAUL, ANNA, BEN, PAIR)
    with kept.store.write() as unit:
        for n in range(30):
            unit.audit(line_for((ANNA, BEN, PAIR)[n % 3], Act.VIEW))
    with kept.store.read() as unit:
        yield [list(row) for row in unit._work.trail()]
    kept.close()


def flip(rows: list[list[Any]], chance: random.Random) -> None:
    row, column = chance.choice(rows), chance.randrange(1, len(rows[0]))
    value = row[column]
    if isinstance(value, bytes):
        at = chance.randrange(len(value))
        row[column] = value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
    else:
        row[column] = value + 1 if isinstance(value, int) else value + chance.choice("x7 ")


def take_out(rows: list[list[Any]], chance: random.Random) -> None:
    del rows[chance.randrange(len(rows) - 1)]
    if chance.random() < 0.5:
        for number, row in enumerate(rows, 1):
            row[0] = number


def put_in(rows: list[list[Any]], chance: random.Random) -> None:
    at = chance.randrange(len(rows) + 1)
    rows.insert(at, list(chance.choice(rows)))
    for number, row in enumerate(rows, 1):
        row[0] = number


def swap(rows: list[list[Any]], chance: random.Random) -> None:
    a, b = chance.sample(range(len(rows)), 2)
    rows[a][1:], rows[b][1:] = rows[b][1:], rows[a][1:]


def cut(rows: list[list[Any]], chance: random.Random) -> None:
    del rows[-chance.randrange(1, len(rows)) :]


@pytest.mark.parametrize("tamper", [flip, take_out, put_in, swap, cut], ids=lambda each: each.__name__)
def test_every_one_of_two_hundred_random_forgeries_shows(
    rows: list[list[Any]], tamper: Callable[[list[list[Any]], random.Random], None]
) -> None:
    chain, chance = Chain(PRACTICE, AUDIT_KEY), random.Random(4711)
    head = Head(len(rows), rows[-1][-1].hex())
    assert chain.follow(rows, [head]).intact
    for _ in range(200):
        forged = [list(row) for row in rows]
        tamper(forged, chance)
        if forged != rows:
            assert not chain.follow(forged, [head]).intact


def test_an_unlock_waits_for_the_last_lines_only(trail: Kept) -> None:
    trail.raw("UPDATE audit SET detail = 'x' WHERE number = 3")
    with trail.store.read() as unit:
        assert but_for_locks(unit.trail.first_look(lines=5)).intact
        assert unit.trail.first_look(lines=LINES).first_wrong == 3
        assert unit.trail.verify().first_wrong == 3


@pytest.mark.parametrize("number", [LINES - 5, LINES - 2])
def test_an_unlock_misses_a_line_that_was_taken_out_of_the_last_ones(trail: Kept, number: int) -> None:
    trail.raw("DELETE FROM audit WHERE number = ?", number)
    with trail.store.read() as unit:
        assert unit.trail.first_look(lines=5).flaws[0].line == number
