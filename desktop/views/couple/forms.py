"""Knows how an order, a session and a note are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drafts import DOSED, SITTING, PlanPerson
from desktop.domain.errors import Problem
from desktop.domain.records import Session
from desktop.domain.words import tr
from desktop.services.planning import Turn
from desktop.views.couple.drafts import (
    LabelFields,
    NoteFields,
    OrderFields,
    PlanFields,
    label_problems,
    note_problems,
    order_problems,
    plan_problems,
)
from desktop.views.couple.facts import NoteFacts, OrderChoice, PersonFacts, ProtocolChoice
from desktop.views.couple.formats import Formats, format_choices
from desktop.views.ui.banner import notice
from desktop.views.ui.basics import Button, label, wrapped
from desktop.views.ui.fields import Choice
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.seats import SeatBadge
from desktop.views.ui.theme import Tone


def who_row(person: PersonFacts) -> QWidget:
    """Badge, name and date of birth: whom this is about."""
    made = QWidget()
    made.setProperty("kind", "bare")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look().sizes.tight)
    if person.seat is not Tone.PLAIN:
        badge = SeatBadge()
        badge.show_seat(person.seat, person.letter)
        row.addWidget(badge)
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(wrapped(person.name, "strong"))
    names.addWidget(label(tr("born {date}", date=person.born), "caption"))
    row.addLayout(names, 1)
    return made


class OrderForm(QWidget):
    """What a prescriber allows for one person."""

    def __init__(self, person: PersonFacts, ways: tuple[tuple[str, str], ...], today: date) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.client_id = person.client_id
        self._today = today
        self.form = Form(self._check, columns=2)
        self.form.choice("way", tr("Medicine and route"), (("", tr("Choose…")), *ways), wide=True)
        self.form.text("single", tr("Largest single amount"), hint=tr("mg"))
        self.form.text("total", tr("Largest total"), hint=tr("mg, boosters and losses included"))
        self.form.text("boosters", tr("Boosters"), hint=tr("How many; 0 for none."))
        self.form.text("booster_after", tr("Booster from minute"), hint=tr("After the first dose."))
        self.form.text("until", tr("In force until"), hint=tr("The last day it allows, year-month-day."), wide=True)
        self.form.lines("remarks", tr("Remarks"), high=3)
        self.form.show_draft(OrderFields())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(who_row(person))
        yours = tr("The numbers are yours: the program records and reminds, it proposes none.")
        lines.addWidget(wrapped(yours, "muted"))
        lines.addWidget(self.form)

    def settled(self) -> OrderFields | None:
        """The draft when nothing is wrong with it."""
        draft: OrderFields | None = self.form.settled()
        return draft

    def _check(self, draft: OrderFields) -> tuple[Problem, ...]:
        return order_problems(draft, self.client_id, self._today)


class PersonPlan(QWidget):
    """One person's part in a session."""

    def __init__(self, person: PersonFacts, orders: tuple[OrderChoice, ...]) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self._person, self._orders = person, orders
        self.form = Form(_anything)
        roles: tuple[tuple[str, str], ...] = ((DOSED, tr("dosed")),)
        if person.seat is not Tone.PLAIN:
            roles = (*roles, (SITTING, tr("sitting with their partner")))
        self.role = self.form.choice("role", tr("Part"), roles)
        self.order: Choice = self.form.choice("order", tr("Order"), ())
        self.form.lines("intention", tr("Intention, in their own words"), high=2)
        self.form.show_draft(PlanPerson(person.client_id, "", DOSED))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.tight)
        lines.addWidget(who_row(person))
        lines.addWidget(self.form)
        self.role.activated.connect(self._follow)

    def show_protocol(self, protocol: ProtocolChoice | None) -> None:
        """Offer the orders that fit it, the newest first; an order is only for who is dosed."""
        fitting = [
            each for each in self._orders
            if protocol is not None and (each.medicine, each.route) == (protocol.medicine, protocol.route)
        ]
        self.order.clear()
        for each in fitting:
            self.order.addItem(each.title, each.id)
        self.order.addItem(tr("none in force") if not fitting else tr("none"), "")
        self._follow()

    def show_order(self, order: str) -> None:
        """Choose an order; none when it is not in force any more."""
        at = self.order.findData(order)
        self.order.setCurrentIndex(at if at >= 0 else self.order.count() - 1)

    def person(self, seat: str) -> PlanPerson:
        """What stands here."""
        draft: PlanPerson = self.form.draft()
        return replace(draft, seat=seat, order=draft.order if draft.role == DOSED else "")

    def _follow(self, *_: object) -> None:
        self.form.field("order").setVisible(self.form.field("role").value() == DOSED)


class LabelForm(Form):
    """What the clinic calls a couple."""

    def __init__(self, called: str) -> None:
        super().__init__(label_problems)
        self.text("label", tr("Name"), hint=tr("May stay empty; their names are shown then."))
        self.show_draft(LabelFields(called))


class PartsForm(QWidget):
    """What was planned for each person, to be changed before the session begins: the order, and what they hope for."""

    def __init__(
        self, session: Session, people: tuple[PersonFacts, ...], protocol: ProtocolChoice | None,
        orders: tuple[OrderChoice, ...],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.session = session
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.gap)
        self._parts: list[tuple[str, PersonPlan]] = []
        seats = {part.client_id: part for part in session.people}
        for person in people:
            part = seats.get(person.client_id)
            if part is None:
                continue
            shown = PersonPlan(person, tuple(o for o in orders if o.client_id == person.client_id))
            order = part.order_id or ""
            shown.form.show_draft(PlanPerson(part.client_id, part.seat, part.role, order, part.intention))
            shown.show_protocol(protocol)
            shown.show_order(order)
            shown.role.setEnabled(False)
            lines.addWidget(shown)
            self._parts.append((part.seat, shown))
        self._problem = label("", "problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        lines.addWidget(self._problem)

    def settled(self) -> tuple[PlanPerson, ...]:
        """Each person's part as it stands."""
        return tuple(part.person(seat) for seat, part in self._parts)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What needs another look."""
        text = " ".join(problem.text for problem in problems)
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def take_keyboard(self) -> None:
        """The first intention."""
        if self._parts:
            self._parts[0][1].form.field("intention").edit.setFocus()


def _anything(draft: PlanPerson) -> tuple[Problem, ...]:
    return ()


class PlanForm(QWidget):
    """Which protocol, when, and each person's part."""

    def __init__(
        self, people: tuple[PersonFacts, ...], protocols: tuple[ProtocolChoice, ...],
        orders: tuple[OrderChoice, ...], today: date, turn: Turn | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self._protocols = {protocol.id: protocol for protocol in protocols}
        self.form = Form(self._check)
        self.protocol = self.form.choice("protocol", tr("Protocol"), tuple((p.id, p.title) for p in protocols))
        self.form.text("day", tr("Day"), hint=tr("Year-month-day."))
        paired = len(people) > 1
        taking = self.form.choice("format", tr("Who takes the medicine"), format_choices()) if paired else None
        ordered = {(order.medicine, order.route) for order in orders}
        fitting = [p for p in protocols if (p.medicine, p.route) in ordered] or list(protocols)
        first = fitting[0].id if fitting else ""
        self.form.show_draft(PlanFields(protocol=first, day=today.isoformat()))
        self._seats = tuple(person.letter.lower() or "a" for person in people)
        self.people = tuple(
            PersonPlan(person, tuple(o for o in orders if o.client_id == person.client_id)) for person in people
        )
        self._problem = label("", "problem")
        self._problem.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.gap)
        lines.addWidget(self.form)
        if taking is not None:
            self.formats = Formats(taking, tuple(part.role for part in self.people), people, turn)
            lines.addWidget(self.formats.words)
        for part in self.people:
            lines.addWidget(part)
        lines.addWidget(self._problem)
        self.protocol.activated.connect(self._follow)
        self._follow()

    def draft(self) -> PlanFields:
        """Everything that stands here."""
        top: PlanFields = self.form.draft()
        people = tuple(part.person(seat) for part, seat in zip(self.people, self._seats, strict=True))
        return replace(top, people=people)

    def settled(self) -> PlanFields | None:
        """The draft when nothing is wrong with it."""
        draft = self.draft()
        problems = plan_problems(draft)
        self.show_problems(problems)
        return None if problems else draft

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look; what is wrong with a person's part is said below them."""
        self.form.show_problems(problems)
        known = {"protocol", "day"}
        text = " ".join(problem.text for problem in problems if problem.field not in known)
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _check(self, draft: PlanFields) -> tuple[Problem, ...]:
        return tuple(problem for problem in plan_problems(draft) if problem.field in ("protocol", "day"))

    def _follow(self, *_: object) -> None:
        protocol = self._protocols.get(str(self.form.field("protocol").value()))
        for part in self.people:
            part.show_protocol(protocol)


class NoteForm(QWidget):
    """A note: whose it is, and what it says. sign() locks it for good."""

    sign = Signal()

    def __init__(self, people: tuple[PersonFacts, ...], note: NoteFacts | None = None, session_id: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.note, self.session_id = note, session_id
        self.form = Form(note_problems)
        self.whose = self.form.choice("whose", tr("Whose note is it"), whose_choices(people))
        self.text = self.form.lines("text", tr("Note"), high=12)
        first = whose_choices(people)[-1][0]
        self.form.show_draft(NoteFields(first if note is None else note.whose_key, "" if note is None else note.text))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        self.sign_button = Button(tr("Sign and lock"), "lock")
        if note is not None:
            self.whose.setEnabled(False)
        if note is not None and note.signed:
            words = tr("Signed {when} by {who}. It is locked.", when=note.signed, who=note.by)
            lines.addWidget(notice(Tone.PLAIN, words))
        elif note is not None and not note.open:
            lines.addWidget(notice(Tone.PLAIN, tr("A draft by {who}; only they can change or sign it.", who=note.by)))
        lines.addWidget(self.form)
        if note is not None and not note.open:
            self.text.setReadOnly(True)
        else:
            lines.addWidget(
                wrapped(tr("A draft can be changed by its author. Once signed it is locked for everybody."), "caption")
            )
            row = QHBoxLayout()
            row.addWidget(self.sign_button)
            row.addStretch(1)
            lines.addLayout(row)
        self.sign_button.clicked.connect(partial(self.sign.emit))

    def settled(self) -> NoteFields | None:
        """The draft when nothing is wrong with it."""
        draft: NoteFields | None = self.form.settled()
        return draft


def whose_choices(people: tuple[PersonFacts, ...]) -> tuple[tuple[str, str], ...]:
    """The compartments a note can be in: each person's own, and what both share."""
    if len(people) == 1:
        return (("alone", tr("{name}, born {date}", name=people[0].name, date=people[0].born)),)
    own = tuple(
        (person.letter.lower(), tr("{letter}: {name}'s own", letter=person.letter, name=person.name))
        for person in people
    )
    return (*own, ("both", tr("A and B: what both share")))
