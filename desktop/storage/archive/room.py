"""Knows the archives of an unlocked practice: made at every place, verified, tried out, thinned, and written down."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Known
from desktop.domain.errors_archive import NoPlaces, TooManyPlaces
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.moment import Moment
from desktop.domain.thinning import ArchivePolicy, Dated, kept
from desktop.domain.words import tr
from desktop.services.ports_archives import (
    ArchiveLog,
    Archives,
    Checked,
    Listed,
    PlaceState,
    Reason,
    Report,
    Run,
    RunKind,
)
from desktop.storage.archive import shelf
from desktop.storage.archive.agefile import own_identities, ring_of
from desktop.storage.archive.copying import quiet
from desktop.storage.archive.keeping import Keeper, checked, failed
from desktop.storage.archive.log import MOST_PLACES, read_log, with_verified, without_verified, write_log
from desktop.storage.archive.making import About
from desktop.storage.archive.placing import at_place
from desktop.storage.archive.restoring import Wanted, drill
from desktop.storage.faults import explained

if TYPE_CHECKING:
    from desktop.storage.practice_folder import Opened

BEFORE_MIGRATION = "practice.before-migration"


class Room(Archives):
    """Works on one thing at a time; `end` stops it before the keys go."""

    def __init__(self, opened: Opened, program: str) -> None:
        self._opened, self._program = opened, program
        self._keeper = Keeper(opened)
        self._guard = opened.long_work  # one piece of long work at a time, and no change of keys under it
        self._writing = threading.Lock()  # the log: never held for long
        self._ended = False

    @property
    def folder(self) -> Path:
        """The practice's folder."""
        return self._opened.folder

    def end(self) -> None:
        """Stop what is under way, and wait for it; nothing can be asked any more."""
        self._ended = True
        with self._guard:
            pass

    @contextmanager
    def _at_work(self, report: Report) -> Iterator[Report]:
        with self._guard:
            self._require_open()
            yield lambda done, total, words: self._tell(report, done, total, words)

    def _require_open(self) -> None:
        if self._ended or self._opened.closed:
            raise PracticeLocked

    def _tell(self, report: Report, done: int, total: int, words: str) -> None:
        self._require_open()
        report(done, total, words)

    def log(self) -> ArchiveLog:
        """What is known of the practice's archives. Of a log that another program altered nothing counts as done."""
        self._require_open()
        log = read_log(self.folder, self._opened.ring)
        return log if log.confirmed else replace(log, counter=0, lines=0, verified=None, drilled=None)

    def _change(self, change: Callable[[ArchiveLog], ArchiveLog], *runs: Run) -> None:
        """Keep the log as `change` makes it of what it is now, with these runs added."""
        with self._writing:
            log = change(self.log())
            write_log(self.folder, replace(log, runs=(*log.runs, *runs)), self._opened.ring, self._opened.around.disk)

    def places(self) -> tuple[PlaceState, ...]:
        """Every place, with what lies there."""
        return tuple(self._place(Path(place)) for place in self.log().places)

    def _place(self, folder: Path) -> PlaceState:
        code = problem = ""
        listed: tuple[Listed, ...] = ()
        try:
            shelf.require_place(folder, self._opened.around.disk)
        except Known as error:
            code, problem = str(getattr(error, "code", "")), error.what
        with contextlib.suppress(Known):
            listed = tuple(
                Listed(each.path, each.counter, each.made, each.size, shelf.key_copy_of(each.path).is_file())
                for each in shelf.found_at(folder, self._opened.practice_id)
            )
        return PlaceState(folder, listed, code, problem)

    def add_place(self, folder: Path) -> None:
        """Take a folder as a place. MissingPlace, PlaceNotWritable, PlaceFull, PlaceUnfit, TooManyPlaces."""
        place = folder.absolute()
        places = self.log().places
        if str(place) not in places and len(places) >= MOST_PLACES:
            raise TooManyPlaces(MOST_PLACES)
        shelf.open_place(place, self.folder, self._opened.around.disk)
        self._change(lambda log: replace(log, places=tuple(dict.fromkeys((*log.places, str(place))))))

    def forget_place(self, folder: Path) -> None:
        """Make no more archives there; what lies there stays."""
        gone = str(folder.absolute())
        self._change(lambda log: replace(log, places=tuple(each for each in log.places if each != gone)))

    def make(self, reason: Reason, now: Moment, report: Report) -> tuple[Run, ...]:
        """Make an archive and verify it, once for each place; a run for each, also where it failed. NoPlaces."""
        with self._at_work(report) as tell:
            log = self.log()
            if not log.places:
                raise NoPlaces
            runs: list[Run] = []
            usable = [place for place in map(Path, log.places) if self._usable(place, now, runs)]
            counter, lines = log.counter, log.lines
            if usable:
                whose = self._opened.practice_id
                counter = 1 + max(counter, *(shelf.highest_at(place, whose, counter) for place in usable))
                about = About(self._program, counter, now, self._opened.member_id, reason.value)
                lines = self._keeper.make(about, usable, runs, tell) or lines
            good = [run for run in runs if run.ok]
            self._change(lambda log: replace(
                log, counter=counter, lines=lines, verified=good[0] if good else log.verified
            ), *runs)  # fmt: skip
            return tuple(runs)

    def before_migration(self, now: Moment) -> None:
        """An archive before the form of the file changes: at the places, or, where none is there, beside the database.

        Known errors: without an archive nothing is changed.
        """
        with contextlib.suppress(NoPlaces):
            if any(run.ok for run in self.make(Reason.MIGRATION, now, quiet)):
                return
        with self._at_work(quiet) as tell:
            log, place, disk = self.log(), self.folder / BEFORE_MIGRATION, self._opened.around.disk
            with explained():
                disk.make_folder(place)
            runs: list[Run] = []
            # A program that was killed here before may not have come to writing the number down.
            counter = 1 + max(log.counter, shelf.highest_at(place, self._opened.practice_id, log.counter))
            about = About(self._program, counter, now, self._opened.member_id, Reason.MIGRATION.value)
            self._keeper.make(about, [place], runs, tell)
            self._change(lambda log: replace(log, counter=counter), *runs)
            if not runs[0].ok:
                raise Known(runs[0].said, tr("Nothing in the practice was changed."),
                            tr("Free space or connect a place for archives, then unlock again."))  # fmt: skip

    def _usable(self, place: Path, now: Moment, runs: list[Run]) -> bool:
        try:
            shelf.require_place(place, self._opened.around.disk)
        except Known as error:
            runs.append(failed(RunKind.MAKE, now, error, str(place)))
            return False
        return True

    def verify(self, path: Path, now: Moment, report: Report) -> Checked:
        """Read an archive to its end and compare all of it with its signed list."""
        with self._at_work(report) as tell:
            began = time.perf_counter()
            with self._written_down(RunKind.VERIFY, path, now) as done:
                done.append(checked(path, self._keeper.read_own(path, tell), time.perf_counter() - began))
            return done[0]

    def drill(self, path: Path, now: Moment, report: Report) -> Checked:
        """Restore an archive into a throw-away folder, compare every row, and say how long that took."""
        with self._at_work(report) as tell, self._written_down(RunKind.DRILL, path, now) as done:
            ring = self._opened.ring
            with self._keeper.scratch() as scratch:
                wanted = Wanted(path, own_identities(ring), partial(ring_of, ring))
                found = drill(wanted, scratch, self._opened.around.known_schema, self._opened.around.disk, tell)
            done.append(checked(path, found.manifest, found.seconds))
        return done[0]

    @contextmanager
    def _written_down(self, kind: RunKind, path: Path, now: Moment) -> Iterator[list[Checked]]:
        """Keep in the log how it went."""
        done: list[Checked] = []
        try:
            yield done
        except Known as error:
            if not isinstance(error, PracticeLocked):
                run = failed(kind, now, error, str(path.parent), path.name)
                self._change(lambda log: without_verified(log, run), run)
            raise
        found = done[0]
        run = Run(kind, now.utc, True, str(path.parent), path.name, found.counter, found.seconds, found.size)
        self._change(lambda log: with_verified(log, run, found.made), run)

    def thin(self, policy: ArchivePolicy, now: Moment) -> tuple[Path, ...]:
        """Remove archives that the policy does not keep, never the last verified one; which."""
        with self._guard:
            log = self.log()
            removed = [path for place in log.places for path in self._thin(Path(place), policy, now, log)]
            if removed:
                self._change(lambda log: log, Run(RunKind.THIN, now.utc, True, counter=log.counter, size=len(removed)))
            return tuple(removed)

    def _thin(self, place: Path, policy: ArchivePolicy, now: Moment, log: ArchiveLog) -> Iterator[Path]:
        disk = self._opened.around.disk
        with contextlib.suppress(Known):
            shelf.require_place(place, disk)
            found = shelf.found_at(place, self._opened.practice_id)
            zone = now.local.tzinfo
            dated = [Dated(each.path.name, each.made.astimezone(zone), each.counter) for each in found]
            never = frozenset() if log.verified is None else frozenset({log.verified.name})
            stay = kept(dated, now.local.date(), policy, never)
            for each in found:
                if each.path.name not in stay:
                    with at_place(writing=True):
                        disk.remove(each.path)
                        disk.remove(shelf.key_copy_of(each.path))
                        yield each.path
            with at_place(writing=True):
                disk.sync_folder(place)
