"""Knows when an archive or a drill is due, when it is tried again, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.people import ClientDraft
from desktop.services.archives import (
    age_words,
    before_unlocking,
    changed_since,
    is_due,
    left_behind,
    make_archive,
    make_if_due,
    make_on_close,
    make_on_pause,
    policy_of,
    standing,
    thin_archives,
)
from desktop.services.clients import make_client
from desktop.services.locking import note_veil
from desktop.services.ports import Why
from desktop.services.ports_archives import ArchiveLog, Reason, RunKind
from desktop.storage.archive.shelf import MARK
from tests.storage.archive.conftest import archive_template, house
from tests.storage.archive.kit import OWNER, PASSPHRASE, House, nobody

__all__ = ["archive_template", "house"]


def numbers(house: House) -> list[int]:
    return [int(name.split("-")[2]) for name in house.archives() if house.desk.store.practice_id[-8:] in name]


def hours(house: House, count: float) -> None:
    house.clock.forward(count * 3600)


def test_an_archive_is_due_once_a_day_and_a_drill_once_a_month(house: House) -> None:
    assert [run.ok for run in make_if_due(house.desk, house.room, nobody)] == [True]
    assert house.room.log().drilled is not None
    hours(house, 23)
    assert make_if_due(house.desk, house.room, nobody) == ()
    hours(house, 2)
    assert len(make_if_due(house.desk, house.room, nobody)) == 1
    drilled = house.room.log().drilled
    hours(house, 29 * 24)
    make_if_due(house.desk, house.room, nobody)
    assert house.room.log().drilled != drilled


def test_without_a_place_nothing_is_due() -> None:
    from tests.kit import RESOURCES, START

    assert not is_due(ArchiveLog(), START.utc, policy_of(RESOURCES))


def test_what_failed_is_tried_again_after_four_hours_or_when_the_stick_is_back(house: House) -> None:
    (house.place / MARK).unlink()
    assert [run.ok for run in make_if_due(house.desk, house.room, nobody)] == [False]
    hours(house, 1)
    assert make_if_due(house.desk, house.room, nobody) == ()
    hours(house, 3.5)
    assert [run.ok for run in make_if_due(house.desk, house.room, nobody)] == [False]
    house.room.add_place(house.place)  # its mark is there again
    assert [run.ok for run in make_if_due(house.desk, house.room, nobody)] == [True]


def test_a_drill_that_failed_is_not_begun_again_at_once(house: House) -> None:
    archive = house.make()
    archive.write_bytes(archive.read_bytes()[:-1])
    make_if_due(house.desk, house.room, nobody)
    runs = house.room.log().runs
    make_if_due(house.desk, house.room, nobody)
    # A new archive, since the last one turned out bad, but not the same drill over and over.
    assert [run.kind.value for run in house.room.log().runs[len(runs):]] == ["make"]


def test_a_damaged_last_archive_no_longer_counts_as_the_last_verified_one(house: House) -> None:
    first = house.make()
    second = house.make()
    second.write_bytes(second.read_bytes()[:-1])
    with pytest.raises(Exception, match="damaged"):
        house.room.verify(second, house.clock.now(), nobody)
    verified = house.room.log().verified
    assert verified is not None
    assert verified.name == first.name
    first.write_bytes(b"")
    with pytest.raises(Exception, match="not an archive"):
        house.room.verify(first, house.clock.now(), nobody)
    stands = standing(house.room.log(), house.clock.now().utc, policy_of(house.desk.resources))
    assert stands.failed is not None


def test_closing_makes_one_only_after_a_change(house: House) -> None:
    make_archive(house.desk, house.room, Reason.ASKED, nobody)
    assert make_on_close(house.desk, house.room, nobody) == ()
    make_client(house.desk, ClientDraft(name="Somebody New", born="1990-01-01"))
    assert changed_since(house.desk, house.room.log().lines)
    assert [run.ok for run in make_on_close(house.desk, house.room, nobody)] == [True]
    assert make_on_close(house.desk, house.room, nobody) == ()


def change(house: House, name: str = "Somebody New") -> None:
    make_client(house.desk, ClientDraft(name=name, born="1990-01-01"))


def lock_and_unlock(house: House) -> None:
    house.leave()
    house.desk = house.program.door.unlock(house.folder, OWNER, PASSPHRASE)


def test_what_was_changed_before_a_lock_is_in_an_archive_soon_after_the_next_unlock(house: House) -> None:
    make_if_due(house.desk, house.room, nobody)
    change(house)
    hours(house, 1)
    assert make_if_due(house.desk, house.room, nobody) == ()  # who is at work closes the window, or pauses
    lock_and_unlock(house)
    assert left_behind(house.desk, house.room.log().lines)
    assert [run.ok for run in make_if_due(house.desk, house.room, nobody)] == [True]
    assert house.lines()[-1].endswith("unlock 2 places 1 of 1")
    lock_and_unlock(house)
    assert not left_behind(house.desk, house.room.log().lines)
    hours(house, 1)
    assert make_if_due(house.desk, house.room, nobody) == ()


def test_short_locks_in_a_row_make_no_row_of_archives(house: House) -> None:
    make_if_due(house.desk, house.room, nobody)
    for name in ("One", "Two", "Three"):
        hours(house, 0.1)
        change(house, name)
        lock_and_unlock(house)
        assert make_if_due(house.desk, house.room, nobody) == ()
    hours(house, 0.3)
    assert [run.ok for run in make_if_due(house.desk, house.room, nobody)] == [True]


def test_looking_and_a_lifted_veil_leave_nothing_behind(house: House) -> None:
    make_if_due(house.desk, house.room, nobody)
    change(house)
    note_veil(house.desk, True, Why.IDLE)
    note_veil(house.desk, False, Why.COMMAND)
    assert not left_behind(house.desk, house.room.log().lines)
    make_archive(house.desk, house.room, Reason.ASKED, nobody)
    lock_and_unlock(house)
    assert not left_behind(house.desk, house.room.log().lines)


def test_a_pause_after_a_change_makes_one_and_not_another_one_soon(house: House) -> None:
    assert make_on_pause(house.desk, house.room, nobody) != ()  # none was ever made
    change(house)
    assert make_on_pause(house.desk, house.room, nobody) == ()
    hours(house, 0.6)
    assert [run.ok for run in make_on_pause(house.desk, house.room, nobody)] == [True]
    hours(house, 0.6)
    assert make_on_pause(house.desk, house.room, nobody) == ()  # nothing was changed


def test_a_pause_does_not_try_again_what_has_just_failed(house: House) -> None:
    change(house)
    (house.place / MARK).unlink()
    assert [run.ok for run in make_on_pause(house.desk, house.room, nobody)] == [False]
    assert make_on_pause(house.desk, house.room, nobody) == ()


def test_thinning_keeps_the_last_verified_one_and_one_for_each_day(house: House) -> None:
    for _ in range(3):
        make_archive(house.desk, house.room, Reason.ASKED, nobody)
        hours(house, 1)
    assert numbers(house) == [1, 2, 3]
    hours(house, 24)
    removed = thin_archives(house.desk, house.room).value
    assert numbers(house) == [3]
    assert all(not path.exists() and not Path(str(path).replace(".age", ".keys.json")).exists() for path in removed)
    hours(house, 24 * 2000)
    thin_archives(house.desk, house.room)
    assert numbers(house) == [3]


def test_thinning_touches_nothing_else_at_a_place(house: House) -> None:
    others = [house.place / "mine.age", house.place / "holdfast-00000000-000001-20200101T000000Z.age"]
    for path in others:
        path.write_bytes(b"x")
    house.make()
    hours(house, 24 * 3000)
    house.make()
    thin_archives(house.desk, house.room)
    assert all(path.exists() for path in others)
    assert numbers(house)[-1] == 2


@pytest.mark.parametrize(("age", "words"), [
    (timedelta(seconds=3), "just now"), (timedelta(minutes=1), "1 minute ago"), (timedelta(hours=47), "47 hours ago"),
    (timedelta(days=3, hours=5), "3 days ago"),
])  # fmt: skip
def test_an_age_is_said_in_round_words(age: timedelta, words: str) -> None:
    assert age_words(age) == words


def test_before_unlocking_an_age_is_said_and_neither_a_place_nor_a_name(house: House) -> None:
    door = house.program.door
    last = door.archived(house.folder)
    assert (last.words, last.old) == ("No verified archive is known here. Unlock, and make one.", True)
    house.make()
    hours(house, 5)
    last = door.archived(house.folder)
    assert (last.words, last.old) == ("Last verified archive: 5 hours ago.", False)
    hours(house, 68)
    last = door.archived(house.folder)
    assert (last.words, last.old) == ("The last verified archive is 3 days old. Unlock, and make one.", True)
    run = house.room.log().runs[-1]
    (house.folder / "practice.archives").write_bytes(b"{}")
    assert door.archived(house.folder).old
    restored = replace(run, kind=RunKind.RESTORE)
    log = ArchiveLog(1, 1, (), (restored,), restored, restored)
    now = restored.at + timedelta(hours=2)
    said = before_unlocking(log, now, policy_of(house.desk.resources)).words
    assert said == "Restored from an archive 2 hours ago; none was made since."


def test_a_clock_that_went_back_makes_an_archive_new(house: House) -> None:
    house.make()
    earlier = house.clock.now().utc - timedelta(days=400)
    stands = standing(house.room.log(), earlier, policy_of(house.desk.resources))
    assert (stands.age, stands.old) == (timedelta(0), False)
