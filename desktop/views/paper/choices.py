"""Knows which pages there are for a session, and for whom each can be printed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.audience import Audience
from desktop.domain.paper import Compartment
from desktop.domain.people import CLINICAL, Client, require
from desktop.domain.records import SessionState
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.paperwork import BLANK, EMERGENCY, card_title, paper_for, paper_titles
from desktop.services.seats import CLINIC, clinic_copies, own_copies, shared_copies, shown_seat
from desktop.services.worksheets import Paper, PaperUse, blank_worksheet, worksheet_titles
from desktop.views.ui.theme import Tone

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
    """For whom. key: a seat, `alone`, `both`, in a group a couple's number, `clinic`, or `blank`.

    who: the words of `who will see this`.
    """

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
    blank = Copy(BLANK, tr("Blank"), tr("nobody's name on it"), tr("Whoever it is given to."), ())
    worksheets = {sheet.id for sheet in worksheet_titles(desk)}
    if not session_id:
        sheets = tuple(Sheet(t.id, t.title, t.about, (BLANK,)) for t in worksheet_titles(desk))
        of_all = card_title()
        card = Sheet(of_all.key, of_all.title, of_all.about, of_all.copies)
        return Choices(tr("Blank worksheets"), (*sheets, card), (blank,))
    with desk.store.read() as unit:
        audience = Audience.clinic("paper")
        session = unit.sessions.get(session_id, audience)
        people = {person.seat: unit.clients.get(person.client_id, audience) for person in session.people}
    found = paper_titles(desk, people, begun=session.state is not SessionState.PLANNED)
    sheets = tuple(
        Sheet(t.key, t.title, t.about, (*t.copies, BLANK) if t.key in worksheets else t.copies) for t in found
    )
    day = session.started.local.date() if session.started else session.planned_for
    title = tr("Paper for the session of {day}", day=day.isoformat())
    return Choices(title, sheets, (*_own(people), *_shared(people), *_clinic(people), blank))


def _own(people: dict[str, Client]) -> tuple[Copy, ...]:
    found = []
    for seat in sorted(people):
        client = people[seat]
        born = tr("born {date}", date=client.born.isoformat())
        letter = shown_seat(seat, len(people)) or ""
        key = seat if letter else own_copies(people)[0]
        tone = (Tone.A if seat.endswith("a") else Tone.B,) if letter else ()
        found.append(Copy(key, client.name, born, f"{client.name}, {born}", tone, letter))
    return tuple(found)


def _shared(people: dict[str, Client]) -> tuple[Copy, ...]:
    detail = tr("nothing that either said alone")
    who = tr("Both partners. It holds nothing that either said or hoped for alone.")
    found = []
    for key in shared_copies(people):
        pair = key != Compartment.BOTH
        title = tr("Couple {n} together", n=key) if pair else tr("Both together")
        found.append(Copy(key, title, detail, who, (Tone.A, Tone.B), key if pair else "A+B"))
    return tuple(found)


def _clinic(people: dict[str, Client]) -> tuple[Copy, ...]:
    detail = tr("everything of both, for the chart")
    who = tr("Those who treat both. Never for either partner: each has a flowsheet of their own.")
    found = []
    for key in clinic_copies(people):
        number = key.removeprefix(f"{CLINIC}-") if key != CLINIC else ""
        title = tr("The clinic, couple {n}", n=number) if number else tr("The clinic")
        found.append(Copy(key, title, detail, who, ()))  # no partner's colour: it is for neither of them
    return tuple(found)


def make(desk: Desk, session_id: str, wanted: Wanted, use: PaperUse) -> Paper:
    """The pages, and their line in the trail."""
    if wanted.copy == BLANK and wanted.sheet != EMERGENCY:
        return blank_worksheet(desk, wanted.sheet, wanted.size)
    return paper_for(desk, wanted.sheet, session_id, wanted.copy, use, wanted.size)
