"""Knows a rehearsal: a script in whose session a member enters what happens, in a practice that is thrown away.

The format is the replay's. `title` and `about` beside `session` in line 1 name it; in a line, `say` is what is seen or
heard in the room, and `yours` marks what the member enters: it is told and not played, and looked up afterwards.

    rehearsal = begin(desk, read_rehearsal(text), machine_clock)
    for cue in rehearsal.due():
        rehearsal.play(cue)               # on the writer's thread; what is the member's own is left to them
    rehearsal.found()                     # afterwards: what was entered, and when
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.audience import Audience
from desktop.domain.errors import Refused
from desktop.domain.words import tr
from desktop.live.codec import kind_of
from desktop.live.events import Entry, Moved
from desktop.live.script import Script, read_script
from desktop.live.script_fields import Line, parse_line
from desktop.live.script_lines import Numbers, ask_of
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.services.ports import Clock, Resources
from desktop.services.replay import replay
from desktop.services.spedclock import SpedClock

FOLDER = "rehearsals"
PRACTICE = "Rehearsal, not a record"
TEXT_LIMIT = 400
# What the member enters counts from a little before its line: they may be quicker than the script.
EARLY_MS = 60_000


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a rehearsal. say: what is seen or heard; yours: the member enters it; who: about whom, or empty."""

    line: int
    at_ms: int
    say: str
    yours: bool
    do: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """A rehearsal's script. id: its file's name without the ending."""

    id: str
    title: str
    about: str
    script: Script
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a line that was the member's to enter. entered_ms None: nothing of the kind was entered."""

    cue: Cue
    entered_ms: int | None


def books(resources: Resources) -> tuple[Book, ...]:
    """The rehearsals there are, in the order of their files."""
    names = resources.names(FOLDER, ".jsonl")
    return tuple(read_rehearsal(resources.text(f"{FOLDER}/{name}"), name.removesuffix(".jsonl")) for name in names)


def read_rehearsal(text: str, name: str = "") -> Book:
    """A rehearsal in a text; ScriptError or Refused names the line and the reason."""
    script = read_script(text)
    first = Line(parse_line(text.removeprefix("\ufeff").lstrip().split("\n", 1)[0]))
    return Book(
        name, first.text_or_none("title") or tr("Rehearsal"), first.text_or_none("about"), script,
        tuple(_cue(number, line) for number, line in script.lines),
    )


def _cue(number: int, text: str) -> Cue:
    try:
        line = Line(parse_line(text))
        seconds = line.number("t")
        if seconds is None:
            raise Refused("t", tr("t: the seconds since the start are needed."))
        return Cue(
            number, int(seconds * 1000), line.text_or_none("say")[:TEXT_LIMIT], line.yes_no("yours"), line.text("do"),
            line.text_or_none("who") or line.text_or_none("sender") or line.text_or_none("to"), text,
        )
    except Refused as refused:
        what = tr("The rehearsal cannot be read: line {n}: {reason}", n=number, reason=refused.what)
    raise Refused("rehearsal", what, tr("Nothing was begun."), tr("Mend the line and begin again."))


class Rehearsal:
    """A rehearsal that goes on. live: its session, entered into as any other; clock: how fast it goes."""

    def __init__(self, book: Book, live: LiveDesk, clock: SpedClock) -> None:
        self.book, self.live, self.clock = book, live, clock
        self._next = 0
        self._entries: dict[int, int] = {}

    @property
    def over(self) -> bool:
        """Whether every line has come."""
        return self._next >= len(self.book.cues)

    def due(self) -> tuple[Cue, ...]:
        """The lines whose time has come since the last time this was asked, in order."""
        first, now = self._next, self.clock.ms
        while self._next < len(self.book.cues) and self.book.cues[self._next].at_ms <= now:
            self._next += 1
        return self.book.cues[first : self._next]

    def play(self, cue: Cue) -> str:
        """Enter a line that is the room's, on the writer's thread; what was refused comes back in words, else empty."""
        if cue.yours:
            return ""
        try:
            line = Line(parse_line(cue.text))
            numbers = Numbers(cue.line, dict(self._entries), self.book.script.header.start.date())
            ago = max(0, self.live.now().ms - cue.at_ms)
            state = self.live.record(ask_of(cue.do, line, numbers), ago_ms=min(ago, self.live.now().ms))
        except Refused as refused:
            return refused.what
        self._entries[cue.line] = state.entries[-1].seq
        return ""

    def found(self) -> tuple[Found, ...]:
        """Of every line that was the member's: when something of its kind was first entered for that person."""
        state, taken = self.live.state, set(self._entries.values())
        answer = []
        for cue in (cue for cue in self.book.cues[: self._next] if cue.yours):
            entry = next((one for one in state.entries if one.seq not in taken and _answers(state, one, cue)), None)
            if entry is not None:
                taken.add(entry.seq)
            answer.append(Found(cue, None if entry is None else entry.at_ms))
        return tuple(answer)


# A step or the end of an emergency is the same kind of line in a script.
_SAME = {"emergency_end": "emergency", "emergency_step": "emergency_step", "adverse_event": "adverse"}


def _answers(state: LiveState, entry: Entry, cue: Cue) -> bool:
    """Whether an entry is of a line's kind, for its person, not struck, and not long before its time."""
    kind = kind_of(entry.event)
    if _SAME.get(kind, kind) != _SAME.get(cue.do, cue.do) or entry.at_ms < cue.at_ms - EARLY_MS:
        return False
    mark = state.marks.get(entry.seq)
    if mark is not None and mark.how != "moved":
        return False
    whose = entry.event.to if isinstance(entry.event, Moved) else state.owners.get(entry.seq, entry.owner)
    return not cue.who or whose in (None, cue.who)


def begin(desk: Desk, book: Book, machine: Clock, speed: int = 1) -> Rehearsal:
    """Begin a rehearsal at a desk of a practice that is thrown away: its people, and the session's first entry."""
    header = replace(book.script.header, staff=book.script.header.staff or (desk.member.id,))
    opening = replay(desk, Script(header, ()))
    clock = SpedClock(machine, book.script.header.start, speed)
    sped = replace(desk, clock=clock)
    with sped.store.read() as unit:
        session = unit.sessions.get(opening.session_id, Audience.clinic("board"))
    return Rehearsal(book, LiveDesk(sped, session, opening.played.state), clock)


def tried(desk: Desk, book: Book) -> tuple[tuple[int, str], ...]:
    """The lines of a rehearsal that the engine refuses, with the reason, when all of it is played as it stands."""
    played = replay(desk, book.script, Decimal(7 * 24 * 3600)).played
    return tuple((one.line, one.reason) for one in played.refused)
