"""Knows the other machine's side of a carried session: opened, run, made ready to go home, and forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.audience import Audience
from desktop.domain.carried import Bundle, CarriedMember, Homecoming, Travelling
from desktop.domain.errors import Refused
from desktop.domain.errors_carry import DamagedBundle, NotTravelling, WrongReceipt
from desktop.domain.errors_practice import NoSuchMember
from desktop.domain.people import CLINICAL, clean, require
from desktop.domain.records import Act, Session, SessionState
from desktop.domain.words import tr
from desktop.live.codec import CodecError, entry_to_json, event_from_json, thing_from_json, thing_to_json
from desktop.services.carrying import KIND, Keep, file_name
from desktop.services.desk import Desk
from desktop.services.ports import Unit
from desktop.services.ports_carry import CarryDoor
from desktop.services.travelling import require_in_time

SUFFIX = ".returned"
LEFT = "made ready to go home"


@dataclass(frozen=True, slots=True)
class MadeReturn:
    """A file for the home practice. running: the session was not closed; what is entered after this is not in it."""

    name: str
    entries: int
    running: bool


def look_into(door: CarryDoor, file: bytes, passphrase: str) -> Bundle:
    """What a bundle holds, when it may be begun by this machine's clock. Takes about a second.

    NotABundle, NewerBundle, DamagedBundle, WrongBundlePassphrase, ExpiredBundle, ClockBeforeBundle; CodecError for an
    opening of a version that this program does not know.
    """
    try:
        bundle = thing_from_json(Bundle, door.open_bundle(file, passphrase))
    except CodecError:
        raise DamagedBundle from None
    event_from_json(bundle.given)
    require_in_time(bundle.made, bundle.expires, door.now())
    return bundle


def member_named(bundle: Bundle, wanted: str) -> CarriedMember:
    """Who of the bundle's people is meant, by name, initials or identifier; NoSuchMember."""
    asked = clean(wanted).casefold()
    for each in bundle.members:
        if asked in (each.id, each.name.casefold(), each.initials.casefold()):
            return each
    raise NoSuchMember


def settle_elsewhere(
    door: CarryDoor, bundle: Bundle, file: bytes, folder: Path, member: CarriedMember, passphrase: str
) -> None:
    """Make the travelling practice of a bundle in a new or empty folder; every member opens it with its passphrase."""
    door.found(folder, bundle, door.digest(file), member.id, passphrase)


def _its_session(unit: Unit) -> tuple[Travelling, Session]:
    came_from = unit.travelling.get()
    if came_from is None:
        raise NotTravelling
    return came_from, unit.sessions.get(came_from.session_id, Audience.clinic("carry"))


def its_session(desk: Desk) -> tuple[Travelling, Session]:
    """What a travelling practice was made from, and its one session. NotTravelling."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        return _its_session(unit)


def make_return(desk: Desk, door: CarryDoor, keep: Keep) -> MadeReturn:
    """Hand a file with every entry to `keep`, for the home practice alone. NotTravelling; what `keep` raises."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        came_from, session = _its_session(unit)
        entries = _entries(unit, session)
    home = Homecoming(came_from.id, session.id, came_from.bundle_digest, entries)
    file = door.seal_return(thing_to_json(home), came_from)
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.EXPORT, KIND, came_from.id, session.owner, LEFT))
    keep(file)
    name = file_name(came_from.id, session.planned_for.isoformat(), SUFFIX)
    return MadeReturn(name, len(entries), session.state is SessionState.RUNNING)


def _entries(unit: Unit, session: Session) -> tuple[str, ...]:
    return tuple(entry_to_json(entry) for entry in unit.events.of(session.id, Audience.clinic("carry")))


def require_receipt(desk: Desk, door: CarryDoor, typed: str) -> None:
    """Return when the home practice has every entry that is here; WrongReceipt, NotTravelling."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        came_from, session = _its_session(unit)
        wanted = door.receipt(came_from, _entries(unit, session))
    if "".join(typed.split()).replace("-", "").upper() != wanted.replace("-", ""):
        raise WrongReceipt


def require_nothing_lost(desk: Desk) -> None:
    """Return when forgetting this folder loses nothing: its session was never begun. Refused('entries_here')."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        _, session = _its_session(unit)
        count = unit.events.count(session.id)
    if count:
        raise Refused(
            "entries_here", tr("There are {n} entries here.", n=count), tr("Nothing was removed."),
            tr("Type the receipt that the home practice showed."),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AwayLook:
    """The session of a travelling practice, as its page shows it. entries: how many there are now."""

    came_from: Travelling
    session: Session
    people: tuple[tuple[str, str], ...]
    entries: int


def look_around(desk: Desk) -> AwayLook:
    """The one session that is here; that it was looked at is a line in the trail. NotTravelling."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("carry")
    with desk.store.write() as unit:
        came_from, session = _its_session(unit)
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, KIND))
        clients = (unit.clients.get(part.client_id, audience) for part in session.people)
        people = tuple((client.name, client.born.isoformat()) for client in clients)
        return AwayLook(came_from, session, people, unit.events.count(session.id))
