"""Knows that a database in use stays as it is while an archive reads its bytes, and that nobody waits for that."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.errors_practice import DamagedDatabase, PracticeLocked
from desktop.domain.people import ClientDraft
from desktop.services.clients import make_client
from desktop.services.ports_archives import Reason
from desktop.storage.archive import holding
from desktop.storage.archive import manifest as names
from desktop.storage.archive.copying import COPY, as_it_lies, quiet, standing_still
from desktop.storage.archive.holding import Still, held_still
from desktop.storage.archive.rows import LOOKED_OVER, require_indexes, require_sound
from desktop.storage.archive.shelf import MARK
from desktop.storage.engine import settled_connection
from desktop.storage.practice_layout import DATABASE, SCRATCH
from tests.storage.archive.kit import PASSPHRASE, House, files, nobody, plain


@contextmanager
def held(house: House, patience: int = holding.PATIENCE) -> Iterator[Still]:
    opened = house.room._opened
    database, scratch = house.folder / DATABASE, house.root / "scratch"
    scratch.mkdir(exist_ok=True)
    with held_still(
        database, opened.database_file(), opened.ring.page_key, scratch, opened.around.disk, quiet, patience
    ) as still:
        yield still


def digest(still: Still) -> str:
    found = hashlib.sha256()
    for piece in still.pieces():
        found.update(piece)
    return found.hexdigest()


def add(house: House, name: str) -> None:
    make_client(house.desk, ClientDraft(name=name, born="1990-01-01"))


def clients_in(path: Path, house: House) -> set[str]:
    with as_it_lies(path, house.room._opened.ring.page_key) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM clients")}


def fold(house: House, how: str) -> tuple[int, int, int]:
    with settled_connection(house.folder / DATABASE, house.room._opened.ring.page_key) as connection:
        connection.execute("PRAGMA busy_timeout = 50")
        found: tuple[int, int, int] = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        return found


def test_the_bytes_hold_what_was_written_before_and_nothing_of_what_comes_while_they_are_held(
    house: House, tmp_path: Path
) -> None:
    add(house, "Before")
    with held(house) as still:
        before = digest(still)
        for number in range(40):
            add(house, f"During {number}")
        for how in ("PASSIVE", "FULL", "RESTART", "TRUNCATE"):
            busy, written, folded = fold(house, how)
            assert busy or folded < written
        assert digest(still) == before
        assert not still.copied
        copy = tmp_path / "taken.db"
        copy.write_bytes(b"".join(still.pieces()))
        assert still.connection.execute("SELECT count(*) FROM clients").fetchone() == (2,)
    assert "Before" in clients_in(copy, house)
    assert not any(name.startswith("During") for name in clients_in(copy, house))
    busy, written, folded = fold(house, "TRUNCATE")
    assert (busy, written) == (0, folded)
    assert "During 39" in clients_in(house.folder / DATABASE, house)


def test_where_somebody_reads_for_long_an_encrypted_copy_is_made_of_all_there_is(house: House, tmp_path: Path) -> None:
    with standing_still(house.folder / DATABASE, house.room._opened.ring.page_key) as long_reading:
        add(house, "Later than what is read")
        with held(house, patience=2) as still:
            assert still.copied
            assert (house.root / "scratch" / COPY).exists()
            copy = tmp_path / "taken.db"
            copy.write_bytes(b"".join(still.pieces()))
        assert not (house.root / "scratch" / COPY).exists()
        long_reading.execute("SELECT count(*) FROM clients").fetchone()
    assert "Later than what is read" in clients_in(copy, house)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(copy).execute("SELECT count(*) FROM sqlite_schema")


def test_locking_does_not_wait_for_who_reads_for_long(house: House) -> None:
    told: list[str] = []

    def lock(done: int, total: int, words: str) -> None:
        told.append(words)
        house.room._ended = True

    with standing_still(house.folder / DATABASE, house.room._opened.ring.page_key):
        add(house, "Later than what is read")
        with pytest.raises(PracticeLocked):
            house.room.make(Reason.ASKED, house.clock.now(), lock)
    assert told == ["Waiting until others have read"]  # once, and then it was told to stop
    house.room._ended = False


def test_an_archive_made_while_somebody_reads_for_long_is_whole(house: House) -> None:
    with standing_still(house.folder / DATABASE, house.room._opened.ring.page_key):
        add(house, "Later than what is read")
        archive = house.make()
    assert b"Later than what is read" in files(plain(archive, house.folder))["tables/clients.jsonl"]
    house.room.drill(archive, house.clock.now(), nobody)
    assert not (house.folder / SCRATCH).exists()


def test_the_file_stays_open_until_the_database_is_closed_so_that_its_locks_stay(house: House) -> None:
    house.make()
    opened = house.room._opened
    file = opened.database_file()
    house.make()
    assert opened.database_file() is file
    assert not file.closed
    house.leave()
    assert file.closed
    with pytest.raises(PracticeLocked):
        opened.database_file()
    house.desk = house.program.door.unlock(house.folder, house.desk.member.id, PASSPHRASE)


def _without_an_entry(house: House) -> None:
    """Leave the newest client out of one index, as a fault of the database library could."""
    with settled_connection(house.folder / DATABASE, house.room._opened.ring.page_key) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        asked = "SELECT sql FROM sqlite_schema WHERE name = 'clients_by_name'"
        whole = connection.execute(asked).fetchone()[0]
        change = "UPDATE sqlite_schema SET sql = ? WHERE name = 'clients_by_name'"
        connection.execute(change, (whole + " WHERE name_folded = 'nobody'",))
        connection.execute("PRAGMA writable_schema = RESET")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(clients)")]
        taken = ", ".join("'left-out'" if name == "id" else name for name in columns)
        connection.execute(f"INSERT INTO clients SELECT {taken} FROM clients LIMIT 1")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(change, (whole,))
        connection.execute("PRAGMA writable_schema = RESET")


def test_a_database_whose_index_lacks_an_entry_is_not_archived_as_whole(house: House) -> None:
    first = house.make()
    _without_an_entry(house)
    (run,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
    assert (run.ok, run.code) == (False, DamagedDatabase.code)
    assert sorted(path.name for path in house.place.iterdir() if path.name != MARK)[0] == first.name
    assert len(list(house.place.iterdir())) == 3
    with held(house) as still:
        rows = {"clients": 2, "members": 1}
        for size in (still.size, LOOKED_OVER + 1):
            with pytest.raises(DamagedDatabase):
                require_sound(still.connection, rows, size)
        require_sound(still.connection, {"members": 1}, LOOKED_OVER + 1)  # what is in order is not blamed


def test_an_index_over_some_rows_and_the_word_index_are_looked_over_too(house: House) -> None:
    with settled_connection(house.folder / DATABASE, house.room._opened.ring.page_key) as connection:
        connection.execute("CREATE INDEX some_clients ON clients (born) WHERE born < '1950-01-01'")
        require_indexes(connection, {"clients": 1})
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        require_indexes(connection, {"clients": 1})
        connection.set_trace_callback(None)
        assert "PRAGMA quick_check(clients)" in asked
        assert "PRAGMA quick_check(note_words_data)" in asked
        with pytest.raises(DamagedDatabase):
            require_indexes(connection, {"clients": 2})
        connection.execute("DROP INDEX some_clients")


def test_the_database_in_an_archive_is_the_file_as_it_lies(house: House) -> None:
    inside = files(plain(house.make(), house.folder))
    house.leave()
    # Locking wrote its line to the trail: pages differ, but not all of them, as they would under another key.
    now = (house.folder / DATABASE).read_bytes()
    pages = range(0, len(inside[names.DATABASE]), 4096)
    same = [at for at in pages if inside[names.DATABASE][at : at + 4096] == now[at : at + 4096]]
    assert len(same) > len(pages) // 2
    house.desk = house.program.door.unlock(house.folder, house.desk.member.id, PASSPHRASE)
