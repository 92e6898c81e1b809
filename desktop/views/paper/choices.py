"""Knows which pages there are for a session, and for whom each can be printed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.audience import Audience
from desktop.domain.paper import Compartment
from desktop.domain.people import CLINICAL, Client, require
from desktop.domain.records import SessionState
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.flowsheets import flowsheet
from desktop.services.worksheets import Paper, PaperUse, blank_worksheet, worksheet, worksheet_titles
from desktop.views.ui.theme import Tone

FLOWSHEET = "flowsheet"
BLANK = "blank"
SIZES = ("A4", "Letter")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something that can be printed. copies: the keys of those it can be printed for."""

    key: str
    title: str
    about: str
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """For whom. key: `a`, `b`, `alone`, `both` or `blank`; who: the words of `who will see this`."""

    key: str
    title: str
    detail: str
    who: str
    seats: tuple[Tone, ...]
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and for which session."""

    title: str
    sheets: tuple[Sheet, ...]
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page set: which sheet, for whom, on which paper."""

    sheet: str
    copy: str
    size: str = SIZES[0]


def choices(desk: Desk, session_id: str) -> Choices:
    """What can be printed for a session; without one only blank worksheets."""
    require(desk.member, *CLINICAL)
    titles = worksheet_titles(desk)
    blank = Copy(BLANK, tr("Blank"), tr("nobody's name on it"), tr("Whoever it is given to."), ())
    if not session_id:
        sheets = tuple(Sheet(t.id, t.title, t.about, (BLANK,)) for t in titles)
        return Choices(tr("Blank worksheets"), sheets, (blank,))
    with desk.store.read() as unit:
        audience = Audience.clinic("paper")
        session = unit.sessions.get(session_id, audience)
        people = {person.seat: unit.clients.get(person.client_id, audience) for person in session.people}
    copies = (*_copies(people), blank)
    own = tuple(copy.key for copy in copies)
    sheets = tuple(Sheet(t.id, t.title, t.about, own) for t in titles)
    if session.state is not SessionState.PLANNED:
        seats = tuple(sorted(people)) if len(people) > 1 else (Compartment.ALONE.value,)
        about = tr("One person's session: doses, vitals, words, log.")
        sheets = (*sheets, Sheet(FLOWSHEET, tr("Flowsheet"), about, seats))
    day = session.started.local.date() if session.started else session.planned_for
    return Choices(tr("Paper for the session of {day}", day=day.isoformat()), sheets, copies)


def _copies(people: dict[str, Client]) -> tuple[Copy, ...]:
    found = []
    for seat in sorted(people):
        client = people[seat]
        born = tr("born {date}", date=client.born.isoformat())
        if len(people) == 1:
            found.append(Copy(Compartment.ALONE.value, client.name, born, f"{client.name}, {born}", ()))
        else:
            tone = Tone.A if seat == "a" else Tone.B
            found.append(Copy(seat, client.name, born, f"{client.name}, {born}", (tone,), seat.upper()))
    if len(people) > 1:
        detail = tr("nothing that either said alone")
        who = tr("Both partners. It holds nothing that either said or hoped for alone.")
        found.append(Copy(Compartment.BOTH.value, tr("Both together"), detail, who, (Tone.A, Tone.B), "A+B"))
    return tuple(found)


def make(desk: Desk, session_id: str, wanted: Wanted, use: PaperUse) -> Paper:
    """The pages, and their line in the trail."""
    if wanted.copy == BLANK:
        return blank_worksheet(desk, wanted.sheet, wanted.size)
    if wanted.sheet == FLOWSHEET:
        seat = wanted.copy if wanted.copy != Compartment.ALONE.value else _only_seat(desk, session_id)
        return flowsheet(desk, session_id, seat, use, wanted.size)
    return worksheet(desk, wanted.sheet, session_id, Compartment(wanted.copy), use, wanted.size)


def _only_seat(desk: Desk, session_id: str) -> str:
    with desk.store.read() as unit:
        return unit.sessions.get(session_id, Audience.clinic("paper")).people[0].seat
