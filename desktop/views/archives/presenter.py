"""Knows what the archives' screen shows: how old the last one is, where they lie, and how each piece of work went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from desktop.domain.errors import Known
from desktop.domain.moment import Moment
from desktop.domain.people import Role
from desktop.domain.words import tr, trn
from desktop.services.archives import (
    Standing,
    add_place,
    age_words,
    changed_since,
    drill_archive,
    forget_place,
    make_archive,
    newest,
    policy_of,
    standing,
    verify_archive,
)
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Report
from desktop.services.ports_archives import Archives, Checked, PlaceState, Reason, Run, RunKind
from desktop.views.ui.doing import Latest, Stoppable
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

T = TypeVar("T")


class LongDoing(Protocol):
    """A Doing that also does long work on a thread of its own."""

    def change(
        self, work: Callable[[], Outcome[T]], then: Callable[[T], object], oops: Callable[[Known], object]
    ) -> Stoppable:
        """Make a change."""

    def ask(
        self, work: Callable[[], T], then: Callable[[T], object], oops: Callable[[Known], object]
    ) -> Stoppable:
        """Ask a question."""

    def aside(
        self, work: Callable[[Report], Outcome[Any]], then: Callable[[Any], object], oops: Callable[[Known], object],
        progress: Callable[[int, int, str], object],
    ) -> Stoppable:
        """Do long work; progress tells how far it is."""


def _verify_one(desk: Desk, archives: Archives, path: Path | None, report: Report) -> Outcome[Checked]:
    return verify_archive(desk, archives, path or newest(archives), report)


@dataclass(frozen=True, slots=True)
class StateFacts:
    """How the practice stands. tone: green, amber or red, never without the words.

    places, archives: whether there are any to do something with; behind: what is in no archive yet.
    """

    tone: Tone
    words: str
    place: str
    drill: str
    confirmed: str
    may_change: bool
    places: bool = True
    archives: bool = True
    behind: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """An archive at a place, or a place without one (path None)."""

    path: Path | None
    place: Path
    number: str
    made: str
    size: str
    note: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class RunRow:
    """One piece of work: when, what, where, how it went."""

    when: str
    what: str
    where: str
    result: str
    tone: Tone


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_state(self, facts: StateFacts) -> None:
        """How the practice stands."""

    def show_archives(self, rows: tuple[ArchiveRow, ...]) -> None:
        """Places and what lies there."""

    def show_runs(self, rows: tuple[RunRow, ...]) -> None:
        """What was done, newest first."""

    def show_progress(self, done: int, total: int, words: str) -> None:
        """How far long work is; '' when it is over."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


_Seen = tuple[Standing, tuple[PlaceState, ...], tuple[Run, ...], bool, Moment, bool]


class ArchivesPresenter:
    """Makes archives, has them verified and tried out, and says how old the last one is."""

    def __init__(self, desk: Desk, archives: Archives, doing: LongDoing, view: View) -> None:
        self._desk, self._archives, self._doing, self._view = desk, archives, doing, view
        self._latest = Latest(doing)
        self._job: Stoppable | None = None
        self._busy = False

    def begin(self) -> None:
        """Fetch the state."""
        self._latest.ask(self._look, self._show, self._view.show_error)

    def _look(self) -> _Seen:
        log, now = self._archives.log(), self._desk.clock.now()
        stands = standing(log, now.utc, policy_of(self._desk.resources))
        behind = stands.verified is not None and bool(log.places) and changed_since(self._desk, log.lines)
        return stands, self._archives.places(), log.runs, log.confirmed or not log.runs, now, behind

    def _show(self, seen: _Seen) -> None:
        stands, places, runs, confirmed, now, behind = seen
        state = _state(stands, confirmed, self._desk.member.may(Role.OWNER))
        any_archive = any(place.archives for place in places)
        words = _behind_words() if behind else ""
        self._view.show_state(replace(state, places=bool(places), archives=any_archive, behind=words))
        self._view.show_archives(tuple(row for place in places for row in _rows(place, now)))
        self._view.show_runs(tuple(_run(run, now) for run in reversed(runs)))

    @property
    def busy(self) -> bool:
        """Whether long work is under way."""
        return self._busy

    def make(self) -> None:
        """Make an archive now."""
        self.long(partial(make_archive, self._desk, self._archives, Reason.ASKED), self._made)

    def verify(self, path: Path | None) -> None:
        """Read one to its end; the newest when none is chosen."""
        self.long(partial(_verify_one, self._desk, self._archives, path), self._verified)

    def drill(self, path: Path | None) -> None:
        """Try one out; the newest when none is chosen."""
        self.long(partial(drill_archive, self._desk, self._archives, path), self._drilled)

    def stop(self) -> None:
        """Stop what is under way; nothing half made is kept."""
        if self._job is not None and self._busy:
            self._job.cancel()
            self._over()
            self._view.show_banner(BannerFacts(Tone.AMBER, tr("Stopped."), tr("Nothing half made was kept."),
                                               closable=True))  # fmt: skip

    def add_place(self, folder: Path) -> None:
        """Take a folder as a place."""
        self._doing.change(partial(add_place, self._desk, self._archives, folder), self._changed, self._view.show_error)

    def forget_place(self, folder: Path) -> None:
        """Make no more archives there."""
        self._doing.change(
            partial(forget_place, self._desk, self._archives, folder), self._changed, self._view.show_error
        )

    def long(self, work: Callable[[Report], Outcome[Any]], then: Callable[[Any], object]) -> None:
        """Do long work aside, one at a time; how far it is is shown, and it can be stopped."""
        if self._busy:
            return
        self._busy = True
        self._view.show_banner(None)
        self._view.show_progress(0, 0, tr("Beginning…"))
        self._job = self._doing.aside(work, partial(self._done, then), self._failed, self._view.show_progress)

    def _over(self) -> None:
        self._busy = False
        self._view.show_progress(0, 0, "")
        self.begin()

    def _done(self, then: Callable[[Any], object], value: Any) -> None:
        self._over()
        then(value)

    def _failed(self, error: Known) -> None:
        self._over()
        self._view.show_error(error)

    def _changed(self, _: None) -> None:
        self._view.show_banner(None)
        self.begin()

    def _made(self, runs: tuple[Run, ...]) -> None:
        bad = [run for run in runs if not run.ok]
        good = len(runs) - len(bad)
        if not bad:
            words = trn("The archive was made and verified at {count} place.",
                        "The archive was made and verified at {count} places.", good)  # fmt: skip
            self._view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))
            return
        safe = tr("It was made and verified at {good} of {all} places.", good=good, all=len(runs)) if good else tr(
            "There is no new archive; the practice and earlier archives are untouched.")  # fmt: skip
        what = " ".join(dict.fromkeys(run.said for run in bad))
        next_step = tr("Connect or free the place and try again: {places}", places=", ".join(run.place for run in bad))
        self._view.show_banner(BannerFacts(Tone.AMBER if good else Tone.RED, what, safe, next_step, closable=True))

    def _verified(self, found: Checked) -> None:
        self._say(tr("The archive is whole, and this practice made it."), found)

    def _drilled(self, found: Checked) -> None:
        self._say(tr("The drill went well: every row came back as it was."), found)

    def _say(self, words: str, found: Checked) -> None:
        detail = tr("Number {n}, {rows} records, {s:.1f} seconds.", n=found.counter, rows=found.rows, s=found.seconds)
        self._view.show_banner(BannerFacts(Tone.GREEN, words, detail, closable=True))


def _state(stands: Standing, confirmed: bool, may_change: bool) -> StateFacts:
    unconfirmed = "" if confirmed else tr("The list below was changed by another program, or is of an earlier time.")
    if stands.verified is None or stands.age is None:
        words = tr("There is no verified archive of this practice yet.")
        if unconfirmed:
            words = tr("Which archive was verified last is not certain: make one now.")
        if not stands.places:
            words += " " + tr("Choose a place for archives first: a stick or another disk.")
        return StateFacts(Tone.RED, words, "", "", unconfirmed, may_change)
    words = tr("The last verified archive was made {age}.", age=age_words(stands.age))
    if stands.restored:
        words = stands.words
    if stands.old:
        words += " " + tr("That is too old: make one now.")
    drill = tr("It is time to try an archive out.") if stands.drill_due else ""
    if not stands.places:
        drill = tr("No place for archives is chosen any more: add one.")
    tone = Tone.AMBER if stands.old or stands.failed is not None else Tone.GREEN
    return StateFacts(tone, words, stands.verified.place, drill, unconfirmed, may_change)


def _behind_words() -> str:
    return tr(
        "What was changed since then is in no archive yet. One is made when nobody touches the program for a while, "
        "when the window is closed, or soon after the next unlock; the lock itself makes none."
    )


def rail_facts(stands: Standing) -> tuple[str, Tone]:
    """The same in a few words, for a corner that is always in sight."""
    if stands.age is None:
        return tr("No archive yet"), Tone.RED
    if stands.restored:
        words = tr("Restored: {age}", age=age_words(stands.age))
    else:
        words = tr("Archive: {age}", age=age_words(stands.age))
    if stands.old:
        return tr("{words}, too old", words=words), Tone.AMBER
    return words, Tone.PLAIN


def _rows(place: PlaceState, now: Moment) -> tuple[ArchiveRow, ...]:
    if not place.archives:
        return (ArchiveRow(None, place.path, "–", "–", "–", place.problem or tr("nothing yet"),
                           Tone.AMBER if place.problem else Tone.PLAIN),)  # fmt: skip
    return tuple(
        ArchiveRow(
            each.path, place.path, str(each.counter), _here(each.made, now), f"{each.size / 1e6:.1f} MB",
            tr("its key file is missing beside it") if not each.keys else age_words(now.utc - each.made),
            Tone.PLAIN if each.keys else Tone.AMBER,
        )
        for each in place.archives
    )  # fmt: skip


def _here(at: datetime, now: Moment) -> str:
    """An instant on the wall clock of the place where one looks."""
    return f"{at.astimezone(now.local.tzinfo):%Y-%m-%d %H:%M}"


def kind_words(kind: RunKind) -> str:
    """What was done, in a word."""
    return {
        RunKind.MAKE: tr("made"), RunKind.VERIFY: tr("verified"), RunKind.DRILL: tr("tried out"),
        RunKind.THIN: tr("thinned"), RunKind.RESTORE: tr("restored from"),
    }[kind]  # fmt: skip


def _run(run: Run, now: Moment) -> RunRow:
    well = tr("went well, {s:.1f} s", s=run.seconds) if run.seconds >= 1 else tr("went well")
    result = well if run.ok else run.said
    if run.kind is RunKind.THIN:
        result = tr("{n} removed", n=run.size)
    return RunRow(_here(run.at, now), kind_words(run.kind), run.place or "–", result,
                  Tone.PLAIN if run.ok else Tone.AMBER)  # fmt: skip
