"""Knows what the pages around a live session say: the hand-over of an emergency, and pages made of plain parts.

Like every page's content, these hold what may be printed for one audience and nothing else. `wall` is the local clock,
`HH:MM`; `minutes_ago` counts back from the moment of printing; amounts are text with their unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.paper import (
    BandLine,
    Block,
    Compartment,
    DoseLine,
    DueMark,
    Fact,
    Flowsheet,
    LogLine,
    PersonLine,
    PhaseMark,
    PhaseSpan,
    StaffLine,
    VitalsPoint,
)

# --- the vitals over time -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VitalsStrip:
    """What a chart of one person's vitals is drawn from. started: aware.

    scale: 1 is as large as on a flowsheet, with every row; below that only pressure and oxygen, and no words at marks.
    """

    started: datetime
    vitals: tuple[VitalsPoint, ...]
    doses: tuple[DoseLine, ...] = ()
    phases: tuple[PhaseSpan, ...] = ()
    bands: tuple[BandLine, ...] = ()
    due: tuple[DueMark, ...] = ()
    ended_minute: int | None = None
    marked: tuple[PhaseMark, ...] = ()
    scale: float = 0.5


# --- the hand-over of an emergency --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A medicine that was given. what: `dose`, `booster`, or the other medicine's name; amount with its unit.

    source: the lot, or that it was the client's own. note: what is missing, in words.
    """

    wall: str
    minutes_ago: int
    what: str
    amount: str
    route: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LostPart:
    """A part of what was given that was lost."""

    wall: str
    minutes_ago: int
    amount: str
    why: str


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One reading of the trend. levels: sign and level as it was shown. note: what was asked for and not had."""

    wall: str
    minutes_ago: int
    bp: str = ""
    hr: str = ""
    spo2: str = ""
    rr: str = ""
    levels: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def level(self, sign: str) -> str:
        """`amber`, `red`, or nothing."""
        return dict(self.levels).get(sign, "")


@dataclass(frozen=True, slots=True)
class RatingNow:
    """The latest rating of a scale. meaning: what the number stands for."""

    name: str
    value: str
    meaning: str
    wall: str
    minutes_ago: int
    level: str = ""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the emergency card; wall empty: not ticked. detail: small print under it."""

    text: str
    wall: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What a crew that takes one person over must know, on paper and in big type on the board alike.

    Empty allergies, medicines and contact: nothing was entered, which is not the same as none. trend: the last eight
    readings, oldest first; earlier: how many came before them. sedation: the latest MOAA/S, None: not rated.
    with_them: staff in the room, with their roles. called: when the card was opened, over: when and how it ended, or
    empty.
    printed: date and time of this page, and by whom.
    """

    person: PersonLine
    practice: str
    medicine: str
    route: str
    given: tuple[GivenLine, ...]
    lost: tuple[LostPart, ...]
    total: str
    others: tuple[GivenLine, ...]
    allergies: str
    medicines: str
    contact: str
    trend: tuple[TrendLine, ...]
    earlier: int
    strip: VitalsStrip
    sedation: RatingNow | None
    with_them: tuple[str, ...]
    called: str
    over: str
    steps: tuple[StepDone, ...]
    printed: str
    printed_by: str
    program_version: str = ""


# --- pages of plain parts -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands around a page. people, compartment: None for a page of the practice's own, about nobody.

    printed: date and time, and by whom. code: what the page was made from.
    """

    title: str
    subtitle: str
    meta: str
    practice: str
    people: tuple[PersonLine, ...] | None
    compartment: Compartment | None
    who_will_see: str
    printed: str
    program_version: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Facts in columns beside each other, each with its title."""

    columns: tuple[tuple[str, tuple[Fact, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a ledger. level: `amber` or `red`, said in a word beside it. struck: readable, and not counting."""

    text: str
    level: str = ""
    strong: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a ledger. level: how loud the row is at its edge."""

    cells: tuple[Cell, ...]
    level: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table in small type. blank: empty rows to write in; tall: the least height of a row in points; ruled: with
    lines between columns. right: the columns whose figures stand at the right. empty: said where there is no row.
    fine: smaller still, and close together."""

    head: tuple[str, ...]
    rows: tuple[LedgerRow, ...] = ()
    widths: tuple[int, ...] = ()
    right: frozenset[int] = frozenset()
    blank: int = 0
    tall: float = 0.0
    ruled: bool = False
    empty: str = ""
    fine: bool = False


@dataclass(frozen=True, slots=True)
class TickGrid:
    """Things to tick, each with a box per column, in as many blocks beside each other as `blocks`."""

    columns: tuple[str, ...]
    items: tuple[str, ...]
    blocks: int = 3


@dataclass(frozen=True, slots=True)
class StripBlock:
    """A chart of vitals."""

    strip: VitalsStrip


@dataclass(frozen=True, slots=True)
class BigSteps:
    """Numbered steps in big type, each with a line for the time."""

    steps: tuple[StepDone, ...]


@dataclass(frozen=True, slots=True)
class BigText:
    """A line that is read from across the room."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """A line or two in small type."""

    text: str


PageBlock = Block | FactColumns | Ledger | TickGrid | StripBlock | BigSteps | BigText | Small


@dataclass(frozen=True, slots=True)
class PageSheet:
    """A page of plain parts around a session, in their order. tight: kept on one page where that can be."""

    head: PageHead
    blocks: tuple[PageBlock, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class ClinicFlowsheet:
    """A session's people on one flowsheet, for those who treat them. In a group: one couple.

    sheets: each person's, without log and staff, which follow for all of them together. room: its checks.
    dialogue: a row per turn.
    """

    head: PageHead
    sheets: tuple[Flowsheet, ...]
    room: tuple[Fact, ...]
    dialogue: Ledger
    log: tuple[LogLine, ...]
    staff: tuple[StaffLine, ...]


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """Something due after a session. due: local date and time; stands: what became of it, in words."""

    label: str
    due: str
    stands: str


LivePage = HandoverFacts | PageSheet | ClinicFlowsheet
