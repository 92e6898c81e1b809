"""Knows that every refused opening says why, and changes no byte of the database, its log or the key file."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import Known
from desktop.domain.errors_machine import (
    AnotherInstance,
    DiskFull,
    FolderNotWritable,
    NetworkFolder,
    NoLocks,
    NotEnoughMemory,
    SyncedFolder,
)
from desktop.domain.errors_practice import (
    DamagedDatabase,
    DamagedKeyFile,
    MissingDatabase,
    MissingKeyFile,
    NewerDatabase,
    NewerKeyFile,
    NoPractice,
    NoSuchMember,
    PlainDatabase,
    TooManyTries,
    UnfinishedPractice,
    WrongPassphrase,
)
from desktop.domain.moment import Moment
from desktop.storage.practice_folder import Surroundings, open_practice
from desktop.storage.practice_layout import DATABASE, KEYS, LOCK, MARKER, RESERVE, Layout
from desktop.storage.vault import attempts as attempts_module
from desktop.storage.vault.attempts import Attempts
from desktop.storage.vault.keyfile import read_key_file
from desktop.system.locks import InstanceLock
from desktop.system.machine import LocalMachine
from tests.storage.failing_disk import FailingDisk
from tests.storage.practice_kit import (
    CANARY,
    NAME,
    PASSPHRASE,
    SCHEMA,
    HandClock,
    Holder,
    add_note,
    hashes,
    in_child,
    make,
    notes,
    surroundings,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice that was killed in the middle of its work, so that a write-ahead log lies beside the database."""
    folder = tmp_path_factory.mktemp("template") / "practice"
    make(folder).close()

    def hold() -> bool:
        add_note(open_practice(folder, NAME, PASSPHRASE, surroundings()), "in the log only")
        return True

    Holder(hold).kill()
    assert (folder / "practice.db-wal").stat().st_size > 0
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "practice"))


def refused(
    error: type[Known], folder: Path, passphrase: str = PASSPHRASE, around: Surroundings | None = None
) -> Known:
    """Try to open, expect `error`, and see that nothing changed."""
    before = hashes(folder)
    with pytest.raises(error) as caught:
        open_practice(folder, NAME, passphrase, around or surroundings())
    assert caught.type is error
    assert hashes(folder) == before
    assert PASSPHRASE not in str(caught.value)
    assert str(folder) not in str(caught.value)
    assert caught.value.what.endswith(".")
    assert caught.value.safe.endswith(".")
    assert caught.value.next_step.endswith(".")
    return caught.value


def still_opens(folder: Path, around: Surroundings | None = None) -> None:
    practice = open_practice(folder, NAME, PASSPHRASE, around or surroundings())
    assert notes(practice) == [CANARY, "in the log only"]
    practice.close()


def test_a_wrong_passphrase(folder: Path) -> None:
    refused(WrongPassphrase, folder, "violet harbour seven stone")
    still_opens(folder)
    assert not (folder / attempts_module.FILE).exists()


def test_a_try_before_the_wait_is_over_even_with_the_right_passphrase(folder: Path) -> None:
    around = surroundings()
    clock = around.clock
    assert isinstance(clock, HandClock)
    member_id = read_key_file(folder).members[0].id
    for _ in range(3):
        Attempts(folder, around.disk).begin(member_id, clock.now())
    wrong = refused(WrongPassphrase, folder, "not the right passphrase", around)
    assert "Wait 5 seconds" in str(wrong)
    early = refused(TooManyTries, folder, PASSPHRASE, around)
    assert "Try again in 5 seconds" in str(early)
    clock.forward(5)
    still_opens(folder, around)


def test_a_name_that_is_not_a_members(folder: Path) -> None:
    before = hashes(folder)
    with pytest.raises(NoSuchMember):
        open_practice(folder, "Somebody Else", PASSPHRASE, surroundings())
    assert hashes(folder) == before


def test_a_missing_key_file(folder: Path) -> None:
    (folder / KEYS).unlink()
    refused(MissingKeyFile, folder)


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 2000])
def test_a_damaged_key_file(folder: Path, damage: bytes) -> None:
    (folder / KEYS).write_bytes(damage)
    refused(DamagedKeyFile, folder)
    assert not (folder / attempts_module.FILE).exists()


def test_a_key_file_with_one_flipped_bit(folder: Path) -> None:
    content = bytearray((folder / KEYS).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / KEYS).write_bytes(content)
    refused(DamagedKeyFile, folder)


def test_a_right_passphrase_to_an_altered_key_file_counts_as_no_failure(folder: Path) -> None:
    keys = read_key_file(folder)
    (folder / KEYS).write_bytes(replace(keys, epoch=2).content())
    for _ in range(2):
        refused(DamagedKeyFile, folder)
    assert not (folder / attempts_module.FILE).exists()


def test_a_key_file_of_a_newer_version(folder: Path) -> None:
    value = json.loads((folder / KEYS).read_bytes())
    del value["checksum"]
    value["version"] = 2

    def spell(value: object) -> bytes:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    value["checksum"] = hashlib.sha256(spell(value)).hexdigest()
    (folder / KEYS).write_bytes(spell(value))
    refused(NewerKeyFile, folder)


def test_a_key_file_of_another_practice(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / KEYS, folder / KEYS)
    refused(DamagedDatabase, folder)


def test_a_missing_database(folder: Path) -> None:
    (folder / DATABASE).unlink()
    refused(MissingDatabase, folder)


def test_a_database_that_is_not_encrypted(folder: Path) -> None:
    for path in folder.glob(DATABASE + "*"):
        path.unlink()
    plain = sqlite3.connect(folder / DATABASE)
    plain.execute("CREATE TABLE note (text TEXT)")
    plain.commit()
    plain.close()
    refused(PlainDatabase, folder)
    assert not (folder / attempts_module.FILE).exists()


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"x" * 8192])
def test_a_database_that_is_none(folder: Path, content: bytes) -> None:
    (folder / "practice.db-wal").unlink()
    (folder / DATABASE).write_bytes(content)
    refused(DamagedDatabase, folder)


def test_a_database_with_a_damaged_first_page(folder: Path) -> None:
    (folder / "practice.db-wal").unlink()
    content = bytearray((folder / DATABASE).read_bytes())
    content[200] ^= 1
    (folder / DATABASE).write_bytes(content)
    refused(DamagedDatabase, folder)


def test_a_database_of_a_newer_version(folder: Path) -> None:
    error = refused(NewerDatabase, folder, around=surroundings(known_schema=SCHEMA - 1))
    assert f"schema {SCHEMA}, known {SCHEMA - 1}" in str(error)
    still_opens(folder)


def test_a_second_opening_in_the_same_program(folder: Path) -> None:
    first = open_practice(folder, NAME, PASSPHRASE, surroundings())
    error = refused(AnotherInstance, folder)
    assert isinstance(error, AnotherInstance)
    assert (error.pid, error.since) == (os.getpid(), "2026-03-02 10:00:00")
    first.close()
    still_opens(folder)


def test_another_program_that_holds_the_practice_and_then_is_killed(folder: Path) -> None:
    other = Holder(lambda: open_practice(folder, NAME, PASSPHRASE, surroundings()))
    error = refused(AnotherInstance, folder)
    assert isinstance(error, AnotherInstance)
    assert error.pid == other.pid
    assert "another Holdfast on this machine, since 2026-03-02 10:00:00" in str(error)
    assert str(other.pid) not in str(error)
    other.kill()
    still_opens(folder)


class Elsewhere(LocalMachine):
    """A machine on which the folder lies on a network share, or whose disk keeps no locks."""

    def __init__(self, error: type[Known]) -> None:
        self._error = error

    def refuse_place(self, folder: Path) -> None:
        if self._error is NetworkFolder:
            raise NetworkFolder

    def take_lock(self, path: Path, moment: Moment) -> InstanceLock:
        raise NoLocks


@pytest.mark.parametrize("error", [NetworkFolder, NoLocks])
def test_a_network_share_and_a_disk_without_locks(folder: Path, tmp_path: Path, error: type[Known]) -> None:
    around = replace(surroundings(), machine=Elsewhere(error))
    refused(error, folder, around=around)
    with pytest.raises(error):
        make(tmp_path / "new", around)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["OneDrive - Praxis", "Dropbox", "Mobile Documents", "Google Drive", "iCloudDrive"])
def test_a_folder_that_a_cloud_drive_keeps_in_step(template: Path, tmp_path: Path, name: str) -> None:
    inside = shutil.copytree(template, tmp_path / name / "practice")
    error = refused(SyncedFolder, inside)
    assert isinstance(error, SyncedFolder)
    assert error.service in str(error)
    with pytest.raises(SyncedFolder):
        make(tmp_path / name / "new")
    assert not (tmp_path / name / "new").exists()


@pytest.mark.parametrize("name", ["", DATABASE, KEYS])
def test_a_folder_or_file_that_may_not_be_written(folder: Path, name: str) -> None:
    class Closed(FailingDisk):
        def may_write(self, path: Path) -> bool:
            return path != folder / name

    refused(FolderNotWritable, folder, around=surroundings(Closed()))


@pytest.fixture
def anybodys(template: Path) -> Iterator[Path]:
    """A practice where every user of the machine may look, but only its owner may write."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        folder = shutil.copytree(template, Path(place) / "practice")
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_folder_of_somebody_else_on_the_real_system(anybodys: Path) -> None:
    def attempt() -> object:  # pragma: no cover - runs in a child
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        return open_practice(anybodys, NAME, PASSPHRASE, surroundings())

    def attempt_new() -> object:  # pragma: no cover - runs in a child
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        return make(anybodys / "new")

    before = hashes(anybodys, ())
    for each in (attempt, attempt_new):
        assert in_child(each).startswith("FolderNotWritable: This folder")
    assert hashes(anybodys, ()) == before


def test_a_folder_that_may_not_even_be_entered(anybodys: Path) -> None:
    anybodys.chmod(0o700 if os.getuid() == 0 else 0o000)

    def attempt() -> object:  # pragma: no cover - runs in a child
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        return open_practice(anybodys, NAME, PASSPHRASE, surroundings())

    assert in_child(attempt).startswith("FolderNotWritable: This folder")
    anybodys.chmod(0o700)


def test_a_full_disk_without_a_reserve(folder: Path) -> None:
    (folder / RESERVE).unlink()
    error = refused(DiskFull, folder, around=surroundings(FailingDisk(free_bytes=5 << 20)))
    assert "16 MB are needed, 5 MB are free" in str(error)
    still_opens(folder)


def test_a_full_disk_with_a_reserve_opens_once_more(folder: Path) -> None:
    with (folder / RESERVE).open("wb") as reserve:
        reserve.truncate(20 << 20)
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings(FailingDisk(free_bytes=0)))
    assert practice.gave_reserve_up
    assert notes(practice) == [CANARY, "in the log only"]
    assert not (folder / RESERVE).exists()
    practice.close()


def test_a_disk_that_fills_up_while_the_try_is_counted(folder: Path) -> None:
    refused(DiskFull, folder, around=surroundings(FailingDisk(fail_at=1)))
    still_opens(folder)


def test_too_little_memory_for_the_passphrase_is_no_failed_try(folder: Path) -> None:
    """The limit on memory is set in a process of its own, below what the derivation needs."""

    def attempt() -> object:  # pragma: no cover - runs in a child
        gc.collect()  # what earlier tests left behind would otherwise be given back only after the limit was set
        limit = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize() + (40 << 20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        return open_practice(folder, NAME, PASSPHRASE, surroundings())

    before = hashes(folder)
    ended = in_child(attempt)
    assert ended.startswith("NotEnoughMemory: There is too little free memory to unlock: 64 MB"), ended
    assert NotEnoughMemory(64).next_step in ended
    assert hashes(folder) == before
    assert not (folder / attempts_module.FILE).exists()


def test_a_folder_without_a_practice_and_one_that_was_never_finished(tmp_path: Path) -> None:
    refused(NoPractice, tmp_path)
    refused(NoPractice, tmp_path / "nowhere")
    (tmp_path / MARKER).touch()
    (tmp_path / DATABASE).touch()
    refused(UnfinishedPractice, tmp_path)
    assert not (tmp_path / LOCK).exists()


def test_the_layout_of_a_whole_practice_is_accepted(folder: Path) -> None:
    Layout(folder).require_whole()
