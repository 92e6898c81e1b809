"""Knows the first line of a script: which protocol, when it started, who is there with which order."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.domain.errors import Known, Refused
from desktop.domain.words import tr
from desktop.live.events import Opened, Participant
from desktop.live.rules import refuse
from desktop.live.script_fields import Line, parse_line
from desktop.live.script_people import person_in

FORMATS = ("one", "one_sits", "both", "group", "talk")


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
    format: str = ""


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
        participants=tuple(replace(one, client_id=client_ids[one.key]) for one in header.people),
        program_version=program_version, staff=header.staff, format=header.format,
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
    format_ = line.text_or_none("format")
    if format_ and format_ not in FORMATS:
        refuse("header", tr("format: one of {names} is needed.", names=", ".join(FORMATS)))
    found = tuple(_person(one, start.date()) for one in people)
    return Header(line.text("protocol"), start, found, tuple(staff), format_)


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
    return person_in(Line(value), today)
