"""Knows how a carried session comes home: looked at entry by entry, then kept in one transaction, once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.audience import Audience
from desktop.domain.carried import Carried, CarryState, Homecoming
from desktop.domain.errors import HoldfastError, NotFound, Refused
from desktop.domain.errors_carry import AlteredReturn, BegunTooLate, ForeignReturn, SecondReturn, TakenBack
from desktop.domain.people import require
from desktop.domain.records import Act, Session, SessionState
from desktop.live.asks import Now
from desktop.live.codec import CodecError, entry_from_json, thing_from_json
from desktop.live.engine import enter
from desktop.live.events import Entry, Opened
from desktop.live.fold import fold
from desktop.live.rules import check_time
from desktop.live.state import LiveState
from desktop.services.carrying import KIND, MAY_CARRY, given_digest
from desktop.services.desk import Desk
from desktop.services.entries import keep_entry, keep_opening
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit
from desktop.services.ports_carry import CarryDoor

CAME = "brought back"


@dataclass(frozen=True, slots=True)
class CameHome:
    """A carried session that is back. entries: how many, the opening included; 0 for one that was never begun.

    receipt: to be typed on the other machine, which then knows that it may forget.
    """

    carried: Carried
    session: Session
    entries: int
    receipt: str

    @property
    def closed(self) -> bool:
        """Whether the session is over."""
        return self.session.state is SessionState.CLOSED


@dataclass(frozen=True, slots=True)
class _Played:
    """An entry with the state before and after it."""

    entry: Entry
    before: LiveState | None
    after: LiveState


def bring_back(desk: Desk, door: CarryDoor, file: bytes) -> Outcome[CameHome]:
    """Take what a return holds into its session: every entry, or none.

    NotAReturn, NewerBundle, ForeignReturn, AlteredReturn, SecondReturn, TakenBack, BegunTooLate, CodecError for an
    entry of a version that this program does not know. Each is raised before anything is written.
    """
    require(desk.member, *MAY_CARRY)
    carried = _known(desk, door.named_in(file))
    try:
        home = thing_from_json(Homecoming, door.open_return(desk, file))
    except CodecError:
        raise AlteredReturn from None
    if (home.id, home.session_id, home.bundle_digest) != (carried.id, carried.session_id, carried.bundle_digest):
        raise AlteredReturn
    entries = tuple(entry_from_json(text) for text in home.entries)
    _require_ours(desk, entries)
    played = _played(entries, carried)
    receipt = door.home_receipt(desk, carried, home.entries)
    with desk.store.write() as unit:
        settled = replace(
            _out(unit.carried.get(carried.id, Audience.clinic("carry"))), state=CarryState.RETURNED,
            settled=desk.clock.now(), settled_by=desk.member.id, return_digest=door.digest(file), entries=len(entries),
        )
        saved = unit.carried.save(settled)
        unit.audit(desk.line(Act.CHANGE, KIND, saved.id, saved.owner, CAME))
        session = _kept(desk, unit, unit.sessions.get(saved.session_id, Audience.clinic("carry")), played)
    changed = (Topic(KIND, saved.id), Topic("session", session.id))
    return Outcome.of(CameHome(saved, session, len(entries), receipt), *changed)


def _known(desk: Desk, carry_id: str) -> Carried:
    with desk.store.read() as unit:
        try:
            return _out(unit.carried.get(carry_id, Audience.clinic("carry")))
        except NotFound:
            raise ForeignReturn from None


def _out(carried: Carried) -> Carried:
    if carried.state is CarryState.RETURNED:
        raise SecondReturn
    if carried.state is CarryState.TAKEN_BACK:
        raise TakenBack
    return carried


def _require_ours(desk: Desk, entries: tuple[Entry, ...]) -> None:
    """Who wrote at the other board works here."""
    with desk.store.read() as unit:
        here = {member.id for member in unit.members.all()}
    if not {entry.attested_by for entry in entries} <= here:
        raise AlteredReturn


def _played(entries: tuple[Entry, ...], carried: Carried) -> tuple[_Played, ...]:
    """The entries with their states, each just as a board would have written it. AlteredReturn, BegunTooLate."""
    if not entries:
        return ()
    opening = entries[0]
    if not isinstance(opening.event, Opened) or given_digest(opening.event) != carried.given_digest:
        raise AlteredReturn
    if opening.wall.utc > carried.expires.utc:
        raise BegunTooLate
    try:
        found = [_Played(opening, None, fold((opening,)))]
        if (opening.seq, opening.owner) != (1, None) or not 0 <= opening.at_ms <= opening.entered_ms:
            raise AlteredReturn
        for entry in entries[1:]:
            found.append(_next(found[-1].after, entry))
    except CodecError:
        raise
    except (HoldfastError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
        raise AlteredReturn from None
    return tuple(found)


def _next(before: LiveState, entry: Entry) -> _Played:
    now = Now(entry.entered_ms, entry.wall, entry.entered_ms - entry.at_ms)
    check_time(before, now)
    after, made = enter(before, entry.event, now, entry.author, entry.attested_by)
    if made != entry:
        raise Refused("unlike", "")
    return _Played(entry, before, after)


def _kept(desk: Desk, unit: Unit, session: Session, played: tuple[_Played, ...]) -> Session:
    for one in played:
        if one.before is None:
            session = keep_opening(desk, unit, session, one.entry, CAME)
        else:
            session = keep_entry(desk, unit, session, one.entry, (one.before, one.after), CAME)
    return session
