"""Knows which files make a practice folder, and what a folder is found to be before anything in it is touched."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop.domain.errors_machine import MEGABYTE, DiskFull, FolderNotWritable
from desktop.domain.errors_practice import (
    AlreadyAPractice,
    FolderNotEmpty,
    MissingDatabase,
    MissingKeyFile,
    NoPractice,
    UnfinishedPractice,
)
from desktop.storage.disk import Disk
from desktop.storage.faults import SPACE_FOR_A_STEP, explained, fit_to_hold
from desktop.storage.vault import attempts, keyfile

DATABASE = "practice.db"
ARCHIVES = "practice.archives"
HEAD = "practice.head"
SCRATCH = "practice.scratch"  # a folder for encrypted copies while an archive is made or tried out
LOCK = "practice.lock"
RESERVE = "practice.reserve"
DRAFTS = "practice.drafts"
MARKER = "practice.unfinished"  # there while a practice is being made, and no longer
KEYS = keyfile.FILE
KEYS_NEW = keyfile.FILE + ".new"
RESERVE_BYTES = 64 * MEGABYTE

# In the order in which what a broken-off `create` left is cleared away: the keys first, the marker last.
_REMAINS = (
    KEYS, KEYS_NEW, RESERVE, DATABASE, DATABASE + "-wal", DATABASE + "-shm", DATABASE + "-journal",
    attempts.FILE, attempts.FILE + ".new", HEAD, HEAD + ".new", MARKER,
)  # fmt: skip
# What file managers leave in an empty folder.
_OF_NO_MATTER = frozenset({".DS_Store", "desktop.ini", "Thumbs.db", ".directory", "lost+found"})


class State(Enum):
    """What a folder is."""

    NOTHING = "nothing"
    UNFINISHED = "unfinished"
    NO_KEYS = "no keys"
    NO_DATABASE = "no database"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one practice folder."""

    folder: Path

    def file(self, name: str) -> Path:
        """Where a file of that name lies."""
        return self.folder / name

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / DATABASE

    def state(self) -> State:
        """What the folder is; nothing in it is touched."""
        with explained(), fit_to_hold():
            keys, database, marker = (self.file(name).exists() for name in (KEYS, DATABASE, MARKER))
        if keys:
            return State.WHOLE if database else State.NO_DATABASE
        if marker:
            return State.UNFINISHED
        return State.NO_KEYS if database else State.NOTHING

    def require_whole(self) -> None:
        """Raise what keeps the folder from being opened as a practice."""
        match self.state():
            case State.NOTHING:
                raise NoPractice
            case State.UNFINISHED:
                raise UnfinishedPractice
            case State.NO_KEYS:
                raise MissingKeyFile
            case State.NO_DATABASE:
                raise MissingDatabase
            case State.WHOLE:
                pass

    def require_fit_for_new(self) -> None:
        """Raise AlreadyAPractice or FolderNotEmpty where a practice must not be made."""
        if self.state() not in (State.NOTHING, State.UNFINISHED):
            raise AlreadyAPractice
        with explained():
            try:
                names = {each.name for each in self.folder.iterdir()}
            except FileNotFoundError:
                return
            except NotADirectoryError:
                raise FolderNotEmpty from None
        if names - _OF_NO_MATTER - set(_REMAINS) - {LOCK}:
            raise FolderNotEmpty

    def require_writable(self, disk: Disk) -> None:
        """Raise FolderNotWritable unless folder, database and key file may be written; nothing is written to tell."""
        for path in (self.folder, self.database, self.file(KEYS)):
            if path.exists() and not disk.may_write(path):
                raise FolderNotWritable

    def clear_remains(self, disk: Disk) -> None:
        """Remove what a broken-off `create` made; never called where a practice was finished."""
        for name in _REMAINS:
            disk.remove(self.file(name))

    def sweep(self, disk: Disk) -> None:
        """Remove what a killed program left beside finished files."""
        for name in (KEYS_NEW, attempts.FILE + ".new", HEAD + ".new", DRAFTS + ".new", ARCHIVES + ".new", MARKER):
            with contextlib.suppress(OSError):
                disk.remove(self.file(name))
        self.sweep_scratch(disk)

    def sweep_scratch(self, disk: Disk) -> None:
        """Remove the scratch folder and what lies in it."""
        folders = [self.file(SCRATCH)]
        with contextlib.suppress(OSError):
            for folder in folders:
                for path in folder.iterdir():
                    if path.is_dir() and not path.is_symlink():
                        folders.append(path)
                    else:
                        disk.remove(path)
            for folder in reversed(folders):
                folder.rmdir()


@dataclass(frozen=True, slots=True)
class Reserve:
    """A file that holds space back, so that a running session can be finished when the disk is full."""

    layout: Layout
    disk: Disk
    size: int

    @property
    def _path(self) -> Path:
        return self.layout.file(RESERVE)

    @property
    def bytes(self) -> int:
        """How much is held back."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def make(self) -> None:
        """Hold the space back; DiskFull."""
        with explained(self.size + SPACE_FOR_A_STEP):
            self.disk.allocate(self._path, self.size)

    def free(self) -> int:
        """Give the space back; how much that was."""
        held = self.bytes
        with explained():
            self.disk.remove(self._path)
        return held

    def renew(self) -> bool:
        """Hold the space back again where there is plenty; whether it is held now."""
        if self.bytes >= self.size:
            return True
        try:
            if self.disk.free(self.layout.folder) < 2 * self.size + SPACE_FOR_A_STEP:
                return False
            self.disk.remove(self._path)
            self.disk.allocate(self._path, self.size)
        except OSError:
            with contextlib.suppress(OSError):
                self.disk.remove(self._path)
            return False
        return True

    def require_space(self) -> bool:
        """Raise DiskFull unless one more step has room, giving the reserve up for it; whether it was given up."""
        with explained():
            free = self.disk.free(self.layout.folder)
        if free >= SPACE_FOR_A_STEP:
            return False
        if free + self.bytes < SPACE_FOR_A_STEP:
            raise DiskFull(SPACE_FOR_A_STEP, free)
        self.free()
        return True
