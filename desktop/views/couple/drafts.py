"""Knows the drafts of the page's forms as their fields stand, and turns them into the records' own drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.audience import Owner
from desktop.domain.drafts import (
    CoupleDraft,
    NoteDraft,
    OrderDraft,
    PlanDraft,
    PlanPerson,
    check_couple,
    check_note,
    check_order,
    check_plan,
)
from desktop.domain.errors import Problem


@dataclass(frozen=True, slots=True)
class OrderFields:
    """An order as it is typed. way: `medicine/route`; amounts in mg; booster_after in minutes from the first dose."""

    way: str = ""
    single: str = ""
    total: str = ""
    boosters: str = "0"
    booster_after: str = ""
    until: str = ""
    remarks: str = ""

    def draft(self, client_id: str) -> OrderDraft:
        """The order that these fields describe, for one client."""
        medicine, _, route = self.way.partition("/")
        return OrderDraft(
            client_id=client_id, medicine=medicine, route=route, single=self.single, total=self.total,
            boosters=self.boosters, booster_after=self.booster_after, until=self.until, remarks=self.remarks,
        )


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A session that is planned: protocol id, day as typed, and each person's part. format '': what the parts say."""

    protocol: str = ""
    day: str = ""
    people: tuple[PlanPerson, ...] = ()
    format: str = ""

    def draft(self, couple_id: str) -> PlanDraft:
        """The session that these fields describe; couple_id '' for somebody alone."""
        return PlanDraft(self.protocol, self.day, self.people, couple_id, self.format)


@dataclass(frozen=True, slots=True)
class NoteFields:
    """A note. whose: `a`, `b`, `both` or `alone`."""

    whose: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class LabelFields:
    """What the clinic calls a couple; '' for their names."""

    label: str = ""


def label_problems(fields: LabelFields) -> tuple[Problem, ...]:
    """What keeps a couple from being called that."""
    return tuple(each for each in check_couple(CoupleDraft("a", "b", fields.label)) if each.field == "label")


def order_problems(fields: OrderFields, client_id: str, today: date) -> tuple[Problem, ...]:
    """What keeps an order from being written, a line per field."""
    return check_order(fields.draft(client_id), today)


def plan_problems(fields: PlanFields) -> tuple[Problem, ...]:
    """What keeps a session from being planned."""
    return check_plan(fields.draft(""))


def note_problems(fields: NoteFields) -> tuple[Problem, ...]:
    """What keeps a note from being kept; whose compartment it is becomes known only with the page's records."""
    return check_note(NoteDraft(Owner.couple(fields.whose) if fields.whose else None, fields.text))
