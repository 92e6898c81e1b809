"""Knows how the page stands: two people side by side in their seats, below them sessions and notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Known, Problem
from desktop.domain.records import Note, Session
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.views.couple.across import Across
from desktop.views.couple.facts import ChartFacts, NoteFacts, OrderFacts, PersonFacts
from desktop.views.couple.forms import LabelForm, NoteForm, OrderForm, PartsForm, PlanForm
from desktop.views.couple.lists import NotesCard, SessionsCard
from desktop.views.couple.offers import Offers
from desktop.views.couple.person_card import PersonCard
from desktop.views.couple.presenter import ChartPresenter, NotesPresenter
from desktop.views.couple.reading import Chart, order_choices, protocol_choices, ways
from desktop.views.couple.reopening import Reopens
from desktop.views.ui.basics import Button
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import AFTER, BACK, BOARD, CARE, CARRY, COUPLE, PAPER, PAPER_ENTRY, Place
from desktop.views.ui.screen import on_key, scrolled
from desktop.views.ui.seats import CompartmentStrip
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.theme import Tone

KINDS = ("client", "couple", "order", "session", "note", "touch_plan", "safety_card")


class ChartScreen(Reopens):
    """The page of a couple, or of a client alone."""

    def __init__(
        self, desk: Desk, ops: Ops, *, couple_id: str = "", client_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(ops, "", KINDS, parent)
        self.presenter = ChartPresenter(desk, self.doing, self, couple_id, client_id)
        self.noting = NotesPresenter(desk, self.doing, self, self.presenter)
        offers = Offers(self, self.presenter)
        self.commands, self.act, self.show_part = offers.commands, offers.act, offers.show_part
        self._arrived = offers.arrived
        self.banner.chosen.connect(offers.act)
        self.title.setWordWrap(True)
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.head.insertWidget(0, self.back)
        self.rename = Button(tr("Rename"), "pencil", kind="quiet")
        self.rename.setAccessibleName(tr("Call the couple something else"))
        self.head.addWidget(self.rename)
        self.rename.setVisible(bool(couple_id))
        self.strip = CompartmentStrip()
        self.cards: tuple[PersonCard, ...] = tuple(PersonCard() for _ in range(2 if couple_id else 1))
        self.sessions, self.notes = SessionsCard(), NotesCard()
        self.choose_session = self.sessions.choose
        self.panel = SidePanel()
        self.pairs: list[Button] = []
        self._people, self._lists = QHBoxLayout(), QHBoxLayout()
        self._across = Across(self, (self._people, self._lists), (self.sessions, self.notes))
        self._build()
        self._connect()

    def _build(self) -> None:
        sizes = look().sizes
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.gap)
        people = self._people
        people.setSpacing(sizes.gap)
        for card in self.cards:
            people.addWidget(card, 1)
        shared = QHBoxLayout()
        shared.setSpacing(sizes.gap)
        shared.addWidget(self.strip)
        self._lists.setSpacing(sizes.gap)
        self._lists.addWidget(self.sessions, 3)
        self._lists.addWidget(self.notes, 2)
        shared.addLayout(self._lists, 1)
        lines.addLayout(people)
        lines.addLayout(shared, 1)
        row = QHBoxLayout()
        row.setSpacing(sizes.gap)
        row.addWidget(scrolled(inside), 1)
        row.addWidget(self.panel)
        self.lines.addLayout(row, 1)

    def _connect(self) -> None:
        present = self.presenter
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        for card in self.cards:
            card.edit.connect(present.edit)
            card.order.connect(present.order_for)
            card.care.connect(partial(present.go_to, CARE))
            card.withdraw.connect(present.withdraw)
        self.sessions.plan.connect(present.plan)
        self.sessions.opened.connect(partial(present.go_to, BOARD))
        self.sessions.paper.connect(partial(present.go_to, PAPER))
        self.sessions.after.connect(partial(present.go_to, AFTER))
        self.sessions.parts.connect(present.change_plan)
        self.sessions.typed_in.connect(partial(present.go_to, PAPER_ENTRY))
        self.sessions.carry.connect(partial(present.go_to, CARRY))
        self.sessions.note.connect(self.noting.note)
        self.notes.write.connect(partial(self.noting.note, ""))
        self.notes.opened.connect(self.noting.open_note)
        self.rename.clicked.connect(present.rename)
        self.panel.left.connect(self.close_form)
        self.panel.saved.connect(self._save)
        for key, do in (
            ("Ctrl+P", present.plan), ("Ctrl+O", partial(self._order, 0)), ("Ctrl+Shift+O", partial(self._order, 1)),
            ("Ctrl+E", partial(self.noting.note, "")),
        ):
            on_key(self, key, do)
        self.sessions.plan_button.setToolTip(tr("Plan a session (Ctrl+P)"))
        self.notes.write_button.setToolTip(tr("Write a note (Ctrl+E)"))
        for card, key in zip(self.cards, ("Ctrl+O", "Ctrl+Shift+O"), strict=False):
            card.order_button.setToolTip(tr("Write an order ({key})", key=key))

    def ask_again(self) -> None:
        """Fetch the page."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The sessions."""
        if self.panel.held is None:
            target = self.sessions.table if self.sessions.table.isVisible() else self.sessions.plan_button
            target.setFocus()

    def show_chart(self, facts: ChartFacts) -> None:
        """The page."""
        self.say_title(facts.title)
        for card, person in zip(self.cards, facts.people, strict=True):
            card.show_person(person, facts.may_prescribe)
        paired = len(facts.people) > 1
        self.strip.show_seats((Tone.A, Tone.B) if paired else (), facts.owner_words)
        self.strip.setVisible(paired)
        for couple_id, called in facts.couples[len(self.pairs):]:
            pair = Button(tr("Couple: {label}", label=called) if called else tr("Open the couple"), "users")
            pair.clicked.connect(partial(self.presenter.go_to, COUPLE, couple_id))
            self.head.addWidget(pair)
            self.pairs.append(pair)
        self.sessions.show_sessions(facts.sessions, facts.may_lead)
        self.notes.show_notes(facts.notes)
        self.take_keyboard()
        self._arrived()

    def show_order_form(self, person: PersonFacts, chart: Chart) -> None:
        """Ask for an order."""
        form = OrderForm(person, ways(chart), chart.today)
        if self._hold(tr("Write an order"), form, tr("Write the order")):
            form.form.field("way").edit.setFocus()

    def show_plan_form(self, people: tuple[PersonFacts, ...], chart: Chart) -> None:
        """Ask for a session."""
        form = PlanForm(people, protocol_choices(chart), order_choices(chart), chart.today, chart.turn)
        if self._hold(tr("Plan a session"), form, tr("Plan it")):
            form.protocol.setFocus()

    def show_label_form(self, called: str) -> None:
        """Ask what the couple is called."""
        form = LabelForm(called)
        if self._hold(tr("What you call them"), form):
            form.field("label").edit.setFocus()

    def show_parts_form(self, session: Session, people: tuple[PersonFacts, ...], chart: Chart) -> None:
        """Change a plan."""
        protocol = next((each for each in protocol_choices(chart) if each.id == session.protocol_id), None)
        form = PartsForm(session, people, protocol, order_choices(chart))
        if self._hold(tr("Change the plan"), form):
            form.take_keyboard()

    def show_note_form(self, people: tuple[PersonFacts, ...], note: NoteFacts | None, session_id: str) -> None:
        """Ask for a note, or show one."""
        form = NoteForm(people, note, session_id)
        form.sign.connect(self._sign)
        if not self._hold(tr("Note") if note is not None else tr("Write a note"), form, tr("Keep as a draft")):
            return
        self.panel.save.setVisible(note is None or note.open)
        (form.text if note is not None else form.whose).setFocus()

    def ask_withdraw(self, order: OrderFacts) -> None:
        """Ask first: it cannot be undone."""
        words = tr("{title}. It stays in the record as withdrawn; a new order is needed to dose.", title=order.title)
        question = Question(self, tr("Withdraw this order?"), words, tr("Withdraw it"), danger=True)
        ask(question, partial(self.presenter.withdraw_now, order.id))

    def ask_sign(self, note: Note) -> None:
        """Ask first: it cannot be undone."""
        words = tr("Once signed, nobody can change this note; more can only be added in another one.")
        question = Question(self, tr("Sign and lock this note?"), words, tr("Sign it"))
        ask(question, partial(self.noting.sign_now, note))

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not saved."""
        held = self.panel.held
        if held is None:
            self.show_error(error)
            return
        self.panel.show_error(error)
        if isinstance(held, PlanForm | PartsForm | LabelForm):
            held.show_problems(problems)
        elif isinstance(held, OrderForm | NoteForm):
            held.form.show_problems(problems)

    def close_form(self) -> None:
        """The form is done with."""
        self.panel.empty()
        self.panel.save.show()
        self._across.beside(0)

    def leave(self, place: Place) -> None:
        """Go elsewhere."""
        self.go.emit(place)

    def _hold(self, title: str, form: QWidget, save: str = "") -> bool:
        """Open a form; False when another one is half filled in, which stays."""
        if self.panel.keeps():
            form.deleteLater()
            return False
        self.panel.save.show()
        self.panel.hold(title, form, save)
        self._across.beside(self.panel.width())
        return True

    def _order(self, at: int) -> None:
        if at < len(self.cards):
            facts = self.cards[at].facts
            if facts is not None:
                self.presenter.order_for(facts.client_id)

    def _save(self) -> None:
        held = self.panel.held
        if isinstance(held, OrderForm):
            order = held.settled()
            if order is not None:
                self.presenter.save_order(held.client_id, order)
        elif isinstance(held, PlanForm):
            plan = held.settled()
            if plan is not None:
                self.presenter.save_plan(plan)
        elif isinstance(held, LabelForm):
            named = held.settled()
            if named is not None:
                self.presenter.save_label(named.label)
        elif isinstance(held, PartsForm):
            self.presenter.save_parts(held.session, held.settled())
        elif isinstance(held, NoteForm):
            note = held.settled()
            if note is not None:
                self.noting.save_note(note, held.note, held.session_id)

    def _sign(self) -> None:
        held = self.panel.held
        note = held.settled() if isinstance(held, NoteForm) else None
        if isinstance(held, NoteForm) and note is not None:
            self.noting.save_note(note, held.note, held.session_id, sign=True)
