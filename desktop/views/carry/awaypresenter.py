"""Knows what the page of a travelling practice does: its session, the file that goes home, and forgetting it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.domain.carried import expired
from desktop.domain.errors import Known
from desktop.domain.records import SessionState
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.elsewhere import (
    AwayLook,
    MadeReturn,
    look_around,
    make_return,
    require_nothing_lost,
    require_receipt,
)
from desktop.services.outcome import Outcome
from desktop.services.ports_carry import CarryDoor
from desktop.views.carry.presenter import Keep
from desktop.views.ui.doing import Doing
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class AwayFacts:
    """The page. board: what the main button says, '' when it leads nowhere; entries: how many are here.

    open: whether rows can be typed in.
    """

    title: str
    people: tuple[str, ...]
    standing: str
    board: str
    session_id: str
    entries: int
    open: bool = True


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_away(self, facts: AwayFacts) -> None:
        """The page."""

    def ask_forget(self) -> None:
        """Ask whether it is to be forgotten: that cannot be undone."""

    def show_receipt_problem(self, text: str) -> None:
        """What is wrong with the receipt."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class AwayPresenter:
    """The one session of a travelling practice."""

    def __init__(self, desk: Desk, door: CarryDoor, doing: Doing, view: View, keep: Keep) -> None:
        self._desk, self._door, self._doing, self._view, self._keep = desk, door, doing, view, keep
        self.look: AwayLook | None = None

    def begin(self) -> None:
        """Look at it."""
        self._doing.ask(partial(look_around, self._desk), self._looked, self._view.show_error)

    def _looked(self, look: AwayLook) -> None:
        self.look = look
        over = expired(look.came_from.expires, self._desk.clock.now())
        until = f"{look.came_from.expires.local:%Y-%m-%d %H:%M}"
        board = {SessionState.PLANNED: "" if over else tr("Start the session"),
                 SessionState.RUNNING: tr("Carry on the session"),
                 SessionState.CLOSED: tr("Look at the board")}[look.session.state]  # fmt: skip
        standing = {
            SessionState.PLANNED: tr("Its time was over on {until}; it cannot be begun any more.", until=until) if over
            else tr("It may be begun here until {until}.", until=until),
            SessionState.RUNNING: tr("It is running. {n} entries are here.", n=look.entries),
            SessionState.CLOSED: tr("It is closed. {n} entries are here, and go home in one file.", n=look.entries),
        }[look.session.state]  # fmt: skip
        people = tuple(tr("{name}, born {born}", name=name, born=born) for name, born in look.people)
        title = tr("Carried session of {day}", day=look.session.planned_for.isoformat())
        may_type = bool(board) and look.session.state is not SessionState.CLOSED
        self._view.show_away(AwayFacts(title, people, standing, board, look.session.id, look.entries, may_type))

    @property
    def file_name(self) -> str:
        """A name for the file that names nobody."""
        day = self.look.session.planned_for.isoformat() if self.look is not None else "session"
        return f"session-{day}.returned"

    def go_home(self, path: Path) -> None:
        """Put the file for the home practice there."""
        self._doing.change(partial(self._packed, path), partial(self._made, path), self._view.show_error)

    def _packed(self, path: Path) -> Outcome[MadeReturn]:
        """On the writer thread."""
        return Outcome(make_return(self._desk, self._door, partial(self._keep, path)))

    def _made(self, path: Path, made: MadeReturn) -> None:
        what = tr("{n} entries are in {name}, in {folder}.", n=made.entries, name=path.name, folder=str(path.parent))
        safe = tr("Only the home practice opens it. Everything is here as well.")
        then = tr("Bring it home; type the receipt that is shown there below, and this machine may forget the session.")
        tone = Tone.GREEN
        if made.running:
            tone = Tone.AMBER
            then = tr("The session is not closed. Home takes one file only: what is entered after this is not in it.")
        self._view.show_banner(BannerFacts(tone, what, safe, then, closable=True))

    def forget(self, receipt: str) -> None:
        """Somebody wants this machine to forget the session: only when nothing is lost by that."""
        self._doing.ask(partial(self._may_forget, receipt), self._ask, self._not_forgotten)

    def _may_forget(self, receipt: str) -> None:
        if receipt.strip():
            require_receipt(self._desk, self._door, receipt)
        else:
            require_nothing_lost(self._desk)

    def _ask(self, _: None) -> None:
        self._view.ask_forget()

    def _not_forgotten(self, error: Known) -> None:
        self._view.show_receipt_problem(" ".join(part for part in (error.what, error.next_step) if part))
