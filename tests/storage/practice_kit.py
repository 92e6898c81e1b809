"""Knows how the tests make, copy and compare practice folders."""

from __future__ import annotations

import hashlib
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.domain.moment import Moment
from desktop.storage.disk import Disk
from desktop.storage.practice_folder import First, Opened, Surroundings, create
from desktop.storage.vault.primitives import FLOOR
from desktop.system.machine import LocalMachine

NAME = "Mira Kowalczyk"
PASSPHRASE = "violet harbour seven stones"
SCHEMA = 3
RESERVE = 1 << 20
CANARY = "canary-Wiśniewski-4711"


class HandClock:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.moment = Moment(datetime(2026, 3, 2, 15, 0, tzinfo=UTC), -300, 5_000_000, "boot-1")

    def now(self) -> Moment:
        return self.moment

    def forward(self, seconds: int) -> None:
        self.moment = replace(
            self.moment,
            utc=self.moment.utc + timedelta(seconds=seconds),
            boot_ms=self.moment.boot_ms + 1000 * seconds,
        )


class CountedIds:
    """Identifiers in order."""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"0190a3c8-0000-7000-8000-{self._count:012x}"


def surroundings(disk: Disk | None = None, known_schema: int = SCHEMA) -> Surroundings:
    return Surroundings(
        machine=LocalMachine(), clock=HandClock(), known_schema=known_schema, disk=disk or Disk(), cost=FLOOR,
        reserve_bytes=RESERVE,
    )  # fmt: skip


def fill(opened: Opened) -> None:
    """Make the smallest tables that a practice could have."""
    with opened.engines.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.exec_driver_sql("INSERT INTO note (text) VALUES (?)", (CANARY,))
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def make(folder: Path, around: Surroundings | None = None, fill: Callable[[Opened], None] = fill) -> Opened:
    return create(folder, First(NAME, PASSPHRASE), CountedIds(), around or surroundings(), fill)


def notes(opened: Opened) -> list[str]:
    with opened.engines.readers.connect() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql("SELECT text FROM note ORDER BY id")]


def add_note(opened: Opened, text: str) -> None:
    with opened.engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES (?)", (text,))


# What a refusal may leave behind: who held the lock, how many tries there were, and the log's index in memory.
SIDE_FILES = ("practice.lock", "practice.attempts", "practice.db-shm")


def hashes(folder: Path, leave_out: tuple[str, ...] = SIDE_FILES) -> dict[str, str]:
    """The digest of every file in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in leave_out)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def in_child(work: Callable[[], object]) -> str:
    """Do `work` in a forked process; what it gives or raises, as text, '' when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child is not measured
        try:
            os.close(reading)
            try:
                text = str(work())
            except BaseException as error:  # noqa: BLE001 - the parent judges it
                text = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
            os.write(writing, text.encode()[:60_000])
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    return text


class Holder:
    """Another process that opens something and holds it until it is killed."""

    def __init__(self, hold: Callable[[], object]) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:  # pragma: no cover - the child is not measured
            try:
                os.close(reading)
                held = hold()
                os.write(writing, b"ready" if held else b"")
                os.close(writing)
                while True:
                    signal.pause()
            finally:
                os._exit(1)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            assert pipe.read() == b"ready", "the other process could not hold it"

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
