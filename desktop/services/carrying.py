"""Knows how a planned session is given out, taken back, and listed: at home, by the people who may begin it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.carried import (
    LONGEST,
    SHORTEST,
    USUAL,
    Bundle,
    Carried,
    CarriedCouple,
    CarriedMember,
    CarriedPerson,
    CarriedRow,
    CarryState,
)
from desktop.domain.errors import Conflict, Invalid, Problem, Refused
from desktop.domain.moment import Moment
from desktop.domain.people import CLINICAL, TEXT_LIMIT, Role, clean, require
from desktop.domain.records import Act, Session, SessionState
from desktop.domain.words import tr
from desktop.live.codec import event_to_json, thing_to_json
from desktop.live.events import Opened
from desktop.services.desk import Desk
from desktop.services.live import prepared
from desktop.services.outcome import Outcome, Topic
from desktop.services.passphrases import require_unguessed
from desktop.services.ports import Unit
from desktop.services.ports_carry import CarryDoor
from desktop.services.practice import check_passphrase

KIND = "carried"
SUFFIX = ".carried"
AWAY = "carried to another machine"
BACK = "taken back"
MAY_CARRY = (Role.THERAPIST, Role.PRESCRIBER)


@dataclass(frozen=True, slots=True)
class CarryDraft:
    """What is asked before a session is carried. passphrase "": one is drawn. hours: in which it may be begun."""

    session_id: str
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    hours: int = USUAL // timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A session that is away. passphrase: shown once, kept nowhere; name: what its file is best called."""

    carried: Carried
    name: str
    passphrase: str = field(repr=False)


Keep = Callable[[bytes], object]
"""Puts a file where it was asked for, whole, or raises."""


def given_digest(opened: Opened) -> str:
    """SHA-256, hex, of an opening without what belongs to the machine and the people it is begun by."""
    return hashlib.sha256(event_to_json(_given(opened)).encode("utf-8")).hexdigest()


def _given(opened: Opened) -> Opened:
    return replace(opened, staff=(), program_version="")


def file_name(carry_id: str, planned_for: str, suffix: str = SUFFIX) -> str:
    """A name for the file that names nobody."""
    return f"session-{planned_for}-{carry_id[-6:]}{suffix}"


def check_carry(draft: CarryDraft) -> tuple[Problem, ...]:
    """What keeps a session from being carried like that, a line per field."""
    problems = [] if not (draft.passphrase or draft.again) else list(check_passphrase(draft.passphrase, draft.again))
    if not SHORTEST <= timedelta(hours=draft.hours) <= LONGEST:
        problems.append(Problem("hours", tr(
            "From {least} hour to {most} days.", least=SHORTEST // timedelta(hours=1), most=LONGEST.days)))  # fmt: skip
    return tuple(problems)


def give_out(desk: Desk, door: CarryDoor, draft: CarryDraft, keep: Keep) -> Outcome[GivenOut]:
    """Make the bundle of a planned session, mark the session as away, and hand the file to `keep`.

    Marked first: what is not marked here could be begun twice. When `keep` fails the session is taken back at once,
    and nobody has the file. Invalid, Refused ('begun', 'carried'), Conflict, NotFound; what `keep` raises.
    """
    require(desk.member, *MAY_CARRY)
    problems = check_carry(draft)
    if problems:
        raise Invalid(problems)
    audience = Audience.clinic("carry")
    with desk.store.read() as unit:
        session = _planned(unit, draft.session_id)
        names = (desk.practice_name, *(member.name for member in unit.members.all()))
        bundle = _bundle(desk, unit, door, session, draft.hours)
    if draft.passphrase:
        require_unguessed(draft.passphrase, desk.resources, names)
    passphrase = draft.passphrase or door.draw_passphrase()
    file = door.seal_bundle(thing_to_json(bundle), bundle.id, passphrase)
    carried = Carried(
        id=bundle.id, session_id=session.id, owner=session.owner, made_by=desk.member.id, made=bundle.made,
        expires=bundle.expires, epoch=bundle.epoch, bundle_digest=door.digest(file),
        given_digest=hashlib.sha256(bundle.given.encode("utf-8")).hexdigest(),
    )
    with desk.store.write() as unit:
        if unit.sessions.get(session.id, audience) != session:
            raise Conflict(
                tr("The session was changed while it was being prepared for carrying."), tr("It was not carried."),
                tr("Try again."),
            )  # fmt: skip
        unit.carried.add(carried)
        unit.audit(desk.line(Act.CREATE, KIND, carried.id, carried.owner))
        unit.audit(desk.line(Act.EXPORT, "session", session.id, session.owner, AWAY))
        for person in bundle.people:
            client = unit.clients.get(person.id, audience)
            unit.audit(desk.line(Act.EXPORT, "client", client.id, client.owner, AWAY))
    try:
        keep(file)
    except BaseException:
        take_back(desk, carried.id, tr("The file could not be written."))
        raise
    name = file_name(carried.id, session.planned_for.isoformat())
    return Outcome.of(GivenOut(carried, name, passphrase), Topic(KIND, carried.id), Topic("session", session.id))


def _planned(unit: Unit, session_id: str) -> Session:
    session = unit.sessions.get(session_id, Audience.clinic("carry"))
    if session.state is not SessionState.PLANNED:
        raise Refused(
            "begun", tr("This session was begun already; only a planned one is carried."),
            next_step=tr("Carry it on here."),
        )
    if unit.carried.out(session_id, Audience.clinic("carry")) is not None:
        raise Refused(
            "carried", tr("This session is carried already."),
            next_step=tr("Bring it back from there first, or take it back here with a reason."),
        )
    return session


def _bundle(desk: Desk, unit: Unit, door: CarryDoor, session: Session, hours: int) -> Bundle:
    """Everything that the board needs, and nothing else."""
    audience, now, carry_id = Audience.clinic("carry"), desk.clock.now(), desk.ids.new()
    way = door.way_home(desk, carry_id)
    clients = (unit.clients.get(part.client_id, audience) for part in session.people)
    people = tuple(CarriedPerson(client.id, client.name, client.born, client.contact) for client in clients)
    couples = (unit.couples.get(couple_id, audience) for couple_id in _couples_of(session))
    members = tuple(
        CarriedMember(each.id, each.name, each.initials, tuple(sorted(each.roles - {Role.OWNER})))
        for each in unit.members.all() if each.may(*CLINICAL)
    )  # fmt: skip
    return Bundle(
        id=carry_id, practice_id=desk.store.practice_id, practice=desk.practice_name,
        session=replace(session, people=tuple(replace(part, order_id=None) for part in session.people)), people=people,
        couples=tuple(CarriedCouple(each.id, each.partner_a, each.partner_b) for each in couples),
        members=members, made_by=desk.member.id, made=now,
        expires=_later(now, hours), given=event_to_json(_given(prepared(desk, unit, session))), epoch=way.epoch,
        home_public=way.public.hex(), secret=way.secret.hex(),
    )


def _couples_of(session: Session) -> tuple[str, ...]:
    """The couples that take part: whose session it is, or in a group each of them once."""
    found = {part.couple_id: None for part in session.people if part.couple_id}
    if session.owner.kind is OwnerKind.COUPLE:
        found[session.owner.id] = None
    return tuple(found)


def _later(now: Moment, hours: int) -> Moment:
    return replace(now, utc=now.utc + timedelta(hours=hours))


def take_back(desk: Desk, carry_id: str, reason: str) -> Outcome[Carried]:
    """Stop waiting for a carried session: it may be begun here again, and no return is accepted any more.

    reason: kept with it, in a person's words. Invalid without one; Refused('settled').
    """
    require(desk.member, *MAY_CARRY)
    kept = clean(reason)
    if not kept or len(kept) > TEXT_LIMIT:
        raise Invalid((Problem("reason", tr("Say why, in at most {n} characters.", n=TEXT_LIMIT)),))
    with desk.store.write() as unit:
        carried = unit.carried.get(carry_id, Audience.clinic("carry"))
        settled = replace(
            carried, state=CarryState.TAKEN_BACK, settled=desk.clock.now(), settled_by=desk.member.id, reason=kept
        )
        saved = unit.carried.save(settled)
        unit.audit(desk.line(Act.CHANGE, KIND, saved.id, saved.owner, BACK))
    return Outcome.of(saved, Topic(KIND, saved.id), Topic("session", saved.session_id))


def carried_rows(desk: Desk, only_out: bool = False) -> tuple[CarriedRow, ...]:
    """Carried sessions, newest first, as a list shows them; not in the trail, as all lists."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("list")
    with desk.store.read() as unit:
        members = {each.id: each.name for each in unit.members.all()}
        found = (each for each in unit.carried.all(audience) if each.state is CarryState.OUT or not only_out)
        return tuple(_row(unit, each, members) for each in found)


def _row(unit: Unit, carried: Carried, members: dict[str, str]) -> CarriedRow:
    audience = Audience.clinic("list")
    session = unit.sessions.get(carried.session_id, audience)
    names = tuple(unit.clients.get(part.client_id, audience).name for part in session.people)
    by, settled_by = members.get(carried.made_by, ""), members.get(carried.settled_by or "", "")
    return CarriedRow(carried, names, session.planned_for, by, settled_by)


def away_now(desk: Desk, session_id: str) -> Carried | None:
    """The one by which a session is away now, or None."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        return unit.carried.out(session_id, Audience.clinic("list"))


@dataclass(frozen=True, slots=True)
class CarryLook:
    """A session as it is looked at before it is carried. rows: every time that it was carried, newest first."""

    session: Session
    people: tuple[tuple[str, str], ...]
    rows: tuple[CarriedRow, ...]

    @property
    def away(self) -> CarriedRow | None:
        """The one by which it is away now, or None."""
        return next((row for row in self.rows if row.carried.state is CarryState.OUT), None)


def look_at_carry(desk: Desk, session_id: str) -> CarryLook:
    """The session, who takes part (name, date of birth), and what became of it; a line in the trail. NotFound."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("carry")
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, audience)
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, KIND))
        clients = (unit.clients.get(part.client_id, audience) for part in session.people)
        people = tuple((client.name, client.born.isoformat()) for client in clients)
        members = {each.id: each.name for each in unit.members.all()}
        rows = tuple(_row(unit, each, members) for each in unit.carried.of_session(session_id, audience))
    return CarryLook(session, people, rows)
