"""Knows how a worksheet is filled for one audience and printed: own copies, one for both, and blank ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.amounts import plain
from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.moment import Moment
from desktop.domain.paper import Compartment, PersonLine, WordsLine
from desktop.domain.people import CLINICAL, Client, Member, require
from desktop.domain.records import Act, Session
from desktop.domain.words import tr
from desktop.domain.worksheet import BOTH, SheetFacts, WorksheetTemplate, fill, read_worksheet
from desktop.live.state import LiveState, PersonState
from desktop.services.desk import Desk
from desktop.services.flowsheet_lines import minute, start_of, wall_text, words_lines
from desktop.services.live import load_state
from desktop.services.ports import Unit
from desktop.services.seats import compartment_of, couple_of, no_copy, seats_of, shown_seat

FOLDER = "worksheets"
PLAIN_ANSWERS = frozenset({"yes", "no", "done", "here"})


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
    """A worksheet as a list shows it. minutes: about how long it takes a person. shared: also for both together."""

    id: str
    title: str
    about: str
    minutes: int
    shared: bool = True


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
    titles = (SheetTitle(sheet.id, sheet.title, sheet.about, sheet.minutes, BOTH in sheet.copies) for sheet in found)
    return tuple(sorted(titles, key=lambda sheet: sheet.title))


def worksheet(
    desk: Desk, sheet_id: str, session_id: str, copy: str, use: PaperUse, page_size: str = "A4"
) -> Paper:
    """One worksheet for one audience of a session, and its line in the trail, kept before the page is shown.

    copy: a seat, `alone`, `both`, or in a group a couple's number. A copy for two holds nothing of either's own, but
    what they gave to both.
    """
    require(desk.member, *CLINICAL)
    template = _template(desk, f"{sheet_id}.toml")
    with desk.store.write() as unit:
        audience = Audience.clinic("worksheet")
        session = unit.sessions.get(session_id, audience)
        clients = {person.seat: unit.clients.get(person.client_id, audience) for person in session.people}
        seats = seats_of(clients, copy)
        if len(seats) > 1 and BOTH not in template.copies:
            raise no_copy()
        together = session.owner_of(int(couple_of(seats[0]) or 0))
        owner = together if len(seats) > 1 else clients[seats[0]].owner
        unit.audit(desk.line(use.act, "worksheet", session_id, owner, f"{template.id}, copy {copy}"))
        state = load_state(desk, unit, session)
        released = _released(unit, session, owner, state)
    facts = replace(_facts(desk, session, clients, seats, state), released=released)
    pdf = desk.press.worksheet(fill(template, facts), page_size)
    return Paper(template.title, f"{template.id}-{copy}.pdf", pdf)


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


def stamp(now: Moment, by: Member) -> str:
    """The date and the wall clock, and who prints: as it stands at a page's foot."""
    return tr("{time} by {who}", time=now.local.strftime("%Y-%m-%d %H:%M"), who=by.initials)


def today(now: Moment) -> date:
    """The date on the wall where the clock was read."""
    return now.local.date()


def _released(
    unit: Unit, session: Session, owner: Owner, state: LiveState | None
) -> tuple[tuple[str, WordsLine], ...]:
    """What each partner gave to both, asked for as both may see it; nothing for one person's own copy."""
    if owner.kind is not OwnerKind.COUPLE or state is None:
        return ()
    start = start_of(state)
    return tuple(
        (one.seat[-1], WordsLine(minute(one.said_ms), wall_text(start, one.said_ms), one.text))
        for one in unit.care.releases.of_session(session.id, Audience.both(owner.id))
    )


def _facts(
    desk: Desk, session: Session, clients: dict[str, Client], seats: tuple[str, ...], state: LiveState | None
) -> SheetFacts:
    people = tuple(
        PersonLine(clients[seat].name, clients[seat].born.isoformat(), shown_seat(seat, len(clients)))
        for seat in seats
    )
    held = session.started.local.date() if session.started else session.planned_for
    facts = SheetFacts(
        practice=desk.practice_name, compartment=compartment_of(seats, len(clients)), people=people,
        session_on=held.isoformat(), facilitator=desk.member.name, printed_on=stamp(desk.clock.now(), desk.member),
        program_version=desk.program_version,
    )
    # Only now, and only for one person: what is private is never even gathered for a copy for two.
    return facts if len(seats) > 1 else _own_facts(facts, session, seats[0], state)


def _own_facts(facts: SheetFacts, session: Session, seat: str, state: LiveState | None) -> SheetFacts:
    intention = next(person.intention for person in session.people if person.seat == seat)
    if state is None or seat not in state.people:
        return replace(facts, intention=intention)
    person = state.people[seat]
    return replace(
        facts, intention=intention, words=words_lines(state, person), given=given_words(state, person),
        escort=said_of(person, "escort"), appointment=said_of(person, "next_appointment"),
    )


def given_words(state: LiveState, person: PersonState) -> str:
    """What a person was given, in a line; empty when nothing was."""
    start = start_of(state)
    medicine = state.protocol.medicine
    found = [
        tr("{mg} mg {medicine} at {wall}", mg="___" if dose.mg is None else plain(dose.mg), medicine=medicine,
           wall=wall_text(start, dose.at_ms))
        for dose in person.doses
    ]  # fmt: skip
    found += [
        tr("{amount} {unit} {medicine} at {wall}", amount=plain(other.amount), unit=other.unit,
           medicine=other.medicine, wall=wall_text(start, other.at_ms))
        for other in person.others
    ]  # fmt: skip
    return ", ".join(found)


def said_of(person: PersonState, item: str) -> str:
    """What was entered for an item before the dose or at leaving, where it is more than a yes or a no."""
    ending, check = person.ending, person.check(item)
    said = [ending.escort] if ending is not None and item == "escort" else []
    said += [value for key, value in (ending.items if ending is not None else ()) if key == item]
    said += [f"{check.value}, {check.note}" if check.note else check.value] if check is not None else []
    return next((text for text in said if text and text.casefold() not in PLAIN_ANSWERS), "")
