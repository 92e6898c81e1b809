"""Knows that an archive holds everything, was read to its end before it counts, and that nothing half made is left."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desktop.domain.errors_archive import MissingPlace, NoPlaces, PlaceNotWritable, PlaceUnfit
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.people import ClientDraft
from desktop.domain.records import Act
from desktop.services.archives import add_place, make_archive
from desktop.services.clients import make_client
from desktop.services.ports_archives import Reason
from desktop.storage.archive import manifest as names
from desktop.storage.archive.manifest import parse
from desktop.storage.archive.shelf import MARK, key_copy_of
from desktop.storage.engine import read_schema
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.practice_layout import SCRATCH
from tests.storage.archive.kit import NAME, House, files, nobody, plain, ring_of


def test_an_archive_holds_the_keys_the_list_every_table_and_the_database(house: House) -> None:
    archive = house.make()
    inside = files(plain(archive, house.folder))
    manifest = parse(inside[names.MANIFEST])
    assert list(inside) == [names.KEYS, names.MANIFEST, *(entry.name for entry in manifest.entries[1:])]
    for entry in manifest.entries:
        assert hashlib.sha256(inside[entry.name]).hexdigest() == entry.digest
        assert len(inside[entry.name]) == entry.size
    assert inside[names.KEYS] == (house.folder / "practice.keys.json").read_bytes()
    clients = [json.loads(line) for line in inside["tables/clients.jsonl"].splitlines()]
    assert [client["name"] for client in clients] == [NAME]
    assert manifest.entry("tables/clients.jsonl").rows == 1


def test_the_database_inside_opens_under_the_key_of_its_epoch_which_lies_nowhere_in_the_archive(
    house: House, tmp_path: Path
) -> None:
    tar = plain(house.make(), house.folder)
    copy, key = tmp_path / "copy.db", ring_of(house.folder).page_key
    copy.write_bytes(files(tar)[names.DATABASE])
    assert read_schema(copy, key) == KNOWN_SCHEMA
    assert bytes(key.reveal()) not in tar
    assert bytes(key.reveal()).hex().encode() not in tar.lower()


def test_nothing_readable_lies_at_the_place(house: House) -> None:
    house.make()
    for path in house.place.iterdir():
        assert NAME.encode() not in path.read_bytes()


def test_a_copy_of_the_key_file_lies_beside_each_archive(house: House) -> None:
    archive = house.make()
    assert key_copy_of(archive).read_bytes() == (house.folder / "practice.keys.json").read_bytes()


def test_archives_are_numbered_on_from_the_highest_that_lies_at_the_place(house: House) -> None:
    first, second = house.make(), house.make()
    assert ("-000001-" in first.name, "-000002-" in second.name) == (True, True)
    (house.folder / "practice.archives").unlink()
    add_place(house.desk, house.room, house.place)
    assert "-000003-" in house.make().name


def test_what_was_entered_while_the_copy_was_made_is_not_missing_from_the_next(house: House) -> None:
    written: list[str] = []

    def report(done: int, total: int, words: str) -> None:
        if len(written) < 3:
            draft = ClientDraft(name=f"During {len(written)}", born="1990-01-01")
            written.append(make_client(house.desk, draft).value.id)

    (run,) = house.room.make(Reason.ASKED, house.clock.now(), report)
    assert run.ok
    assert len(written) == 3
    inside = files(plain(house.make(), house.folder))
    assert all(each.encode() in inside["tables/clients.jsonl"] for each in written)


def test_each_place_gets_the_same_archive(house: House) -> None:
    other = house.root / "second"
    other.mkdir()
    add_place(house.desk, house.room, other)
    runs = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert [run.ok for run in runs] == [True, True]
    contents = {(Path(run.place) / run.name).read_bytes() for run in runs}
    assert len(contents) == 1


def test_a_stick_that_is_not_in_fails_alone(house: House) -> None:
    other = house.root / "second"
    other.mkdir()
    add_place(house.desk, house.room, other)
    (other / MARK).unlink()  # what is left when a stick is pulled out is the empty folder it was mounted on
    runs = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert {(run.place, run.ok, run.code) for run in runs} == {
        (str(house.place), True, ""), (str(other), False, MissingPlace.code),
    }  # fmt: skip
    assert list(other.iterdir()) == []


def test_without_a_place_there_is_no_archive_and_it_is_said(house: House) -> None:
    house.room.forget_place(house.place)
    with pytest.raises(NoPlaces):
        house.room.make(Reason.ASKED, house.clock.now(), nobody)


def test_the_practices_own_folder_is_no_place(house: House) -> None:
    inside = house.folder / "archives"
    inside.mkdir()
    with pytest.raises(PlaceUnfit):
        house.room.add_place(inside)


def test_a_read_only_place_is_refused(house: House) -> None:
    class ReadOnly(type(house.room._opened.around.disk)):  # type: ignore[misc]
        def may_write(self, path: Path) -> bool:
            return False

    house.room._opened.around = _with_disk(house, ReadOnly())
    (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert (run.ok, run.code) == (False, PlaceNotWritable.code)


def _with_disk(house: House, disk: object) -> object:
    from dataclasses import replace

    return replace(house.room._opened.around, disk=disk)  # type: ignore[arg-type]


def test_nothing_is_left_of_an_archive_that_was_stopped(house: House) -> None:
    def stop(done: int, total: int, words: str) -> None:
        if words.startswith(("Reading the archive", "Writing")):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.room.make(Reason.ASKED, house.clock.now(), stop)
    assert sorted(path.name for path in house.place.iterdir()) == [MARK]
    assert not (house.folder / SCRATCH).exists()
    assert house.make().exists()


def test_what_a_killed_program_left_half_written_is_swept(house: House) -> None:
    first = house.make()
    left = [first.with_name(first.name.replace("-000001-", "-000002-") + ".part"),
            first.with_name(first.name.replace("-000001-", "-000002-").replace(".age", ".keys.json"))]  # fmt: skip
    for path in left:
        path.write_bytes(b"half")
    scratch = house.folder / SCRATCH
    scratch.mkdir()
    (scratch / "copy.db").write_bytes(b"half")
    (scratch / "practice").mkdir()
    (scratch / "practice" / "practice.db").write_bytes(b"half")
    house.make()
    assert not any(path.exists() for path in (*left[:1], scratch))
    assert len(house.archives()) == 2


def test_locking_waits_for_the_archive_under_way_and_stops_it(house: House) -> None:
    def lock(done: int, total: int, words: str) -> None:
        house.room._ended = True

    with pytest.raises(PracticeLocked):
        house.room.make(Reason.ASKED, house.clock.now(), lock)
    assert house.archives() == []


def test_making_one_is_in_the_trail(house: House) -> None:
    make_archive(house.desk, house.room, Reason.ASKED, nobody)
    with house.desk.store.read() as unit:
        last = unit.trail.lines(0, 500)[-1].entry
    assert (last.act, last.subject_kind, last.detail) == (Act.ARCHIVE, "archive", "asked 1 places 1 of 1")


def test_the_log_is_readable_without_keys_and_confirmed_with_them(house: House) -> None:
    archive = house.make()
    known = house.program.archives.known(house.folder)
    assert known.verified is not None
    assert (known.counter, known.verified.name, known.confirmed) == (1, archive.name, False)
    assert house.room.log().confirmed
    side = house.folder / "practice.archives"
    side.write_bytes(side.read_bytes().replace(b'"counter":1,"', b'"counter":7,"'))
    assert not house.room.log().confirmed
    assert NAME.encode() not in side.read_bytes()


@pytest.mark.parametrize("what", ["make", "drill"])
def test_nothing_readable_lies_on_the_disk_while_it_is_worked_on(house: House, what: str) -> None:
    archive = house.make()
    seen: set[str] = set()

    def look(done: int, total: int, words: str) -> None:
        for path in (*(house.folder / SCRATCH).rglob("*"), *house.place.iterdir()):
            if path.is_dir():
                continue
            seen.add(path.name)
            content = path.read_bytes()
            assert NAME.encode() not in content
            assert b"Canary" not in content
            assert not content.startswith(b"SQLite format 3")

    if what == "make":
        (run,) = house.room.make(Reason.ASKED, house.clock.now(), look)
        assert run.ok
        assert "lines.spool" in seen
        assert any(name.endswith(".part") for name in seen)
    else:
        house.room.drill(archive, house.clock.now(), look)
        assert "practice.db" in seen
