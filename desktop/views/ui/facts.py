"""Knows what the painted parts are given to show: plain frozen facts, already decided by a presenter."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.words import tr
from desktop.views.ui.firstfacts import BannerFacts, clock_text
from desktop.views.ui.theme import Tone

__all__ = [
    "Band", "BannerFacts", "Chip", "ClockFacts", "DoseMark", "DueFacts", "Entry", "Gap", "LogRow",
    "PersonFacts", "Phase", "PhaseFacts", "Reading", "Strip", "StripsFacts", "Table", "TileFacts",
    "clock_text", "minute_text",
]  # fmt: skip


def minute_text(seconds: float) -> str:
    """`1:47`, hours and minutes as the log and the charts write them."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}"


@dataclass(frozen=True, slots=True)
class Table:
    """The same data as a table: what a painted part says to somebody who does not see it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """caption: `Session 3`. seconds: None when it has not begun. note: `slept 12 min`, `estimated`."""

    caption: str
    seconds: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of the expected course, in minutes since the first dose."""

    key: str
    label: str
    start_min: float
    end_min: float


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """One participant's course. minute: since the first dose, None before it.

    marked: the key of the phase that a member marked by hand. dialogue: (from, to) minutes in which the
    protocol allows the dialogue. boosters: minutes of further doses. leave_min: not before, minimum stay.
    over: the person's session has ended, so that nothing of it is still to come.
    """

    seat: Tone
    phases: tuple[Phase, ...]
    minute: float | None = None
    marked: str | None = None
    dialogue: tuple[float, float] | None = None
    boosters: tuple[float, ...] = ()
    leave_min: float | None = None
    over: bool = False

    @property
    def expected(self) -> Phase | None:
        """The latest phase whose start has passed."""
        if self.minute is None:
            return None
        passed = [phase for phase in self.phases if phase.start_min <= self.minute]
        return passed[-1] if passed else None


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What is due next. seconds: until due, negative when late. span_s: what a full ring stands for.

    what: `BP`. word: `due in`, `due`, `late`, `away`, `nothing due`; always shown. tone colours the ring.
    """

    what: str
    word: str
    seconds: int | None
    span_s: int = 900
    tone: Tone = Tone.ACCENT

    @property
    def figure(self) -> str:
        """`10:12`, or `+1:35` once late; a dash when nothing is due."""
        if self.seconds is None:
            return "–"
        whole = abs(self.seconds)
        return f"{'+' if self.seconds < 0 else ''}{whole // 60}:{whole % 60:02d}"


@dataclass(frozen=True, slots=True)
class TileFacts:
    """One vital sign, as last read. level: a word such as `high`, shown with an icon beside the colour."""

    key: str
    icon: str
    label: str
    unit: str
    value: str
    age: str
    level: str = ""
    tone: Tone = Tone.PLAIN

    @property
    def spoken(self) -> str:
        """The tile as one sentence."""
        level = f", {self.level}" if self.level else ""
        return f"{self.label} {self.value} {self.unit}{level}, {self.age}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One dot. low: the lower of two figures that were read together (diastolic). level: as it was judged then."""

    at_s: int
    value: float
    low: float | None = None
    tone: Tone = Tone.PLAIN
    level: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A reading that was due and was not taken, with its reason."""

    at_s: int
    reason: str


@dataclass(frozen=True, slots=True)
class Band:
    """A line that readings are judged against."""

    value: float
    tone: Tone
    label: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """One of the small charts. floor, ceiling: the fixed axis; readings outside are drawn at its edge."""

    key: str
    label: str
    unit: str
    floor: float
    ceiling: float
    readings: tuple[Reading, ...] = ()
    gaps: tuple[Gap, ...] = ()
    bands: tuple[Band, ...] = ()
    last: str = ""


@dataclass(frozen=True, slots=True)
class DoseMark:
    """A dose on the time axis, such as `100 mg`."""

    at_s: int
    label: str


@dataclass(frozen=True, slots=True)
class StripsFacts:
    """The strips of one participant on one time axis, in seconds since the session began."""

    seat: Tone
    who: str
    until_s: int
    strips: tuple[Strip, ...]
    doses: tuple[DoseMark, ...] = ()
    now_s: int | None = None

    def table(self) -> Table:
        """Every dot, gap and dose in order of time."""
        rows: list[tuple[int, tuple[str, ...]]] = []
        for strip in self.strips:
            for dot in strip.readings:
                figure = f"{dot.value:g}" if dot.low is None else f"{dot.value:g}/{dot.low:g}"
                rows.append((dot.at_s, (minute_text(dot.at_s), strip.label, f"{figure} {strip.unit}", dot.level)))
            rows.extend((gap.at_s, (minute_text(gap.at_s), strip.label, "–", gap.reason)) for gap in strip.gaps)
        rows.extend((dose.at_s, (minute_text(dose.at_s), tr("Dose"), dose.label, "")) for dose in self.doses)
        rows.sort(key=lambda row: row[0])
        headings = (tr("Time"), tr("Reading"), tr("Figure"), tr("Remark"))
        return Table(tr("Readings of {who}", who=self.who), headings, tuple(row for _, row in rows))


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log. seat: A, B, or PLAIN for the room. late: `written 1:52` when entered afterwards."""

    key: str
    time: str
    seat: Tone
    letter: str
    icon: str
    text: str
    tone: Tone = Tone.PLAIN
    late: str = ""
    struck: bool = False
    struck_why: str = ""
    by: str = ""

    @property
    def spoken(self) -> str:
        """The line as one sentence."""
        parts = [self.time, self.letter or tr("Room"), self.text]
        parts += [part for part in (self.late, self.by) if part]
        if self.struck:
            parts.append(tr("struck: {why}", why=self.struck_why) if self.struck_why else tr("struck"))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is often observed. letters: what completes it on the quick line. last: `1:45`."""

    key: str
    label: str
    letters: str
    group: str = ""
    count: int = 0
    last: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person at the head of their column: two identifiers always, then what the board must never hide.

    clock_s: since their own first dose, None before it. dose: `100 mg` in all. line: role and state.
    """

    seat: Tone
    letter: str
    name: str
    born: str
    line: str = ""
    dose: str = ""
    clock_s: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the command palette can find."""

    key: str
    title: str
    detail: str = ""
    icon: str = "command"
    group: str = ""
    shortcut: str = ""
