"""Knows the first line of a script: which protocol, when it started, who is there with which order."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.errors import Known, Refused
from desktop.domain.people import NAME_LIMIT, read_date
from desktop.domain.words import tr
from desktop.live.events import Opened, OrderLimits, Participant, PersonRole
from desktop.live.rules import refuse
from desktop.live.script_fields import Line, parse_line


class ScriptError(Known):
    """A script whose first line does not say what session it is: there is nothing to go on with. line: always 1."""

    def __init__(self, reason: str) -> None:
        self.line = 1
        self.reason = reason
        super().__init__(
            tr("The script cannot be played: line 1: {reason}", reason=reason), tr("Nothing was played."),
            tr("Mend the first line: it describes the session."),
        )


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says. start is aware; people carry no client ids yet."""

    protocol_id: str
    start: datetime
    people: tuple[Participant, ...]
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A script before it is played: the header, and the other lines with their numbers, blank ones left out."""

    header: Header
    lines: tuple[tuple[int, str], ...]


def read_script(text: str) -> Script:
    """The script in a text; ScriptError when the first line is not a session. Other lines are read when played."""
    numbered = [(number, line.strip()) for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1)]
    lines = tuple((number, line) for number, line in numbered if line)
    if not lines:
        raise ScriptError(tr("the script is empty."))
    try:
        header = _header(parse_line(lines[0][1]))
    except Refused as refused:
        raise ScriptError(refused.what) from refused
    return Script(header, lines[1:])


def opening_of(
    header: Header, protocol_text: str, protocol_sha256: str, checklist: tuple[str, str], program_version: str,
    session_id: str, client_ids: Mapping[str, str],
) -> Opened:
    """The opening event of a script. checklist: text and sha256; client_ids: by the participants' keys."""
    return Opened(
        session_id=session_id, protocol_id=header.protocol_id, protocol_text=protocol_text,
        protocol_sha256=protocol_sha256, checklist_text=checklist[0], checklist_sha256=checklist[1],
        participants=tuple(
            Participant(one.key, client_ids[one.key], one.name, one.born, one.role, one.order, one.intention)
            for one in header.people
        ),
        program_version=program_version, staff=header.staff,
    )


def _header(table: dict[str, object]) -> Header:
    body = table.get("session")
    if not isinstance(body, dict):
        refuse("header", tr("session is missing."))
    line = Line(body)
    start = _start(line.text("start"))
    people = line.take("participants")
    if not isinstance(people, list) or not people:
        refuse("header", tr("participants: a list of people is needed."))
    staff = line.take("staff") or []
    if not isinstance(staff, list) or not all(isinstance(member, str) for member in staff):
        refuse("header", tr("staff: a list of texts is needed."))
    return Header(line.text("protocol"), start, tuple(_person(one, start.date()) for one in people), tuple(staff))


def _start(text: str) -> datetime:
    start = None
    with contextlib.suppress(ValueError):  # whose text would hold what was typed
        start = datetime.fromisoformat(text)
    if start is None:
        refuse("header", tr("start: a time is needed, as 2026-03-02T10:00:00-05:00."))
    if start.utcoffset() is None or not 1970 <= start.year <= 2200:
        refuse("header", tr("start: the offset from UTC is needed, as -05:00, and a year that can be."))
    return start


def _person(value: object, today: date) -> Participant:
    if not isinstance(value, dict):
        refuse("header", tr("participants: each is an object."))
    line = Line(value)
    name, born = line.text("name"), read_date(line.text("born"))
    if born is None or born > today:
        refuse("header", tr("born: a date is needed, as 1984-05-01, not after the session."))
    if len(name) > NAME_LIMIT:
        refuse("header", tr("name: at most {n} characters.", n=NAME_LIMIT))
    return Participant(
        key=line.text("key"), client_id="", name=name, born=born, role=line.choice("role", PersonRole),
        order=_order(line.take("order")), intention=line.text_or_none("intention"),
    )


def _order(value: object) -> OrderLimits | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        refuse("header", tr("order: an object is needed."))
    line = Line(value)
    until = line.text_or_none("valid_until")
    last = read_date(until)
    if until and last is None:
        refuse("header", tr("valid_until: a date is needed, as 2026-05-01."))
    return OrderLimits(
        order_id=line.text_or_none("order_id", "id"), route=line.text_or_none("route"),
        max_single_mg=line.amount_or_none("max_single_mg"), max_total_mg=line.amount_or_none("max_total_mg"),
        boosters=line.whole_or_none("boosters") or 0, booster_after_min=line.whole_or_none("booster_after_min"),
        valid_until=last, schedule=_schedule(line.take("schedule")),
    )


def _schedule(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, list) or not value or not all(type(one) is int for one in value):
        refuse("header", tr("schedule: a name, or a list of minutes."))
    return ",".join(str(one) for one in value)
