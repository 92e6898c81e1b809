"""Knows that the database is opened encrypted, durable and with one writer, or not at all."""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import exc
from sqlcipher3 import dbapi2

from desktop.domain.errors_machine import DatabaseBusy, DiskFull, DiskTrouble, FolderNotWritable, NotSafeHere
from desktop.domain.errors_practice import DamagedDatabase, NewerDatabase, PlainDatabase, PracticeLocked
from desktop.storage import engine as engine_module
from desktop.storage.engine import Engines, check_versions, open_engines, read_schema, require_known_schema
from desktop.storage.faults import explain, explain_code, explained
from desktop.storage.vault.secret import Secret
from desktop.storage.writer_thread import THREAD_NAME, WriterThread

KEY = bytes(range(32))
CANARY = "canary-Wiśniewski-4711"


def key() -> Secret:
    return Secret(KEY)


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if not p.name.endswith("-shm")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a folder with ümlaut # and ? and %41" / "practice.db"
    path.parent.mkdir()
    path.touch(0o600)
    return path


@pytest.fixture
def engines(path: Path) -> Iterator[Engines]:
    opened = open_engines(path, key())
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.exec_driver_sql("CREATE TABLE line (note INTEGER REFERENCES note (id))")
    yield opened
    opened.close()


def count(engines: Engines) -> int:
    with engines.readers.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM note").scalar_one())


def test_every_setting_holds_on_the_writer_and_on_every_reader(engines: Engines) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2,
        "trusted_schema": 0, "cell_size_check": 1, "recursive_triggers": 1,
    }  # fmt: skip
    for pool in (engines.writer, engines.readers):
        with pool.connect() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
            assert found == wanted
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == engine_module.BUSY_MS
            assert str(connection.exec_driver_sql("PRAGMA cipher_version").scalar_one()).startswith("4.")


def test_the_file_on_disk_shows_neither_text_nor_structure(engines: Engines) -> None:
    with engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES (?)", (CANARY,))
    everything = b"".join(p.read_bytes() for p in engines.path.parent.iterdir())
    engines.close()
    everything += b"".join(p.read_bytes() for p in engines.path.parent.iterdir())
    for word in (CANARY.encode(), b"CREATE TABLE", b"SQLite format 3"):
        assert word not in everything


def test_the_stock_library_cannot_read_the_file(engines: Engines) -> None:
    engines.close()
    stock = sqlite3.connect(engines.path)
    with pytest.raises(sqlite3.DatabaseError):
        stock.execute("SELECT * FROM sqlite_schema")
    stock.close()


def test_a_rollback_takes_back_rows_tables_and_the_schema_number(engines: Engines) -> None:
    with pytest.raises(KeyError), engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES ('one')")
        connection.exec_driver_sql("CREATE TABLE other (x)")
        connection.exec_driver_sql("PRAGMA user_version = 7")
        raise KeyError
    with engines.writer.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar_one() == 0
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 0
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name = 'other'").all()
        assert tables == []


def test_a_writer_takes_the_write_lock_at_begin(engines: Engines) -> None:
    with engines.writer.begin():
        other = engine_module._raw(engine_module._target(engines.path, "mode=rw"), key())
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(dbapi2.OperationalError) as caught:
            other.execute("BEGIN IMMEDIATE")
        other.close()
    assert isinstance(explain(caught.value), DatabaseBusy)


def test_a_reader_reads_on_while_the_writer_writes_and_cannot_write_itself(engines: Engines) -> None:
    with engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES ('one')")
        assert count(engines) == 0
    assert count(engines) == 1
    with engines.readers.connect() as connection, pytest.raises(exc.OperationalError):
        connection.exec_driver_sql("INSERT INTO note (text) VALUES ('two')")


def test_foreign_keys_are_kept(engines: Engines) -> None:
    with pytest.raises(exc.IntegrityError), engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO line (note) VALUES (99)")


def test_an_error_text_holds_no_parameter(engines: Engines) -> None:
    with pytest.raises(exc.IntegrityError) as caught, engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO line (note) VALUES (?)", (CANARY,))
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)


def test_a_wrong_key_is_refused_and_changes_no_byte(engines: Engines, capfd: pytest.CaptureFixture[str]) -> None:
    engines.close()
    before = hashes(engines.path.parent)
    for attempt in (open_engines, read_schema):
        with pytest.raises(DamagedDatabase):
            attempt(engines.path, Secret(bytes(32 - 1) + b"\x01"))
    assert hashes(engines.path.parent) == before
    assert capfd.readouterr() == ("", "")


def test_a_key_of_another_length_is_never_taken_for_a_passphrase(path: Path) -> None:
    with pytest.raises(ValueError):
        open_engines(path, Secret(b"short"))
    assert path.read_bytes() == b""


def test_a_plain_database_is_refused_untouched(tmp_path: Path) -> None:
    plain = tmp_path / "practice.db"
    stock = sqlite3.connect(plain)
    stock.execute("CREATE TABLE t (x)")
    stock.commit()
    stock.close()
    before = hashes(tmp_path)
    for attempt in (open_engines, read_schema):
        with pytest.raises(PlainDatabase):
            attempt(plain, key())
    assert hashes(tmp_path) == before


def test_a_flipped_bit_in_a_page_is_reported(engines: Engines) -> None:
    engines.close()
    content = bytearray(engines.path.read_bytes())
    content[100] ^= 1
    engines.path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        open_engines(engines.path, key())


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises((DiskTrouble, FolderNotWritable)):
        open_engines(tmp_path / "practice.db", key())
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_file_is_not_taken_for_a_database(path: Path) -> None:
    with pytest.raises(DamagedDatabase):
        read_schema(path, key())
    assert path.read_bytes() == b""


def set_schema(engines: Engines, number: int) -> None:
    with engines.writer.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def test_a_newer_database_is_refused_and_no_byte_changes(engines: Engines) -> None:
    set_schema(engines, 8)
    engines.close()
    before = hashes(engines.path.parent)
    assert require_known_schema(engines.path, key(), 8) == 8
    with pytest.raises(NewerDatabase) as caught:
        require_known_schema(engines.path, key(), 7)
    assert (caught.value.found, caught.value.known) == (8, 7)
    assert hashes(engines.path.parent) == before
    assert {p.name for p in engines.path.parent.iterdir()} == {"practice.db"}


def test_a_newer_schema_that_only_the_log_knows_is_found_and_left_there(path: Path) -> None:
    child = os.fork()
    if child == 0:  # pragma: no cover - this branch ends by SIGKILL
        opened = open_engines(path, key())
        set_schema(opened, 8)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    before = hashes(path.parent)
    assert before.keys() == {"practice.db", "practice.db-wal"}
    with pytest.raises(NewerDatabase):
        require_known_schema(path, key(), 7)
    assert hashes(path.parent) == before


@pytest.mark.parametrize(
    ("sqlite", "cipher", "said"),
    [((3, 51, 2), "4.19.0", "3.51.2 is too old"), ((3, 53, 4), None, "does not encrypt"), ((3, 53, 4), "", "encrypt")],
)
def test_a_library_that_is_old_or_does_not_encrypt_is_refused(
    sqlite: tuple[int, ...], cipher: str | None, said: str
) -> None:
    with pytest.raises(NotSafeHere, match=said):
        check_versions(sqlite, cipher)


class _Pretender:
    """A connection whose library ignores what it is told."""

    def __init__(self, answers: dict[str, object]) -> None:
        self._answers = answers
        self._asked = ""

    def execute(self, statement: str) -> _Pretender:
        self._asked = statement.removeprefix("PRAGMA ").split(" ")[0]
        return self

    def fetchone(self) -> tuple[object] | None:
        found = self._answers.get(self._asked)
        return None if found is None else (found,)


GOOD = {
    "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "trusted_schema": 0, "cell_size_check": 1,
    "recursive_triggers": 1, "journal_mode": "wal",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("answer", [None, 99])
def test_a_setting_that_does_not_hold_keeps_the_database_closed(name: str, answer: object) -> None:
    engine_module._settle(_Pretender(GOOD), writer=True)
    with pytest.raises(NotSafeHere):
        engine_module._settle(_Pretender({**GOOD, name: answer}), writer=True)


def test_every_result_code_of_the_disk_has_its_sentence() -> None:
    expected = {
        5: DatabaseBusy, 6: DatabaseBusy, 517: DatabaseBusy, 8: FolderNotWritable, 14: FolderNotWritable,
        10: DiskTrouble, 266: DiskTrouble, 11: DamagedDatabase, 26: DamagedDatabase, 13: DiskFull,
    }  # fmt: skip
    assert {code: type(explain_code(code)) for code in expected} == expected
    assert explain_code(1) is None
    assert explain_code(19) is None


def test_a_full_database_says_how_much_space_is_needed(engines: Engines) -> None:
    with engines.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 12")
    with pytest.raises(DiskFull, match="16 MB"), explained(), engines.writer.begin() as connection:
        for _ in range(50):
            connection.exec_driver_sql("INSERT INTO note (text) VALUES (?)", ("x" * 4000,))
    assert count(engines) == 0


def test_system_errors_are_explained_and_others_pass() -> None:
    assert isinstance(explain(OSError(28, "No space left")), DiskFull)
    assert isinstance(explain(PermissionError(13, "no")), FolderNotWritable)
    assert isinstance(explain(OSError(5, "I/O")), DiskTrouble)
    assert explain(ValueError()) is None
    with pytest.raises(exc.IntegrityError), explained():
        raise exc.IntegrityError("INSERT", {}, dbapi2.IntegrityError("UNIQUE"))


def test_a_closed_database_says_that_it_is_locked() -> None:
    connection = dbapi2.connect(":memory:")
    connection.close()
    with pytest.raises(PracticeLocked), explained():
        connection.execute("SELECT 1")


def test_nothing_of_the_key_is_shown(engines: Engines, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    count(engines)
    shown = repr(engines) + repr(key()) + str(key()) + str(engines.writer.url) + caplog.text
    assert KEY.hex() not in shown
    with pytest.raises(TypeError):
        key().__reduce__()


def test_a_secret_is_gone_after_its_block() -> None:
    with key() as secret:
        buffer = secret.reveal()
        assert secret.same_as(KEY)
        assert len(secret) == 32
    assert bytes(buffer) == bytes(32)
    assert secret.gone
    with pytest.raises(ValueError):
        secret.reveal()


def test_the_writer_thread_works_in_order_and_waits() -> None:
    thread = WriterThread()
    done: list[int] = []
    futures = [thread.submit(partial(done.append, n)) for n in range(20)]
    assert thread.run(lambda: thread.run(lambda: "nested")) == "nested"
    assert done == list(range(20))
    assert all(future.done() for future in futures)
    assert not thread.here()
    assert thread.run(thread.here)
    with pytest.raises(ZeroDivisionError):
        thread.run(lambda: 1 // 0)
    thread.close()
    thread.close()
    with pytest.raises(PracticeLocked):
        thread.run(lambda: None)


def test_the_writer_thread_can_be_ended_from_within() -> None:
    thread = WriterThread()
    thread.run(thread.close)
    with pytest.raises(PracticeLocked):
        thread.submit(lambda: None)


def test_the_writer_thread_has_a_name_of_its_own() -> None:
    thread = WriterThread()
    assert thread.run(lambda: threading.current_thread().name).startswith(THREAD_NAME)
    thread.close()
