"""Knows that a practice is made whole, opened by its members, and locked again."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors_machine import DiskFull, DiskTrouble, UnfitFolder
from desktop.domain.errors_practice import (
    AlreadyAPractice,
    FolderNotEmpty,
    MemberHasSlot,
    NameUnusable,
    NoPractice,
    NoSuchMember,
    PassphraseTooShort,
    PracticeLocked,
    UnfinishedPractice,
)
from desktop.storage.peeking import peek
from desktop.storage.practice_check import look_over
from desktop.storage.practice_folder import First, Opened, create, open_practice
from desktop.storage.practice_layout import DATABASE, KEYS, LOCK, MARKER, RESERVE
from tests.storage.failing_disk import FailingDisk
from tests.storage.practice_kit import (
    CANARY,
    NAME,
    PASSPHRASE,
    SCHEMA,
    CountedIds,
    Holder,
    add_note,
    fill,
    hashes,
    in_child,
    make,
    notes,
    surroundings,
)
from tests.storage.practice_kit import RESERVE as RESERVE_BYTES

FILES = {DATABASE, KEYS, LOCK, RESERVE}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "practice"
    make(folder).close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A practice of one's own."""
    return Path(shutil.copytree(template, tmp_path / "Praxis Łódź"))


@pytest.fixture
def opened(folder: Path) -> Iterator[Opened]:
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
    yield practice
    practice.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_practice_is_made_locked_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "Praxis für Paare"
    made = make(folder)
    assert (made.practice_id, made.member_id) == (CountedIds().new(), "0190a3c8-0000-7000-8000-000000000002")
    add_note(made, "kept")
    made.close()
    assert names(folder) == FILES
    again = open_practice(folder, made.member_id, PASSPHRASE, surroundings())
    assert notes(again) == [CANARY, "kept"]
    assert (again.schema, again.practice_id) == (SCHEMA, made.practice_id)
    again.close()


def test_everything_is_for_this_user_only(opened: Opened) -> None:
    add_note(opened, "x")
    modes = {path.name: path.stat().st_mode & 0o777 for path in opened.folder.iterdir()}
    assert set(modes) == FILES | {"practice.db-wal", "practice.db-shm"}
    assert set(modes.values()) == {0o600}
    assert opened.folder.stat().st_mode & 0o777 == 0o700


def test_peeking_tells_names_and_changes_nothing_at_all(folder: Path) -> None:
    before = hashes(folder, ())
    found = peek(folder)
    assert [each.name for each in found.members] == [NAME]
    assert (found.practice_id, found.epoch, found.folder) == (CountedIds().new(), 1, folder)
    assert hashes(folder, ()) == before
    with pytest.raises(NoPractice):
        peek(folder / "nowhere")


def test_locking_lets_the_folder_go_and_forgets_the_keys(opened: Opened) -> None:
    opened.close()
    opened.close()
    assert opened.ring.page_key.gone
    assert (opened.folder / LOCK).read_bytes() == b""
    with pytest.raises(PracticeLocked):
        opened.add_member("m2", "Another", "a passphrase that is long")
    with pytest.raises(PracticeLocked):
        opened.engines.thread.run(lambda: None)
    open_practice(opened.folder, NAME, PASSPHRASE, surroundings()).close()


def test_an_opened_practice_shows_no_key(opened: Opened) -> None:
    assert bytes(opened.ring.page_key.reveal()).hex() not in repr(opened)
    assert PASSPHRASE not in repr(opened)
    assert PASSPHRASE not in repr(First(NAME, PASSPHRASE))


def test_a_second_member_opens_with_a_passphrase_of_their_own(opened: Opened) -> None:
    opened.add_member("m2", "Nguyễn Thị Phượng", "bến sông vắng người qua")
    with pytest.raises(MemberHasSlot):
        opened.add_member("m2", "Nguyễn Thị Phượng", "bến sông vắng người qua")
    opened.close()
    assert [each.name for each in peek(opened.folder).members] == [NAME, "Nguyễn Thị Phượng"]
    for name, passphrase in ((NAME, PASSPHRASE), ("Nguyễn Thị Phượng", "bến sông vắng người qua")):
        again = open_practice(opened.folder, name, passphrase, surroundings())
        assert notes(again) == [CANARY]
        again.close()


def test_a_corrected_name_is_shown_at_unlock_and_the_passphrase_stays(opened: Opened) -> None:
    for _ in range(2):
        opened.rename_member(opened.member_id, "Dr. Mira Kowalczyk-Lind")
    opened.close()
    assert [each.name for each in peek(opened.folder).members] == ["Dr. Mira Kowalczyk-Lind"]
    again = open_practice(opened.folder, opened.member_id, PASSPHRASE, surroundings())
    again.close()
    with pytest.raises(PracticeLocked):
        again.rename_member(again.member_id, NAME)


def test_a_name_that_another_member_has_or_that_nobody_bears_is_refused(opened: Opened) -> None:
    opened.add_member("m2", "Nguyễn Thị Phượng", "bến sông vắng người qua")
    before = hashes(opened.folder)
    for who, name, why in (
        ("m2", NAME, MemberHasSlot), ("m3", "Somebody", NoSuchMember), ("m2", "two\nlines", NameUnusable)
    ):
        with pytest.raises(why):
            opened.rename_member(who, name)
    opened.around = surroundings(FailingDisk(fail_at=1))
    with pytest.raises(DiskFull):
        opened.rename_member("m2", "Another")
    assert hashes(opened.folder) == before


def test_a_member_who_could_not_be_written_is_not_added(opened: Opened) -> None:
    before = hashes(opened.folder)
    opened.around = surroundings(FailingDisk(fail_at=1))
    with pytest.raises(DiskFull):
        opened.add_member("m2", "Another", "a passphrase that is long")
    assert hashes(opened.folder) == before
    assert [each.name for each in opened.keys.members] == [NAME]


def test_what_was_committed_before_a_kill_is_there_and_the_lock_is_let_go(folder: Path) -> None:
    def hold() -> bool:
        practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
        add_note(practice, "acknowledged")
        return True

    Holder(hold).kill()
    assert "practice.db-wal" in names(folder)
    again = open_practice(folder, NAME, PASSPHRASE, surroundings())
    assert notes(again) == [CANARY, "acknowledged"]
    again.close()


def test_the_reserve_is_held_given_up_and_held_again(opened: Opened) -> None:
    assert (opened.folder / RESERVE).stat().st_blocks * 512 >= RESERVE_BYTES
    assert opened.reserve.free() == RESERVE_BYTES
    assert opened.reserve.free() == 0
    assert not (opened.folder / RESERVE).exists()
    opened.close()
    again = open_practice(opened.folder, NAME, PASSPHRASE, surroundings())
    assert again.reserve.bytes == RESERVE_BYTES
    again.close()


def test_a_reserve_that_cannot_be_held_is_in_nobodys_way(opened: Opened) -> None:
    opened.reserve.free()
    assert not replace(opened.reserve, disk=FailingDisk(free_bytes=RESERVE_BYTES)).renew()
    assert not replace(opened.reserve, disk=FailingDisk(fail_at=1)).renew()
    assert RESERVE not in names(opened.folder)
    assert opened.reserve.renew()
    assert opened.reserve.renew()


def test_a_fresh_practice_passes_every_check(opened: Opened) -> None:
    looks = look_over(opened)
    assert [look.name for look in looks] == [
        "pages", "structure", "references", "key file", "privacy", "place", "reserve"
    ]  # fmt: skip
    assert all(look.ok for look in looks), looks


def wrong(opened: Opened) -> set[str]:
    return {look.name for look in look_over(opened) if not look.ok}


def test_a_check_finds_what_is_wrong_with_the_folder(opened: Opened) -> None:
    opened.reserve.free()
    opened.folder.chmod(0o755)
    assert wrong(opened) == {"reserve", "privacy"}
    (opened.folder / KEYS).write_bytes(b"{}")
    assert wrong(opened) == {"reserve", "privacy", "key file"}
    (opened.folder / KEYS).unlink()
    assert wrong(opened) == {"reserve", "privacy", "key file"}
    (opened.folder / ".dropbox").touch()
    assert "place" in wrong(opened)


def test_a_check_finds_the_key_file_of_another_practice(opened: Opened, tmp_path: Path) -> None:
    make(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / KEYS, opened.folder / KEYS)
    assert wrong(opened) == {"key file"}


def test_a_check_finds_a_flipped_page_and_a_broken_reference(folder: Path) -> None:
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
    with practice.engines.separate() as connection:
        connection.execute("CREATE TABLE line (note INTEGER REFERENCES note (id))")
        connection.execute("INSERT INTO line VALUES (99)")
    assert wrong(practice) == {"references"}
    practice.close()
    content = bytearray((folder / DATABASE).read_bytes())
    content[-100] ^= 1
    (folder / DATABASE).write_bytes(content)
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
    assert {"pages", "structure"} <= wrong(practice)
    practice.close()


# ---------------------------------------------------------------- making, all or nothing


def test_an_existing_empty_folder_is_taken_and_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "chosen"
    folder.mkdir(mode=0o755)
    (folder / ".DS_Store").touch()
    make(folder).close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_passphrase_or_name_that_is_refused_makes_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "chosen"
    for first, error in ((First(NAME, "fourteen chars"), PassphraseTooShort), (First("", PASSPHRASE), NameUnusable)):
        with pytest.raises(error):
            create(folder, first, CountedIds(), surroundings(), fill)
    assert list(tmp_path.iterdir()) == []


def test_a_practice_or_a_part_of_one_is_never_overwritten(folder: Path) -> None:
    for missing in ((), (KEYS,), (KEYS, RESERVE, LOCK)):
        for name in missing:
            (folder / name).unlink(missing_ok=True)
        before = hashes(folder, ())
        with pytest.raises(AlreadyAPractice):
            make(folder)
        assert hashes(folder, ()) == before


def test_a_key_file_without_its_database_is_never_overwritten(folder: Path) -> None:
    (folder / DATABASE).unlink()
    before = hashes(folder, ())
    with pytest.raises(AlreadyAPractice):
        make(folder)
    assert hashes(folder, ()) == before


def test_a_folder_with_other_files_and_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    for chosen in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(FolderNotEmpty):
            make(chosen)
    assert names(tmp_path) == {"letter.txt"}


def test_a_place_that_holds_no_files_is_called_so_and_the_disk_is_not_blamed(tmp_path: Path) -> None:
    places = [tmp_path / ("x" * 300)]
    if sys.platform == "linux":
        places += [Path("/proc/practice"), Path("/proc/self/practice/inside")]
    for place in places:
        with pytest.raises(UnfitFolder, match="cannot hold a practice"):
            make(place)
    assert names(tmp_path) == set()


def test_tables_that_could_not_be_made_leave_nothing_behind(tmp_path: Path) -> None:
    def broken(opened: Opened) -> None:
        fill(opened)
        raise KeyError("a fault in the migrations")

    existing = tmp_path / "existing"
    existing.mkdir()
    for folder, left in ((tmp_path / "new", set[str]()), (existing, {LOCK})):
        with pytest.raises(KeyError):
            make(folder, fill=broken)
        assert names(folder) == left
    assert not (tmp_path / "new").exists()
    make(existing).close()


def test_too_little_space_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match="17 MB are needed, 3 MB are free") as caught:
        make(tmp_path / "new", surroundings(FailingDisk(free_bytes=3 << 20)))
    assert caught.value.needed == RESERVE_BYTES + (16 << 20)
    assert names(tmp_path) == set()


def test_a_disk_that_fills_up_at_any_step_leaves_nothing_or_a_whole_practice(tmp_path: Path) -> None:
    failed, said, step = [], set(), 0
    while True:
        folder = tmp_path / f"step-{step}"
        disk = FailingDisk(fail_at=step)
        try:
            make(folder, surroundings(disk)).close()
        except DiskFull as error:
            said.add(error.what)
            failed.append(disk.failed_in)
            assert not folder.exists(), (step, disk.failed_in, names(folder))
        else:
            assert KEYS in names(folder)
            if not disk.failed_in:
                break
        step += 1
    assert {"make_folder", "write_new", "allocate", "replace", "sync_folder"} <= set(failed)
    assert all("MB are needed" in what for what in said)
    assert step < 40


def test_a_disk_that_breaks_is_not_said_to_be_full(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble):
        make(tmp_path / "new", surroundings(FailingDisk(fail_at=14, number=5)))


class KillingDisk(FailingDisk):
    """Ends the process, without any clearing up, in the middle of a chosen call."""

    def _fail(self) -> OSError:  # pragma: no cover - runs in a child
        os.kill(os.getpid(), 9)
        return super()._fail()


def test_a_kill_at_any_step_of_making_leaves_what_can_be_made_again_or_opened(tmp_path: Path) -> None:
    seen, step = set(), 0
    while True:
        folder = tmp_path / f"step-{step}"
        ended = in_child(lambda folder=folder, step=step: make(folder, surroundings(KillingDisk(fail_at=step))))  # type: ignore[misc]
        if ended:
            assert ended.startswith("Opened"), ended
            break
        try:
            open_practice(folder, NAME, PASSPHRASE, surroundings()).close()
            seen.add("whole")
        except (NoPractice, UnfinishedPractice) as error:
            seen.add(type(error).__name__)
            practice = make(folder)
            assert notes(practice) == [CANARY]
            practice.close()
        assert names(folder) == FILES
        step += 1
    assert seen == {"NoPractice", "UnfinishedPractice", "whole"}
    assert 12 < step < 40


def test_a_kill_while_the_tables_are_made_leaves_what_can_be_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    def killed(opened: Opened) -> None:  # pragma: no cover - runs in a child
        fill(opened)
        os.kill(os.getpid(), 9)

    assert in_child(lambda: make(folder, fill=killed)) == ""
    assert MARKER in names(folder)
    with pytest.raises(UnfinishedPractice, match="nothing is lost"):
        peek(folder)
    make(folder).close()
    assert names(folder) == FILES


def test_a_marker_left_beside_a_finished_practice_is_swept(folder: Path) -> None:
    for name in (MARKER, KEYS + ".new"):
        (folder / name).touch()
    open_practice(folder, NAME, PASSPHRASE, surroundings()).close()
    assert names(folder) == FILES
