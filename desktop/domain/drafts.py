"""Knows what forms hold before a record is made of it, and what is still wrong with each field."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.amounts import ZERO, read_amount
from desktop.domain.audience import Owner
from desktop.domain.errors import Invalid, Problem
from desktop.domain.people import NAME_LIMIT, TEXT_LIMIT, Client, clean, read_date
from desktop.domain.records import Order, SessionFormat, SessionPerson
from desktop.domain.words import tr

DOSED, SITTING = "dosed", "sitting"
MOST_BOOSTERS = 9
MOST_MG = Decimal(10_000)  # a slip of the keys, not an order
DAY_MINUTES = 24 * 60
LEAST_COUPLES, MOST_COUPLES = 2, 6
NOTE_LIMIT = 20_000
INTENTION_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class CoupleDraft:
    """A couple that is being made: both partners' ids, and what the clinic calls them."""

    a: str = ""
    b: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as it is typed. Amounts in mg; booster_after in minutes from the first dose; days `YYYY-MM-DD`.

    valid_from '' is today. schedule '': the protocol's own; else a schedule's name, or minutes as `15,30,60`.
    """

    client_id: str = ""
    medicine: str = ""
    route: str = ""
    single: str = ""
    total: str = ""
    boosters: str = "0"
    booster_after: str = ""
    valid_from: str = ""
    until: str = ""
    schedule: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """A person's part in a session that is planned. role: dosed or sitting; order: its id or ''."""

    client_id: str
    seat: str = "a"
    role: str = SITTING
    order: str = ""
    intention: str = ""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A session that is planned. couple_id '': one person comes alone. day `YYYY-MM-DD`.

    format: a SessionFormat's value; '' for what the parts say. couples: a group's, in the order of their numbers; its
    people sit in `1a`, `1b`, `2a` and so on. label: what the group is called.
    """

    protocol_id: str = ""
    day: str = ""
    people: tuple[PlanPerson, ...] = ()
    couple_id: str = ""
    format: str = ""
    couples: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note. owner: whose compartment it goes to; session_id: the session it is about, or None."""

    owner: Owner | None = None
    text: str = ""
    session_id: str | None = None


def clean_lines(text: str) -> str:
    """Longer text as it is kept: composed (NFC), line by line without control characters and trailing blanks."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(ch for ch in line if ch == "\t" or unicodedata.category(ch) not in ("Cc", "Cs")) for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip()


def _too_long(field: str, text: str, limit: int) -> list[Problem]:
    return [Problem(field, tr("At most {n} characters.", n=limit))] if len(text) > limit else []


def check_couple(draft: CoupleDraft) -> tuple[Problem, ...]:
    """What keeps a couple from being made, a line per field."""
    problems = []
    if not draft.a:
        problems.append(Problem("a", tr("Choose partner A.")))
    if not draft.b:
        problems.append(Problem("b", tr("Choose partner B.")))
    elif draft.a == draft.b:
        problems.append(Problem("b", tr("A couple is two people: choose somebody else.")))
    return (*problems, *_too_long("label", clean(draft.label), NAME_LIMIT))


def read_whole(text: str, most: int) -> int | None:
    """A whole number from 0 to `most` in plain digits, or None."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    return int(text) if int(text) <= most else None


def check_order(draft: OrderDraft, today: date) -> tuple[Problem, ...]:
    """What keeps an order from being written, a line per field."""
    problems = []
    if not draft.client_id:
        problems.append(Problem("client_id", tr("Choose whom it is for.")))
    if not draft.medicine or not draft.route:
        problems.append(Problem("way", tr("Choose the medicine and its route.")))
    problems += _check_amounts(draft)
    boosters = read_whole(draft.boosters, MOST_BOOSTERS)
    if boosters is None:
        problems.append(Problem("boosters", tr("A whole number from 0 to {n}.", n=MOST_BOOSTERS)))
    elif boosters and not read_whole(draft.booster_after, DAY_MINUTES):
        problems.append(Problem("booster_after", tr("From which minute after the first dose?")))
    problems += _check_days(draft, today)
    if draft.schedule.strip() and len(clean(draft.schedule)) > NAME_LIMIT:
        problems.append(Problem("schedule", tr("At most {n} characters.", n=NAME_LIMIT)))
    return (*problems, *_too_long("remarks", clean(draft.remarks), TEXT_LIMIT))


def _check_amounts(draft: OrderDraft) -> list[Problem]:
    problems = []
    single, total = read_amount(draft.single), read_amount(draft.total)
    if single is None or not ZERO < single <= MOST_MG:
        problems.append(Problem("single", tr("The largest single amount is needed, in mg.")))
    if total is None or not ZERO < total <= MOST_MG:
        problems.append(Problem("total", tr("The largest total is needed, in mg.")))
    elif single is not None and total < single:
        problems.append(Problem("total", tr("The total cannot be less than a single amount.")))
    return problems


def _check_days(draft: OrderDraft, today: date) -> list[Problem]:
    problems = []
    first, last = read_date(draft.valid_from) if draft.valid_from.strip() else today, read_date(draft.until)
    if first is None:
        problems.append(Problem("valid_from", tr("The first day it holds, as year-month-day.")))
    if last is None:
        problems.append(Problem("until", tr("The last day it holds is needed, as year-month-day.")))
    elif last < today:
        problems.append(Problem("until", tr("This day has passed.")))
    elif first is not None and last < first:
        problems.append(Problem("until", tr("The last day cannot be before the first.")))
    return problems


def order_from(draft: OrderDraft, order_id: str, prescriber_id: str, today: date) -> Order:
    """The order that a draft describes; raises Invalid with the problems."""
    problems = check_order(draft, today)
    single, total = read_amount(draft.single), read_amount(draft.total)
    boosters, until = read_whole(draft.boosters, MOST_BOOSTERS), read_date(draft.until)
    if problems or single is None or total is None or boosters is None or until is None:
        raise Invalid(problems)
    return Order(
        id=order_id, client_id=draft.client_id, prescriber_id=prescriber_id, medicine=draft.medicine,
        route=draft.route, max_single_mg=single, max_total_mg=total, boosters=boosters,
        booster_after_min=read_whole(draft.booster_after, DAY_MINUTES) if boosters else None,
        valid_from=read_date(draft.valid_from) or today, valid_until=until, schedule=clean(draft.schedule),
        remarks=clean(draft.remarks),
    )


def check_plan(draft: PlanDraft) -> tuple[Problem, ...]:
    """What keeps a session from being planned, as far as the form alone can tell."""
    problems = []
    if not draft.protocol_id:
        problems.append(Problem("protocol", tr("Choose a protocol.")))
    if read_date(draft.day) is None:
        problems.append(Problem("day", tr("A day is needed, as year-month-day.")))
    if not draft.people:
        problems.append(Problem("people", tr("Choose who takes part.")))
    elif any(person.role not in (DOSED, SITTING) for person in draft.people):
        problems.append(Problem("role", tr("Everybody is either dosed or sitting.")))
    elif not any(person.role == DOSED for person in draft.people):
        problems.append(Problem("role", tr("At least one person is dosed.")))
    for person in draft.people:
        problems += _too_long("intention", clean_lines(person.intention), INTENTION_LIMIT)
    return (*problems, *(_check_format(draft) if not problems else ()))


def format_of(draft: PlanDraft) -> SessionFormat | None:
    """Which format a draft is; None for one that there is not."""
    if draft.format:
        return SessionFormat(draft.format) if draft.format in set(SessionFormat) else None
    if draft.couples:
        return SessionFormat.GROUP
    if len(draft.people) == 1:
        return SessionFormat.ONE
    dosed = sum(person.role == DOSED for person in draft.people)
    return SessionFormat.BOTH if dosed == len(draft.people) else SessionFormat.ONE_SITS


def _check_format(draft: PlanDraft) -> tuple[Problem, ...]:
    """What does not fit between a draft's format and its people."""
    found, dosed = format_of(draft), sum(person.role == DOSED for person in draft.people)
    if not draft.format and not draft.couples:  # it follows from the people, whose seats are looked at later
        return ()
    if found is None:
        return (Problem("format", tr("Choose who takes the medicine.")),)
    if found is SessionFormat.GROUP:
        return _check_group(draft)
    wanted = {
        SessionFormat.ONE: (dosed == 1 and len(draft.people) == 1, tr("One person alone takes the medicine.")),
        SessionFormat.BOTH: (dosed == len(draft.people) == 2, tr("Both take the medicine.")),
    }
    one_sits = dosed == 1 and len(draft.people) == 2, tr("One takes the medicine and the other sits with them.")
    fits, words = wanted.get(found, one_sits)
    return () if fits else (Problem("role", words),)


def _check_group(draft: PlanDraft) -> tuple[Problem, ...]:
    if not LEAST_COUPLES <= len(draft.couples) <= MOST_COUPLES:
        return (Problem("couples", tr("A group has {low} to {high} couples.", low=LEAST_COUPLES, high=MOST_COUPLES)),)
    if len(set(draft.couples)) < len(draft.couples):
        return (Problem("couples", tr("One couple stands there twice.")),)
    clients = {person.client_id for person in draft.people}
    if len(clients) < len(draft.people):
        return (Problem("couples", tr("Somebody is in two of these couples.")),)
    return tuple(_too_long("label", clean(draft.label), NAME_LIMIT))


def check_places(people: Sequence[PlanPerson], seats: dict[str, str]) -> tuple[Problem, ...]:
    """What is wrong with who takes part; `seats`: the seat of each client who may."""
    taken = {person.client_id: person.seat for person in people}
    if len(taken) == len(people) and taken == seats:
        return ()
    return (Problem("people", tr("Everybody who takes part has one seat of their own, and nobody else does.")),)


def check_part(person: PlanPerson, order: Order, medicine: str, route: str, day: date) -> tuple[Problem, ...]:
    """What is wrong with a person's order for a session; `order` is the one that their part names."""
    if order.client_id != person.client_id:
        return (Problem("order", tr("This order is for somebody else.")),)
    if order.withdrawn:
        return (Problem("order", tr("This order was withdrawn.")),)
    if (order.medicine, order.route) != (medicine, route):
        return (Problem("order", tr("This order is for another medicine or route.")),)
    if not order.valid_from <= day <= order.valid_until:
        return (Problem("order", tr("This order does not hold on that day.")),)
    return ()


def part_of(person: PlanPerson, couple_id: str | None = None) -> SessionPerson:
    """A person's part as the session keeps it. couple_id: theirs, in a group."""
    return SessionPerson(
        person.client_id, person.seat, person.role, person.order or None, clean_lines(person.intention), couple_id
    )


def check_note(draft: NoteDraft) -> tuple[Problem, ...]:
    """What keeps a note from being kept, a line per field."""
    problems = []
    if draft.owner is None:
        problems.append(Problem("whose", tr("Choose whose note it is.")))
    text = clean_lines(draft.text)
    if not text:
        problems.append(Problem("text", tr("There is nothing in it yet.")))
    return (*problems, *_too_long("text", text, NOTE_LIMIT))


def same_person(one: Client, other: Client) -> bool:
    """Whether two records carry the same two identifiers."""
    return (clean(one.name).casefold(), one.born) == (clean(other.name).casefold(), other.born)
