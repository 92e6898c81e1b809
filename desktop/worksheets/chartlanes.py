"""Knows the lanes around the vitals: phases and doses above them, due items below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.paper import DoseLine, Flowsheet
from desktop.domain.paper_live import VitalsStrip
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.fonts import Weight
from desktop.worksheets.marks import LABEL, Plot, marker
from desktop.worksheets.pen import Pen
from desktop.worksheets.setting import Line, Setter
from desktop.worksheets.shaping import Ink

Charted = Flowsheet | VitalsStrip
AXIS_HEIGHT = 24.0
LANE = 11.0
# A label longer than this ends in dots: the tables below hold it whole.
SHORT = 150.0
DOSE = Ink(Weight.SEMIBOLD, 7.6, look.INK)
_DUE_MARKS = {
    "done": "dot", "late": "ring", "missed": "cross", "refused": "gap", "failed": "gap", "away": "ring",
    "not_applicable": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A label, where it begins, and its lane from the top."""

    line: Line
    x: float
    lane: int


def in_lanes(lines: Sequence[tuple[Line, float]], plot: Plot) -> list[Label]:
    """Labels put into as many lanes as it takes for none to cover another; x as wanted, kept within the edges."""
    ends: list[float] = []
    out = []
    for line, wanted in lines:
        x = plot.within(wanted, line.width)
        lane = next((n for n, end in enumerate(ends) if end + 4 <= x), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = x + line.width
        out.append(Label(line, x, lane))
    return out


def beside(plot: Plot, minute: int, line: Line) -> float:
    """Where a mark's label begins: at the mark's right, or at its left where the edge is near."""
    x = plot.x(minute)
    return x + 5 if x + 5 + line.width <= plot.right else x - 5 - line.width


def dose_amount(dose: DoseLine) -> str:
    """How much, with mg unless the text has a unit already."""
    bare = dose.mg.removeprefix("\u2212").replace(".", "", 1)
    return f"{dose.mg} mg" if bare.isdigit() else dose.mg


def dose_label(dose: DoseLine) -> str:
    """A dose beside its line on the chart."""
    amount = dose_amount(dose)
    if dose.what in ("dose", "booster"):
        return amount
    if dose.what == "lost":
        return tr("lost {amount}", amount=amount)
    if dose.what == "taken":
        return tr("taken")
    return f"{dose.what} {amount}".strip()


class Lanes:
    """The lanes of one chart. Heights are known before anything is drawn."""

    def __init__(self, setter: Setter, plot: Plot, sheet: Charted) -> None:
        self._setter = setter
        self._placed = plot
        spans = sorted(sheet.phases, key=lambda span: span.start)
        self._spans = [span for span in spans if span.start < plot.last]
        self._flags = [mark for mark in sheet.marked if mark.minute <= plot.last]
        named = [(span.start, span.name) for span in self._spans]
        named += [(mark.minute, tr("marked: {name}", name=mark.name)) for mark in self._flags]
        phases = [(setter.short(name, look.TINY_STRONG, SHORT), plot.x(minute) + 3) for minute, name in sorted(named)]
        self._phases = in_lanes(phases, plot)
        self._marked = sorted((d for d in sheet.doses if not d.struck), key=lambda dose: dose.minute)
        labels = [setter.short(dose_label(dose), DOSE, SHORT) for dose in self._marked]
        doses = [(line, beside(plot, dose.minute, line)) for line, dose in zip(labels, self._marked, strict=True)]
        self._doses = in_lanes(doses, plot)
        self._due = sorted((d for d in sheet.due if d.state != "not_applicable"), key=lambda due: due.minute)
        words = [
            (setter.short(f"{due.item}: {_due_word(due.state)}", LABEL, SHORT), plot.x(due.minute) + 5)
            for due in self._due if due.state in ("missed", "late")
        ]  # fmt: skip
        self._unmet = in_lanes(words, plot)

    @property
    def phase_height(self) -> float:
        """The height of the phase names."""
        return (1 + max((label.lane for label in self._phases), default=-1)) * LANE + 5 if self._phases else 0.0

    @property
    def top_height(self) -> float:
        """The height of phases and doses together."""
        lanes = 1 + max((label.lane for label in self._doses), default=-1)
        return self.phase_height + lanes * LANE + 6

    @property
    def due_height(self) -> float:
        """The height of the due items; nothing when there are none."""
        if not self._due:
            return 0.0
        return 14 + (1 + max((label.lane for label in self._unmet), default=-1)) * 9.5

    def draw_top(self, pen: Pen, plot: Plot, top: float, foot: float) -> None:
        """Phases as bands behind the rows, marked ones and doses as lines through them down to `foot`."""
        for n, span in enumerate(self._spans):
            start = plot.x(span.start)
            end = plot.right if span.end is None else plot.x(span.end)
            if n % 2 == 0:
                pen.box(start, top, max(0.0, end - start), foot - top - 8, fill=look.FAINT)
            pen.rule(start, top, start, foot - 8, look.HAIR, 0.6)
        for mark in self._flags:
            pen.rule(plot.x(mark.minute), top, plot.x(mark.minute), foot - 8, look.QUIET, 0.6, (3, 2))
        shift = plot.left - self._placed.left
        for label in self._phases:
            pen.text(label.line, label.x + shift, top + 2 + label.lane * LANE)
        body = top + self.top_height
        for dose, label in zip(self._marked, self._doses, strict=True):
            x = plot.x(dose.minute)
            at = top + self.phase_height + label.lane * LANE
            pen.rule(x, at + 4, x, foot - 8, look.INK, 0.6, (1.5, 2.0))
            fill = look.WHITE if dose.what == "lost" else look.INK
            pen.shape([(x - 3, at + 2), (x + 3, at + 2), (x, at + 8)], fill=fill, edge=look.INK, thick=0.7)
            pen.text(label.line, label.x + shift, at)
        pen.rule(plot.left, body, plot.right, body, look.HAIR, 0.5)

    def draw_due(self, pen: Pen, plot: Plot, top: float) -> None:
        """A mark per due item; those not met are named."""
        if not self._due:
            return
        pen.text(self._setter.one(tr("Due"), look.TINY_STRONG), plot.left - 62, top - 2)
        pen.rule(plot.left, top + 4, plot.right, top + 4, look.HAIR, 0.5)
        for due in self._due:
            marker(pen, _DUE_MARKS.get(due.state, "dot"), plot.x(due.minute), top + 4, look.INK)
        shift = plot.left - self._placed.left
        for label in self._unmet:
            pen.text(label.line, label.x + shift, top + 9 + label.lane * 9.5)


def _due_word(state: str) -> str:
    return {
        "done": tr("done"), "late": tr("late"), "missed": tr("not done"), "refused": tr("refused"),
        "failed": tr("failed"), "away": tr("away"),
    }.get(state, state)  # fmt: skip
