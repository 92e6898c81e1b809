"""Knows the drafts of the page's forms, as texts, and what is still wrong with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.amounts import ZERO, read_amount
from desktop.domain.errors import Problem
from desktop.domain.people import TEXT_LIMIT, clean, read_date
from desktop.domain.words import tr

DOSED, SITTING = "dosed", "sitting"
MOST_BOOSTERS = 9


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


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """A person's part in a session that is planned. role: dosed or sitting; order: its id or ''."""

    client_id: str
    seat: str
    role: str = SITTING
    order: str = ""
    intention: str = ""


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A session that is planned: protocol id, day as typed, and each person's part."""

    protocol: str = ""
    day: str = ""
    people: tuple[PlanPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFields:
    """A note. whose: `a`, `b`, `both` or `alone`."""

    whose: str = ""
    text: str = ""


def check_order(draft: OrderFields, today: date) -> tuple[Problem, ...]:
    """What keeps an order from being written, a line per field."""
    problems = []
    if not draft.way:
        problems.append(Problem("way", tr("Choose the medicine and its route.")))
    single, total = read_amount(draft.single), read_amount(draft.total)
    if single is None or single <= ZERO:
        problems.append(Problem("single", tr("The largest single amount is needed, in mg.")))
    if total is None or total <= ZERO:
        problems.append(Problem("total", tr("The largest total is needed, in mg.")))
    elif single is not None and total < single:
        problems.append(Problem("total", tr("The total cannot be less than a single amount.")))
    boosters = draft.boosters.strip()
    if not (boosters.isascii() and boosters.isdigit()) or int(boosters) > MOST_BOOSTERS:
        problems.append(Problem("boosters", tr("A whole number from 0 to {n}.", n=MOST_BOOSTERS)))
    elif int(boosters) and not _minutes(draft.booster_after):
        problems.append(Problem("booster_after", tr("From which minute after the first dose?")))
    until = read_date(draft.until)
    if until is None:
        problems.append(Problem("until", tr("The last day it holds is needed, as year-month-day.")))
    elif until < today:
        problems.append(Problem("until", tr("This day has passed.")))
    if len(clean(draft.remarks)) > TEXT_LIMIT:
        problems.append(Problem("remarks", tr("At most {n} characters.", n=TEXT_LIMIT)))
    return tuple(problems)


def _minutes(text: str) -> bool:
    text = text.strip()
    return text.isascii() and text.isdigit() and 0 < int(text) < 24 * 60


def check_plan(draft: PlanFields) -> tuple[Problem, ...]:
    """What keeps a session from being planned."""
    problems = []
    if not draft.protocol:
        problems.append(Problem("protocol", tr("Choose a protocol.")))
    if read_date(draft.day) is None:
        problems.append(Problem("day", tr("A day is needed, as year-month-day.")))
    if draft.people and not any(person.role == DOSED for person in draft.people):
        problems.append(Problem("role", tr("At least one person is dosed.")))
    return tuple(problems)


def check_note(draft: NoteFields) -> tuple[Problem, ...]:
    """What keeps a note from being kept."""
    problems = []
    if not draft.whose:
        problems.append(Problem("whose", tr("Choose whose note it is.")))
    if not draft.text.strip():
        problems.append(Problem("text", tr("There is nothing in it yet.")))
    return tuple(problems)
