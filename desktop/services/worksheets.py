"""Knows how a worksheet is filled for one audience and printed: own copies, one for both, and blank ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.errors import Refused
from desktop.domain.moment import Moment
from desktop.domain.paper import Compartment, PersonLine, WordsLine
from desktop.domain.people import CLINICAL, Client, require
from desktop.domain.records import Act, Session
from desktop.domain.words import tr
from desktop.domain.worksheet import SheetFacts, WorksheetTemplate, fill, read_worksheet
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.flowsheet_lines import minute, wall_text, words_lines
from desktop.services.live import load_state
from desktop.services.ports import Unit

FOLDER = "worksheets"


class PaperUse(StrEnum):
    """What is done with a page, as the audit trail tells it apart."""

    PREVIEW = "preview"
    PRINT = "print"
    SAVE = "save"

    @property
    def act(self) -> Act:
        """The audit trail's word for it."""
        return {PaperUse.PREVIEW: Act.VIEW, PaperUse.PRINT: Act.PRINT, PaperUse.SAVE: Act.EXPORT}[self]


@dataclass(frozen=True, slots=True)
class SheetTitle:
    """A worksheet as a list shows it. minutes: about how long it takes a person."""

    id: str
    title: str
    about: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A page ready to be shown, printed or saved. file_name holds no name of a client."""

    title: str
    file_name: str
    pdf: bytes


def worksheet_titles(desk: Desk) -> tuple[SheetTitle, ...]:
    """The worksheets there are, by title."""
    require(desk.member, *CLINICAL)
    found = (_template(desk, name) for name in desk.resources.names(FOLDER, ".toml"))
    titles = (SheetTitle(sheet.id, sheet.title, sheet.about, sheet.minutes) for sheet in found)
    return tuple(sorted(titles, key=lambda sheet: sheet.title))


def worksheet(
    desk: Desk, sheet_id: str, session_id: str, copy: Compartment, use: PaperUse, page_size: str = "A4",
    couple: int = 0,
) -> Paper:
    """One worksheet for one audience of a session, and its line in the trail, kept before the page is shown.

    copy: A's own, B's own, alone, or both. A copy for both holds nothing that either said or hoped for, but what they
    gave to both. couple: in a group, the number of the couple that it is for; Refused('no_copy') for any other.
    """
    require(desk.member, *CLINICAL)
    template = _template(desk, f"{sheet_id}.toml")
    with desk.store.write() as unit:
        audience = Audience.clinic("worksheet")
        session = unit.sessions.get(session_id, audience)
        # One couple's part of a group is like a session of their own: no other couple is even looked at.
        people = tuple(part for part in session.people if part.couple_number == couple)
        clients = {part.seat[-1]: unit.clients.get(part.client_id, audience) for part in people}
        seats = _seats(clients, copy)
        owner = session.owner_of(couple) if copy is Compartment.BOTH else clients[seats[0]].owner
        unit.audit(desk.line(use.act, "worksheet", session_id, owner, f"{template.id}, copy {copy.value}"))
        state = load_state(desk, unit, session)
        given = _given(unit, session, owner, state) if copy is Compartment.BOTH else ()
    facts = _facts(desk, replace(session, people=people), clients, seats, copy, state)
    facts = replace(facts, released=given)
    pdf = desk.press.worksheet(fill(template, facts), page_size)
    return Paper(template.title, f"{template.id}-{copy.value}.pdf", pdf)


def blank_worksheet(desk: Desk, sheet_id: str, page_size: str = "A4") -> Paper:
    """A worksheet with nobody's data on it."""
    require(desk.member, *CLINICAL)
    template = _template(desk, f"{sheet_id}.toml")
    facts = SheetFacts(
        desk.practice_name, Compartment.ALONE, printed_on=today(desk.clock.now()).isoformat(),
        program_version=desk.program_version,
    )
    return Paper(template.title, f"{template.id}-blank.pdf", desk.press.worksheet(fill(template, facts), page_size))


def _template(desk: Desk, file: str) -> WorksheetTemplate:
    return read_worksheet(desk.resources.text(f"{FOLDER}/{file}"), file)


def today(now: Moment) -> date:
    """The date on the wall where the clock was read."""
    return now.local.date()


def _seats(clients: dict[str, Client], copy: Compartment) -> tuple[str, ...]:
    if copy is Compartment.BOTH and len(clients) > 1:
        return tuple(sorted(clients))
    if copy is Compartment.ALONE and len(clients) == 1:
        return tuple(clients)
    if copy.value in clients:
        return (copy.value,)
    raise Refused("no_copy", tr("There is no such copy of this session."), next_step=tr("Choose one of its people."))


def _given(
    unit: Unit, session: Session, owner: Owner, state: LiveState | None
) -> tuple[tuple[str, WordsLine], ...]:  # fmt: skip
    """What each partner gave to both, asked for as both may see it."""
    if owner.kind is not OwnerKind.COUPLE or state is None:
        return ()
    start = state.entries[0].wall
    return tuple(
        (one.seat[-1], WordsLine(minute(one.said_ms), wall_text(start, one.said_ms), one.text))
        for one in unit.care.releases.of_session(session.id, Audience.both(owner.id))
    )


def _facts(
    desk: Desk, session: Session, clients: dict[str, Client], seats: tuple[str, ...], copy: Compartment,
    state: LiveState | None,
) -> SheetFacts:
    people = tuple(
        PersonLine(clients[seat].name, clients[seat].born.isoformat(), seat.upper() if len(clients) > 1 else None)
        for seat in seats
    )
    intention = ""
    words: tuple[WordsLine, ...] = ()
    if copy is not Compartment.BOTH:
        # Only now, and only for one person: what is private is never even gathered for a copy for both.
        part = next(person for person in session.people if person.seat[-1] == seats[0])
        intention = part.intention
        words = words_lines(state, state.people[part.seat]) if state is not None else ()
    held = session.started.local.date() if session.started else session.planned_for
    return SheetFacts(
        practice=desk.practice_name, compartment=copy, people=people, session_on=held.isoformat(),
        facilitator=desk.member.name, intention=intention, words=words,
        printed_on=today(desk.clock.now()).isoformat(), program_version=desk.program_version,
    )

