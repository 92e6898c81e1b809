"""Knows how a hand-over sheet looks: one page in big type, which can be read out at arm's length in poor light."""

from __future__ import annotations

from itertools import zip_longest

from desktop.domain.paper import Compartment
from desktop.domain.paper_live import GivenLine, HandoverFacts, TrendLine
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import kept_lines
from desktop.worksheets.chart import VitalsChart
from desktop.worksheets.flow import Atom, paginate
from desktop.worksheets.fonts import Weight
from desktop.worksheets.frame import Frame, FrameText
from desktop.worksheets.pen import Pen
from desktop.worksheets.setting import Setter, Spans
from desktop.worksheets.shaping import Ink
from desktop.worksheets.table import Column, Row, Table

# Tried one after the other until all of it stands on one page. Where even small type does not do, the chart goes: the
# readings stand in the table. Nothing else is ever left out to make it fit.
SCALES = (1.1, 1.03, 0.97, 0.91, 0.85, 0.79, 0.73, 0.67, 0.6)

MANY = 4  # from here on other medicines stand in two columns


def print_handover(setter: Setter, page_size: str, facts: HandoverFacts, creator: str) -> bytes:
    """The sheet as PDF, on one page in the largest type that lets it fit."""
    frame = Frame(setter, page_size, _frame(facts, creator))
    atoms: list[Atom] = []
    for scale, chart in (*((scale, True) for scale in SCALES), *((scale, False) for scale in SCALES[5:])):
        atoms = _Page(setter, frame.body_width, facts, scale).atoms(chart)
        if len(paginate([*frame.opening(), *atoms], frame.body_height)) == 1:
            break
    return frame.print(atoms, creator)


def _frame(facts: HandoverFacts, creator: str) -> FrameText:
    return FrameText(
        title=tr("Emergency hand-over"), subtitle="", meta="", practice=facts.practice, people=(facts.person,),
        compartment=Compartment.of_seat(facts.person.seat),
        who_will_see=tr("the crew that takes over, and those who treat this person."),
        printed_on=tr("{time} by {who}", time=facts.printed, who=isolate(facts.printed_by)), code=creator,
    )


class _Page:
    """Lays the parts at one scale."""

    def __init__(self, setter: Setter, width: float, facts: HandoverFacts, scale: float) -> None:
        self._setter, self._width, self._facts, self._scale = setter, width, facts, scale
        self._huge = self._ink(Weight.BOLD, 27)
        self._big = self._ink(Weight.BOLD, 20)
        self._plain = self._ink(Weight.REGULAR, 14)
        self._strong = self._ink(Weight.SEMIBOLD, 15)
        self._small = self._ink(Weight.REGULAR, 12)
        self._label = look.coloured(self._ink(Weight.SEMIBOLD, 11), look.QUIET)

    def _ink(self, weight: Weight, size: float) -> Ink:
        return Ink(weight, size * self._scale, look.INK)

    def atoms(self, chart: bool) -> list[Atom]:
        """Everything, most urgent first; with the chart, or without."""
        strip = self._chart() if chart else []
        return [
            *self._who(), *self._medicine(), *self._others(), *self._known(), *self._trend(), *strip, *self._company(),
        ]  # fmt: skip

    def _text(self, spans: Spans, gap: float) -> list[Atom]:
        return kept_lines(self._setter.lines(spans, self._width), gap=gap * self._scale, width=self._width)

    def _bar(self, title: str) -> list[Atom]:
        """A heading white on black: it survives a copier and a dim room."""
        line = self._setter.one(title, Ink(Weight.BOLD, 12.5 * self._scale, look.WHITE))
        height = line.height + 3

        def draw(pen: Pen, left: float, top: float) -> None:
            pen.box(left, top, self._width, height, fill=look.INK, radius=2)
            pen.text(line, left + 7, top + 1.5)

        return [Atom(height, draw, gap=8 * self._scale, keep=True)]

    def _who(self) -> list[Atom]:
        """The two identifiers, large, and to which time the minutes count."""
        one = self._facts.person
        spans = [(isolate(one.name), self._huge), (tr("    born {born}", born=isolate(one.born)), self._big)]
        said = tr("Printed {time}. Minutes are counted to this time.", time=self._facts.printed)
        return [*self._text(spans, 0), *self._text([(said, self._plain)], 0)]

    def _medicine(self) -> list[Atom]:
        facts = self._facts
        title = tr("Was given: {medicine}, {route}", medicine=facts.medicine, route=facts.route)
        out = self._bar(title)
        if not facts.given:
            out += self._text([(tr("No dose was entered."), self._strong)], 4)
        for dose in facts.given:
            out += self._dose(dose, self._big)
        for lost in facts.lost:
            spans = [(tr("lost: {amount}", amount=lost.amount), self._strong),
                     (tr("   {n} min ago", n=lost.minutes_ago), self._strong),
                     (tr("   at {wall}   {why}", wall=lost.wall, why=isolate(lost.why)), self._plain)]  # fmt: skip
            out += self._text(spans, 1)
        if facts.lost or len(facts.given) > 1:
            out += self._text([(tr("In all: {total}", total=facts.total), self._strong)], 1)
        return out

    def _dose(self, dose: GivenLine, ink: Ink) -> list[Atom]:
        more = " · ".join(part for part in (dose.what, dose.route, isolate(dose.source) if dose.source else "") if part)
        spans = [
            (dose.amount, ink), (tr("   {n} min ago", n=dose.minutes_ago), ink),
            (tr("   at {wall}", wall=dose.wall), self._plain), ("   " + more, self._plain),
        ]  # fmt: skip
        if dose.note:
            spans.append(("   " + dose.note, look.coloured(self._small, look.AMBER)))
        return self._text(spans, 3)

    def _others(self) -> list[Atom]:
        out = self._bar(tr("Other medicines given today"))
        if not self._facts.others:
            return [*out, *self._text([(tr("none entered"), self._plain)], 3)]
        said = [self._other(other) for other in self._facts.others]
        if len(said) <= MANY:
            return [*out, *(atom for spans in said for atom in self._text(spans, 3))]
        half = -(-len(said) // 2)
        pairs = zip_longest(said[:half], said[half:], fillvalue=[("", self._plain)])
        table = Table(self._setter, self._width, [Column("", 1), Column("", 1)], air=1.0)
        return [*out, *table.atoms([Row(pair) for pair in pairs])]

    def _other(self, other: GivenLine) -> list[tuple[str, Ink]]:
        return [
            (isolate(other.what) + " " + isolate(other.amount), self._strong),
            (tr("   {n} min ago, at {wall}", n=other.minutes_ago, wall=other.wall), self._plain),
            ("   " + isolate(other.route), self._plain),
        ]

    def _known(self) -> list[Atom]:
        """Allergies, medicines, and whom to call: what is not known is said to be so."""
        nothing = tr("not entered: ask")
        rows = [(tr("Allergies"), self._facts.allergies, self._strong),
                (tr("Takes at home"), self._facts.medicines, self._plain),
                (tr("To be called"), self._facts.contact, self._plain)]  # fmt: skip
        columns = [Column("", 20), Column("", 80)]
        table = Table(self._setter, self._width, columns, air=1.6)
        atoms = table.atoms([Row(([(label, self._label)], [(isolate(value) if value else nothing, ink)]))
                             for label, value, ink in rows])  # fmt: skip
        return [*self._bar(tr("Known of this person")), *atoms]

    def _trend(self) -> list[Atom]:
        facts = self._facts
        columns = [
            Column(tr("Clock"), 9), Column(tr("Min ago"), 9, right=True), Column(tr("Pressure"), 20),
            Column(tr("Heart rate"), 15), Column("SpO\u2082", 15), Column(tr("Breaths"), 13), Column(tr("Remarks"), 26),
        ]  # fmt: skip
        title = tr("Vitals")
        if facts.earlier:
            title = tr("Vitals: the last {n}; {more} earlier ones are on the flowsheet", n=len(facts.trend),
                       more=facts.earlier)  # fmt: skip
        out = self._bar(title)
        if not facts.trend:
            out += self._text([(tr("No vitals were entered."), self._strong)], 4)
        else:
            rows = [self._reading(line) for line in facts.trend]
            out += Table(self._setter, self._width, columns, air=1.6).atoms(rows)
        rated = facts.sedation
        if rated is None:
            return [*out, *self._text([(tr("Sedation (MOAA/S): not rated"), self._strong)], 4)]
        said = tr("Sedation (MOAA/S): {value}", value=rated.value)
        spans = [(said + (f" {look.level_word(rated.level)}" if rated.level else ""), self._strong),
                 (tr("   {meaning}, {n} min ago, at {wall}", meaning=rated.meaning, n=rated.minutes_ago,
                     wall=rated.wall), self._plain)]  # fmt: skip
        return [*out, *self._text(spans, 4)]

    def _reading(self, line: TrendLine) -> Row:
        cells: list[Spans] = [[(line.wall, self._small)], [(str(line.minutes_ago), self._small)]]
        for sign, value in (("bp", line.bp), ("hr", line.hr), ("spo2", line.spo2), ("rr", line.rr)):
            level = line.level(sign)
            word = f" {look.level_word(level)}" if level else ""
            ink = look.level_ink(Ink(Weight.SEMIBOLD, self._small.size, look.INK), level)
            cells.append([(value, ink), (word, look.level_ink(self._small, level))] if value else [("", self._small)])
        return Row((*cells, [(isolate(line.note), self._small)]))

    def _chart(self) -> list[Atom]:
        if not self._facts.strip.vitals:
            return []
        atom = VitalsChart(self._setter, self._width, self._facts.strip).atom()
        return [Atom(atom.height, atom.draw, gap=4 * self._scale)]

    def _company(self) -> list[Atom]:
        """Who is there, and what was done: two columns."""
        facts = self._facts
        there = facts.with_them or (tr("nobody was entered"),)
        spans = [(isolate(one) + "\n", self._small) for one in there]
        done: list[tuple[str, Ink]] = []
        if facts.called:
            done.append((tr("{wall}  emergency card opened", wall=facts.called) + "\n", self._small))
        for step in facts.steps:
            done.append(((step.wall or "__:__") + "  " + step.text + "\n", self._small))
        if facts.over:
            done.append((tr("over: {how}", how=isolate(facts.over)) + "\n", self._small))
        if not done:
            done = [(tr("The emergency card was not opened."), self._small)]
        columns = [Column(tr("With this person"), 2), Column(tr("What was done"), 3)]
        table = Table(self._setter, self._width, columns, air=1.6)
        return [*self._bar(facts.practice), *table.atoms([Row((_trimmed(spans), _trimmed(done)))])]


def _trimmed(spans: Spans) -> Spans:
    """The same without the line break at its end."""
    *first, (text, ink) = spans
    return [*first, (text.rstrip("\n"), ink)]

