"""Knows how an archive becomes a practice again, and how that is tried out: compared row for row, or not at all."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from desktop.domain.errors_archive import ArchiveDiffers, OlderArchive, RestoreInTheWay
from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import NewerDatabase
from desktop.domain.words import tr
from desktop.services.ports_archives import Report
from desktop.storage.archive.aside import beside
from desktop.storage.archive.copying import as_it_lies, bring_down, copy_under, quiet, remove_all
from desktop.storage.archive.manifest import Manifest
from desktop.storage.archive.placing import at_place
from desktop.storage.archive.reading import Found, RingFor, read_archive
from desktop.storage.archive.rows import digest_of, table_names
from desktop.storage.audit import Head
from desktop.storage.disk import Disk
from desktop.storage.faults import SPACE_FOR_A_STEP, explained
from desktop.storage.practice_layout import DATABASE
from desktop.storage.vault.keyfile import KeyFile, write_key_file
from desktop.storage.vault.keyring import KeyRing

TAKEN_OUT = "copy.db"
BESIDE = ".restoring"

Settle = Callable[[Path, KeyFile, KeyRing, Manifest], None]


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found out. seconds: from opening the archive to the last digest."""

    manifest: Manifest
    seconds: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be restored, with which keys. newest: the highest number known; older: an older one is wanted."""

    archive: Path
    identity: str
    ring_for: RingFor
    newest: int = 0
    older: bool = False


def _differences(connection: Any, manifest: Manifest, report: Report) -> Iterator[str]:
    if connection.execute("PRAGMA user_version").fetchone()[0] != manifest.schema:
        yield "schema"
    tables = table_names(connection)
    if tables != tuple(entry.table for entry in manifest.tables):
        yield "tables"
        return
    for number, entry in enumerate(manifest.tables):
        step = partial(report, number, len(tables), tr("Comparing the records"))
        found = digest_of(connection, entry.table, step)
        if (found.rows, found.size, found.digest) != (entry.rows, entry.size, entry.digest):
            yield entry.table
    last = connection.execute("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    if last is not None and Head(last[0], bytes(last[1]).hex()) != manifest.head:
        yield "audit head"


def _faults(connection: Any) -> tuple[str, ...]:
    with explained():
        sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        joined = connection.execute("PRAGMA foreign_key_check").fetchone() is None
    return (() if sound else ("structure",)) + (() if joined else ("references",))


def compare(rows: Any, structure: Any, manifest: Manifest, report: Report = quiet) -> None:
    """Raise ArchiveDiffers unless a database holds exactly what the list says, row for row, and hangs together.

    rows, structure: two connections to it, for two things that are done beside each other.
    """
    with beside(partial(_faults, structure)) as faults:
        try:
            parts = (*_differences(rows, manifest, report), *faults.result())
        except BaseException:
            structure.interrupt()
            raise
    if parts:
        raise ArchiveDiffers(parts)


def require_room(archive: Path, folder: Path, disk: Disk, times: int) -> None:
    """Raise DiskFull unless what is in an archive fits so many times."""
    with at_place():
        needed = times * archive.stat().st_size + SPACE_FOR_A_STEP
    with explained(needed):
        free = disk.free(folder)
    if free < needed:
        raise DiskFull(needed, free)


def _require_free(target: Path) -> None:
    with explained():
        try:
            taken = any(target.iterdir())
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise RestoreInTheWay from None
    if taken:
        raise RestoreInTheWay


@contextmanager
def _beside(target: Path, disk: Disk) -> Iterator[Path]:
    """An empty private folder beside the target; what an earlier one left is swept; gone unless it was renamed."""
    folder = target.with_name(target.name + BESIDE)
    with explained():
        if folder.is_dir():
            remove_all(folder, disk)
        disk.make_folder(folder)
    try:
        yield folder
    finally:
        if folder.is_dir():
            remove_all(folder, disk)


def _take(found: Found, out: Path, database: Path, disk: Disk, report: Report) -> None:
    """Make the practice's database of what lay in the archive: it is that, or, in the first form, under another key."""
    with found.page_key as key:
        if found.ring.page_key.same_as(key.reveal()):
            with explained():
                disk.replace(out, database)
            return
        with as_it_lies(out, key) as copy:
            copy_under(copy, database, found.ring.page_key, disk, report, tr("Writing the practice"))
    with explained():
        disk.remove(out)


def restore(
    wanted: Wanted, target: Path, known_schema: int, disk: Disk, settle: Settle, report: Report = quiet
) -> Found:
    """Make a practice folder out of an archive, whole or not at all. target: a new or empty folder.

    settle: given the finished folder before it gets its name; it writes what a practice keeps about itself. Raises
    RestoreInTheWay, OlderArchive, NewerDatabase, ArchiveDiffers, DiskFull and what `read_archive` raises.
    """
    _require_free(target)
    with explained():
        disk.make_folder(target.parent)
    require_room(wanted.archive, target.parent, disk, 2)
    with _beside(target, disk) as folder:
        out = folder / TAKEN_OUT
        found = read_archive(wanted.archive, wanted.identity, wanted.ring_for, into=out, disk=disk, report=report)
        manifest = found.manifest
        if manifest.counter < wanted.newest and not wanted.older:
            raise OlderArchive(manifest.counter, wanted.newest)
        if manifest.schema > known_schema:
            raise NewerDatabase(manifest.schema, known_schema)
        _take(found, out, folder / DATABASE, disk, report)
        connected = partial(as_it_lies, folder / DATABASE, found.ring.page_key)
        with connected() as rows, connected() as structure:
            compare(rows, structure, manifest, report)
        bring_down(folder / DATABASE, disk)
        write_key_file(folder, found.keys, disk)
        settle(folder, found.keys, found.ring, manifest)
        with explained():
            disk.sync_folder(folder)
            with contextlib.suppress(FileNotFoundError):
                target.rmdir()
            disk.replace(folder, target)
            disk.sync_folder(target.parent)
    return found


def drill(wanted: Wanted, scratch: Path, known_schema: int, disk: Disk, report: Report = quiet) -> Drilled:
    """Restore into an empty scratch folder as if it were needed, compare all of it, and throw it away.

    Raises what `restore` raises; nothing is left.
    """
    began = time.perf_counter()
    target = scratch / "practice"
    try:
        found = restore(wanted, target, known_schema, disk, lambda *settled: None, report)
        seconds = time.perf_counter() - began
    finally:
        remove_all(target, disk)
    return Drilled(found.manifest, seconds)
