"""Knows what can be done with a session afterwards: begin a note, give words, sign; it paints nothing."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from desktop.domain.audience import Owner
from desktop.domain.drafts import NoteDraft
from desktop.domain.errors import Invalid, Known, Problem
from desktop.domain.records import Note
from desktop.domain.words import tr
from desktop.services.after_page import AfterPage, open_after
from desktop.services.desk import Desk
from desktop.services.notes import sign_note, write_note
from desktop.services.progress import SHARED, draft_progress
from desktop.services.releases import release_words, take_back
from desktop.services.signatures import sign_order
from desktop.views.after.reading import AfterFacts, PhoneRow, WordsRow, facts_of
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_after(self, facts: AfterFacts) -> None:
        """The page."""

    def show_draft_form(self, seat: str, whose: str, owner: Owner, text: str) -> None:
        """A note to be changed, kept and signed."""

    def show_release_form(self, row: WordsRow) -> None:
        """Ask whose wish it is."""

    def ask_sign_note(self, note: Note) -> None:
        """Ask whether a note is to be signed: that cannot be undone."""

    def ask_sign_order(self, row: PhoneRow) -> None:
        """Ask whether a phone order is to be signed: that cannot be undone."""

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not saved."""

    def close_form(self) -> None:
        """The form is done with."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class AfterPresenter:
    """One session afterwards. Each time it is shown is one line in the trail."""

    def __init__(self, desk: Desk, doing: Doing, view: View, session_id: str) -> None:
        self._desk, self._doing, self._view, self._session = desk, doing, view, session_id
        self._latest = Latest(doing)
        self.facts: AfterFacts | None = None

    def begin(self) -> None:
        """Open the page, or look again."""
        self._latest.ask(partial(open_after, self._desk, self._session), self._show, self._view.show_error)

    def draft(self, seat: str) -> None:
        """Begin a progress note of one person, or with `both` of what they share."""
        work = partial(draft_progress, self._desk, self._session, seat)
        self._doing.ask(work, partial(self._drafted, seat), self._view.show_error)

    def keep(self, owner: Owner, text: str, *, sign: bool = False) -> None:
        """Keep a note; with sign= it is asked about first, and locked then."""
        work = partial(write_note, self._desk, NoteDraft(owner, text, self._session))
        then = self._ask_sign if sign else partial(self._kept, tr("The note is kept as a draft."))
        self._doing.change(work, then, self._not_saved)

    def sign_now(self, note: Note) -> None:
        """Sign a note for good."""
        work = partial(sign_note, self._desk, note.id, note.version)
        self._doing.change(work, partial(self._kept, tr("The note is signed and locked.")), self._view.show_error)

    def give(self, row: WordsRow | None) -> None:
        """Somebody wants to give words to both."""
        if row is not None and row.release is None and self.facts is not None and self.facts.may_lead:
            self._view.show_release_form(row)

    def give_now(self, row: WordsRow, asked: str) -> None:
        """Their speaker says so, sober."""
        work = partial(release_words, self._desk, self._session, row.seq, asked)
        self._doing.change(work, partial(self._kept, tr("The words are with both.")), self._not_saved)

    def take_back(self, row: WordsRow | None) -> None:
        """Their speaker wants them back."""
        if row is not None and row.release is not None:
            work = partial(take_back, self._desk, row.release.id, row.release.version)
            then = partial(self._kept, tr("The words are theirs alone again."))
            self._doing.change(work, then, self._view.show_error)

    def sign(self, row: PhoneRow | None) -> None:
        """Somebody wants to sign a phone order."""
        if row is not None and row.waits and self.facts is not None and self.facts.may_sign:
            self._view.ask_sign_order(row)

    def sign_order_now(self, row: PhoneRow) -> None:
        """Sign it for good."""
        work = partial(sign_order, self._desk, self._session, row.seq)
        self._doing.change(work, partial(self._kept, tr("It is signed.")), self._view.show_error)

    def _show(self, page: AfterPage) -> None:
        self.facts = facts_of(page, self._desk.member, self._desk.clock.now())
        self._view.show_after(self.facts)

    def _drafted(self, seat: str, found: tuple[Owner, str]) -> None:
        people = self.facts.people if self.facts is not None else ()
        names = tr("What couple {n} shares", n=seat) if seat.isdigit() else tr("What both share")
        if seat != SHARED and not seat.isdigit():
            names = next(tr("{name}, born {date}", name=one.name, date=one.born) for one in people if one.seat == seat)
        self._view.show_draft_form(seat, names, *found)

    def _ask_sign(self, note: Note) -> None:
        self._view.close_form()
        self._view.ask_sign_note(note)

    def _kept(self, words: str, _value: object) -> None:
        self._view.close_form()
        self._view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))

    def _not_saved(self, error: Known) -> None:
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())
