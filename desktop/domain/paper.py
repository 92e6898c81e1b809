"""Knows what a printed page says: worksheets and flowsheets as plain content, without how they look.

A service fills these for one audience; the press draws them. They hold what may be printed for that
audience and nothing else: the press cannot leave out what it was never given.

Times: `minute` counts whole minutes since the session started; `wall` is the local clock, `HH:MM`.
Dates are `YYYY-MM-DD`. Amounts are decimal text, as entered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Compartment(StrEnum):
    """Whose page it is: the strip at its edge says so in letter, words and colour."""

    A = "a"
    B = "b"
    BOTH = "both"
    ALONE = "alone"

    @staticmethod
    def of_seat(seat: str | None) -> Compartment:
        """The compartment of a seat, `A` or in a group `3A`, in either case; someone who comes alone has none."""
        letter = seat[-1].lower() if seat else ""
        return Compartment(letter) if letter in ("a", "b") else Compartment.ALONE


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Two identifiers and a place. seat: `A`, `B`, in a group `3A`, or None for someone who comes alone."""

    name: str
    born: str
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it. level: ``, `amber` or `red`."""

    label: str
    value: str
    level: str = ""


# --- worksheets -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """Opens a part of the page; never left alone at its foot."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. quiet: smaller and grey, for a hint on what follows; stays on its page."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class WriteLines:
    """A question and ruled lines to answer it on. text: an answer that is known already; own: in their own words."""

    label: str
    lines: int
    text: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class TickList:
    """Boxes to tick, in one to three columns."""

    label: str
    items: tuple[str, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to circle, `low` to `high` inclusive, with a word at each end."""

    label: str
    low: int
    high: int
    low_word: str = ""
    high_word: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; `blank` empty rows follow `rows`. widths: relative, one per column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    blank: int = 0
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """A person's own words, as they were kept in the session, each with its minute."""

    label: str
    words: tuple[WordsLine, ...]
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must not be overlooked, in a frame. strong: lines in heavier type below the others."""

    title: str
    lines: tuple[str, ...]
    strong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on and one for the date, per label."""

    labels: tuple[str, ...]


Block = Heading | Paragraph | WriteLines | TickList | Scale | Grid | Quotes | Callout | Signature


@dataclass(frozen=True, slots=True)
class WorksheetSheet:
    """One worksheet, filled for one audience. people: one, both, or none for a blank sheet.

    code: the template's id and edition, printed small at the foot.
    """

    title: str
    subtitle: str
    code: str
    practice: str
    people: tuple[PersonLine, ...]
    compartment: Compartment
    session_on: str
    facilitator: str
    who_will_see: str
    printed_on: str
    program_version: str
    blocks: tuple[Block, ...]


# --- flowsheets -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoseLine:
    """A line of the medicine table. what: `dose`, `booster`, `taken`, `lost`, or another medicine's name.

    mg: the amount as text, with its unit when that is not mg. missing: what a gate needed and was not entered.
    """

    minute: int
    wall: str
    what: str
    mg: str
    route: str = ""
    lot: str = ""
    by: str = ""
    checked_by: str = ""
    struck: bool = False
    reason: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class VitalsPoint:
    """One set of readings, or one that was asked for and not had.

    status: `taken`, `refused` or `failed`; of a refused or failed one, `signs` names what was asked
    (`bp`, `hr`, `spo2`, `rr`, `temp`; empty: the whole set) and `reason` says why.
    levels: sign and level (`amber`, `red`) as it was shown in the session.
    """

    minute: int
    wall: str
    systolic: int | None = None
    diastolic: int | None = None
    hr: int | None = None
    spo2: int | None = None
    rr: int | None = None
    temp: str = ""
    levels: tuple[tuple[str, str], ...] = ()
    status: str = "taken"
    signs: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase on the person's own clock, in minutes since the session started; end None: until the end."""

    name: str
    start: int
    end: int | None = None


@dataclass(frozen=True, slots=True)
class BandLine:
    """A limit on the chart. sign: `systolic`, `diastolic`, `hr`, `spo2`, `rr`; level: `amber` or `red`."""

    sign: str
    value: int
    level: str


@dataclass(frozen=True, slots=True)
class DueMark:
    """A due item. state: `done`, `late`, `missed`, `refused`, `failed`, `away` or `not_applicable`."""

    minute: int
    item: str
    state: str


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """A chip: what was seen. intensity: `` or as entered."""

    minute: int
    wall: str
    text: str
    intensity: str = ""
    by: str = ""
    struck: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A rating: which scale, what value, and the level that was shown."""

    minute: int
    wall: str
    name: str
    value: str
    level: str = ""
    by: str = ""
    struck: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WordsLine:
    """A person's own words; empty text: only the moment was stamped. minute None: not from a session."""

    minute: int | None
    wall: str
    text: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of the log. late: `` or when it was written down, as `HH:MM`; struck ones stay readable.

    whose: on the clinic's own page the seat that it is about; empty on a page of one person.
    """

    minute: int
    wall: str
    author: str
    text: str
    late: str = ""
    struck: bool = False
    reason: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """A phase that the clinician marked, beside the expected one."""

    minute: int
    wall: str
    name: str


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """An order by phone, touch, a safe signal, an emergency, something unwanted, or an item answered for.

    state: what is still open, or how it was settled; level: `amber` while something waits.
    """

    minute: int
    wall: str
    what: str
    text: str
    by: str = ""
    state: str = ""
    level: str = ""
    struck: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Who was in the room. came, left: `HH:MM`, or empty for from the start, or to the end."""

    initials: str
    name: str
    role: str
    came: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Flowsheet:
    """One person's session on paper. Holds nothing of a partner's.

    started: aware, with the offset of the place. ended_minute: when the session closed, or the last
    entry. baseline, order, discharge, totals: facts in the order to print them.
    """

    person: PersonLine
    practice: str
    session_title: str
    started: datetime
    protocol_title: str
    medicine: str
    route: str
    who_will_see: str
    printed_on: str
    program_version: str
    role: str = ""
    ended_minute: int | None = None
    order: tuple[Fact, ...] = ()
    totals: tuple[Fact, ...] = ()
    doses: tuple[DoseLine, ...] = ()
    vitals: tuple[VitalsPoint, ...] = ()
    phases: tuple[PhaseSpan, ...] = ()
    bands: tuple[BandLine, ...] = ()
    due: tuple[DueMark, ...] = ()
    observations: tuple[ObservationLine, ...] = ()
    scales: tuple[ScaleLine, ...] = ()
    words: tuple[WordsLine, ...] = ()
    log: tuple[LogLine, ...] = ()
    checks: tuple[Fact, ...] = ()
    discharge: tuple[Fact, ...] = ()
    staff: tuple[StaffLine, ...] = ()
    missing: tuple[str, ...] = ()
    marked: tuple[PhaseMark, ...] = ()
    safety: tuple[SafetyLine, ...] = ()

    def __post_init__(self) -> None:
        if self.started.utcoffset() is None:
            raise ValueError("a session's start is printed with the offset of its place")


# --- the recovery kit -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KitSheet:
    """The page of a recovery kit. text: its secret, AGE-SECRET-KEY-1...; groups: the same as it is printed.

    public: the half that the practice keeps, age1...; made_on: the day, from which a replaced page is told.
    """

    practice: str
    practice_id: str
    text: str = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    public: str = ""
    made_on: str = ""
    program_version: str = ""
