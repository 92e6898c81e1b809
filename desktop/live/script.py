"""Knows how a script is played through the real engine, line by line; what cannot be is refused and the rest goes on.

    script = read_script(text)
    opened = opening_of(script.header, ...)
    played = play(script, opened, author="m1", record=keep)     # keep(entry, before, after) makes it durable
    report = snapshot(played.state, played.now_ms, played)

Time in a line: `t` is when it was written, in seconds since the start. With `ago`, it happened `ago` seconds before.
Only where `t` lies before the line before it and `ago` says that the line is late, `t` is when it happened and
`t + ago`, but never before the line before, is when it was written. A refused line does not move the clock for those
after it; when it is the last one, the state is that of its moment.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from decimal import Decimal

from desktop.domain.errors import Refused
from desktop.domain.moment import Moment
from desktop.domain.words import tr
from desktop.live.asks import AskJoin, Now
from desktop.live.engine import decide, enter, start
from desktop.live.events import Entry, Opened, Participant
from desktop.live.rules import refuse
from desktop.live.script_fields import Line, parse_line
from desktop.live.script_header import Header, Script, read_script
from desktop.live.script_lines import Numbers, ask_of
from desktop.live.script_people import person_in
from desktop.live.state import LiveState

__all__ = ["Header", "Played", "RefusedLine", "Script", "play", "read_script"]

Record = Callable[[Entry, LiveState | None, LiveState], None]
BOOT = "script"
LONGEST_S = 7 * 24 * 3600
AUTHOR_LIMIT = 60
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that was not played, and why."""

    line: int
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Played:
    """A script that was played. lines: which line each entry came from; ignored: keys nobody understood, by line."""

    state: LiveState
    now_ms: int
    refused: tuple[RefusedLine, ...]
    lines: dict[int, int]
    ignored: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Place:
    """When a line happened and was written."""

    written_ms: int
    ago_ms: int


@dataclass(frozen=True, slots=True)
class _Playing:
    """What stays the same from line to line."""

    header: Header
    author: str
    record: Record
    client_ids: Mapping[str, str]


def keep_nothing(entry: Entry, before: LiveState | None, after: LiveState) -> None:
    """A record for plays that leave no trace."""


def play(
    script: Script, opened: Opened, author: str, record: Record = keep_nothing, until_s: Decimal | None = None,
    client_ids: Mapping[str, str] = NOBODY,
) -> Played:
    """Play a script. `record(entry, before, after)` is called before an entry counts; what it refuses is refused.

    until_s: lines written after that many seconds are not played, and the state is that of this moment.
    client_ids: by the keys of those who come to the session later.
    """
    state, opening = start(opened, Now(0, _wall(script.header, 0)), author)
    record(opening, None, state)
    played = Played(state, 0, (), {1: 1}, {})
    limit = None if until_s is None else int(until_s * 1000)
    for number, text in script.lines:
        try:
            line = Line(parse_line(text))
            place = _place(line, played.state.elapsed_ms)
            if limit is not None and place.written_ms > limit:
                break
            played = replace(played, now_ms=place.written_ms)
            played = _one(played, _Playing(script.header, author, record, client_ids), number, line, place)
        except Refused as refused:
            reason = f"{refused.what} {refused.next_step}".strip()
            played = replace(played, refused=(*played.refused, RefusedLine(number, reason, refused.code)))
    return replace(played, now_ms=max(played.now_ms, played.state.elapsed_ms) if limit is None else limit)


def _one(played: Played, playing: _Playing, number: int, line: Line, place: _Place) -> Played:
    entries = {line_no: seq for seq, line_no in played.lines.items()}
    who = line.text_or_none("author") or playing.author
    if len(who) > AUTHOR_LIMIT:
        refuse("field", tr("author: at most {n} characters.", n=AUTHOR_LIMIT))
    ask = ask_of(line.text("do"), line, Numbers(number, entries, playing.header.start.date()))
    if isinstance(ask, AskJoin):
        newcomer = ask.participant
        ask = AskJoin(replace(newcomer, client_id=playing.client_ids.get(newcomer.key, "")))
    now = Now(place.written_ms, _wall(playing.header, place.written_ms), place.ago_ms)
    state, lines = played.state, dict(played.lines)
    for event in decide(state, ask, now):
        after, entry = enter(state, event, now, who, playing.author)
        playing.record(entry, state, after)
        state = after
        lines[entry.seq] = number
    ignored = {**played.ignored, number: line.rest()} if line.rest() else played.ignored
    return replace(played, state=state, lines=lines, ignored=ignored)


def newcomers(script: Script) -> tuple[Participant, ...]:
    """Who comes to the session later, as far as their lines can be read; a key of each once."""
    found: dict[str, Participant] = {}
    for _, text in script.lines:
        with contextlib.suppress(Refused):
            line = Line(parse_line(text))
            if line.take("do") == "join":
                person = person_in(line, script.header.start.date())
                found.setdefault(person.key, person)
    return tuple(found.values())


def _place(line: Line, last_ms: int) -> _Place:
    seconds, ago = line.number("t"), line.number("ago")
    if seconds is None:
        refuse("t", tr("t: the seconds since the start are needed."))
    if seconds > LONGEST_S:
        refuse("t", tr("t: at most {n} seconds, a week.", n=LONGEST_S))
    t_ms, ago_ms = int(seconds * 1000), 0 if ago is None else int(ago * 1000)
    if t_ms >= last_ms:
        return _Place(t_ms, ago_ms)
    if not ago_ms:
        refuse("time_backwards", tr("t is smaller than in the line before."), tr("Say with ago that it is late."))
    written_ms = max(last_ms, t_ms + ago_ms)
    return _Place(written_ms, written_ms - t_ms)


def _wall(header: Header, elapsed_ms: int) -> Moment:
    utc = header.start.astimezone(UTC) + timedelta(milliseconds=elapsed_ms)
    offset = header.start.utcoffset() or timedelta(0)
    return Moment(utc, int(offset / timedelta(minutes=1)), elapsed_ms, BOOT)
