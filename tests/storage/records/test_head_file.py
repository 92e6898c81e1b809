"""Knows that the trail's length is remembered beside the database, sealed, and that an older database is noticed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bootstrap import Program, Settings
from desktop.domain.errors import Known
from desktop.domain.people import Role
from desktop.services.desk import Desk
from desktop.services.trail import verify_trail
from desktop.storage.audit import Head
from desktop.storage.disk import Disk
from desktop.storage.head_file import EVERY_MS, FILE, DamagedHead, HeadFile, TrailRefused
from desktop.storage.vault.keyring import KeyRing, found
from desktop.storage.vault.primitives import FLOOR
from tests.storage.failing_disk import FailingDisk
from tests.storage.practice_kit import NAME, PASSPHRASE
from tests.storage.records.kit import NOW

HEAD, LONGER = Head(7, "ab" * 32), Head(9, "cd" * 32)


@pytest.fixture(scope="module")
def ring() -> Iterator[KeyRing]:
    practice_id, member_id = (f"0190a3c8-0000-7000-8000-00000000000{n}" for n in (1, 2))
    _, made = found(practice_id, member_id, NAME, PASSPHRASE, FLOOR)
    yield made
    made.wipe()


def heads(folder: Path, ring: KeyRing, disk: Disk | None = None) -> HeadFile:
    return HeadFile(folder, ring, disk or Disk())


def test_a_head_comes_back_as_it_was_kept(tmp_path: Path, ring: KeyRing) -> None:
    assert heads(tmp_path, ring).read() is None
    heads(tmp_path, ring).write(HEAD)
    assert heads(tmp_path, ring).read() == HEAD
    assert {path.name for path in tmp_path.iterdir()} == {FILE}


@pytest.mark.parametrize(
    "change", [{"number": 6}, {"mac": "00" * 32}, {"seal": "00" * 32}, {"number": -1}, {"more": 1}]
)
def test_a_head_that_was_altered_is_refused(tmp_path: Path, ring: KeyRing, change: dict[str, object]) -> None:
    heads(tmp_path, ring).write(HEAD)
    file = tmp_path / FILE
    written = {**json.loads(file.read_text("utf-8")), **change}
    file.write_text(json.dumps(written, sort_keys=True, separators=(",", ":")), encoding="utf-8")
    with pytest.raises(DamagedHead):
        heads(tmp_path, ring).read()
    file.write_bytes(b"")
    with pytest.raises(DamagedHead):
        heads(tmp_path, ring).read()


def test_a_head_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path, ring: KeyRing) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(Known):
        heads(tmp_path, ring).read()


def test_a_head_is_kept_at_most_once_a_minute(tmp_path: Path, ring: KeyRing) -> None:
    file = heads(tmp_path, ring)
    file.keep(HEAD, NOW)
    file.keep(LONGER, replace(NOW, boot_ms=NOW.boot_ms + EVERY_MS - 1))
    assert file.read() == HEAD
    file.keep(LONGER, replace(NOW, boot_ms=NOW.boot_ms + EVERY_MS))
    assert file.read() == LONGER
    file.keep(HEAD, replace(NOW, boot_ms=5, boot_id="boot-2"))
    assert file.read() == HEAD


def test_a_full_disk_only_delays_the_head(tmp_path: Path, ring: KeyRing) -> None:
    for k in range(3):
        file = heads(tmp_path, ring, FailingDisk(fail_at=k))
        file.keep(HEAD, NOW)
        file.keep(LONGER, NOW)
        assert heads(tmp_path, ring).read() == LONGER
        with pytest.raises(Known):
            heads(tmp_path, ring, FailingDisk(fail_at=k)).write(HEAD)
        assert heads(tmp_path, ring).read() in {HEAD, LONGER}


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(Settings(root=tmp_path / "root", cheap_keys=True, reserve=1 << 20))
    yield made
    made.close()


def made(program: Program, folder: Path) -> None:
    program.door.leave(program.door.create(folder, "Harbour", NAME, frozenset({Role.OWNER}), PASSPHRASE))


def opened(program: Program, folder: Path) -> Desk:
    return program.door.unlock(folder, program.door.peek(folder).members[0].id, PASSPHRASE)


def test_an_older_database_is_refused_until_somebody_says_that_it_is_meant(program: Program, tmp_path: Path) -> None:
    folder, older = tmp_path / "practice", tmp_path / "older.db"
    made(program, folder)
    shutil.copy(folder / "practice.db", older)
    desk = opened(program, folder)
    assert verify_trail(desk).intact
    program.door.leave(desk)
    newer = (folder / "practice.db").read_bytes()
    shutil.copy(older, folder / "practice.db")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "practice.lock"}
    with pytest.raises(TrailRefused) as caught:
        opened(program, folder)
    assert all((caught.value.what, caught.value.safe, caught.value.next_step))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "practice.lock"} == before
    (folder / "practice.db").write_bytes(newer)
    program.door.leave(opened(program, folder))
    shutil.copy(older, folder / "practice.db")
    (folder / FILE).rename(tmp_path / "away")
    desk = opened(program, folder)
    assert verify_trail(desk).intact
    program.door.leave(desk)


def test_the_head_is_there_also_when_the_program_was_killed(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    made(program, folder)
    (folder / FILE).unlink()
    desk = opened(program, folder)
    assert (folder / FILE).exists()
    program.door.leave(desk)


def test_the_head_says_whether_the_practice_was_locked_properly(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    made(program, folder)
    assert '"closed":1' in (folder / FILE).read_text("utf-8")
    desk = opened(program, folder)
    assert '"closed":0' in (folder / FILE).read_text("utf-8")
    program.door.leave(desk)
    assert '"closed":1' in (folder / FILE).read_text("utf-8")
    assert not (folder / "practice.db-wal").exists()
