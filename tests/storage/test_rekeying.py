"""Knows that a practice's keys are changed whole or not at all, whatever fails on the way."""

from __future__ import annotations

import errno
import resource
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import Known
from desktop.domain.errors_keys import KitOfAnother
from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import (
    DamagedDatabase,
    DamagedKeyFile,
    MemberHasSlot,
    NewerDatabase,
    NoSuchMember,
    PassphraseTooShort,
    PracticeLocked,
    WrongPassphrase,
)
from desktop.storage.opened import Opened
from desktop.storage.peeking import peek
from desktop.storage.practice_check import look_over
from desktop.storage.practice_folder import keep_recovered, open_by_kit, open_practice
from desktop.storage.practice_layout import DATABASE, KEYS
from desktop.storage.rekeying import change_keys
from desktop.storage.vault.epochs import Change, TrailEnd, begun, next_epoch
from desktop.storage.vault.keyfile import KeyFile, read_key_file, write_key_file
from desktop.storage.vault.keyring import KeyRing
from desktop.storage.vault.kit import DrawnKit, draw_kit, with_kit
from desktop.storage.vault.slots import Credentials
from tests.storage.failing_disk import FailingDisk
from tests.storage.practice_kit import (
    CANARY,
    NAME,
    PASSPHRASE,
    SCHEMA,
    add_note,
    hashes,
    in_child,
    make,
    notes,
    surroundings,
)

OTHER = "Nguyễn Thị Phượng"
THEIRS = "bến sông vắng người qua"
END = TrailEnd(3, bytes(range(32)))
NEW = Credentials("nobody knows this one yet")


@pytest.fixture(scope="module")
def kit() -> DrawnKit:
    return draw_kit("kit-1")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, kit: DrawnKit) -> Path:
    folder = tmp_path_factory.mktemp("template") / "practice"
    made = make(folder)
    made.add_member("m2", OTHER, THEIRS)
    made.keep(with_kit(made.keys, made.ring, kit))
    made.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "Praxis Łódź"))


@pytest.fixture
def opened(folder: Path) -> Iterator[Opened]:
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
    yield practice
    practice.close()


def following(opened: Opened) -> tuple[KeyFile, KeyRing]:
    return next_epoch(opened.keys, opened.ring, END, Change(without="m2"))


def test_the_owner_alone_removes_a_member_and_everybody_else_gets_in(
    opened: Opened, folder: Path, kit: DrawnKit, tmp_path: Path
) -> None:
    old_keys = (folder / KEYS).read_bytes()
    change_keys(opened, *following(opened))
    add_note(opened, "after")
    assert notes(opened) == [CANARY, "after"]
    assert all(look.ok for look in look_over(opened))
    opened.close()
    assert [each.name for each in peek(folder).members] == [NAME]
    again = open_practice(folder, NAME, PASSPHRASE, surroundings())
    assert (notes(again), again.ring.epoch) == ([CANARY, "after"], 2)
    again.close()
    with pytest.raises(NoSuchMember):
        open_practice(folder, OTHER, THEIRS, surroundings())
    copied = Path(shutil.copytree(folder, tmp_path / "with the old key file"))
    (copied / KEYS).write_bytes(old_keys)
    for name, passphrase in ((OTHER, THEIRS), (NAME, PASSPHRASE)):
        with pytest.raises(DamagedDatabase):
            open_practice(copied, name, passphrase, surroundings())
    by_kit = open_by_kit(folder, kit.secret, NAME, NEW, surroundings())
    assert notes(by_kit) == [CANARY, "after"]
    keep_recovered(by_kit)
    by_kit.close()


def test_no_page_stays_under_the_old_keys(opened: Opened, folder: Path) -> None:
    opened.engines.let_go()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(DATABASE)}
    change_keys(opened, *following(opened))
    opened.close()
    after = (folder / DATABASE).read_bytes()
    assert [path.name for path in folder.iterdir() if path.name.startswith(DATABASE)] == [DATABASE]
    size = 4096
    pages = {content[at + 16 : at + size] for content in before.values() for at in range(0, len(content), size)}
    assert len(pages) > 1
    assert not any(after[at + 16 : at + size] in pages for at in range(0, len(after), size))


def test_a_practice_that_was_locked_meanwhile_keeps_its_keys(opened: Opened) -> None:
    made = following(opened)
    opened.close()
    with pytest.raises(PracticeLocked):
        change_keys(opened, *made)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_whatever_call_fails_the_practice_opens_and_the_member_is_there_or_gone(
    folder: Path, number: int, tmp_path: Path
) -> None:
    counting = FailingDisk()
    opened = open_practice(folder, NAME, PASSPHRASE, surroundings())
    made = following(opened)
    opened.around = surroundings(counting)
    opened.close()
    for fail_at in range(9):
        own = Path(shutil.copytree(folder, tmp_path / str(fail_at)))
        opened = open_practice(own, NAME, PASSPHRASE, surroundings())
        made = following(opened)
        disk = FailingDisk(fail_at, number)
        opened.around = surroundings(disk)
        failed = False
        try:
            change_keys(opened, *made)
        except Known:
            failed = True
        assert notes(opened) == [CANARY]
        add_note(opened, "after")
        opened.close()
        again = open_practice(own, NAME, PASSPHRASE, surroundings())
        assert notes(again) == [CANARY, "after"]
        assert again.keys.pending is None
        if not failed:
            assert again.keys.member("m2") is None
        elif fail_at < 3:  # before the pending file was in place
            assert again.keys.member("m2") is not None
        again.close()
        assert disk.failed_in or fail_at >= disk.calls


def test_a_disk_without_room_for_every_page_twice_is_told_before_anything_is_changed(
    opened: Opened, folder: Path
) -> None:
    made = following(opened)
    opened.around = surroundings(FailingDisk(free_bytes=1 << 20))
    before = hashes(folder)
    with pytest.raises(DiskFull):
        change_keys(opened, *made)
    assert hashes(folder) == before
    add_note(opened, "still open")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_a_disk_that_refuses_pages_in_the_middle_leaves_the_old_keys_and_every_record(
    folder: Path, share: float
) -> None:
    """The system refuses to let any file grow beyond a part of what the pages need."""

    def tried() -> str:
        opened = open_practice(folder, NAME, PASSPHRASE, surroundings())
        for number in range(40):
            add_note(opened, f"{number} " + "x" * 20_000)
        made = following(opened)
        opened.engines.let_go()
        size = (folder / DATABASE).stat().st_size
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(65_536, int(size * share)), before[1]))
        try:
            change_keys(opened, *made)
            said = "changed"
        except Known as error:
            said = type(error).__name__
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        add_note(opened, "after")
        said += f" {len(notes(opened))} {opened.ring.epoch} {read_key_file(folder).pending is None}"
        opened.close()
        return said

    assert in_child(tried) == "DiskTrouble 42 1 True"
    again = open_practice(folder, OTHER, THEIRS, surroundings())
    assert (len(notes(again)), notes(again)[-1]) == (42, "after")
    assert all(look.ok for look in look_over(again))
    again.close()


def leave_pending(folder: Path) -> None:
    """As a program leaves it that was killed after its first step."""
    opened = open_practice(folder, NAME, PASSPHRASE, surroundings())
    made, _ = following(opened)
    write_key_file(folder, begun(opened.keys, opened.ring, made), surroundings().disk)
    opened.close()


def test_what_was_broken_off_is_finished_by_whoever_unlocks_next(folder: Path, kit: DrawnKit) -> None:
    leave_pending(folder)
    assert [each.name for each in peek(folder).members] == [NAME]
    with pytest.raises(NoSuchMember):
        open_practice(folder, OTHER, THEIRS, surroundings())
    with pytest.raises(WrongPassphrase):
        open_practice(folder, NAME, THEIRS, surroundings())
    assert read_key_file(folder).pending is not None
    again = open_practice(folder, NAME, PASSPHRASE, surroundings())
    assert (again.ring.epoch, again.keys.pending, notes(again)) == (2, None, [CANARY])
    again.close()
    assert read_key_file(folder).pending is None


def test_what_was_broken_off_is_finished_with_the_kit_too(folder: Path, kit: DrawnKit) -> None:
    leave_pending(folder)
    again = open_by_kit(folder, kit.secret, NAME, NEW, surroundings())
    assert (again.ring.epoch, again.keys.pending, notes(again)) == (2, None, [CANARY])
    keep_recovered(again)
    again.close()
    open_practice(folder, NAME, NEW.passphrase, surroundings()).close()


def test_a_newer_database_is_refused_untouched_also_in_the_middle_of_a_change(folder: Path) -> None:
    leave_pending(folder)
    before = hashes(folder)
    with pytest.raises(NewerDatabase):
        open_practice(folder, NAME, PASSPHRASE, surroundings(known_schema=SCHEMA - 1))
    assert hashes(folder) == before


def test_a_pending_epoch_that_the_members_did_not_begin_is_refused(folder: Path, tmp_path: Path) -> None:
    """Somebody who knows every public half, and the layout, slips in an epoch of their own making."""
    opened = open_practice(folder, NAME, PASSPHRASE, surroundings())
    made, ring = following(opened)
    forged = begun(opened.keys, ring, made)  # its MAC is under keys that the members of this epoch do not hold
    opened.close()
    write_key_file(folder, forged, surroundings().disk)
    before = hashes(folder)
    with pytest.raises(DamagedKeyFile):
        open_practice(folder, NAME, PASSPHRASE, surroundings())
    assert hashes(folder) == before


def test_the_kit_gives_a_member_a_new_passphrase_and_the_old_one_opens_nothing(folder: Path, kit: DrawnKit) -> None:
    before = hashes(folder)[KEYS]
    opened = open_by_kit(folder, kit.secret, OTHER, NEW, surroundings())
    assert (opened.member_id, notes(opened)) == ("m2", [CANARY])
    assert hashes(folder)[KEYS] == before
    keep_recovered(opened)
    opened.close()
    open_practice(folder, OTHER, NEW.passphrase, surroundings()).close()
    with pytest.raises(WrongPassphrase):
        open_practice(folder, OTHER, THEIRS, surroundings())
    open_practice(folder, NAME, PASSPHRASE, surroundings()).close()


def test_a_strange_kit_a_stranger_and_a_short_passphrase_change_nothing(folder: Path, kit: DrawnKit) -> None:
    before = hashes(folder)
    with pytest.raises(KitOfAnother):
        open_by_kit(folder, draw_kit("kit-1").secret, OTHER, NEW, surroundings())
    with pytest.raises(NoSuchMember):
        open_by_kit(folder, kit.secret, "Nobody", NEW, surroundings())
    with pytest.raises(PassphraseTooShort):
        open_by_kit(folder, kit.secret, OTHER, Credentials("short"), surroundings())
    assert hashes(folder) == before


def test_a_member_who_is_renamed_keeps_their_passphrase_through_new_keys(opened: Opened, folder: Path) -> None:
    opened.rename_member("m2", "Nguyễn Phượng")
    with pytest.raises(NoSuchMember):
        opened.rename_member("nobody", "Somebody")
    with pytest.raises(MemberHasSlot):
        opened.rename_member("m2", NAME)
    change_keys(opened, *next_epoch(opened.keys, opened.ring, END, Change()))
    opened.close()
    open_practice(folder, "Nguyễn Phượng", THEIRS, surroundings()).close()
    with pytest.raises(PracticeLocked):
        opened.rename_member("m2", "Somebody")


def test_archives_are_told_the_kits_public_half(opened: Opened, kit: DrawnKit) -> None:
    assert opened.kit_public == kit.exchange
    change_keys(opened, *next_epoch(opened.keys, opened.ring, END, Change()))
    assert opened.kit_public == kit.exchange
