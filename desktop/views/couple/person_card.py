"""Knows how a person stands on the page: in their seat, with two identifiers, what is known, and their orders."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.couple.facts import OrderFacts, PersonFacts
from desktop.views.ui.basics import Button, Card, Sign, label, rule, wrapped
from desktop.views.ui.look import look
from desktop.views.ui.seats import CompartmentStrip, SeatBadge
from desktop.views.ui.theme import Tone


class OrderLine(QWidget):
    """One order: what it allows, and whether it holds."""

    withdraw = Signal(str)

    def __init__(self, facts: OrderFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        sizes = look().sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.tight)
        row.addWidget(Sign(facts.sign, facts.tone))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(wrapped(facts.title, "strong"))
        words.addWidget(wrapped(facts.detail, "caption"))
        row.addLayout(words, 1)
        row.addWidget(label(facts.state, "", facts.tone))
        if facts.can_withdraw:
            self.button = Button(tr("Withdraw"), kind="quiet")
            self.button.setAccessibleName(tr("Withdraw this order: {title}", title=facts.title))
            self.button.clicked.connect(partial(self.withdraw.emit, facts.id))
            row.addWidget(self.button)
        self.setAccessibleName(f"{facts.title}, {facts.state}, {facts.detail}")


class PersonCard(Card):
    """One person. edit(client id), care(client id), order(client id) and withdraw(order id) are all it says."""

    edit = Signal(str)
    care = Signal(str)
    order = Signal(str)
    withdraw = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        self.facts: PersonFacts | None = None
        self.strip = CompartmentStrip()
        self.badge = SeatBadge()
        self.name = wrapped("", "lead")
        self.born = label("", "")
        self._lines = wrapped("", "muted")
        self.edit_button = Button(tr("Edit"), "pencil", kind="quiet")
        self.care_button = Button(tr("Touch & safety").replace("&", "&&"), "hand", kind="quiet")
        self.order_button = Button(tr("Write an order"), "pill", kind="quiet")
        head = QHBoxLayout()
        head.setSpacing(sizes.inner)
        head.addWidget(self.badge)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.born)
        head.addLayout(names, 1)
        head.addWidget(self.care_button)
        head.addWidget(self.edit_button)
        inside = QVBoxLayout()
        inside.setSpacing(sizes.tight)
        inside.addLayout(head)
        inside.addWidget(self._lines)
        inside.addWidget(rule())
        orders = QHBoxLayout()
        orders.addWidget(label(tr("Orders"), "strong"))
        orders.addStretch(1)
        orders.addWidget(self.order_button)
        inside.addLayout(orders)
        self._orders = QVBoxLayout()
        self._orders.setSpacing(sizes.tight)
        inside.addLayout(self._orders)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(sizes.inner)
        row.addWidget(self.strip)
        row.addLayout(inside, 1)
        self.lines.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.edit_button.clicked.connect(self._edit)
        self.care_button.clicked.connect(self._care)
        self.order_button.clicked.connect(self._order)

    def show_person(self, facts: PersonFacts, may_prescribe: bool) -> None:
        """Show a person; the same facts again change nothing."""
        self.order_button.setVisible(may_prescribe)
        if facts == self.facts:
            return
        self.facts = facts
        seated = facts.seat is not Tone.PLAIN
        self.badge.setVisible(seated)
        self.strip.setVisible(seated)
        if seated:
            self.badge.show_seat(facts.seat, facts.letter)
            self.strip.show_seats((facts.seat,), tr("{name}'s own", name=facts.name))
        born = tr("born {date}", date=facts.born)
        self.name.setText(facts.name)
        self.born.setText(born)
        self._lines.setText("\n".join(facts.lines))
        self._lines.setVisible(bool(facts.lines))
        who = tr("Partner {letter}", letter=facts.letter) if seated else tr("Client")
        self.setAccessibleName(f"{who}, {facts.name}, {born}")
        self.edit_button.setAccessibleName(tr("Edit {name}", name=facts.name))
        self.order_button.setAccessibleName(tr("Write an order for {name}", name=facts.name))
        self.care_button.setAccessibleName(tr("Touch and safety of {name}", name=facts.name))
        self._show_orders(facts, may_prescribe)

    def _show_orders(self, facts: PersonFacts, may_prescribe: bool) -> None:
        while self._orders.count():
            taken = self._orders.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for order in facts.orders:
            line = OrderLine(order)
            line.withdraw.connect(self.withdraw)
            self._orders.addWidget(line)
        if not facts.orders:
            words = tr("No order yet.") if may_prescribe else tr("No order yet. Only a prescriber can write one.")
            self._orders.addWidget(wrapped(words, "muted"))

    def _edit(self) -> None:
        if self.facts is not None:
            self.edit.emit(self.facts.client_id)

    def _care(self) -> None:
        if self.facts is not None:
            self.care.emit(self.facts.client_id)

    def _order(self) -> None:
        if self.facts is not None:
            self.order.emit(self.facts.client_id)
