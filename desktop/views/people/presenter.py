"""Knows what the list of couples and clients shows, and how people are added and changed."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from desktop.domain.drafts import CoupleDraft
from desktop.domain.errors import Conflict, Invalid, Known, Problem
from desktop.domain.people import Client, ClientDraft, Couple, check_client
from desktop.domain.words import tr
from desktop.services.clients import PeopleFound, change_client, make_client, note_search, search_people, today
from desktop.services.couples import make_couple
from desktop.services.desk import Desk
from desktop.views.people import asking
from desktop.views.people.facts import Choice, Difference, PersonRow, differences
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.place import BACK, CLIENT, COUPLE, Place
from desktop.views.ui.theme import Tone


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_rows(self, rows: tuple[PersonRow, ...], text: str, capped: bool) -> None:
        """What was found for a text; all for ''. capped: there may be more."""

    def show_client_form(self, title: str, draft: ClientDraft) -> None:
        """Ask for a client."""

    def show_couple_form(self, choices: tuple[Choice, ...]) -> None:
        """Ask for a couple."""

    def show_conflict(self, found: tuple[Difference, ...]) -> None:
        """Both versions of a client."""

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why the form was not saved."""

    def close_form(self) -> None:
        """The form is done with."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""

    def leave(self, place: Place) -> None:
        """Go to another screen."""


class Searching:
    """Finds people as somebody types. Answers that were overtaken are dropped."""

    def __init__(self, desk: Desk, doing: Doing, view: View) -> None:
        self._desk, self._doing, self._view = desk, doing, view
        self._latest = Latest(doing)
        self._text = ""
        self._noted = ""

    def search(self, text: str) -> None:
        """Find couples and clients whose name holds every word; all for ''."""
        self._text = text
        self._latest.ask(partial(search_people, self._desk, text), partial(self._found, text), self._view.show_error)

    def again(self) -> None:
        """Ask for the same again: something was changed."""
        self.search(self._text)

    def settled(self) -> None:
        """Nobody typed for a while: what was searched for counts as one search, and is kept in the trail once."""
        text = " ".join(self._text.split())
        if text and text != self._noted:
            self._noted = text
            self._doing.change(partial(note_search, self._desk, len(text)), _nothing, self._view.show_error)

    def _found(self, text: str, found: PeopleFound) -> None:
        self._view.show_rows(asking.rows_of(found), text, found.capped)


class PeoplePresenter:
    """Adds and changes clients and couples; `searching` finds them."""

    def __init__(self, desk: Desk, doing: Doing, view: View) -> None:
        self._desk, self._doing, self._view = desk, doing, view
        self.searching = Searching(desk, doing, view)
        self._client: Client | None = None
        self._draft = ClientDraft()
        self._back = False

    @property
    def part(self) -> str:
        """The form for a client as a place names it."""
        return "new-client" if self._client is None else f"edit/{self._client.id}"

    def check(self, draft: ClientDraft) -> tuple[Problem, ...]:
        """What is still wrong with a client's draft."""
        return check_client(draft, today(self._desk))

    def new_client(self) -> None:
        """Ask for somebody new."""
        self._client, self._back = None, False
        self._view.show_client_form(tr("New client"), ClientDraft())

    def new_couple(self) -> None:
        """Ask for two people who are clients already."""
        self._doing.ask(partial(asking.partners, self._desk), self._choose, self._view.show_error)

    def edit_client(self, client_id: str) -> None:
        """Change somebody; afterwards go back to where this was asked from."""
        self._doing.ask(partial(asking.fetch_client, self._desk, client_id), self._edit, self._view.show_error)

    def save_client(self, draft: ClientDraft) -> None:
        """Keep the client in the form."""
        self._draft = draft
        if self._client is None:
            self._doing.change(partial(make_client, self._desk, draft), self._made, self._not_saved)
        else:
            client = self._client
            work = partial(change_client, self._desk, client.id, draft, client.version)
            self._doing.change(work, self._changed, self._not_saved)

    def save_couple(self, draft: CoupleDraft) -> None:
        """Keep the couple in the form, and go to its page."""
        work = partial(make_couple, self._desk, draft.a, draft.b, draft.label)
        self._doing.change(work, self._paired, self._not_saved)

    def keep_mine(self) -> None:
        """After a conflict: save what stands in the form over what was saved meanwhile."""
        self.save_client(self._draft)

    def take_theirs(self) -> None:
        """After a conflict: forget what stands in the form."""
        if self._client is not None:
            self._view.show_client_form(tr("Edit client"), asking.draft_of(self._client))

    def leave_form(self) -> None:
        """The form was given up."""
        back, self._back = self._back, False
        client, self._client = self._client, None
        self._view.close_form()
        if back and client is not None:
            self._view.leave(Place(BACK))

    def open(self, row: PersonRow, what: str = "") -> None:
        """Open somebody's page. what: begun there at once, `plan` or `order`."""
        self._view.leave(Place(COUPLE if row.kind == "couple" else CLIENT, row.id, what))

    def _choose(self, choices: tuple[Choice, ...]) -> None:
        if len(choices) < 2:
            self._view.show_banner(
                BannerFacts(
                    Tone.PLAIN, tr("A couple is two clients."), "", tr("Make both clients first, with Ctrl+N."),
                    closable=True,
                )
            )
            return
        self._view.show_couple_form(choices)

    def _edit(self, client: Client) -> None:
        self._client, self._back = client, True
        self._view.show_client_form(tr("Edit client"), asking.draft_of(client))

    def _made(self, client: Client) -> None:
        self._view.close_form()
        words = tr("{name}, born {date}, is a client now.", name=client.name, date=client.born.isoformat())
        self._view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))
        self.searching.again()

    def _changed(self, client: Client) -> None:
        self._client = client
        self.leave_form()

    def _paired(self, couple: Couple) -> None:
        self._view.close_form()
        self._view.leave(Place(COUPLE, couple.id))

    def _not_saved(self, error: Known) -> None:
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())
        if isinstance(error, Conflict) and self._client is not None:
            work = partial(asking.fetch_client, self._desk, self._client.id)
            self._doing.ask(work, self._compare, self._view.show_error)

    def _compare(self, client: Client) -> None:
        self._client = client
        self._view.show_conflict(differences(self._draft, asking.draft_of(client)))


def _nothing(value: object) -> None:
    """A search that was kept in the trail changes nothing on the screen."""
