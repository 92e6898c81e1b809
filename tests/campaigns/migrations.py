"""Knows the harness that kills a change of the file's form (R7) at any statement, and what must be true after it.

A forked child unlocks a copy of a kept practice with the program of today, which archives it and brings it to today's
schema; the newest kept one is taken a step further than this program knows. It is killed (SIGKILL) before, after or
within a call to the database or the disk. Then today's program must find every record, in the old form or the new one,
and end what was broken off; what is newer than it knows it must refuse untouched.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from sqlcipher3 import dbapi2

from desktop.bootstrap import VERSION, Program, Settings
from desktop.domain.errors import HoldfastError, Known
from desktop.domain.errors_practice import NewerDatabase
from desktop.domain.moment import Moment
from desktop.storage.archive.room import BEFORE_MIGRATION, Room
from desktop.storage.archive.shelf import found_at
from desktop.storage.audit import Head
from desktop.storage.engine import open_engines, read_schema
from desktop.storage.migrations import KNOWN_SCHEMA, STEPS
from desktop.storage.migrations.runner import migrate
from desktop.storage.migrations.standing import locks
from desktop.storage.migrations.step import Step
from desktop.storage.opened import Opened, Surroundings
from desktop.storage.practice_folder import open_practice
from desktop.storage.practice_layout import DATABASE
from desktop.storage.unit import SqlStore
from desktop.storage.vault.primitives import FLOOR
from desktop.storage.vault.secret import Secret
from desktop.system.machine import LocalMachine
from tests.campaigns.report import Report
from tests.kit import HandClock
from tests.storage.kept import making
from tests.storage.kept.contents import CONTENTS, PRACTICE, contents_of, rows_of
from tests.storage.practice_kit import hashes

LATER = Moment(datetime(2031, 7, 1, 9, 0, tzinfo=UTC), 120, 90_000, "another boot")
DISK_CALLS = frozenset({"write", "fsync", "rename", "replace", "unlink", "remove", "posix_fallocate", "mkdir"})
DATABASE_CALLS = frozenset({"execute", "commit", "close", "backup"})
RUNNERS_OWN = 0.5  # so many are killed in a call of the change itself, the others anywhere
WITHIN_S = 0.004  # a call that is killed within lasts up to so long, drawn evenly
RUNNER = "desktop.storage.migrations"
RUNS = ("audit",)  # tables that grow by unlocking


def _further(connection: Any) -> None:
    """A form that nobody knows yet: a column, a copy of many rows, an index over them."""
    connection.execute("ALTER TABLE clients ADD COLUMN later TEXT")
    connection.execute("CREATE TABLE later_events AS SELECT * FROM live_events")
    connection.execute("CREATE INDEX later_by_kind ON later_events (kind, payload)")
    connection.execute("UPDATE later_events SET payload = payload || payload")
    connection.execute("ALTER TABLE couples ADD COLUMN later TEXT")


NEXT = (*STEPS, Step(KNOWN_SCHEMA + 1, _further, STEPS[-1].triggers))


@dataclass(slots=True)
class Kept:
    """A kept practice. calls: how many calls its change makes; first: at which of them the runner's own begin."""

    folder: Path
    said: dict[str, Any]
    page_key: Secret
    calls: int = 0
    runner: list[int] = field(default_factory=list)

    @property
    def schema(self) -> int:
        """The form that it has."""
        return int(self.said["schema"])

    @property
    def target(self) -> int:
        """The form that it is brought to: today's, or the next one where it has that."""
        return KNOWN_SCHEMA if self.schema < KNOWN_SCHEMA else NEXT[-1].number

    @property
    def who(self) -> tuple[str, str]:
        """A member's name and passphrase."""
        name, words = next(iter(self.said["passphrases"].items()))
        return str(name), str(words)


Watch = Callable[[int, str, FrameType], None]


@contextlib.contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell `watch` the number, the event (c_call, c_return) and the caller of each call to the database or the disk."""
    count = 0

    def hook(frame: FrameType, event: str, called: Any) -> None:
        nonlocal count
        if event not in ("c_call", "c_return") or not _of_interest(called):
            return
        count += event == "c_call"
        watch(count, event, frame)

    sys.setprofile(hook)
    try:
        yield
    finally:
        sys.setprofile(None)


def _of_interest(called: Any) -> bool:
    name, owner = getattr(called, "__name__", ""), getattr(called, "__self__", None)
    if isinstance(owner, (dbapi2.Connection, dbapi2.Cursor)):
        return name in DATABASE_CALLS
    return name in DISK_CALLS and getattr(owner, "__name__", "") == "posix"


class Harness:
    """Kept practices whose change of form is killed."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report, self.by, self.folder = report, Random(report.seed), folder
        locks()  # it is made once in a process, by a migration of its own
        self.kept = [self._measured(path.parent) for path in sorted(making.HERE.glob(f"schema-*/{CONTENTS}"))]

    def _measured(self, folder: Path) -> Kept:
        said = json.loads((folder / CONTENTS).read_text("utf-8"))
        copy = self.copy_of(folder)
        with opened(copy, *next(iter(said["passphrases"].items())), int(said["schema"])) as found:
            kept = Kept(folder, said, Secret(bytes(found.ring.page_key.reveal())))
        copy = self.copy_of(folder)

        def watch(number: int, event: str, frame: FrameType) -> None:
            kept.calls = number
            if event == "c_call" and str(frame.f_globals.get("__name__", "")).startswith(RUNNER):
                kept.runner.append(number)

        with watched(watch):
            self.change(kept, copy)
        return kept

    def copy_of(self, folder: Path) -> Path:
        """A fresh copy to work on; git keeps no modes."""
        shutil.rmtree(self.folder / "work", ignore_errors=True)
        copy = shutil.copytree(folder / PRACTICE, self.folder / "work" / "practice")
        for path in (copy, *copy.iterdir()):
            path.chmod(0o700 if path.is_dir() else 0o600)
        return copy

    def change(self, kept: Kept, copy: Path) -> None:
        """What the child does: bring it to its target, as an unlock does."""
        if kept.target == KNOWN_SCHEMA:
            with unlocked(copy, kept, LATER):
                return
        with opened(copy, *kept.who, kept.schema) as found, found.engines.separate() as connection:
            room = Room(found, VERSION)
            migrate(connection, NEXT, lambda old, new: room.before_migration(LATER))

    def one(self, number: int) -> None:
        """One child, killed; then the practice is looked at."""
        kept = self.kept[number % len(self.kept)]
        copy = self.copy_of(kept.folder)
        at = self.by.choice(kept.runner) if self.by.random() < RUNNERS_OWN else self.anywhere(kept)
        how = self.by.choice(("before", "after", "within"))
        killed = self.killed(kept, copy, at, how)
        self.report.add(f"killed {how} a call" if killed else "ended before the kill")
        for problem in self.look(kept, copy):
            self.report.fault(f"schema {kept.schema}, {how} call {at} of {kept.calls}: {problem}")

    def anywhere(self, kept: Kept) -> int:
        """A call of the whole, as often after the change as in all of it."""
        after = min(kept.runner[-1] + 1, kept.calls)
        return self.by.randint(self.by.choice((1, after)), kept.calls)

    def killed(self, kept: Kept, copy: Path, at: int, how: str) -> bool:
        """Change it in a child that is killed at that call; whether it was still at it."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - the child is not measured
            wanted = "c_return" if how == "after" else "c_call"

            def watch(number: int, event: str, frame: FrameType) -> None:
                if number == at and event == wanted:
                    if how == "within":
                        os.write(writing, b"r")
                    else:
                        os.kill(os.getpid(), signal.SIGKILL)

            try:
                with watched(watch):
                    self.change(kept, copy)
                os.write(writing, b"d")
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=0) as told:
            first = told.read(1)
            if first == b"r":
                select.select([told], (), (), self.by.random() * WITHIN_S)
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return first != b"d" and told.read(1) != b"d"

    def look(self, kept: Kept, copy: Path) -> list[str]:
        """Open the practice with today's program; what is not as it must be."""
        try:
            number = read_schema(copy / DATABASE, kept.page_key)
            # Every step is a transaction of its own: what was killed between two of them has a form between.
            if not kept.schema <= number <= kept.target:
                return [f"it has schema {number}"]
            changed = number != kept.schema
            form = "in the old form" if not changed else "in the new form" if number == kept.target else "between"
            self.report.add(f"from schema {kept.schema}: {form}")
            first = archives(copy, str(kept.said["practice"]["id"])) if changed else []
            if changed and not first:
                return ["its form was changed without an archive"]
            if number > KNOWN_SCHEMA:
                return [*self._refused(kept, copy), *self._newer(kept, copy, first)]
            return self._unlocked(kept, copy, first)
        except HoldfastError as error:
            return [f"it does not open: {type(error).__name__}: {error}"]

    def _refused(self, kept: Kept, copy: Path) -> list[str]:
        """What is newer than the program knows, put before it."""
        before = hashes(copy)
        try:
            with unlocked(copy, kept):
                return ["a newer file was opened"]
        except NewerDatabase:
            self.report.add("newer files refused")
        return [] if hashes(copy) == before else ["a newer file was refused and touched"]

    def _newer(self, kept: Kept, copy: Path, first: list[Path]) -> list[str]:
        with opened(copy, *kept.who, kept.target) as found:
            return [*lacking(kept, rows_of(found.engines)), *unsound(Room(found, VERSION), first, kept.schema)]

    def _unlocked(self, kept: Kept, copy: Path, first: list[Path]) -> list[str]:
        said = kept.said
        with unlocked(copy, kept) as (program, desk):
            found = contents_of(desk)
            told = found.keys() & said.keys() - {"trail"}
            problems = [f"{key} are not as they were" for key in sorted(told) if found[key] != said[key]]
            assert isinstance(desk.store, SqlStore)
            if not desk.store.verify(Head(said["trail"]["lines"], said["trail"]["head"])).intact:
                problems.append("the trail does not hold")
            problems += [f"the check says: {each.name}" for each in program.door.check(desk) if not each.ok]
            problems += [f"the unlock says: {each.code}" for each in program.door.found_at_unlock(desk)]
            if kept.schema < KNOWN_SCHEMA:
                first = first or archives(copy, desk.store.practice_id)
                problems += unsound(program.door.archives(desk), first, kept.schema)
        if read_schema(copy / DATABASE, kept.page_key) != KNOWN_SCHEMA:
            problems.append("the change was not ended by the next unlock")
        engines = open_engines(copy / DATABASE, kept.page_key)
        problems += lacking(kept, rows_of(engines))
        engines.close()
        return problems


@contextlib.contextmanager
def unlocked(copy: Path, kept: Kept, at: Moment = LATER) -> Iterator[tuple[Program, Any]]:
    """The program of today, years later and on another machine."""
    settings = Settings(clock=HandClock(at), root=copy.parent / "own", cheap_keys=True, reserve=making.RESERVE)
    program = Program(settings)
    name, words = kept.who
    try:
        (member,) = (each.id for each in program.door.peek(copy).members if each.name == name)
        desk = program.door.unlock(copy, member, words)
        try:
            yield program, desk
        finally:
            program.door.leave(desk)
    finally:
        program.close()


@contextlib.contextmanager
def opened(copy: Path, member: str, passphrase: str, known: int) -> Iterator[Opened]:
    """A practice unlocked below the program, by a version that knows so much; its form stays."""
    clock = HandClock(LATER)
    around = Surroundings(LocalMachine(), clock, known, cost=FLOOR, reserve_bytes=making.RESERVE)
    found = open_practice(copy, member, passphrase, around)
    try:
        yield found
    finally:
        found.close()


def archives(copy: Path, practice_id: str) -> list[Path]:
    """The archives that were made beside the database before its form was changed."""
    place = copy / BEFORE_MIGRATION
    return [each.path for each in found_at(place, practice_id)] if place.is_dir() else []


def unsound(room: Room, first: list[Path], schema: int) -> list[str]:
    """Whether no archive of the old form is whole."""
    for path in first:
        with contextlib.suppress(Known):
            if room.verify(path, LATER, lambda done, total, words: None).schema == schema:
                return []
    return ["no archive of the old form is whole"]


def lacking(kept: Kept, rows: dict[str, int]) -> list[str]:
    """Tables that have other than the rows they had; the trail grows with every unlock."""
    wanted = Counter(kept.said["rows"])
    fewer = [name for name in RUNS if rows.get(name, 0) < wanted[name]]
    other = [name for name in wanted if name not in RUNS and rows.get(name) != wanted[name]]
    return [f"{name} lacks rows" for name in (*fewer, *other)]


def run(report: Report, folder: Path) -> None:
    """Kill so many."""
    harness = Harness(folder, report)
    for number in report.rounds():
        report.add("kills")
        harness.one(number)
