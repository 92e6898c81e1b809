"""Knows what the page of a couple or a client does: it asks, plans, orders, notes; it paints nothing."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from desktop.domain.drafts import PlanPerson
from desktop.domain.errors import Conflict, Invalid, Known, Problem
from desktop.domain.records import Note, Session
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.views.couple import asking
from desktop.views.couple.drafts import NoteFields, OrderFields, PlanFields
from desktop.views.couple.facts import ChartFacts, NoteFacts, OrderFacts, PersonFacts
from desktop.views.couple.reading import Chart, facts_of
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.place import PEOPLE, Place
from desktop.views.ui.theme import Tone


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_chart(self, facts: ChartFacts) -> None:
        """The page."""

    def choose_session(self, session_id: str) -> None:
        """Have this one chosen in the list as soon as it stands there."""

    def show_order_form(self, person: PersonFacts, chart: Chart) -> None:
        """Ask for an order."""

    def show_plan_form(self, people: tuple[PersonFacts, ...], chart: Chart) -> None:
        """Ask for a session."""

    def show_label_form(self, called: str) -> None:
        """Ask what the couple is called."""

    def show_parts_form(self, session: Session, people: tuple[PersonFacts, ...], chart: Chart) -> None:
        """Change a plan."""

    def show_note_form(self, people: tuple[PersonFacts, ...], note: NoteFacts | None, session_id: str) -> None:
        """Ask for a note, or show one."""

    def ask_withdraw(self, order: OrderFacts) -> None:
        """Ask whether an order is to be withdrawn: that cannot be undone."""

    def ask_sign(self, note: Note) -> None:
        """Ask whether a note is to be signed: that cannot be undone."""

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not saved."""

    def close_form(self) -> None:
        """The form is done with."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""

    def leave(self, place: Place) -> None:
        """Go to another screen."""


class ChartPresenter:
    """One couple, or one client alone. Each time its records are shown is one line in the trail."""

    def __init__(self, desk: Desk, doing: Doing, view: View, couple_id: str = "", client_id: str = "") -> None:
        self._desk, self._doing, self._view = desk, doing, view
        self._couple, self._client = couple_id, client_id
        self._latest = Latest(doing)
        self.chart: Chart | None = None
        self.facts: ChartFacts | None = None

    def begin(self) -> None:
        """Open the page, or look again."""
        work = partial(asking.fetch, self._desk, self._couple, self._client)
        self._latest.ask(work, self._show, self._view.show_error)

    def order_for(self, client_id: str) -> None:
        """Somebody wants to write an order."""
        if self.chart is not None and self.facts is not None and self.facts.may_prescribe:
            person = next(person for person in self.facts.people if person.client_id == client_id)
            self._view.show_order_form(person, self.chart)

    def save_order(self, client_id: str, draft: OrderFields) -> None:
        """Keep an order."""
        work = partial(asking.write, self._desk, client_id, draft)
        people = self.facts.people if self.facts is not None else ()
        name = next((person.name for person in people if person.client_id == client_id), "")
        words = tr("The order for {name} is written.", name=name) if name else tr("The order is written.")
        self._doing.change(work, partial(self.kept, words), self.not_saved)

    def withdraw(self, order_id: str) -> None:
        """Somebody wants to end an order."""
        if self.facts is not None:
            orders = (order for person in self.facts.people for order in person.orders)
            self._view.ask_withdraw(next(order for order in orders if order.id == order_id))

    def withdraw_now(self, order_id: str) -> None:
        """End an order for good."""
        order = next((o for o in self.chart.orders if o.id == order_id), None) if self.chart is not None else None
        if order is not None:
            work = partial(asking.end_order, self._desk, order)
            self._doing.change(work, partial(self.kept, tr("The order is withdrawn.")), self._view.show_error)

    def plan(self) -> None:
        """Somebody wants to plan a session."""
        if self.chart is not None and self.facts is not None and self.facts.may_lead:
            self._view.show_plan_form(self.facts.people, self.chart)

    def save_plan(self, draft: PlanFields) -> None:
        """Keep a session."""
        if self.chart is not None:
            work = partial(asking.plan, self._desk, self.chart, draft)
            self._doing.change(work, self._planned, self.not_saved)

    def _planned(self, session: Session) -> None:
        self._view.choose_session(session.id)
        self.kept(tr("The session is planned."), session)

    def change_plan(self, session_id: str) -> None:
        """Somebody wants to change what was planned."""
        if self.chart is not None and self.facts is not None:
            session = next(each for each in self.chart.sessions if each.id == session_id)
            self._view.show_parts_form(session, self.facts.people, self.chart)

    def save_parts(self, session: Session, parts: tuple[PlanPerson, ...]) -> None:
        """Keep what was changed in a plan."""
        work = partial(asking.set_parts, self._desk, session, parts)
        self._doing.change(work, partial(self.kept, tr("The plan is changed.")), self.not_saved)

    def go_to(self, screen: str, record: str) -> None:
        """Go to a session's board or its paper, or to a couple's page."""
        self._view.leave(Place(screen, record))

    def rename(self) -> None:
        """Somebody wants to call the couple something else."""
        if self.chart is not None and self.chart.couple is not None:
            self._view.show_label_form(self.chart.couple.label)

    def save_label(self, label: str) -> None:
        """Call the couple something else; when somebody did so meanwhile, what they chose is named."""
        if self.chart is not None and self.chart.couple is not None:
            work = partial(asking.call, self._desk, self.chart.couple, label)
            self._doing.change(work, partial(self.kept, tr("The couple is called so now.")), self._not_called)

    def _not_called(self, error: Known) -> None:
        self.not_saved(error)
        if isinstance(error, Conflict):
            self._latest.ask(
                partial(asking.fetch, self._desk, self._couple, self._client), self._show, self._view.show_error
            )

    def edit(self, client_id: str) -> None:
        """Change who somebody is, where all clients are changed."""
        self._view.leave(Place(PEOPLE, part=f"edit/{client_id}"))

    def _show(self, chart: Chart) -> None:
        self.chart = chart
        self.facts = facts_of(chart, self._desk.member)
        self._view.show_chart(self.facts)

    def kept(self, words: str, value: object) -> None:
        """Something was saved: say so, and look again."""
        self._view.close_form()
        self._view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))
        self.begin()

    def not_saved(self, error: Known) -> None:
        """Something was not saved: the form stays, and says why."""
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())


class NotesPresenter:
    """The notes of the page: written as drafts, signed once and for all."""

    def __init__(self, desk: Desk, doing: Doing, view: View, page: ChartPresenter) -> None:
        self._desk, self._doing, self._view, self._page = desk, doing, view, page

    def note(self, session_id: str = "") -> None:
        """Somebody wants to write a note, perhaps on a session."""
        if self._page.facts is not None:
            self._view.show_note_form(self._page.facts.people, None, session_id)

    def open_note(self, note_id: str) -> None:
        """Show a note."""
        if self._page.facts is not None:
            note = next(note for note in self._page.facts.notes if note.id == note_id)
            self._view.show_note_form(self._page.facts.people, note, "")

    def save_note(self, draft: NoteFields, note: NoteFacts | None, session_id: str, *, sign: bool = False) -> None:
        """Keep a note; with sign= it is asked about first, and locked then."""
        if self._page.chart is None:
            return
        work = partial(asking.keep_note, self._desk, self._page.chart, draft, note, session_id)
        then = self._ask_sign if sign else partial(self._page.kept, tr("The note is kept as a draft."))
        self._doing.change(work, then, self._page.not_saved)

    def sign_now(self, note: Note) -> None:
        """Sign a note for good."""
        work = partial(asking.sign, self._desk, note)
        self._doing.change(work, partial(self._page.kept, tr("The note is signed and locked.")), self._page.not_saved)

    def _ask_sign(self, note: Note) -> None:
        self._view.close_form()
        self._view.ask_sign(note)
