"""Knows that a practice comes back out of an archive whole and equal, on a machine that has nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.domain.audience import Audience
from desktop.domain.errors_archive import (
    ArchiveDiffers,
    MissingKeyCopy,
    NoArchive,
    OlderArchive,
    RestoreInTheWay,
    WrongKit,
)
from desktop.domain.errors_practice import NewerDatabase, WrongPassphrase
from desktop.domain.people import ClientDraft
from desktop.domain.records import Act
from desktop.services.archives import drill_archive, is_due, policy_of
from desktop.services.clients import make_client
from desktop.services.ports_archives import RestoreWish
from desktop.services.trail import verify_trail
from desktop.storage.archive.agefile import identity_of
from desktop.storage.archive.kit_opening import open_with_kit
from desktop.storage.archive.restoring import Wanted, restore
from desktop.storage.archive.shelf import key_copy_of
from desktop.storage.disk import Disk
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.practice_layout import SCRATCH
from desktop.storage.vault.kit import read_kit
from tests.kit import HandClock
from tests.storage.archive.kit import (
    KIT_TEXT,
    NAME,
    OTHER_KIT_TEXT,
    OWNER,
    PASSPHRASE,
    House,
    nobody,
    program_at,
)


def by_passphrase(archive: Path, target: Path, **more: object) -> RestoreWish:
    return RestoreWish(archive, target, OWNER, PASSPHRASE, **more)  # type: ignore[arg-type]


def moved(house: House, archive: Path, tmp_path: Path, keys: bool = True) -> Path:
    """The archive on another machine, in a folder of its own."""
    away = tmp_path / "away"
    away.mkdir()
    found = Path(shutil.copy(archive, away))
    if keys:
        shutil.copy(key_copy_of(archive), away)
    return found


def names_in(root: Path, folder: Path) -> list[str]:
    program = program_at(root, HandClock())
    desk = program.door.unlock(folder, OWNER, PASSPHRASE)
    try:
        with desk.store.read() as unit:
            found = [client.name for client in unit.clients.find("", Audience.clinic())]
        assert verify_trail(desk).intact
    finally:
        program.door.leave(desk)
        program.close()
    return found


@pytest.mark.parametrize("by_kit", [False, True])
def test_a_practice_comes_back_on_a_bare_machine(house: House, tmp_path: Path, by_kit: bool) -> None:
    archive = moved(house, house.make(), tmp_path, keys=not by_kit)
    bare = program_at(tmp_path / "bare", house.clock)
    target = tmp_path / "new" / "practice"
    wish = RestoreWish(archive, target, kit=KIT_TEXT) if by_kit else by_passphrase(archive, target)
    done = bare.archives.restore(wish, nobody)
    bare.close()
    assert (done.counter, done.practice_id) == (1, house.desk.store.practice_id)
    assert names_in(tmp_path / "bare", target) == [NAME]
    assert not list(target.parent.glob("*.restoring"))


def test_the_restored_trail_goes_on_with_where_it_came_from(house: House, tmp_path: Path) -> None:
    archive = house.make()
    house.program.archives.restore(by_passphrase(archive, tmp_path / "new"), nobody)
    program = program_at(tmp_path / "bare", house.clock)
    desk = program.door.unlock(tmp_path / "new", OWNER, PASSPHRASE)
    with desk.store.read() as unit:
        acts = [line.entry for line in unit.trail.lines(0, 500)]
    (line,) = [entry for entry in acts if entry.act is Act.RESTORE]
    assert line.detail.startswith("restored from archive 1 of ")
    assert line.member_id == house.desk.member.id
    log = program.door.archives(desk).log()
    assert (log.counter, log.confirmed) == (1, True)
    assert not is_due(log, house.clock.now().utc, policy_of(desk.resources))
    program.door.leave(desk)
    program.close()


def test_a_wrong_passphrase_or_kit_or_a_missing_key_copy_leaves_nothing(house: House, tmp_path: Path) -> None:
    archive = house.make()
    door, target = house.program.archives, tmp_path / "new"
    with pytest.raises(WrongPassphrase):
        door.restore(RestoreWish(archive, target, OWNER, "violet harbour seven stonez"), nobody)
    with pytest.raises(WrongKit):
        door.restore(RestoreWish(archive, target, kit=OTHER_KIT_TEXT), nobody)
    key_copy_of(archive).unlink()
    with pytest.raises(MissingKeyCopy):
        door.restore(by_passphrase(archive, target), nobody)
    with pytest.raises(NoArchive):
        door.restore(by_passphrase(archive.with_name("gone.age"), target), nobody)
    assert not target.exists()
    assert not target.with_name("new.restoring").exists()


def test_a_folder_with_something_in_it_is_left_alone(house: House, tmp_path: Path) -> None:
    archive = house.make()
    target = tmp_path / "full"
    target.mkdir()
    (target / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(RestoreInTheWay):
        house.program.archives.restore(by_passphrase(archive, target), nobody)
    assert [path.name for path in target.iterdir()] == ["mine.txt"]
    (target / "mine.txt").unlink()
    house.program.archives.restore(by_passphrase(archive, target), nobody)
    assert (target / "practice.db").exists()


def test_an_older_archive_than_known_is_said_to_be_so_and_restored_when_asked(house: House, tmp_path: Path) -> None:
    older = house.make()
    make_client(house.desk, ClientDraft(name="Somebody New", born="1990-01-01"))
    house.make()
    door = house.program.archives
    with pytest.raises(OlderArchive) as caught:
        door.restore(by_passphrase(older, tmp_path / "new"), nobody)
    assert (caught.value.counter, caught.value.newest) == (1, 2)
    door.restore(by_passphrase(older, tmp_path / "new", older=True), nobody)
    assert names_in(tmp_path / "bare", tmp_path / "new") == [NAME]


def test_an_older_archive_under_a_newer_name_is_found_out(house: House, tmp_path: Path) -> None:
    older, newer = house.make(), house.make()
    newer.unlink()
    older.rename(newer)
    key_copy_of(older).unlink()
    (house.place / newer.name.replace("-000002-", "-000003-")).write_bytes(b"")
    with pytest.raises(OlderArchive):
        house.program.archives.restore(by_passphrase(newer, tmp_path / "new"), nobody)


def test_what_a_killed_restore_left_is_swept_by_the_next(house: House, tmp_path: Path) -> None:
    archive = house.make()
    left = tmp_path / "new.restoring"
    left.mkdir()
    (left / "practice.db").write_bytes(b"half")
    house.program.archives.restore(by_passphrase(archive, tmp_path / "new"), nobody)
    assert not left.exists()
    assert names_in(tmp_path / "bare", tmp_path / "new") == [NAME]


def test_a_database_that_is_newer_than_the_program_is_not_restored(house: House, tmp_path: Path) -> None:
    archive = house.make()
    secret = read_kit(KIT_TEXT)
    wanted = Wanted(archive, identity_of(secret), lambda keys: open_with_kit(keys, secret))
    with pytest.raises(NewerDatabase):
        restore(wanted, tmp_path / "new", 0, Disk(), lambda *settled: None)
    assert not (tmp_path / "new").exists()


def test_a_restore_that_fails_while_it_settles_leaves_nothing(house: House, tmp_path: Path) -> None:
    archive = house.make()
    secret = read_kit(KIT_TEXT)
    wanted = Wanted(archive, identity_of(secret), lambda keys: open_with_kit(keys, secret))

    def settle(*settled: object) -> None:
        raise ArchiveDiffers(("made up",))

    with pytest.raises(ArchiveDiffers):
        restore(wanted, tmp_path / "new", KNOWN_SCHEMA, Disk(), settle)
    assert not list(tmp_path.glob("new*"))


def test_a_drill_compares_every_table_says_how_long_and_leaves_nothing(house: House) -> None:
    house.make()
    found = drill_archive(house.desk, house.room, None, nobody).value
    assert (found.counter, found.rows > 3, found.seconds > 0) == (1, True, True)
    assert not (house.folder / SCRATCH).exists()
    drilled = house.room.log().drilled
    assert drilled is not None
    assert drilled.counter == 1


def test_a_drill_without_any_archive_says_so(house: House) -> None:
    with pytest.raises(NoArchive):
        drill_archive(house.desk, house.room, None, nobody)
