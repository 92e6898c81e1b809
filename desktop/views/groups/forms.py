"""Knows how a group is asked for: a protocol, a day, a name, and which couples come and who of them is dosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, make_dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drafts import DOSED, SITTING, PlanDraft, PlanPerson, check_plan
from desktop.domain.errors import Problem
from desktop.domain.protocol import Protocol
from desktop.domain.records import Order, SessionFormat
from desktop.domain.words import tr
from desktop.services.planning import GroupRow
from desktop.views.ui.basics import label, wrapped
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look

AWAY, BOTH, ONLY_A, ONLY_B = "", "ab", "a", "b"


@dataclass(frozen=True, slots=True)
class GroupFields:
    """The top of a group's plan."""

    protocol: str = ""
    day: str = ""
    label: str = ""


class GroupForm(QWidget):
    """A group that is planned. Couples get their numbers in the order in which they stand here."""

    def __init__(self, protocols: Sequence[Protocol], couples: Sequence[GroupRow], today: date) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self._protocols = {protocol.id: protocol for protocol in protocols}
        self._couples = tuple(couples)
        self.form = Form(self._check)
        self.protocol = self.form.choice("protocol", tr("Protocol"), tuple((p.id, p.title) for p in protocols))
        self.form.text("day", tr("Day"), hint=tr("Year-month-day."))
        self.form.text("label", tr("What you call the group"))
        ordered = {(one.medicine, one.route) for row in couples for one in (*row.orders_a, *row.orders_b)}
        fitting = [each for each in protocols if (each.medicine, each.route) in ordered] or list(protocols)
        first = fitting[0].id if fitting else ""
        self.form.show_draft(GroupFields(first, today.isoformat()))
        self.who = Form(_anything)
        for at, row in enumerate(self._couples):
            options = (
                (AWAY, tr("do not come")), (BOTH, tr("both take the medicine")),
                (ONLY_A, tr("{name} takes it", name=row.row.a.name)),
                (ONLY_B, tr("{name} takes it", name=row.row.b.name)),
            )  # fmt: skip
            self.who.choice(f"couple_{at}", _called(row), options)
        names = tuple(f"couple_{at}" for at in range(len(self._couples)))
        made = make_dataclass("WhoFields", [(name, str) for name in names], frozen=True)
        self.who.show_draft(made(**dict.fromkeys(names, AWAY)))
        self._orders = wrapped("", "caption")
        self._problem = label("", "problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(self.form)
        lines.addWidget(label(tr("Who comes"), "strong"))
        lines.addWidget(self.who)
        lines.addWidget(self._orders)
        lines.addWidget(self._problem)
        self.protocol.activated.connect(self._follow)
        self.who.edited.connect(self._follow)
        self._follow()

    def draft(self) -> PlanDraft:
        """Everything that stands here, each with the newest order in force that fits the protocol."""
        top: GroupFields = self.form.draft()
        chosen: Any = self.who.draft()
        people: list[PlanPerson] = []
        couples: list[str] = []
        for at, row in enumerate(self._couples):
            taking = getattr(chosen, f"couple_{at}")
            if taking == AWAY:
                continue
            couples.append(row.row.couple.id)
            for letter, client, orders in (("a", row.row.a, row.orders_a), ("b", row.row.b, row.orders_b)):
                dosed = letter in taking
                order = self._fitting(top.protocol, orders) if dosed else None
                seat = f"{len(couples)}{letter}"
                role = DOSED if dosed else SITTING
                people.append(PlanPerson(client.id, seat, role, order.id if order is not None else ""))
        return PlanDraft(
            top.protocol, top.day, tuple(people), format=SessionFormat.GROUP.value, couples=tuple(couples),
            label=top.label,
        )

    def settled(self) -> PlanDraft | None:
        """The draft when nothing is wrong with it."""
        draft = self.draft()
        problems = check_plan(draft)
        self.show_problems(problems)
        return None if problems else draft

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look; what is wrong with who comes is said below."""
        self.form.show_problems(problems)
        text = " ".join(problem.text for problem in problems if problem.field not in ("protocol", "day", "label"))
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _check(self, fields: GroupFields) -> tuple[Problem, ...]:
        return tuple(problem for problem in check_plan(self.draft()) if problem.field in ("protocol", "day", "label"))

    def _fitting(self, protocol_id: str, orders: Sequence[Order]) -> Order | None:
        protocol = self._protocols.get(protocol_id)
        if protocol is None:
            return None
        wanted = (protocol.medicine, protocol.route)
        return next((order for order in orders if (order.medicine, order.route) == wanted), None)

    def _follow(self, *_: object) -> None:
        """Say who is to be dosed and has no order yet."""
        names = {client.id: client.name for row in self._couples for client in (row.row.a, row.row.b)}
        missing = [names[one.client_id] for one in self.draft().people if one.role == DOSED and not one.order]
        words = tr("No order in force that fits: {names}.", names=", ".join(missing)) if missing else ""
        self._orders.setText(words)
        self._orders.setVisible(bool(words))


def _called(row: GroupRow) -> str:
    names = tr("{a} and {b}", a=row.row.a.name, b=row.row.b.name)
    return f"{names} ({row.row.couple.label})" if row.row.couple.label else names


def _anything(fields: object) -> tuple[Problem, ...]:
    return ()
