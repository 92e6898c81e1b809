"""Knows what the grid of a paper flowsheet does: rows per person, saved by the engine's rules; none is lost."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from desktop.domain.errors import Invalid, Known, Problem
from desktop.domain.people import read_date
from desktop.domain.records import SessionState
from desktop.domain.words import tr, trn
from desktop.live.paperrow import COLUMNS, PaperRow
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.services.outcome import Outcome, Topic
from desktop.services.paperentry import (
    PaperLook,
    PaperPerson,
    RowKept,
    begin_from_paper,
    keep_rows,
    look_at_paper,
    members_by_initials,
)
from desktop.views.paperentry.sheets import Fields, GridRow, Sheets
from desktop.views.ui.doing import Doing
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

Lives = MutableMapping[str, LiveDesk]
"""The sessions that are open in this window, by id: board and grid write through the same one."""


@dataclass(frozen=True, slots=True)
class StartFields:
    """When the session began, as typed."""

    day: str = ""
    time: str = ""


def read_start(fields: StartFields) -> tuple[datetime | None, tuple[Problem, ...]]:
    """The local time that was typed, or what is wrong with it."""
    problems = []
    day = read_date(fields.day)
    if day is None:
        problems.append(Problem("day", tr("A day is needed, as year-month-day: 2026-05-04.")))
    try:
        clock = datetime.strptime(fields.time.strip().replace(".", ":"), "%H:%M").time()  # noqa: DTZ007 - a time of day
    except ValueError:
        clock = None
        problems.append(Problem("time", tr("The time it began, as hours and minutes: 14:05.")))
    if day is None or clock is None:
        return None, tuple(problems)
    return datetime.combine(day, clock), ()


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_start(self, fields: StartFields) -> None:
        """Ask when it began."""

    def show_start_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong with that."""

    def show_grid(self, people: tuple[PaperPerson, ...], who: str) -> None:
        """The sheets, and whose is open."""

    def show_rows(self, rows: tuple[GridRow, ...]) -> None:
        """The rows of the open sheet."""

    def show_waiting(self, many: int) -> None:
        """How many rows of all sheets are not kept yet."""

    def go_to_row(self, at: int, column: str) -> None:
        """Put the keyboard there."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class PaperEntryPresenter:
    """One session's sheets. Rows that were kept are read only from then on; they are struck on the board."""

    def __init__(self, desk: Desk, doing: Doing, view: View, session_id: str, lives: Lives) -> None:
        self.desk, self.doing, self.view, self.session_id, self.lives = desk, doing, view, session_id, lives
        self.look: PaperLook | None = None
        self.sheets, self.busy = Sheets(), False

    def begin(self) -> None:
        """Look where the session stands."""
        if self.look is None:
            self.doing.ask(partial(look_at_paper, self.desk, self.session_id), self._looked, self.view.show_error)

    def _looked(self, look: PaperLook) -> None:
        self.look = look
        self.sheets.who = self.sheets.who or look.people[0].key
        if look.state is SessionState.PLANNED:
            self.view.show_start(StartFields(look.planned_for.isoformat()))
        elif look.state is SessionState.CLOSED:
            self.view.show_banner(BannerFacts(
                Tone.AMBER, tr("This session is closed; nothing more is entered in it."),
                tr("What is on paper is not lost by that."), tr("Write what is missing as a note on the session."),
            ))  # fmt: skip
        else:
            self._grid()

    def start(self, fields: StartFields) -> None:
        """Begin the session at the time that was typed."""
        started, problems = read_start(fields)
        if started is None:
            self.view.show_start_problems(problems)
            return
        self.doing.change(partial(self._begun, started), self._started, self._not_started)

    def _begun(self, started: datetime) -> Outcome[LiveDesk]:
        """On the writer thread."""
        live = begin_from_paper(self.desk, self.session_id, started)
        self.lives[self.session_id] = live
        return Outcome.of(live, Topic("session", self.session_id))

    def _started(self, live: LiveDesk) -> None:
        if self.look is not None:
            self.look = replace(self.look, state=SessionState.RUNNING)
        self.view.show_banner(None)
        self._grid()

    def _not_started(self, error: Known) -> None:
        if isinstance(error, Invalid):
            self.view.show_start_problems(tuple(Problem("time", each.text) for each in error.problems))
        else:
            self.view.show_error(error)

    def _grid(self) -> None:
        if self.look is not None:
            self.view.show_grid(self.look.people, self.sheets.who)
            self._show()
            self.view.go_to_row(self.sheets.free, COLUMNS[0])

    def choose(self, who: str) -> None:
        """Open another person's sheet; what stands in this one stays."""
        if self.look is not None and who in {person.key for person in self.look.people}:
            self.sheets.who = who
            self._grid()

    def edit(self, at: int, column: str, text: str) -> None:
        """Somebody typed in a cell."""
        if self.sheets.edit(at, column, text):
            self._show()

    def save(self) -> None:
        """Keep the rows of the open sheet that are not kept yet."""
        rows, who = self.sheets.to_keep(), self.sheets.who
        if not rows or self.busy:
            return
        self.busy = True
        self.doing.change(partial(self._keep, who, rows), partial(self._kept, who), self._failed)

    def _keep(self, who: str, rows: tuple[tuple[int, PaperRow], ...]) -> Outcome[tuple[RowKept, ...]]:
        """On the writer thread."""
        live = self.lives.get(self.session_id)
        if live is None:
            live = self.lives[self.session_id] = LiveDesk.resume(self.desk, self.session_id)
        return keep_rows(live, who, rows, members_by_initials(self.desk))

    def _failed(self, error: Known) -> None:
        self.busy = False
        self.view.show_error(error)

    def _kept(self, who: str, found: tuple[RowKept, ...]) -> None:
        self.busy = False
        self.sheets.keep(who, found)
        self._show()
        self._say(found)

    def _say(self, found: tuple[RowKept, ...]) -> None:
        kept, left = sum(one.kept for one in found), [one for one in found if not one.kept]
        if not left:
            words = trn("{count} row is in the session, marked as late.", "{count} rows are in the session, marked as "
                        "late.", kept)  # fmt: skip
            self.view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))
            return
        what = trn("{count} row could not be kept as it stands.", "{count} rows could not be kept as they stand.",
                   len(left))  # fmt: skip
        safe = tr("{n} others are in the session.", n=kept) if kept else tr("Nothing typed is lost.")
        self.view.show_banner(
            BannerFacts(Tone.AMBER, what, safe, tr("Mend what is marked and save again."), closable=True)
        )
        first = left[0].problems[0].field if left[0].problems else COLUMNS[0]
        self.view.go_to_row(left[0].at, first if first in COLUMNS else COLUMNS[1])

    def _show(self) -> None:
        self.view.show_rows(tuple(self.sheets.rows))
        self.view.show_waiting(self.sheets.waiting)

    def reopen(self, who: str, values: Fields) -> bool:
        """Put back what was typed; False while the page is not there yet."""
        if self.look is None:
            return False
        self.sheets.put_back(who, values)
        if self.look.state is SessionState.RUNNING:
            self._grid()
        return True
