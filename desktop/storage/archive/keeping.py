"""Knows how one archive comes to lie at a place: written, read anew to its end, and only then given its name."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Known
from desktop.domain.errors_archive import ArchiveDiffers, PlaceFull
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.moment import Moment
from desktop.services.ports_archives import Checked, Report, Run, RunKind
from desktop.storage.archive import shelf
from desktop.storage.archive.agefile import own_identities, ring_of
from desktop.storage.archive.holding import PATIENCE
from desktop.storage.archive.making import About, Prepared, Source, prepared
from desktop.storage.archive.manifest import Manifest
from desktop.storage.archive.placing import at_place, read_anew
from desktop.storage.archive.reading import read_archive
from desktop.storage.faults import explained
from desktop.storage.practice_layout import SCRATCH, Layout

if TYPE_CHECKING:
    from desktop.storage.practice_folder import Opened

_PIECE = 1 << 20


def checked(path: Path, manifest: Manifest, seconds: float) -> Checked:
    """What is told of a whole archive."""
    return Checked(
        path, manifest.counter, manifest.made, manifest.program, manifest.schema, len(manifest.tables), manifest.rows,
        manifest.head.number, path.stat().st_size, seconds,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Work:
    """One archive being made."""

    archive: Prepared
    kind: RunKind
    now: Moment
    report: Report

    @property
    def name(self) -> str:
        made = self.archive.manifest
        return shelf.name_of(made.practice_id, made.counter, made.made)


class Keeper:
    """Makes archives of an unlocked practice and keeps them at places."""

    patience = PATIENCE  # see `held_still`

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder beside the database, gone afterwards."""
        layout, disk = Layout(self._opened.folder), self._opened.around.disk
        layout.sweep_scratch(disk)
        with explained():
            disk.make_folder(layout.file(SCRATCH))
        try:
            yield layout.file(SCRATCH)
        finally:
            layout.sweep_scratch(disk)

    def make(self, about: About, usable: list[Path], runs: list[Run], tell: Report) -> int | None:
        """Add a run for each place; the trail's length in the archive, None when it was kept nowhere."""
        opened, first = self._opened, None
        kept_lines = None
        waiting = list(usable)
        try:
            with self.scratch() as scratch:
                with explained():
                    file = opened.database_file()
                database = Layout(opened.folder).database
                source = Source(database, file, opened.ring, opened.keys, opened.around.disk, scratch, self.patience)
                with prepared(source, about, tell) as archive:
                    work = _Work(archive, RunKind.MAKE, about.at, tell)
                    while waiting:
                        run = self._keep_at(waiting[0], work, first)
                        runs.append(run)
                        place = waiting.pop(0)
                        if run.ok:
                            first = first or place / run.name
                            kept_lines = archive.manifest.head.number
        except Known as error:
            if isinstance(error, PracticeLocked):
                raise
            runs.extend(failed(RunKind.MAKE, about.at, error, str(place)) for place in waiting)
        return kept_lines

    def _keep_at(self, place: Path, work: _Work, first: Path | None) -> Run:
        """Write, read anew, and only then give it its name."""
        began, disk = time.perf_counter(), self._opened.around.disk
        final = place / work.name
        part, keys = place / (work.name + shelf.PART), shelf.key_copy_of(final)
        shelf.sweep(place, self._opened.practice_id, disk)
        try:
            self._write_part(part, work.archive, first)
            found = self.read_own(part, work.report)
            if found != work.archive.manifest:
                raise ArchiveDiffers(("manifest",))
            with at_place(writing=True):
                disk.write_new(keys, self._opened.keys.content())
                disk.replace(part, final)
                disk.sync_folder(place)
                size = final.stat().st_size
        except Known as error:
            with contextlib.suppress(OSError):
                disk.remove(part)
                if not final.exists():
                    disk.remove(keys)
            if isinstance(error, PracticeLocked):
                raise
            return failed(work.kind, work.now, error, str(place), work.name, work.archive.manifest.counter)
        except BaseException:
            with contextlib.suppress(OSError):
                disk.remove(part)
            raise
        return Run(work.kind, work.now.utc, True, str(place), work.name, work.archive.manifest.counter,
                   time.perf_counter() - began, size)  # fmt: skip

    def _write_part(self, part: Path, archive: Prepared, first: Path | None) -> None:
        disk, needed = self._opened.around.disk, archive.size
        with at_place(needed, writing=True):
            if disk.free(part.parent) < needed:
                raise PlaceFull(needed)
            with disk.create(part) as file:
                if first is None:
                    archive.write(file)
                else:
                    with first.open("rb") as made:
                        while piece := made.read(_PIECE):
                            file.write(piece)
                disk.sync(file)
            read_anew(part)

    def read_own(self, path: Path, report: Report) -> Manifest:
        """Read an archive to its end; it must be this practice's own."""
        ring = self._opened.ring
        found = read_archive(path, own_identities(ring), partial(ring_of, ring), report=report)
        found.page_key.wipe()
        return found.manifest


def failed(kind: RunKind, now: Moment, error: Known, place: str, name: str = "", counter: int = 0) -> Run:
    """What the log keeps of something that did not go well."""
    code = str(getattr(error, "code", type(error).__name__))
    return Run(kind, now.utc, False, place, name, counter, code=code, said=error.what)
