"""Knows the order and the words of a flowsheet: one person's session, from the order to the last log line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.paper import Compartment, Fact, Flowsheet, LogLine, Signature, StaffLine
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks, elapsed, kept_lines, together
from desktop.worksheets.chart import VitalsChart
from desktop.worksheets.flow import Atom
from desktop.worksheets.frame import FrameText
from desktop.worksheets.setting import Setter
from desktop.worksheets.sheetrows import (
    by_minute,
    dose_row,
    fact_row,
    facts_cell,
    log_row,
    observation_row,
    presence,
    safety_row,
    scale_row,
    vitals_row,
)
from desktop.worksheets.table import Column, Row, Table


def flowsheet_frame(sheet: Flowsheet) -> FrameText:
    """What stands around each page."""
    started = sheet.started.strftime("%Y-%m-%d %H:%M")
    meta = tr("Started {time} ({offset})", time=started, offset=offset_text(sheet.started))
    if sheet.ended_minute is not None:
        meta += " · " + tr("ended after {time} h", time=elapsed(sheet.ended_minute))
    return FrameText(
        title=tr("Session flowsheet"), subtitle=sheet.session_title, meta=meta, practice=sheet.practice,
        people=(sheet.person,), compartment=Compartment.of_seat(sheet.person.seat), who_will_see=sheet.who_will_see,
        printed_on=sheet.printed_on, code=f"Holdfast {sheet.program_version}".strip(),
    )


def offset_text(moment: datetime) -> str:
    """The offset of an aware moment from UTC: `UTC-05:00`."""
    offset = moment.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def flowsheet_atoms(setter: Setter, width: float, height: float, sheet: Flowsheet) -> list[Atom]:
    """All parts of a flowsheet, in order. height: what the first page has left below its title, in points."""
    parts = SheetParts(setter, width, sheet)
    first = [*parts.summary(), *parts.missing()]
    chart = parts.chart()
    tables = [*parts.doses(), *parts.vitals()]
    # A chart that does not fit the first page comes after the tables, so that no page is left half empty.
    fits = sum(atom.height + atom.gap for atom in (*first, *chart)) <= height
    main = [*chart, *tables] if fits else [*tables, *chart]
    return [
        *first, *main, *parts.safety(), *parts.checks(), *parts.observed(), *parts.scales(), *parts.words(),
        *parts.discharge(), *parts.staff(sheet.staff), *parts.log(sheet.log), *parts.signatures(),
    ]  # fmt: skip


class SheetParts:
    """Builds the parts of one flowsheet."""

    def __init__(self, setter: Setter, width: float, sheet: Flowsheet) -> None:
        self._setter = setter
        self._width = width
        self._sheet = sheet
        self._blocks = Blocks(setter, width, Compartment.of_seat(sheet.person.seat))

    def summary(self) -> list[Atom]:
        """Protocol, order and totals, side by side."""
        sheet = self._sheet
        first = [
            Fact(tr("Protocol"), sheet.protocol_title), Fact(tr("Medicine"), sheet.medicine),
            Fact(tr("Route"), sheet.route), Fact(tr("Role"), sheet.role),
        ]  # fmt: skip
        columns = [
            (tr("Session"), [fact for fact in first if fact.value]), (tr("Order"), sheet.order),
            (tr("Totals"), sheet.totals),
        ]  # fmt: skip
        shown = [(title, facts) for title, facts in columns if facts]
        if not shown:
            return []
        table = Table(self._setter, self._width, [Column(title, 1) for title, _ in shown])
        return together(table.atoms([Row(tuple(facts_cell(facts) for _, facts in shown))]), gap=6.0)

    def missing(self) -> list[Atom]:
        """What a gate needed and was not entered: said early, and never left out in silence."""
        if not self._sheet.missing:
            return self._note(tr("Nothing is noted as missing."))
        lines = [f"•  {text}" for text in self._sheet.missing]
        return self._blocks.callout(tr("What is missing"), lines, look.coloured(look.STRONG, look.AMBER))

    def _note(self, text: str) -> list[Atom]:
        return kept_lines(self._setter.lines([(text, look.HINT)], self._width), gap=8.0)

    def chart(self) -> list[Atom]:
        """The vitals over the session's time, with what its marks mean."""
        if not self._sheet.vitals:
            return [*self._blocks.heading(tr("Vitals")), *self._note(tr("No vitals were entered."))]
        key = tr(
            "Filled dot: reading, upper pressure. Ring: lower pressure. Triangle: amber. Square: red. "
            "Diamond: asked for and not had. Cross: due and not done. Dashed line: amber limit. "
            "Whole line: red limit. Struck readings are in the table only."
        )
        chart = VitalsChart(self._setter, self._width, self._sheet).atom()
        return [
            *self._blocks.heading(tr("Vitals")),
            Atom(chart.height, chart.draw, chart.gap, keep=True),
            *kept_lines(self._setter.lines([(key, look.TINY)], self._width), gap=3.0),
        ]

    def _section(self, title: str, columns: Sequence[Column], rows: Sequence[Row]) -> list[Atom]:
        if not rows:
            return []
        return [*self._blocks.heading(title), *Table(self._setter, self._width, columns).atoms(rows)]

    def doses(self) -> list[Atom]:
        """The medicine table."""
        if not self._sheet.doses:
            return [*self._blocks.heading(tr("Medicine")), *self._note(tr("No medicine was entered."))]
        columns = [
            Column(tr("Clock"), 7), Column(tr("Elapsed"), 8, right=True), Column(tr("What"), 11),
            Column(tr("Amount"), 10, right=True), Column(tr("Route"), 12), Column(tr("Lot"), 10), Column(tr("By"), 8),
            Column(tr("Checked by"), 11), Column(tr("Remarks"), 24),
        ]  # fmt: skip
        return self._section(tr("Medicine"), columns, [dose_row(dose) for dose in by_minute(self._sheet.doses)])

    def vitals(self) -> list[Atom]:
        """The vitals table, with those that were refused, failed or struck."""
        columns = [
            Column(tr("Clock"), 8), Column(tr("Elapsed"), 9, right=True), Column(tr("Pressure"), 17),
            Column(tr("Heart rate"), 13), Column("SpO\u2082", 13), Column(tr("Breaths"), 12), Column(tr("Temp."), 9),
            Column(tr("By"), 8), Column(tr("Remarks"), 24),
        ]  # fmt: skip
        return self._section(tr("Readings"), columns, [vitals_row(point) for point in by_minute(self._sheet.vitals)])

    def safety(self) -> list[Atom]:
        """Orders by phone, touch, safe signals, emergencies, what was unwanted, and what was answered for."""
        columns = [
            Column(tr("Clock"), 8), Column(tr("Elapsed"), 9, right=True), Column(tr("What"), 18),
            Column(tr("Entry"), 40), Column(tr("By"), 8), Column(tr("Remarks"), 26),
        ]  # fmt: skip
        rows = [safety_row(line) for line in by_minute(self._sheet.safety)]
        return self._section(tr("Orders by phone, touch and safety"), columns, rows)

    def checks(self, title: str = "") -> list[Atom]:
        """What was asked and looked at before the dose."""
        columns = [Column(tr("Check"), 1), Column(tr("Entered"), 2)]
        return self._section(title or tr("Checks"), columns, [fact_row(fact) for fact in self._sheet.checks])

    def observed(self) -> list[Atom]:
        """What was seen."""
        columns = [
            Column(tr("Clock"), 8), Column(tr("Elapsed"), 9, right=True), Column(tr("Seen"), 50), Column(tr("By"), 10),
        ]  # fmt: skip
        rows = [observation_row(line) for line in by_minute(self._sheet.observations)]
        return self._section(tr("Observations"), columns, rows)

    def scales(self) -> list[Atom]:
        """Ratings."""
        columns = [
            Column(tr("Clock"), 8), Column(tr("Elapsed"), 9, right=True), Column(tr("Scale"), 34),
            Column(tr("Value"), 16), Column(tr("By"), 10),
        ]  # fmt: skip
        return self._section(tr("Scales"), columns, [scale_row(line) for line in by_minute(self._sheet.scales)])

    def words(self) -> list[Atom]:
        """The person's own words."""
        if not self._sheet.words:
            return []
        out = self._blocks.heading(tr("Own words, as kept in the session"))
        for words in self._sheet.words:
            out += self._blocks.words(words)
        return out

    def discharge(self) -> list[Atom]:
        """How the session ended for this person."""
        if not self._sheet.discharge:
            return [*self._blocks.heading(tr("Ending")), *self._note(tr("No discharge was entered."))]
        columns = [Column(tr("Item"), 1), Column(tr("Entered"), 2)]
        return self._section(tr("Ending"), columns, [fact_row(fact) for fact in self._sheet.discharge])

    def staff(self, staff: Sequence[StaffLine]) -> list[Atom]:
        """Who was in the room, and what the initials stand for."""
        heads = ((tr("Initials"), 1), (tr("Name"), 4), (tr("Role"), 2), (tr("Present"), 3))
        columns = [Column(head, share) for head, share in heads]
        rows = [
            Row(
                (
                    [(isolate(line.initials), look.SMALL_STRONG)], [(isolate(line.name), look.SMALL)],
                    [(line.role, look.SMALL)], [(presence(line.came, line.left), look.SMALL)],
                )
            )
            for line in staff
        ]  # fmt: skip
        return self._section(tr("In the room"), columns, rows)

    def log(self, log: Sequence[LogLine], whose: bool = False) -> list[Atom]:
        """Every entry, late and struck ones too. whose: with a column that says about whom each is."""
        columns = [
            Column(tr("Clock"), 8), Column(tr("Elapsed"), 9, right=True), *([Column(tr("Who"), 7)] if whose else []),
            Column(tr("By"), 9), Column(tr("Entry"), 74),
        ]  # fmt: skip
        return self._section(tr("Log"), columns, [log_row(line, whose) for line in log])

    def signatures(self) -> list[Atom]:
        """Lines to sign on."""
        return self._blocks.atoms([Signature((tr("Read and found right: therapist"), tr("Prescriber")))])
