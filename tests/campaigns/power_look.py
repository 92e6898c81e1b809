"""Knows what must be true of a practice after the power failed, from its bytes up to the practice as a whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlcipher3 import dbapi2

from desktop.bootstrap import Program, Settings
from desktop.domain.errors import HoldfastError
from desktop.live.fold import fold
from desktop.storage import practice_folder
from desktop.storage.engine import lone_connection
from desktop.storage.opened import Opened
from desktop.storage.opening import first_look
from desktop.storage.practice_check import look_over
from desktop.storage.practice_layout import ARCHIVES, DATABASE, HEAD, KEYS, Layout
from desktop.storage.vault.keyfile import read_key_file
from desktop.storage.vault.kit import open_with_kit
from desktop.storage.vault.secret import Secret
from tests.campaigns.kill import CLINIC, Acknowledged, missing
from tests.campaigns.power_disk import SimulatedDisk
from tests.kit import HandClock
from tests.storage.archive.kit import KIT

TABLES = ("practice", "members", "clients", "couples", "orders", "sessions", "session_people", "live_events", "notes",
          "checkpoints", "countersignatures", "touch_plans", "safety_cards", "adverse_events", "order_signatures",
          "followups", "followup_steps", "word_releases", "practice_protocols")  # fmt: skip
SHM_BYTES = 32_768
IN_PRACTICE = frozenset({KEYS, HEAD, ARCHIVES})


def is_whole_file(name: str) -> bool:
    """Whether a file is put in place in one step, so that it may never be found half written."""
    folder, _, last = name.rpartition("/")
    return (folder == "practice" and last in IN_PRACTICE) or (folder == "stick" and last.endswith((".age", ".json")))


def digest(content: bytes) -> str:
    """Of a file."""
    return hashlib.sha256(content).hexdigest()


@dataclass(slots=True)
class Floor:
    """What was acknowledged so far. lines: of the trail; entries: tokens by session and number.

    versions: each content that a file was put in place with, oldest first; least: the oldest of them that may be found.
    """

    lines: int = 0
    entries: dict[str, dict[int, str]] = field(default_factory=dict)
    versions: dict[str, list[str]] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Floor:
        """What lies on the disk before anything is done."""
        found = {name: [digest(content)] for name, content in files.items() if is_whole_file(name)}
        return cls(versions=found, least=dict.fromkeys(found, 0))

    def copy(self) -> Floor:
        """To be carried on by itself."""
        entries = {session: dict(tokens) for session, tokens in self.entries.items()}
        versions = {name: list(found) for name, found in self.versions.items()}
        return Floor(self.lines, entries, versions, dict(self.least))

    def after(self, files: Mapping[str, bytes]) -> Floor:
        """The same for what follows a power loss, of which these files were left."""
        found = self.of(files)
        entries = {session: dict(tokens) for session, tokens in self.entries.items()}
        return Floor(self.lines, entries, found.versions, found.least)

    def take(self, text: str, disk: SimulatedDisk) -> None:
        """What the program acknowledged just now."""
        for line in text.splitlines():
            match line.split():
                case ["lines", number]:
                    self.lines = int(number)
                case ["entry", session, seq, token]:
                    self.entries.setdefault(session, {})[int(seq)] = f"{seq} {token}"
                case _:
                    names = [name for name in disk.now if name in self.versions and not name.endswith(HEAD)]
                    self.least |= {name: len(self.versions[name]) - 1 for name in names}

    def renamed(self, path: str, root: Path, disk: SimulatedDisk) -> None:
        """A file was put in place."""
        name = str(Path(path).relative_to(root)) if Path(path).is_relative_to(root) else ""
        if is_whole_file(name):
            self.versions.setdefault(name, []).append(digest(disk.now[name].whole()))


@dataclass(slots=True)
class Truth:
    """What the practice held at the end of what was recorded. seen: all tables' digests by the length of the trail."""

    trail: list[tuple[int, bytes]]
    events: dict[tuple[str, int], tuple[Any, ...]]
    seen: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, practice: Path, page_key: Secret) -> Truth:
        """As the files of a locked practice say."""
        connection = lone_connection(practice / DATABASE, page_key, "mode=ro", "immutable=1")
        try:
            return cls(trail_of(connection), events_of(connection))
        finally:
            connection.close()


def trail_of(connection: Any) -> list[tuple[int, bytes]]:
    """Every line's number and seal; a seal holds all that was before it."""
    return list(connection.execute("SELECT number, mac FROM audit ORDER BY number"))


def events_of(connection: Any) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Every entry of a session as it was written."""
    rows = connection.execute("SELECT session_id, seq, kind, seat, author, at_ms, entered_ms, payload FROM live_events")
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


@dataclass(slots=True)
class Look:
    """A practice as it was found after the power failed."""

    root: Path
    files: Mapping[str, bytes]
    truth: Truth
    floor: Floor
    page_key: Secret

    @classmethod
    def laid(
        cls, root: Path, files: Mapping[str, bytes], folders: set[str], truth: Truth, floor: Floor, page_key: Secret,
        by: Random,
    ) -> Look:
        """Put the files down. The database's shared memory was never on a disk: nothing, zeros or anything is there."""
        shutil.rmtree(root, ignore_errors=True)
        for folder in sorted({"practice", "stick"} | folders):
            (root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            if name.endswith("-shm"):
                content = by.choice((b"", bytes(SHM_BYTES), by.randbytes(SHM_BYTES)))
            (root / name).write_bytes(content)
            (root / name).chmod(0o600)
        return cls(root, files, truth, floor, page_key)

    @property
    def practice(self) -> Path:
        """The practice folder."""
        return self.root / "practice"

    def rows(self) -> list[str]:
        """Every file that is put in place in one step, and every row of the database, read below the program."""
        problems = self.whole_files()
        try:
            connection = lone_connection(self.practice / DATABASE, self.page_key, "mode=rw")
            try:
                connection.execute("PRAGMA synchronous = OFF")  # this disk is not waited for
                return [*problems, *self._rows(connection)]
            finally:
                connection.close()
        except (dbapi2.Error, HoldfastError) as error:
            return [*problems, f"lost: the database does not open: {type(error).__name__}"]

    def whole_files(self) -> list[str]:
        """Files that are gone, half written, or older than was acknowledged."""
        problems = []
        for name in self.floor.least:
            if name not in self.files:
                problems.append(f"lost: {Path(name).name} is gone")
        for name, content in self.files.items():
            if is_whole_file(name):
                versions = self.floor.versions.get(name, [])
                at = max((n for n, each in enumerate(versions) if each == digest(content)), default=-1)
                if at < 0:
                    problems.append(f"{Path(name).name} is half written")
                elif at < self.floor.least.get(name, 0):
                    problems.append(f"lost: {Path(name).name} is older than acknowledged")
        return problems

    def _rows(self, connection: Any) -> list[str]:
        trail, events = trail_of(connection), events_of(connection)
        problems = []
        if len(trail) < self.floor.lines:
            problems.append(f"lost: {self.floor.lines} lines were acknowledged, {len(trail)} are there")
        if trail != self.truth.trail[: len(trail)]:
            problems.append("the trail is another")
        acknowledged = {(session, seq) for session, tokens in self.floor.entries.items() for seq in tokens}
        if gone := acknowledged - events.keys():
            problems.append(f"lost: {len(gone)} entries were acknowledged and are gone")
        if any(self.truth.events.get(key) != row for key, row in events.items()):
            problems.append("an entry is another")
        tables = [list(connection.execute(f"SELECT * FROM {table}")) for table in TABLES]
        all_of_it = digest(repr(tables).encode())
        if self.truth.seen.setdefault(len(trail), all_of_it) != all_of_it:
            problems.append("a transaction is half there")
        return [*problems, *self._head(len(trail))]

    def _head(self, lines: int) -> list[str]:
        """What would keep the program from opening it, though nobody was at it."""
        head = json.loads(self.files.get(f"practice/{HEAD}", b'{"number":0,"closed":0}'))
        log = self.files.get(f"practice/{DATABASE}-wal")
        problems = []
        if head["number"] > lines:
            problems.append("the head knows of more lines than are there")
        if head.get("closed") and log:
            problems.append("a log lies beside a practice that is marked as locked")
        return problems

    def whole(self) -> list[str]:
        """Open it as the program does, the passphrase aside, and look over all of it."""
        own = self.root.with_name(self.root.name + "-own")
        program = Program(Settings(clock=HandClock(), root=own, cheap_keys=True, reserve=1 << 16))
        try:
            opened = self._open(program)
        except HoldfastError as error:
            return [f"it is refused: {type(error).__name__} {getattr(error, 'code', '')}"]
        try:
            return self._looked_over(program, opened)
        except HoldfastError as error:
            return [f"it is refused: {type(error).__name__} {getattr(error, 'code', '')}"]
        finally:
            opened.close()
            program.close()

    def _open(self, program: Program) -> Opened:
        layout, around = Layout(self.practice), program.door.around()

        def unlocking() -> tuple[practice_folder.KeyFile, practice_folder.KeyRing]:
            keys = read_key_file(self.practice)
            ring = open_with_kit(keys, KIT)
            return practice_folder.finish(layout, keys, ring, around), ring

        return practice_folder._open(layout, around, unlocking)

    def _looked_over(self, program: Program, opened: Opened) -> list[str]:
        store, _ = program.door.store(opened)
        assert opened.before is not None
        problems = [f"the first look says {flaw.wrong.value}" for flaw in first_look(store, opened.before)]
        state = store.verify()
        if not state.intact:
            problems.append(f"the trail does not hold: {state.reason}")
        problems += [f"the word index: {flaw.wrong.value}" for flaw in store.word_index()]
        problems += [f"the check says: {look.text}" for look in look_over(opened) if not look.ok]
        for session, tokens in self.floor.entries.items():
            with store.read() as unit:
                entries = unit.events.of(session, CLINIC)
            problems += [f"lost: {problem}" for problem in missing(Acknowledged(session, tokens), entries)]
            fold(entries)
        return problems
