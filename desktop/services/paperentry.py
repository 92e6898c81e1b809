"""Knows how a session that was kept on paper is typed in: begun where it began, each row whole, late, and as it was.

Nothing is allowed here that the board would refuse: every row goes through the same engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from desktop.domain.audience import Audience
from desktop.domain.errors import Invalid, Known, Problem, Refused
from desktop.domain.moment import Moment
from desktop.domain.people import CLINICAL, Role, require
from desktop.domain.records import Act, SessionState
from desktop.domain.words import tr
from desktop.live.asks import AskNote, Now
from desktop.live.clock import begun_at
from desktop.live.engine import start
from desktop.live.paperrow import COLUMNS, TIME, PaperRow, Sheet, read_row
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.entries import keep_opening
from desktop.services.live import LiveDesk, prepared
from desktop.services.outcome import Outcome, Topic
from desktop.services.travelling import given_opening

DETAIL = "from paper"
LONGEST_AGO = timedelta(days=31)
ROW = "row"
TYPED_IN = "typed in"
"""The topic of a session whose rows came from paper: a board that is open shows them."""


@dataclass(frozen=True, slots=True)
class RowKept:
    """What became of a row. entries: the numbers that it was kept as, () for none; problems: why not, by column."""

    at: int
    entries: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether it is in the session."""
        return bool(self.entries)


def check_start(started: datetime, now: Moment) -> tuple[Problem, ...]:
    """What keeps a session from having begun then. started: local time, without a zone."""
    ago = now.local.replace(tzinfo=None) - started
    if ago < timedelta(0):
        return (Problem("started", tr("This time has not come yet.")),)
    if ago > LONGEST_AGO:
        return (Problem("started", tr("At most {n} days ago.", n=LONGEST_AGO.days)),)
    return ()


def begin_from_paper(desk: Desk, session_id: str, started: datetime) -> LiveDesk:
    """Begin a planned session at a time that is over; its opening is written as late.

    started: local time at this machine, without a zone. Invalid; Refused ('begun', 'carried'), ExpiredBundle.
    """
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    wall = desk.clock.now()
    problems = check_start(started, wall)
    if problems:
        raise Invalid(problems)
    zone = timezone(timedelta(minutes=wall.offset_minutes))
    ago_ms = max(0, (wall.utc - started.replace(tzinfo=zone)) // timedelta(milliseconds=1))
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("board"))
        if session.state is not SessionState.PLANNED:
            raise Refused("begun", tr("This session was begun already."), next_step=tr("Type its rows in there."))
        opening = given_opening(desk, unit, wall) or prepared(desk, unit, session)
        state, entry = start(opening, Now(ago_ms, wall, ago_ms), desk.member.id)
        running = keep_opening(desk, unit, session, entry, DETAIL)
    return LiveDesk(desk, running, state)


def members_by_initials(desk: Desk) -> Mapping[str, str]:
    """Who may have written on paper: ids by initials in small letters, those who left included."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        return {member.initials.casefold(): member.id for member in unit.members.all()}


def sheet_of(live: LiveDesk, who: str, members: Mapping[str, str]) -> Sheet:
    """What a person's rows are read against, now."""
    opening = live.state.entries[0]
    started = begun_at(opening).local.replace(tzinfo=None)
    return Sheet(live.state, who, started, live.now().ms, members)


def keep_rows(
    live: LiveDesk, who: str, rows: tuple[tuple[int, PaperRow], ...], members: Mapping[str, str]
) -> Outcome[tuple[RowKept, ...]]:
    """Keep a person's rows, in the order they stand in. Each is kept whole or not at all, and the others go on.

    rows: (its place in the grid, the row). One line in the log says that rows were typed in from paper, and by whom.
    """
    require(live.desk.member, *CLINICAL)
    found = tuple(_keep(live, who, at, row, members) for at, row in rows if not row.blank)
    many = sum(one.kept for one in found)
    if many:
        live.record(AskNote(tr("Typed in from paper: {n} rows.", n=many), who))
    return Outcome.of(found, Topic("session", live.session.id), Topic(TYPED_IN, live.session.id))


def _keep(live: LiveDesk, who: str, at: int, row: PaperRow, members: Mapping[str, str]) -> RowKept:
    read = read_row(sheet_of(live, who, members), row)
    if read.problems:
        return RowKept(at, problems=read.problems)
    before = live.state.next_seq
    try:
        state = live.record_all(read.asks, author=read.author, at_ms=read.at_ms, detail=DETAIL)
    except Refused as error:
        return RowKept(at, problems=(Problem(_column(error, row), _words(error)),))
    return RowKept(at, _numbers(state, before))


def _numbers(state: LiveState, before: int) -> tuple[int, ...]:
    return tuple(entry.seq for entry in state.entries[before - 1 :])


def _words(error: Known) -> str:
    return " ".join(part for part in (error.what, error.next_step) if part)


_OF_CODE = {
    "bp": "bp", "impossible": ROW, "enter_twice": "dose", "second_check": "dose", "no_order": "dose",
    "sitting": "dose", "declined": "dose", "mg": "dose", "ml": "dose", "mg_ml": "dose", "route": "dose",
    "same_person": "dose", "partner_check": "dose", "client_check": "dose", "check_kind": "dose", "talk_only": "dose",
    "before_start": TIME, "ended": TIME,
}  # fmt: skip


def _column(error: Refused, row: PaperRow) -> str:
    """Where the refusal is best shown: the cell it is about, when it is one of those that were filled in."""
    column = _OF_CODE.get(error.code, ROW)
    if column in COLUMNS and getattr(row, column).strip():
        return column
    filled = [name for name in COLUMNS if name not in (TIME, "author") and getattr(row, name).strip()]
    return filled[0] if len(filled) == 1 else ROW


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """Somebody whose sheet can be typed in: the letter, and two identifiers."""

    key: str
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class PaperLook:
    """What is known before a row is typed: where the session stands, and whose sheets there are."""

    state: SessionState
    planned_for: date
    people: tuple[PaperPerson, ...]
    initials: tuple[str, ...]
    mine: str


def look_at_paper(desk: Desk, session_id: str) -> PaperLook:
    """The session whose paper is to be typed in; that it was looked at is a line in the trail. NotFound."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("paper entry")
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, audience)
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, "entries"))
        clients = ((part.seat, unit.clients.get(part.client_id, audience)) for part in session.people)
        people = tuple(PaperPerson(seat, client.name, client.born.isoformat()) for seat, client in clients)
        initials = tuple(member.initials for member in unit.members.all() if member.active)
    return PaperLook(session.state, session.planned_for, people, initials, desk.member.initials)
