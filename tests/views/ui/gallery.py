"""Shows every part with made-up data: a board, and a page of forms, messages, lists."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.views.ui.banner import Banner
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, label, rule
from desktop.views.ui.chips import ChipGrid
from desktop.views.ui.clock import DueRing, SessionClock
from desktop.views.ui.facts import (
    Band,
    BannerFacts,
    Chip,
    ClockFacts,
    DoseMark,
    DueFacts,
    Entry,
    Gap,
    LogRow,
    PersonFacts,
    Phase,
    PhaseFacts,
    Reading,
    Strip,
    StripsFacts,
    TileFacts,
)
from desktop.views.ui.fields import SearchBox
from desktop.views.ui.finder import Palette
from desktop.views.ui.forms import Form
from desktop.views.ui.log import EventLog
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.phases import PhaseBar
from desktop.views.ui.seats import CompartmentStrip, PersonHeader
from desktop.views.ui.strips import VitalsStrips
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone
from desktop.views.ui.tiles import VitalsTiles

CLOCK = ClockFacts("Session 3 · elapsed", 6443)
PHASES = (
    Phase("onset", "Onset", 0, 15),
    Phase("core", "Core", 15, 75),
    Phase("return", "Return", 75, 105),
    Phase("close", "Close", 105, 130),
)
PERSON_A = PersonFacts(Tone.A, "A", "Łukasz Wiśniewski", "1984-05-01", "dosed", "100 mg", 5703)
PERSON_B = PersonFacts(Tone.B, "B", "Nguyễn Thị Phượng", "1986-11-23", "dosed", "150 mg", 4863)
COURSE_A = PhaseFacts(Tone.A, PHASES, 95.05, None, (75, 130), (40.0,), 120)
COURSE_B = PhaseFacts(Tone.B, PHASES, 81.05, "core", (75, 130), (), 120)
DUE_A = DueFacts("BP", "due in", 612)
DUE_B = DueFacts("BP again", "late", -95, 300, Tone.AMBER)
TILES_A = (
    TileFacts("bp", "activity", "BP", "mmHg", "126/82", "14 min ago"),
    TileFacts("hr", "heart-pulse", "HR", "/min", "84", "2 min ago"),
    TileFacts("spo2", "droplets", "SpO₂", "%", "97", "2 min ago"),
    TileFacts("rr", "wind", "RR", "/min", "14", "31 min ago"),
)
TILES_B = (
    TileFacts("bp", "activity", "BP", "mmHg", "164/98", "7 min ago", "high", Tone.AMBER),
    TileFacts("hr", "heart-pulse", "HR", "/min", "118", "2 min ago", "", Tone.PLAIN),
    TileFacts("spo2", "droplets", "SpO₂", "%", "91", "2 min ago", "low", Tone.RED),
    TileFacts("rr", "wind", "RR", "/min", "16", "31 min ago"),
)


def _strips(seat: Tone, who: str, amber: bool) -> StripsFacts:
    times = (0, 740, 1700, 2600, 3500, 4400, 5600)
    rates = (72, 76, 84, 96, 98, 92, 84) if not amber else (80, 84, 92, 104, 112, 110, 118)
    highs = (122, 124, 131, 138, 142, 134, 126) if not amber else (128, 130, 138, 148, 152, 150, 164)
    lows = (78, 80, 84, 88, 90, 86, 82) if not amber else (82, 84, 88, 92, 94, 92, 98)
    sats = (98, 97, 97, 96, 97, 98, 97) if not amber else (98, 98, 97, 96, 95, 94, 91)
    last = Tone.AMBER if amber else Tone.PLAIN
    pressure = tuple(
        Reading(at, high, low, last if at == times[-1] else Tone.PLAIN)
        for at, high, low in zip(times, highs, lows, strict=True)
        if at != 3500 or amber
    )
    rate = tuple(Reading(at, value) for at, value in zip(times, rates, strict=True))
    sat = tuple(
        Reading(at, value, None, Tone.RED if value < 92 else Tone.PLAIN)
        for at, value in zip(times, sats, strict=True)
    )
    bands = (Band(160, Tone.AMBER, "160"), Band(180, Tone.RED, "180"))
    gaps = (Gap(3500, "refused: asleep"),) if not amber else ()
    return StripsFacts(
        seat,
        who,
        9000,
        (
            Strip("bp", "BP", "mmHg", 40, 200, pressure, gaps, bands, "164/98" if amber else "126/82"),
            Strip("hr", "HR", "/min", 40, 140, rate, (), (), "118" if amber else "84"),
            Strip("spo2", "SpO₂", "%", 85, 100, sat, (), (Band(92, Tone.AMBER, "92"),), "91" if amber else "97"),
        ),
        (DoseMark(740, "100 mg"), DoseMark(3140, "+50 mg")) if not amber else (DoseMark(1580, "150 mg"),),
        6443,
    )


STRIPS_A, STRIPS_B = _strips(Tone.A, "A", False), _strips(Tone.B, "B", True)
CHIPS = (
    Chip("still", "Lying still", "ls", "Onset", 2, "0:31"),
    Chip("warm", "Warmth", "wa", "Onset", 1, "0:47"),
    Chip("crying", "Crying", "cr", "Core", 3, "1:22"),
    Chip("trembling", "Trembling", "tr", "Core"),
    Chip("laughing", "Laughing", "la", "Core"),
    Chip("hand", "Asks for a hand", "ah", "Core", 1, "1:22"),
    Chip("retching", "Retching", "re", "Core", tone=Tone.AMBER),
    Chip("talking", "Talking", "ta", "Return"),
    Chip("water", "Water taken", "wt", "Return", 1, "1:41"),
    Chip("steady", "Stands steadily", "ss", "Return"),
)
LOG = (
    LogRow("14", "1:46", Tone.B, "B", "activity", "BP 164/98, HR 118, SpO₂ 91", Tone.AMBER, by="MK"),
    LogRow("13", "1:45", Tone.A, "A", "heart-pulse", "HR 84, SpO₂ 97"),
    LogRow("12", "1:41", Tone.B, "B", "eye", "Sat up, asked for water", late="written 1:44"),
    LogRow("11", "1:38", Tone.PLAIN, "", "music", "Playlist 2 started"),
    LogRow("10", "1:22", Tone.B, "B", "quote", "“I never told you how afraid I was that you would go.”"),
    LogRow("9", "1:22", Tone.A, "A", "eye", "Crying", struck=True, struck_why="moved to B", by="MK"),
    LogRow("8", "1:16", Tone.A, "A", "ban", "BP refused: asleep"),
    LogRow("7", "1:15", Tone.PLAIN, "", "flag", "Phase marked for B: Core"),
    LogRow("6", "0:52", Tone.A, "A", "pill", "Booster 50 mg sublingual, lot L1, checked by JO", by="MK"),
    LogRow("5", "0:47", Tone.A, "A", "eye", "Warmth"),
    LogRow("4", "0:26", Tone.B, "B", "pill", "150 mg sublingual, own lozenge, label read by A", by="MK"),
    LogRow("3", "0:20", Tone.PLAIN, "", "pencil", "Both settled, eyeshades on"),
    LogRow("2", "0:12", Tone.A, "A", "pill", "100 mg sublingual, lot L1, checked by JO", by="MK"),
    LogRow("1", "0:00", Tone.PLAIN, "", "door-open", "Session began"),
)


class Person(Card):
    """One participant's column."""

    def __init__(
        self,
        person: PersonFacts,
        due: DueFacts,
        course: PhaseFacts,
        tiles: tuple[TileFacts, ...],
        strips: StripsFacts,
    ) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(look().sizes.pad)
        self.header, self.due, self.bar = PersonHeader(), DueRing(), PhaseBar()
        self.tiles, self.strips, self.chips = VitalsTiles(), VitalsStrips(), ChipGrid()
        self.header.show_person(person)
        self.due.show_due(due)
        self.bar.show_phases(course)
        self.tiles.show_tiles(person.letter, tiles)
        self.strips.show_strips(strips)
        self.chips.show_chips(person.letter, person.seat, CHIPS)
        head.addWidget(self.header, 1)
        head.addWidget(self.due)
        self.lines.addLayout(head)
        for widget in (self.bar, self.tiles):
            self.lines.addWidget(widget)
        self.lines.addWidget(self.strips, 1)
        self.lines.addWidget(self.chips)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setProperty("kind", "window")
    sizes = look().sizes
    lines = QVBoxLayout(page)
    lines.setContentsMargins(sizes.gap, sizes.gap, sizes.gap, sizes.gap)
    lines.setSpacing(sizes.gap)
    return page, lines


def _top() -> Card:
    sizes = look().sizes
    top = Card()
    bar = QHBoxLayout()
    clock, banner = SessionClock(), Banner()
    clock.show_time(CLOCK)
    banner.show_banner(
        BannerFacts(
            Tone.AMBER,
            "B: pressure 164/98 at 1:46. Take it again at 1:51.",
            "Any headache, chest pain or trouble seeing?",
            "",
            (("none", "No symptoms"), ("some", "Symptoms…")),
        )
    )
    top.lines.setContentsMargins(sizes.pad, sizes.tight, sizes.pad, sizes.tight)
    bar.setSpacing(sizes.pad)
    bar.addWidget(clock)
    bar.addWidget(banner, 1)
    bar.addWidget(Button("Night", "moon", kind="quiet"))
    bar.addWidget(Button("Lock", "lock", kind="quiet"))
    top.lines.addLayout(bar)
    return top


def _log() -> Card:
    side = Card()
    head = QHBoxLayout()
    head.addWidget(label("Log", "lead"))
    head.addStretch(1)
    head.addWidget(label("14 entries", "caption"))
    side.lines.addLayout(head)
    log = EventLog()
    log.show_rows(LOG)
    side.lines.addWidget(log, 1)
    return side


def board() -> QWidget:
    """A live board, as the parts alone make it."""
    page, lines = _page()
    sizes = look().sizes
    lines.addWidget(_top())
    middle = QHBoxLayout()
    middle.setSpacing(sizes.gap)
    middle.addWidget(Person(PERSON_A, DUE_A, COURSE_A, TILES_A, STRIPS_A), 5)
    middle.addWidget(Person(PERSON_B, DUE_B, COURSE_B, TILES_B, STRIPS_B), 5)
    middle.addWidget(_log(), 4)
    lines.addLayout(middle, 1)
    foot = QHBoxLayout()
    foot.setSpacing(sizes.tight)
    foot.addWidget(PrimaryButton("Vitals", "heart-pulse", key="F2"))
    foot.addWidget(Button("Undo", "undo-2"))
    foot.addWidget(SearchBox("a 128/84 76 98 14"), 1)
    foot.addWidget(Button("Emergency", "siren", kind="danger"))
    lines.addLayout(foot)
    return page


@dataclass(frozen=True, slots=True)
class Draft:
    """A client as it is being written."""

    name: str = ""
    born: str = ""
    language: str = "en"
    note: str = ""
    call: bool = False


def check(draft: Draft) -> tuple[Problem, ...]:
    """A name and a date are needed."""
    found = []
    if not draft.name.strip():
        found.append(Problem("name", "A name is needed."))
    if len(draft.born) != 10:
        found.append(Problem("born", "Write the date as year-month-day, for example 1984-05-01."))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Couple:
    """A row of the list."""

    name: str
    born: str
    next: str
    due: str


COUPLES = (
    Couple("Łukasz Wiśniewski & Nguyễn Thị Phượng", "1984-05-01 · 1986-11-23", "dosing, 2 March", "24 h call"),
    Couple("שרה לוי & דוד כהן", "1979-01-11 · 1980-08-02", "preparation, 9 March", ""),
    Couple("محمد الهاشمي & Anna Åkesson", "1990-02-28 · 1991-12-01", "review, 12 March", "clearance expires"),
    Couple("李小龙 & Zoë Müller-Öztürk", "1988-04-14 · 1987-07-07", "—", ""),
)


def form() -> Form:
    """A client's form."""
    made = Form(check, columns=2)
    made.text("name", "Name")
    made.text("born", "Born", hint="year-month-day")
    made.choice("language", "Language", (("en", "English"), ("pl", "Polski")))
    made.lines("note", "Anything to know beforehand", high=2)
    made.tick("call", "May be called at home")
    made.show_draft(Draft())
    return made


def couples() -> RowsTable:
    """A list of couples."""
    model = RowsModel(
        (
            Column("Couple", lambda row: row.name),
            Column("Born", lambda row: row.born),
            Column("Next", lambda row: row.next),
            Column(
                "Due",
                lambda row: row.due,
                sign=lambda row: "clock" if row.due else "",
                tone=lambda row: Tone.AMBER if row.due else Tone.PLAIN,
            ),
        )
    )
    table = RowsTable(model, "Couples")
    model.setParent(table)
    model.set_rows(COUPLES)
    return table


MESSAGES = (
    BannerFacts(
        Tone.RED,
        "The order could not be saved: the disk is full.",
        "Everything entered before 10:42 is safe.",
        "Free some room, then save again.",
        (("again", "Save again"),),
        closable=True,
    ),
    BannerFacts(Tone.PLAIN, "The session continues where it was: the program had stopped at 1:40."),
    BannerFacts(Tone.GREEN, "The archive was read back and is whole.", closable=True),
)


def _new_client() -> Card:
    card = Card(title="New client")
    filled = form()
    card.lines.addWidget(filled)
    card.lines.addStretch(1)
    filled.show_problems(check(Draft()))
    card.lines.addWidget(rule())
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    off = PrimaryButton("Not yet", "lock")
    off.setEnabled(False)
    for widget in (Button("Cancel", kind="quiet"), Button("Strike", "x", kind="danger"), off):
        buttons.addWidget(widget)
    buttons.addWidget(PrimaryButton("Save", "check"))
    card.lines.addLayout(buttons)
    return card


def _list() -> Card:
    card = Card(title="Couples")
    box = QHBoxLayout()
    strip = CompartmentStrip()
    strip.show_seats((Tone.A, Tone.B), "Seen by A and B")
    box.addWidget(strip)
    inner = QVBoxLayout()
    inner.addWidget(SearchBox("Search couples"))
    inner.addWidget(couples(), 1)
    box.addLayout(inner, 1)
    card.lines.addLayout(box, 1)
    return card


def parts() -> QWidget:
    """A page of forms, messages and lists."""
    page, lines = _page()
    for facts in MESSAGES:
        banner = Banner()
        banner.show_banner(facts)
        lines.addWidget(banner)
    row = QHBoxLayout()
    row.setSpacing(look().sizes.gap)
    row.addWidget(_new_client(), 1)
    side = QVBoxLayout()
    side.addWidget(_list(), 1)
    empty, text = Card(), "A couple is a record of its own, beside each partner's. Begin with two people."
    empty.lines.addWidget(EmptyState("users", "No couples yet", text, "Make a couple"))
    side.addWidget(empty)
    row.addLayout(side, 2)
    lines.addLayout(row, 1)
    return page


ENTRIES = (
    Entry("c1", "Łukasz Wiśniewski", "born 1984-05-01", "user", "Person"),
    Entry("c2", "Nguyễn Thị Phượng", "born 1986-11-23", "user", "Person"),
    Entry("s1", "Session 3", "2 March, dosing", "timer", "Session"),
    Entry("w1", "Letter to the other", "after a first joint session", "file-text", "Worksheet"),
    Entry("k1", "Switch to night", "", "moon", "Command", "Ctrl+Shift+N"),
    Entry("k2", "Lock now", "", "lock", "Command", "Ctrl+L"),
)


def palette(over: QWidget) -> Palette:
    """The command palette over a page."""
    made = Palette(over)
    made.show_entries(ENTRIES)
    made.open()
    return made
