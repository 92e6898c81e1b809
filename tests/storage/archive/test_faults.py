"""Knows that a disk which fails at whatever call leaves the practice and finished archives as they were."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import Known
from desktop.domain.errors_archive import PlaceFull, PlaceNotWritable, PlaceTrouble
from desktop.services.ports_archives import Reason, RestoreWish
from desktop.storage.archive.shelf import MARK
from desktop.storage.disk import Disk
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.practice_layout import SCRATCH
from tests.storage.archive.kit import OWNER, PASSPHRASE, House, nobody
from tests.storage.failing_disk import FailingDisk
from tests.storage.practice_kit import hashes

LOGGED = ("practice.archives", "practice.lock", "practice.db-shm", "practice.db-wal")


def with_disk(house: House, disk: Disk) -> None:
    opened = house.room._opened
    opened.around = replace(opened.around, disk=disk)


def whole(house: House) -> set[str]:
    """What lies at the place besides half written files, of which a next archive takes care."""
    return {path.name for path in house.place.iterdir() if path.suffix == ".age"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_every_call_that_fails_while_making_leaves_the_earlier_archive_and_is_explained(
    house: House, number: int
) -> None:
    first = house.make()
    before, calls = hashes(house.folder, LOGGED), 0
    while True:
        disk = FailingDisk(calls, number)
        with_disk(house, disk)
        try:
            (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
            ok = run.ok
        except Known:  # the log could not be kept, or the scratch folder not made
            ok = False
        with_disk(house, Disk())
        assert first.name in whole(house)
        assert hashes(house.folder, LOGGED) == before
        assert not (house.folder / SCRATCH / "lines.spool").exists() or disk.failed_in == "remove"
        for name in whole(house):
            house.room.verify(house.place / name, house.clock.now(), nobody)
        if not disk.failed_in:
            assert ok
            break
        calls += 1
        assert calls < 60
    assert calls > 8


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, PlaceFull.code), (errno.EROFS, PlaceNotWritable.code), (errno.EIO, PlaceTrouble.code),
    (errno.ENODEV, PlaceTrouble.code),
])  # fmt: skip
def test_what_a_stick_says_in_the_middle_is_told_in_plain_words(house: House, number: int, code: str) -> None:
    class Pulled(Disk):
        def sync(self, file: object) -> None:
            raise OSError(number, "made to fail")

    with_disk(house, Pulled())
    (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert (run.ok, run.code) == (False, code)
    assert [path.name for path in house.place.iterdir()] == [MARK]


def test_a_place_with_too_little_space_is_refused_before_anything_is_written(house: House) -> None:
    class Small(Disk):
        def free(self, folder: Path) -> int:
            return 1000 if folder == house.place else super().free(folder)

    with_disk(house, Small())
    (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert (run.ok, run.code) == (False, PlaceFull.code)
    assert "MB are needed" in run.said


def test_a_practices_disk_with_too_little_space_is_told_from_a_full_place(house: House) -> None:
    with_disk(house, FailingDisk(free_bytes=1000))
    (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert (run.ok, run.code) == (False, PlaceFull.code)
    assert "own disk" in run.said


def test_an_archive_that_reads_back_differently_does_not_count(house: House) -> None:
    class Rots(Disk):
        def create(self, path: Path) -> object:  # type: ignore[override]
            file = super().create(path)
            if path.suffix == ".part":
                rotten.append(path)
            return file

        def sync(self, file: object) -> None:
            super().sync(file)  # type: ignore[arg-type]
            for path in rotten:
                content = bytearray(path.read_bytes())
                content[len(content) // 2] ^= 1
                path.write_bytes(content)
            rotten.clear()

    rotten: list[Path] = []
    with_disk(house, Rots())
    (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert (run.ok, run.code) == (False, "damaged_archive")
    assert house.archives() == []


def test_every_call_that_fails_while_restoring_leaves_no_half_practice(house: House, tmp_path: Path) -> None:
    from desktop.storage.archive.agefile import identity_of
    from desktop.storage.archive.kit_opening import open_with_kit
    from desktop.storage.archive.restoring import Wanted, restore
    from desktop.storage.vault.kit import read_kit
    from tests.storage.archive.kit import KIT_TEXT

    archive, secret = house.make(), read_kit(KIT_TEXT)
    calls = 0
    while True:
        disk, target = FailingDisk(calls), tmp_path / f"new-{calls}"
        wanted = Wanted(archive, identity_of(secret), lambda keys: open_with_kit(keys, secret))
        try:
            restore(wanted, target, KNOWN_SCHEMA, disk, lambda *settled: None)
        except Known:
            assert disk.failed_in
            # The last step has put it in place already; only its name may not be down on the disk yet.
            assert not target.exists() or disk.failed_in == "sync_folder"
        else:
            if not disk.failed_in:
                break
        calls += 1
        assert calls < 60
    assert calls > 6
    house.program.archives.restore(RestoreWish(archive, tmp_path / "last", OWNER, PASSPHRASE), nobody)
