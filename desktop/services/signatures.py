"""Knows how a prescriber signs what they ordered or let pass by phone: later, also after the close, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.audience import Audience
from desktop.domain.care import OrderSignature
from desktop.domain.errors import Refused
from desktop.domain.people import Member, Role, clean, require
from desktop.domain.records import Act, Session
from desktop.domain.words import tr
from desktop.live.codec import event_to_json
from desktop.live.events import Overridden, OverrideHow, PhoneOrdered
from desktop.live.labels import item_words
from desktop.live.state import LiveState, PersonState
from desktop.services.desk import Desk
from desktop.services.live import load_state
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit

KIND = "order_signature"
KINDS = ("order", "override")  # how the codec calls what waits for a signature


@dataclass(frozen=True, slots=True)
class ToSign:
    """What was said by phone and read back. override: a red item was let pass. day, wall: when, local.

    prescriber: as it was entered, a member's id or a name.
    """

    session_id: str
    seq: int
    client_id: str
    name: str
    born: date
    day: str
    wall: str
    text: str
    prescriber: str
    read_back_by: str
    override: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it is shown: who, when, and what it means."""

    seq: int
    name: str
    when: str
    meaning: str


def to_sign(desk: Desk) -> tuple[ToSign, ...]:
    """What waits for the signature of a prescriber, the oldest first. A list: not in the trail."""
    require(desk.member, Role.PRESCRIBER)
    with desk.store.read() as unit:
        return waiting(desk, unit)


def waiting(desk: Desk, unit: Unit) -> tuple[ToSign, ...]:
    """What waits for the signature of the member at the desk: all but what another prescriber here ordered."""
    audience = Audience.clinic("list")
    members = unit.members.all()
    open_ones: dict[str, set[int]] = {}
    for session_id, entry in unit.care.agenda.unsigned(KINDS, audience):
        event = entry.event
        if isinstance(event, PhoneOrdered) or (isinstance(event, Overridden) and event.how is OverrideHow.PHONE):
            open_ones.setdefault(session_id, set()).add(entry.seq)
    found: list[ToSign] = []
    for session_id, numbers in open_ones.items():
        session = unit.sessions.get(session_id, audience)
        state = load_state(desk, unit, session)
        if state is not None:
            found += [
                one for one in by_phone(session, state, members)
                if one.seq in numbers and may_sign(members, one, desk.member)
            ]
    return tuple(sorted(found, key=lambda one: (one.day, one.wall, one.session_id, one.seq)))


def may_sign(members: tuple[Member, ...], line: ToSign, member: Member) -> bool:
    """Whether a prescriber may sign it: what a colleague here ordered is the colleague's."""
    other = _of(members, line.prescriber)
    return member.may(Role.PRESCRIBER) and (other is None or other.id == member.id)


def by_phone(session: Session, state: LiveState, members: tuple[Member, ...] = ()) -> Iterator[ToSign]:
    """Everything that was ordered or let pass by phone in a session and still counts."""
    for person in state.people.values():
        for order in person.phone_orders:
            yield _line(session, state, person, order.seq, order.at_ms, order.text, order.prescriber,
                        _called(members, order.read_back_by), override=False)  # fmt: skip
        for line in person.overrides:
            if line.how is OverrideHow.PHONE:
                text = tr("{item}: {reason}", item=item_words(state.protocol, line.item), reason=line.reason)
                yield _line(session, state, person, line.seq, line.at_ms, text, line.by,
                            _called(members, line.read_back_by), override=True)  # fmt: skip


def _line(
    session: Session, state: LiveState, person: PersonState, seq: int, at_ms: int, text: str, prescriber: str,
    read_back_by: str, *, override: bool,
) -> ToSign:  # fmt: skip
    at = state.entries[0].wall.local + timedelta(milliseconds=at_ms)
    return ToSign(
        session.id, seq, person.client_id, person.name, person.born, f"{at:%Y-%m-%d}", f"{at:%H:%M}", text,
        prescriber, read_back_by, override,
    )


def _of(members: tuple[Member, ...], named: str) -> Member | None:
    """The member that an entry names, by id, name or initials; None for somebody from outside."""
    wanted = clean(named).casefold()
    return next(
        (one for one in members if wanted in {one.id.casefold(), one.name.casefold(), one.initials.casefold()}), None
    )


def _called(members: tuple[Member, ...], named: str) -> str:
    member = _of(members, named)
    return named if member is None else member.name


def sign_order(desk: Desk, session_id: str, seq: int) -> Outcome[OrderSignature]:
    """Sign what was ordered or let pass by phone, also after the close.

    Refused('nothing_to_sign') for any other entry, Refused('other_prescriber') for what a colleague ordered; Conflict
    when it is signed.
    """
    require(desk.member, Role.PRESCRIBER)
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("sign"))
        state = load_state(desk, unit, session)
        members = unit.members.all()
        lines = by_phone(session, state, members) if state is not None else iter(())
        line = next((one for one in lines if one.seq == seq), None)
        if line is None or state is None:
            raise Refused("nothing_to_sign", tr("There is no phone order in this place, or it was taken back."))
        if not may_sign(members, line, desk.member):
            raise Refused(
                "other_prescriber", tr("Another prescriber ordered this; it waits for their signature."),
                next_step=tr("Let them unlock and sign it."),
            )
        said = hashlib.sha256(event_to_json(state.entries[seq - 1].event).encode()).hexdigest()
        meaning = tr("I let this pass by phone.") if line.override else tr("I ordered this by phone.")
        signature = OrderSignature(
            id=desk.ids.new(), session_id=session.id, seq=seq, client_id=line.client_id, member_id=desk.member.id,
            meaning=meaning, digest=said, signed=desk.clock.now(),
        )
        unit.care.signatures.add(signature)
        unit.audit(desk.line(Act.SIGN, KIND, signature.id, signature.owner))
    return Outcome.of(signature, Topic(KIND, signature.id), Topic("session", session.id))


def signed_in(unit: Unit, session_id: str, audience: Audience) -> tuple[Signed, ...]:
    """The signatures in a session that this audience may see, by entry, with name, time and meaning."""
    members = {member.id: member for member in unit.members.all()}
    return tuple(
        Signed(
            one.seq, members[one.member_id].name if one.member_id in members else one.member_id,
            f"{one.signed.local:%Y-%m-%d %H:%M}", one.meaning,
        )
        for one in unit.care.signatures.of_session(session_id, audience)
    )
