"""Knows what the page does on which a session is carried: given out, brought back once, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.domain.carried import MOST_RETURN, CarryState
from desktop.domain.errors import Invalid, Known, Problem
from desktop.domain.records import SessionState
from desktop.domain.words import tr
from desktop.services.carrying import MAY_CARRY, CarryDraft, CarryLook, GivenOut, give_out, look_at_carry, take_back
from desktop.services.desk import Desk
from desktop.services.homecoming import CameHome, bring_back
from desktop.services.outcome import Outcome
from desktop.services.ports_carry import CarryDoor
from desktop.views.ui.doing import Doing
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

Keep = Callable[[Path, bytes], object]


@dataclass(frozen=True, slots=True)
class CarryFacts:
    """The page. may: whether a file may be made now; away, back_by: when it is away, in words; history: a line each."""

    title: str
    people: tuple[str, ...]
    may: bool
    away: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CarryFields:
    """What is asked: hours as chosen, and a passphrase of one's own or none."""

    hours: str = "24"
    passphrase: str = ""
    again: str = ""


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_carry(self, facts: CarryFacts) -> None:
        """The page."""

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong in the form."""

    def show_reason_problem(self, text: str) -> None:
        """What is wrong with the reason for taking it back."""

    def show_secret(self, title: str, secret: str, words: str) -> None:
        """Something to be written down, in large letters; '' when it is done with."""

    def show_busy(self, words: str) -> None:
        """What takes a moment; '' when it is over."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


def read_file(path: Path, most: int) -> bytes:
    """What a file holds; Known when it cannot be read, or is too large to be meant."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError:
        content = None
    if content is None or len(content) > most:
        raise Known(
            tr("The file cannot be read; perhaps its stick was taken out."), tr("Nothing was changed."),
            tr("Put the stick in and choose the file again."),
        )
    return content


def history_of(look: CarryLook) -> tuple[str, ...]:
    """What became of each time it was carried, but for the one that is away now."""
    found = []
    for row in look.rows:
        one = row.carried
        when = "" if one.settled is None else f"{one.settled.local:%Y-%m-%d %H:%M}"
        if one.state is CarryState.RETURNED:
            words = tr("{when}: brought back by {who}, {n} entries.", when=when, who=row.settled_by, n=one.entries)
            found.append(words)
        elif one.state is CarryState.TAKEN_BACK:
            found.append(tr("{when}: taken back by {who}: {why}", when=when, who=row.settled_by, why=one.reason))
    return tuple(found)


class CarryPresenter:
    """One session's page."""

    def __init__(self, desk: Desk, door: CarryDoor, doing: Doing, view: View, session_id: str, keep: Keep) -> None:
        self._desk, self._door, self._doing, self._view, self._keep = desk, door, doing, view, keep
        self._session = session_id
        self.look: CarryLook | None = None

    def begin(self) -> None:
        """Look where the session is."""
        self._doing.ask(partial(look_at_carry, self._desk, self._session), self._looked, self._view.show_error)

    def _looked(self, look: CarryLook) -> None:
        self.look = look
        row = look.away
        away = ""
        if row is not None:
            away = tr(
                "Carried by {who} on {made:%Y-%m-%d at %H:%M}. It may be begun on the other machine until "
                "{until:%Y-%m-%d %H:%M}; one that was begun in time may be finished and brought back later.",
                who=row.by, made=row.carried.made.local, until=row.carried.expires.local,
            )
        may = look.session.state is SessionState.PLANNED and row is None and self._desk.member.may(*MAY_CARRY)
        people = tuple(tr("{name}, born {born}", name=name, born=born) for name, born in look.people)
        title = tr("Session of {day}", day=look.session.planned_for.isoformat())
        self._view.show_carry(CarryFacts(title, people, may, away, history_of(look)))

    @property
    def file_name(self) -> str:
        """A name for the file that names nobody."""
        day = self.look.session.planned_for.isoformat() if self.look is not None else "session"
        return f"session-{day}.carried"

    def give_out(self, fields: CarryFields, path: Path) -> None:
        """Make the file there."""
        draft = CarryDraft(self._session, fields.passphrase, fields.again, int(fields.hours))
        self._view.show_busy(tr("Making the file. This takes a second or two, on purpose."))
        work = partial(give_out, self._desk, self._door, draft, partial(self._keep, path))
        self._doing.change(work, partial(self._given, path, bool(fields.passphrase)), self._not_given)

    def _given(self, path: Path, own: bool, given: GivenOut) -> None:
        self._view.show_busy("")
        self._view.show_banner(BannerFacts(
            Tone.GREEN, tr("The session is carried: {name} in {folder}.", name=path.name, folder=str(path.parent)),
            tr("It cannot be begun here until it is brought back or taken back."),
            tr("Take the file to the other machine and choose “Run a carried session” there."), closable=True,
        ))  # fmt: skip
        if not own:
            words = tr("Write it down now: it is shown this once, and kept nowhere. Take it another way than the file.")
            self._view.show_secret(tr("The passphrase of the file"), given.passphrase, words)
        self.begin()

    def _not_given(self, error: Known) -> None:
        self._view.show_busy("")
        if isinstance(error, Invalid):
            self._view.show_problems(error.problems)
        else:
            self._view.show_error(error)
            self.begin()

    def bring_back(self, path: Path) -> None:
        """Take what a file brings home."""
        self._view.show_busy(tr("Looking at every entry…"))
        self._doing.change(partial(self._brought, path), self._came, self._failed)

    def _brought(self, path: Path) -> Outcome[CameHome]:
        """On the writer thread."""
        return bring_back(self._desk, self._door, read_file(path, MOST_RETURN))

    def _came(self, came: CameHome) -> None:
        self._view.show_busy("")
        what = tr("{n} entries are in the session now, each with its author.", n=came.entries)
        if not came.entries:
            what = tr("It was never begun there. It may be begun here again.")
        after = tr("The session is closed.") if came.closed else ""
        if came.entries and not came.closed:
            after = tr("It is not closed: carry it on here. Nothing more is accepted from the other machine.")
        self._view.show_banner(BannerFacts(Tone.GREEN, what, after, closable=True))
        words = tr("Type this on the other machine: it then knows that every entry is here, and may forget it.")
        self._view.show_secret(tr("Receipt"), came.receipt, words)
        self.begin()

    def take_back(self, reason: str) -> None:
        """Stop waiting for it."""
        row = self.look.away if self.look is not None else None
        if row is not None:
            work = partial(take_back, self._desk, row.carried.id, reason)
            self._doing.change(work, self._taken, self._failed)

    def _taken(self, _: object) -> None:
        self._view.show_banner(BannerFacts(
            Tone.GREEN, tr("The session is here again and may be begun."),
            tr("Nothing is accepted from the other machine any more."), closable=True,
        ))  # fmt: skip
        self.begin()

    def _failed(self, error: Known) -> None:
        self._view.show_busy("")
        if isinstance(error, Invalid):
            self._view.show_reason_problem(error.problems[0].text)
        else:
            self._view.show_error(error)
