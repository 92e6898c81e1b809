"""Knows how a practice makes protocols its own: numbers changed and confirmed, switched on or off, files taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.amounts import read_amount
from desktop.domain.audience import Audience, Owner
from desktop.domain.editions import DataKind, Done, Edition
from desktop.domain.errors import Conflict, Invalid, Problem, Refused
from desktop.domain.people import Role, clean, require
from desktop.domain.protocol import Protocol
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.protocol_file import read_protocol
from desktop.domain.protocol_numbers import Numbered, number_at, numbers
from desktop.domain.records import Act
from desktop.domain.toml_text import changed_text
from desktop.domain.words import tr
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit
from desktop.services.shelf import on_the_shelf, own_editions, shipped_named, taken_from_shelf

KIND = "protocol"
CHANGING = (Role.OWNER, Role.PRESCRIBER)
REASON_LIMIT = 400
FILE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """A protocol in the list. own: the practice has an edition of its own; outdated: a newer one is shipped."""

    protocol: Protocol
    own: bool
    comes_with: bool
    outdated: bool
    changed: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Made:
    """An edition as it is told: what, about which number, by whom."""

    edition: Edition
    by: str
    name: str


@dataclass(frozen=True, slots=True)
class ProtocolPage:
    """One protocol whole. seen: the number of the newest edition, to be given back with a change; 0 for none."""

    row: ProtocolRow
    numbers: tuple[Numbered, ...]
    history: tuple[Made, ...]
    seen: int


def protocol_rows(desk: Desk) -> tuple[ProtocolRow, ...]:
    """Every protocol, by title."""
    require(desk.member, *Role)
    own = own_editions(desk, DataKind.PROTOCOL)
    return tuple(_row(desk, protocol, own.get(protocol.id)) for protocol in on_the_shelf(desk))


def _row(desk: Desk, protocol: Protocol, own: Edition | None) -> ProtocolRow:
    shipped = shipped_named(desk, protocol.id)
    figures = [each.figure for each in numbers(protocol)]
    return ProtocolRow(
        protocol, own is not None, shipped is not None,
        own is not None and shipped is not None and own.based_on not in ("", shipped.sha256),
        sum(figure.changed is not None for figure in figures), sum(figure.confirmed is not None for figure in figures),
    )


def protocol_page(desk: Desk, protocol_id: str) -> ProtocolPage:
    """One protocol with all its numbers and every edition that the practice made of it; Refused when there is none."""
    require(desk.member, *Role)
    protocol = taken_from_shelf(desk, protocol_id)
    with desk.store.read() as unit:
        editions = unit.editions.of(DataKind.PROTOCOL, protocol_id, Audience.clinic("protocols"))
        names = {member.id: member.name for member in unit.members.all()}
    own = editions[0] if editions and editions[0].done is not Done.SHIPPED else None
    history = tuple(Made(edition, names.get(edition.made_by, edition.made_by), _about(edition)) for edition in editions)
    seen = editions[0].number if editions else 0
    return ProtocolPage(_row(desk, protocol, own), numbers(protocol), history, seen)


def _about(edition: Edition) -> str:
    """The plain name of the number that an edition was about; empty for none."""
    found = number_at(read_protocol(edition.text, edition.name), edition.place) if edition.place else None
    return "" if found is None else tr("{group}: {name}", group=found.group, name=found.name)


def change_number(
    desk: Desk, protocol_id: str, path: str, value: str, reason: str, seen: int
) -> Outcome[Protocol]:
    """Set a number of the practice's own; its basis and source stay, and say of which number they were.

    Invalid names `value` or `reason`; Refused when there is no such number, Conflict.
    """
    require(desk.member, *CHANGING)
    protocol, number = _number(desk, protocol_id, path)
    figure, found = number.figure, read_amount(value.strip().replace(",", "."))
    problems = check_reason(reason)
    if found is None:
        problems = (Problem("value", tr("A number is needed, such as 12 or 1.5.")), *problems)
    elif found == figure.value:
        problems = (Problem("value", tr("That is the number already. Confirm it instead.")), *problems)
    if problems or found is None:
        raise Invalid(problems)
    was = figure.value if figure.changed is None or figure.changed.was is None else figure.changed.was
    text = _with(desk, protocol, path, _set(desk, found, was, clean(reason)), number)
    return _keep(desk, protocol_id, text, (Done.CHANGED, path, reason), seen)


def _set(desk: Desk, value: Decimal, was: Decimal, reason: str) -> dict[str, object]:
    """What stands beside a number that was set; back at the shipped one nothing does."""
    marks: dict[str, object] = {"was": None, "changed_by": None, "changed_on": None, "why": None}
    if value != was:
        on = today(desk).isoformat()
        marks = {"was": _plain(was), "changed_by": clean(desk.member.name), "changed_on": on, "why": reason}
    return {"value": _plain(value), **marks, "confirmed_by": None, "confirmed_on": None}


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


def confirm_number(desk: Desk, protocol_id: str, path: str, reason: str, seen: int) -> Outcome[Protocol]:
    """Say that somebody looked at a number and kept it. Invalid, Refused, Conflict."""
    require(desk.member, *CHANGING)
    protocol, number = _number(desk, protocol_id, path)
    if problems := check_reason(reason):
        raise Invalid(problems)
    marks = {"confirmed_by": clean(desk.member.name), "confirmed_on": today(desk).isoformat()}
    text = _with(desk, protocol, path, marks, number)
    return _keep(desk, protocol_id, text, (Done.CONFIRMED, path, reason), seen)


def switch_protocol(desk: Desk, protocol_id: str, on: bool, reason: str, seen: int) -> Outcome[Protocol]:
    """Let sessions be planned with a protocol, or no longer. Invalid, Refused, Conflict."""
    require(desk.member, *CHANGING)
    protocol = taken_from_shelf(desk, protocol_id)
    if problems := check_reason(reason):
        raise Invalid(problems)
    if protocol.enabled == on:
        raise Refused("switched", tr("It is switched on already.") if on else tr("It is switched off already."))
    text = changed_text(protocol.text, "", {"enabled": on, "edition": protocol.edition + 1})
    return _keep(desk, protocol_id, text, (Done.ON if on else Done.OFF, "", reason), seen)


def take_back(desk: Desk, protocol_id: str, reason: str, seen: int) -> Outcome[Protocol]:
    """Go back to the protocol as it is shipped; what the practice made of it is kept. Invalid, Refused, Conflict."""
    require(desk.member, *CHANGING)
    shipped = shipped_named(desk, protocol_id)
    if problems := check_reason(reason):
        raise Invalid(problems)
    if shipped is None or protocol_id not in own_editions(desk, DataKind.PROTOCOL):
        raise Refused(
            "not_own", tr("There is no edition of your own to take back."),
            next_step=tr("A protocol of your own can be switched off."),
        )
    return _keep(desk, protocol_id, shipped.text, (Done.SHIPPED, "", reason), seen)


def import_protocol(desk: Desk, text: str, file: str, reason: str, replacing: int | None = None) -> Outcome[Protocol]:
    """Take a protocol in from a file; a new one is switched off until somebody switches it on.

    replacing: the number of the newest edition (0 for none) of the protocol of the same id, when it is to take that
    one's place; None refuses it as `there`. DataFileError names the file, the line and the reason. Invalid, Conflict.
    """
    require(desk.member, *CHANGING)
    if problems := check_reason(reason):
        raise Invalid(problems)
    found = check_file(text, file)
    known = {protocol.id: protocol for protocol in on_the_shelf(desk)}.get(found.id)
    if known is not None and replacing is None:
        raise Refused(
            "there", tr("There is a protocol of this name already: {title}.", title=known.title),
            next_step=tr("Let it take that one's place, or give it another id in the file."),
        )
    if found.enabled != (known is not None and known.enabled):
        text = changed_text(text, "", {"enabled": not found.enabled})
    return _keep(desk, found.id, text, (Done.IMPORTED, "", reason), replacing or 0)


def check_file(text: str, file: str) -> Protocol:
    """The protocol in a file, without taking it in; DataFileError says what is wrong and in which line."""
    if len(text) > FILE_LIMIT:
        raise DataFileError(file, 1, tr("the whole file"), tr("at most {n} characters are read", n=FILE_LIMIT))
    return read_protocol(text, file)


def export_protocol(desk: Desk, protocol_id: str) -> tuple[str, str]:
    """A protocol as a file: its name and its text; the trail says that it was taken out."""
    require(desk.member, *Role)
    protocol = taken_from_shelf(desk, protocol_id)
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.EXPORT, KIND, protocol_id, Owner.practice(desk.store.practice_id)))
    return f"{protocol_id}.toml", protocol.text


def check_reason(reason: str) -> tuple[Problem, ...]:
    """Why something is changed must be said in words."""
    if not clean(reason):
        return (Problem("reason", tr("Say why, in a few words.")),)
    if len(clean(reason)) > REASON_LIMIT:
        return (Problem("reason", tr("At most {n} characters.", n=REASON_LIMIT)),)
    return ()


def _number(desk: Desk, protocol_id: str, path: str) -> tuple[Protocol, Numbered]:
    protocol = taken_from_shelf(desk, protocol_id)
    number = number_at(protocol, path)
    if number is None:
        raise Refused("no_number", tr("This protocol has no such number."), next_step=tr("Choose it from the table."))
    return protocol, number


def _with(desk: Desk, protocol: Protocol, path: str, values: Mapping[str, object], number: Numbered) -> str:
    """The protocol's text with another number; Invalid says why the number cannot stand there."""
    text = changed_text(changed_text(protocol.text, path, values), "", {"edition": protocol.edition + 1})
    try:
        read_protocol(text, f"{protocol.id}.toml")
    except DataFileError as error:
        raise Invalid((Problem("value", _why(error, protocol, number)),)) from error
    return text


def _why(error: DataFileError, protocol: Protocol, number: Numbered) -> str:
    """Why a number is refused; where another one is named, by its plain name."""
    other = next((each for each in numbers(protocol) if error.where.removesuffix(".value") == each.path), None)
    if other is None or other.path == number.path:
        return error.why[:1].upper() + error.why[1:] + "."
    return tr("{other}: {why}.", other=other.name, why=error.why)


def _keep(desk: Desk, name: str, text: str, told: tuple[Done, str, str], seen: int) -> Outcome[Protocol]:
    """Keep the next edition, and its line in the trail; Conflict when another was made since `seen`."""
    done, place, reason = told
    shipped = shipped_named(desk, name)
    read = read_protocol(text, f"{name}.toml")
    edition = Edition(
        desk.ids.new(), DataKind.PROTOCOL, name, seen + 1, done, place, text, "" if shipped is None else shipped.sha256,
        clean(reason), desk.clock.now(), desk.member.id,
    )
    with desk.store.write() as unit:
        keep_edition(desk, unit, edition)
    return Outcome.of(read, Topic(KIND, name), Topic(KIND, edition.id))


def keep_edition(desk: Desk, unit: Unit, edition: Edition) -> None:
    """Keep an edition and its line in the trail; Conflict when it is not the next one."""
    newest = unit.editions.of(edition.kind, edition.name, Audience.clinic("protocols"))
    if edition.number != (newest[0].number if newest else 0) + 1:
        raise Conflict(
            tr("Somebody changed this protocol since you opened it."), tr("Nothing of yours was kept."),
            tr("Look at what they changed, and change it again."),
        )
    unit.editions.add(edition)
    detail = " ".join(part for part in (f"{edition.name}: {edition.done.value}", edition.place) if part)
    unit.audit(desk.line(Act.CHANGE, KIND, edition.id, Owner.practice(desk.store.practice_id), detail))
