"""Knows that a practice whose form changes is archived first, wherever that can be done, or left as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.errors import Known
from desktop.storage.archive.room import BEFORE_MIGRATION
from desktop.storage.archive.shelf import MARK, found_at
from desktop.storage.migrations import STEPS
from desktop.storage.migrations.runner import migrate
from desktop.storage.migrations.step import Step
from tests.storage.archive.kit import House, nobody
from tests.storage.failing_disk import FailingDisk


def _add_column(connection: Any) -> None:
    connection.execute("ALTER TABLE clients ADD COLUMN later TEXT")


NEXT = (*STEPS, Step(STEPS[-1].number + 1, _add_column, STEPS[-1].triggers))


def change_form(house: House) -> None:
    with house.room._opened.engines.separate() as connection:
        migrate(connection, NEXT, lambda found, wanted: house.room.before_migration(house.clock.now()))


def schema(house: House) -> int:
    with house.room._opened.engines.separate() as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_archive_of_the_old_form_is_at_the_place_before_the_first_step(house: House) -> None:
    change_form(house)
    (name,) = house.archives()
    found = house.room.verify(house.place / name, house.clock.now(), nobody)
    assert (found.schema, schema(house)) == (STEPS[-1].number, NEXT[-1].number)


@pytest.mark.parametrize("away", ["forgotten", "not in"])
def test_without_a_place_it_lies_beside_the_database(house: House, away: str) -> None:
    if away == "forgotten":
        house.room.forget_place(house.place)
    else:
        (house.place / MARK).unlink()
    change_form(house)
    (archive,) = found_at(house.folder / BEFORE_MIGRATION, house.desk.store.practice_id)
    assert house.room.verify(archive.path, house.clock.now(), nobody).schema == STEPS[-1].number
    assert schema(house) == NEXT[-1].number


def test_without_an_archive_the_form_stays(house: House) -> None:
    opened = house.room._opened
    opened.around = replace(opened.around, disk=FailingDisk(free_bytes=1000))
    with pytest.raises(Known) as caught:
        change_form(house)
    assert "needed" in caught.value.what
    assert "Nothing in the practice was changed" in caught.value.safe
    assert schema(house) == STEPS[-1].number


@pytest.mark.parametrize("at_a_place", [False, True])
def test_a_program_killed_before_it_wrote_down_the_number_is_no_hindrance_within_the_same_second(
    house: House, at_a_place: bool
) -> None:
    if not at_a_place:
        house.room.forget_place(house.place)
    where = house.place if at_a_place else house.folder / BEFORE_MIGRATION
    log = house.folder / "practice.archives"
    before = log.read_bytes()
    for count in (1, 2, 3):
        house.room.before_migration(house.clock.now())
        log.write_bytes(before)  # as a kill leaves it between the archive's name and this file
        found = found_at(where, house.desk.store.practice_id)
        assert [each.counter for each in found] == list(range(count, 0, -1))
        assert len({each.made for each in found}) == 1
    for each in found:
        house.room.verify(each.path, house.clock.now(), nobody)
