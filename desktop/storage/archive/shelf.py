"""Knows how archives lie at a place: their names, the key file beside each, and how a place is told from another."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.errors import Known
from desktop.domain.errors_archive import MissingPlace, PlaceNotWritable, PlaceUnfit
from desktop.storage.archive.placing import at_place
from desktop.storage.disk import Disk

MARK = "holdfast.place"
MARK_TEXT = b"Archives of Holdfast lie in this folder. This file tells that the right disk is connected.\n"
SUFFIX, KEYS_SUFFIX, PART = ".age", ".keys.json", ".part"
_NAME = re.compile(r"holdfast-([0-9a-z]{8})-([0-9]{6,12})-([0-9]{8}T[0-9]{6}Z)\.age")
_FAR = 100_000
_STAMP = "%Y%m%dT%H%M%SZ"


def short(practice_id: str) -> str:
    """The part of a practice's identifier that stands in names."""
    return practice_id.replace("-", "")[-8:]


def name_of(practice_id: str, counter: int, made: datetime) -> str:
    """An archive's file name: whose, which number, when (UTC)."""
    return f"holdfast-{short(practice_id)}-{counter:06d}-{made.astimezone(UTC).strftime(_STAMP)}{SUFFIX}"


def key_copy_of(archive: Path) -> Path:
    """Where the copy of the key file lies."""
    return archive.with_name(archive.name.removesuffix(SUFFIX) + KEYS_SUFFIX)


@dataclass(frozen=True, slots=True)
class OnShelf:
    """An archive by its name; nothing of it was read. made: as its name says, UTC."""

    path: Path
    counter: int
    made: datetime
    size: int


def found_at(folder: Path, practice_id: str) -> tuple[OnShelf, ...]:
    """The practice's archives in a folder, newest first. Known errors of the place."""
    return tuple(sorted(_found(folder, short(practice_id)), key=lambda each: (-each.counter, each.path.name)))


def _found(folder: Path, whose: str) -> Iterator[OnShelf]:
    with at_place(writing=True):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            if match is None or match[1] != whose or not path.is_file():
                continue
            with contextlib.suppress(ValueError):
                made = datetime.strptime(match[3], _STAMP).replace(tzinfo=UTC)
                yield OnShelf(path, int(match[2]), made, path.stat().st_size)


def highest_at(folder: Path, practice_id: str, known: int) -> int:
    """The highest number of the practice's archives in a folder; 0 where there are none to be seen.

    known: the highest one given. A number far beyond it is a stranger's: numbers must not run out for it.
    """
    with contextlib.suppress(Known):
        numbers = (each.counter for each in found_at(folder, practice_id))
        return max((number for number in numbers if number <= known + _FAR), default=0)
    return 0


def counter_of(archive: Path) -> int:
    """The number in an archive's name; 0 for another name."""
    match = _NAME.fullmatch(archive.name)
    return 0 if match is None else int(match[2])


def newest_beside(archive: Path) -> int:
    """The highest number among the archives of the same practice that lie beside one; 0 for another's name."""
    match = _NAME.fullmatch(archive.name)
    if match is None:
        return 0
    return max((each.counter for each in _found(archive.parent, match[1])), default=0)


def open_place(folder: Path, practice_folder: Path, disk: Disk) -> None:
    """Mark a folder as a place for archives. MissingPlace, PlaceNotWritable, PlaceFull, PlaceUnfit."""
    if not folder.is_dir():
        raise MissingPlace
    if folder.resolve().is_relative_to(practice_folder.resolve()):
        raise PlaceUnfit
    if not disk.may_write(folder):
        raise PlaceNotWritable
    with at_place(len(MARK_TEXT), writing=True):
        if not (folder / MARK).exists():
            disk.write_new(folder / MARK, MARK_TEXT)
            disk.sync_folder(folder)


def require_place(folder: Path, disk: Disk) -> None:
    """Raise MissingPlace where the mark is not: an empty folder is what a stick that is not in leaves behind."""
    try:
        there = (folder / MARK).is_file()
    except OSError:
        there = False
    if not there:
        raise MissingPlace
    if not disk.may_write(folder):
        raise PlaceNotWritable


def sweep(folder: Path, practice_id: str, disk: Disk) -> None:
    """Remove what a killed program left half written of this practice."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"holdfast-{short(practice_id)}-*{PART}"):
            disk.remove(path)
        for path in folder.glob(f"holdfast-{short(practice_id)}-*{KEYS_SUFFIX}"):
            if not path.with_name(path.name.removesuffix(KEYS_SUFFIX) + SUFFIX).exists():
                disk.remove(path)
