"""Knows how a live session is begun, carried on after a crash, and written: durable before it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.audience import Audience
from desktop.domain.cards import EmergencyCard
from desktop.domain.checklist import Checklist, read_checklist
from desktop.domain.errors import Known, Refused
from desktop.domain.errors_machine import DiskFull
from desktop.domain.moment import Moment
from desktop.domain.people import CLINICAL, Role, require
from desktop.domain.protocol import Protocol
from desktop.domain.records import Act, Session, SessionState
from desktop.domain.words import tr
from desktop.live.asks import Ask, Now
from desktop.live.clock import Elapsed, elapsed, noticed
from desktop.live.engine import decide, enter, start
from desktop.live.events import ClockNoted, Event, Opened
from desktop.live.fold import fold
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.entries import keep_entry, keep_opening
from desktop.services.joining import Newcomer, newcomers
from desktop.services.participants import participant_of
from desktop.services.ports import Resources, Unit
from desktop.services.shelf import card_in_force, on_the_shelf, require_on, taken_from_shelf
from desktop.services.travelling import given_opening

CHECKLISTS = "checklists"
OBSERVATIONS = "observations.toml"


def protocols(desk: Desk) -> tuple[Protocol, ...]:
    """The protocols there are, by title; DataFileError says which file is wrong, where and why."""
    return on_the_shelf(desk)


def protocol_named(desk: Desk, protocol_id: str) -> Protocol:
    """One protocol by its id; Refused when there is none."""
    return taken_from_shelf(desk, protocol_id)


def load_state(desk: Desk, unit: Unit, session: Session) -> LiveState | None:
    """The state of a session that was begun, replayed from its entries; None before."""
    entries = unit.events.of(session.id, Audience.clinic("replay"))
    return fold(entries) if entries else None


def state_or_plan(desk: Desk, unit: Unit, session: Session) -> LiveState:
    """The state of a session; before it was begun, the one that it would begin with now. Keeps nothing."""
    state = load_state(desk, unit, session)
    if state is not None:
        return state
    wall = desk.clock.now()
    return start(given_opening(desk, unit, wall) or prepared(desk, unit, session), Now(0, wall), desk.member.id)[0]


def session_state(desk: Desk, session_id: str) -> LiveState:
    """The state of a session, its view kept in the trail; Refused when it was never begun."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("session"))
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, "entries"))
        state = load_state(desk, unit, session)
    if state is None:
        raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
    return state


class LiveDesk:
    """One running session at an unlocked desk.

    record() belongs on the one writer thread; state may be read anywhere.
    """

    def __init__(self, desk: Desk, session: Session, state: LiveState, notes: tuple[str, ...] = ()) -> None:
        self.desk = desk
        self.session = session
        self.notes = notes
        self.card = _card(desk)
        self._state = state

    @property
    def resources(self) -> Resources:
        """The data files that come with the program."""
        return self.desk.resources

    @property
    def state(self) -> LiveState:
        """The session as it is on disk; a new snapshot after every record()."""
        return self._state

    @staticmethod
    def begin(desk: Desk, session_id: str) -> LiveDesk:
        """Start the clock of a planned session: writes the opening, with protocol, orders and people as of now."""
        require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
        wall = desk.clock.now()
        with desk.store.write() as unit:
            session = unit.sessions.get(session_id, Audience.clinic("board"))
            if session.state is not SessionState.PLANNED:
                raise Refused("begun", tr("This session was begun already."), next_step=tr("Carry it on instead."))
            opening = given_opening(desk, unit, wall) or prepared(desk, unit, session)
            state, entry = start(opening, Now(0, wall), desk.member.id)
            started = keep_opening(desk, unit, session, entry)
        return LiveDesk(desk, started, state)

    @staticmethod
    def resume(desk: Desk, session_id: str) -> LiveDesk:
        """Carry a running session on, by replaying it; what the clocks did meanwhile is written to its log."""
        require(desk.member, *CLINICAL)
        with desk.store.read() as unit:
            session = unit.sessions.get(session_id, Audience.clinic("board"))
            state = load_state(desk, unit, session)
        if state is None:
            raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
        live = LiveDesk(desk, session, state)
        if not state.closed:
            last, wall = state.entries[-1], desk.clock.now()
            now = elapsed(last, wall)
            live._write(noticed(last, wall, reopened=True), now, wall, desk.member.id, 0)
            live.notes = (_reopened(now.ms - last.entered_ms, now.estimated),)
        return live

    def now(self) -> Elapsed:
        """How long the session has been running, by the boot clock; never less than its last entry."""
        return elapsed(self._state.entries[-1], self.desk.clock.now())

    def newcomers(self) -> tuple[Newcomer, ...]:
        """Who may come to this session now."""
        return newcomers(self.desk, self.session, self._state)

    def record(self, ask: Ask, *, author: str | None = None, ago_ms: int = 0) -> LiveState:
        """Keep what was asked, on disk before this returns; Refused says why not, and then nothing was kept."""
        return self.record_all((ask,), author=author, ago_ms=ago_ms)

    def record_all(
        self, asks: tuple[Ask, ...], *, author: str | None = None, ago_ms: int = 0, at_ms: int | None = None,
        detail: str = "",
    ) -> LiveState:
        """Keep several that belong together, one after the other: all of them, or none. at_ms: instead of ago_ms.

        detail: what the trail adds to each line.
        """
        require(self.desk.member, *CLINICAL)
        last, wall, who = self._state.entries[-1], self.desk.clock.now(), author or self.desk.member.id
        now = elapsed(last, wall)
        ago_ms = ago_ms if at_ms is None else now.ms - at_ms
        events: list[Event] = list(noticed(last, wall))
        state = self._state
        then = replace(wall, utc=wall.utc - timedelta(milliseconds=ago_ms))  # what was in force is asked of that day
        for ask in asks:
            for event in decide(state, ask, Now(now.ms, then, ago_ms)):
                events.append(event)
                if len(asks) > 1:
                    state, _ = enter(state, event, Now(now.ms, wall, ago_ms), who, self.desk.member.id)
        self._write(tuple(events), now, wall, who, ago_ms, detail)
        return self._state

    def _write(
        self, events: tuple[Event, ...], now: Elapsed, wall: Moment, author: str, ago_ms: int, detail: str = ""
    ) -> None:
        """Keep events; on a full disk the space that was held back is given up for them, so that a session can end."""
        try:
            self._keep(events, now, wall, author, ago_ms, detail)
        except DiskFull:
            if not self.desk.store.make_room():
                raise
            self._keep(events, now, wall, author, ago_ms, detail)
            self.notes = (*self.notes, _disk_full())

    def _keep(
        self, events: tuple[Event, ...], now: Elapsed, wall: Moment, author: str, ago_ms: int, detail: str
    ) -> None:
        """Keep events and their lines in the trail in one transaction; only then does the state move on."""
        state, session = self._state, self.session
        with self.desk.store.write() as unit:
            for event in events:
                before, ago = state, 0 if isinstance(event, ClockNoted) else ago_ms
                state, entry = enter(state, event, Now(now.ms, wall, ago), author, self.desk.member.id)
                session = keep_entry(self.desk, unit, session, entry, (before, state), detail)
        self._state, self.session = state, session


def _disk_full() -> str:
    """What the board says when the space that was held back was given up."""
    return tr(
        "The disk is full. Every entry is saved: the space that was held back for this is now in use. End the session "
        "soon, then move files that do not belong to the practice off this disk."
    )


def _card(desk: Desk) -> EmergencyCard | None:
    """The practice's emergency card; None where it cannot be read: that must keep nobody from a session."""
    try:
        return card_in_force(desk)
    except Known:
        return None


def _reopened(gap_ms: int, estimated: bool) -> str:
    """What the board says once after a crash or a restart."""
    minutes, seconds = divmod(gap_ms // 1000, 60)
    gap = tr("{min} min {s} s", min=minutes, s=seconds)
    if estimated:
        return tr("Carried on after {gap}. The machine was restarted: time is reckoned from the wall clock.", gap=gap)
    return tr("Carried on after {gap}. Every entry that was shown is here.", gap=gap)


def prepared(desk: Desk, unit: Unit, session: Session) -> Opened:
    """The opening of a planned session, with its protocol, orders and people as they are in the records now."""
    protocol = protocol_named(desk, session.protocol_id)
    require_on(protocol)
    checklist = _checklist(desk)
    return Opened(
        session_id=session.id, protocol_id=protocol.id, protocol_text=protocol.text, protocol_sha256=protocol.sha256,
        checklist_text=checklist.text, checklist_sha256=checklist.sha256,
        participants=tuple(participant_of(unit, person) for person in session.people),
        program_version=desk.program_version, staff=(desk.member.id,),
        format=session.format.opened_as if session.format is not None else "",
    )


def _checklist(desk: Desk) -> Checklist:
    return read_checklist(desk.resources.text(f"{CHECKLISTS}/{OBSERVATIONS}"), OBSERVATIONS)
