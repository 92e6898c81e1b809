"""Knows that archives outlive a change of the practice's keys, and who opens which."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors_archive import WrongKit
from desktop.domain.errors_practice import SecondFactorNeeded
from desktop.services.archives import drill_archive, verify_archive
from desktop.services.keys import OwnDraft, change_own, draw_factor, draw_kit, keep_kit
from desktop.services.ports_archives import RestoreWish
from tests.storage.archive.kit import KIT_TEXT, OWNER, PASSPHRASE, House, nobody


def new_kit(house: House) -> str:
    """Another kit, and with it new keys for everything; its text."""
    draft = draw_kit(house.desk, house.program.door)
    keep_kit(house.desk, house.program.door, draft)
    return draft.text


def test_an_archive_from_before_new_keys_is_still_verified_and_tried_out(house: House) -> None:
    before = house.make()
    new_kit(house)
    after = house.make()
    archives = house.program.archives.of(house.desk)
    assert archives.log().confirmed
    for archive in (before, after):
        assert verify_archive(house.desk, archives, archive, nobody).value.rows
        assert drill_archive(house.desk, archives, archive, nobody).value.rows


def test_the_log_of_archives_is_still_confirmed_before_the_first_one_under_new_keys(house: House) -> None:
    house.make()
    new_kit(house)
    log = house.program.archives.of(house.desk).log()
    assert log.confirmed
    assert log.counter == 1


def test_each_kit_opens_what_was_made_while_it_held(house: House, tmp_path: Path) -> None:
    before = house.make()
    second = new_kit(house)
    after = house.make()
    door = house.program.archives
    door.restore(RestoreWish(before, tmp_path / "one", kit=KIT_TEXT, older=True), nobody)
    door.restore(RestoreWish(after, tmp_path / "two", kit=second), nobody)
    with pytest.raises(WrongKit):
        door.restore(RestoreWish(after, tmp_path / "three", kit=KIT_TEXT), nobody)
    with pytest.raises(WrongKit):
        door.restore(RestoreWish(before, tmp_path / "four", kit=second, older=True), nobody)
    assert not (tmp_path / "three").exists()
    assert not (tmp_path / "four").exists()


def test_a_practice_that_was_restored_after_new_keys_opens_with_its_whole_trail(house: House, tmp_path: Path) -> None:
    new_kit(house)
    archive = house.make()
    house.program.archives.restore(RestoreWish(archive, tmp_path / "new", OWNER, PASSPHRASE), nobody)
    desk = house.program.door.unlock(tmp_path / "new", house.desk.member.id, PASSPHRASE)
    try:
        assert house.program.door.found_at_unlock(desk) == ()
        assert [finding.text for finding in house.program.door.check(desk) if not finding.ok] == []
    finally:
        house.program.door.leave(desk)


def test_a_member_with_a_key_file_restores_with_it_and_not_without(house: House, tmp_path: Path) -> None:
    factor = draw_factor(house.desk, house.program.door)
    change_own(house.desk, house.program.door, OwnDraft(PASSPHRASE, None, PASSPHRASE, PASSPHRASE, factor))
    stick = tmp_path / "key-file"
    stick.write_bytes(factor)
    archive = house.make()
    door = house.program.archives
    with pytest.raises(SecondFactorNeeded):
        door.restore(RestoreWish(archive, tmp_path / "one", OWNER, PASSPHRASE), nobody)
    assert not (tmp_path / "one").exists()
    door.restore(RestoreWish(archive, tmp_path / "two", OWNER, PASSPHRASE, key_file=stick), nobody)
    assert (tmp_path / "two" / "practice.db").exists()
