"""Knows how a session's vitals are drawn: small rows over one time axis, every mark told by shape and word too.

Only what was entered is drawn: a dot per reading, thin joins, and a gap where a reading was refused or failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.paper import BandLine, VitalsPoint
from desktop.domain.paper_live import VitalsStrip
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.blocks import elapsed
from desktop.worksheets.chartlanes import AXIS_HEIGHT, Charted, Lanes
from desktop.worksheets.flow import Atom
from desktop.worksheets.marks import LABEL, Plot, marker
from desktop.worksheets.pen import Colour, Pen
from desktop.worksheets.setting import Setter

GUTTER_LEFT = 62.0
GUTTER_RIGHT = 54.0
ROW_GAP = 8.0
SMALL = ("bp", "spo2")


@dataclass(frozen=True, slots=True)
class Sign:
    """A row of the chart. low, high: the least range shown; values: one or two readings of a set."""

    key: str
    name: str
    unit: str
    low: int
    high: int
    step: int
    height: float
    values: Callable[[VitalsPoint], tuple[int, ...]]
    bands: tuple[str, ...]


def _pair(point: VitalsPoint) -> tuple[int, ...]:
    if point.systolic is None or point.diastolic is None:
        return ()
    return (point.systolic, point.diastolic)


def _some(value: int | None) -> tuple[int, ...]:
    return () if value is None else (value,)


def signs() -> tuple[Sign, ...]:
    """The rows from top to bottom; fixed axes, so that two sheets can be laid side by side."""
    return (
        Sign("bp", tr("Pressure"), "mmHg", 50, 200, 50, 92.0, _pair, ("systolic", "diastolic")),
        Sign("hr", tr("Heart rate"), tr("per min"), 40, 140, 40, 52.0, lambda p: _some(p.hr), ("hr",)),
        Sign("spo2", "SpO\u2082", "%", 85, 100, 5, 42.0, lambda p: _some(p.spo2), ("spo2",)),
        Sign("rr", tr("Breaths"), tr("per min"), 5, 30, 10, 34.0, lambda p: _some(p.rr), ("rr",)),
    )


class VitalsChart:
    """Draws the chart of one person's session in one piece."""

    def __init__(self, setter: Setter, width: float, sheet: Charted) -> None:
        self._setter = setter
        self._sheet = sheet
        self._points = sorted((p for p in sheet.vitals if not p.struck), key=lambda p: p.minute)
        shown = [s for s in signs() if s.key != "rr" or any(s.values(p) or "rr" in p.signs for p in self._points)]
        # A small chart shows the course only: pressure and oxygen, without a word beside each mark.
        scale = sheet.scale if isinstance(sheet, VitalsStrip) else 1.0
        self._small = scale < 1
        if self._small:
            shown = [replace(row, height=row.height * scale) for row in shown if row.key in SMALL]
        self._rows = shown
        first, last = _span(sheet)
        self._plot = Plot(GUTTER_LEFT, width - GUTTER_RIGHT, first, last)
        self._lanes = Lanes(setter, self._plot, sheet)

    def atom(self) -> Atom:
        """The chart as one part of the page."""
        rows = sum(row.height + ROW_GAP for row in self._rows)
        height = self._lanes.top_height + rows + self._lanes.due_height + AXIS_HEIGHT + 4

        def draw(pen: Pen, left: float, top: float) -> None:
            plot = self._plot.at(left)
            body = top + self._lanes.top_height
            foot = body + rows
            self._lanes.draw_top(pen, plot, top, foot)
            for minute in plot.ticks:
                pen.rule(plot.x(minute), body, plot.x(minute), foot - ROW_GAP, look.HAIR, 0.35)
            at = body
            for row in self._rows:
                self._row(pen, plot, row, at)
                at += row.height + ROW_GAP
            self._lanes.draw_due(pen, plot, foot)
            self._axis(pen, plot, foot + self._lanes.due_height)

        return Atom(height, draw, gap=6.0)

    def _axis(self, pen: Pen, plot: Plot, top: float) -> None:
        pen.rule(plot.left, top, plot.right, top, look.QUIET, 0.7)
        for minute in plot.ticks:
            x = plot.x(minute)
            pen.rule(x, top, x, top + 3, look.QUIET, 0.7)
            wall = (self._sheet.started + timedelta(minutes=minute)).strftime("%H:%M")
            for text, y in ((elapsed(minute), top + 3), (wall, top + 12)):
                line = self._setter.one(text, look.TINY if text != wall else LABEL)
                pen.text(line, x - line.width / 2, y)
        for text, y in ((tr("elapsed"), top + 3), (tr("clock"), top + 12)):
            pen.text(self._setter.one(text, LABEL), plot.left - GUTTER_LEFT, y)

    def _row(self, pen: Pen, plot: Plot, row: Sign, top: float) -> None:
        values = [value for point in self._points for value in row.values(point)]
        bands = [band for band in self._sheet.bands if band.sign in row.bands]
        low = min([row.low, *(v - row.step // 5 for v in values)])
        high = max([row.high, *(v + row.step // 5 for v in values)])

        def y(value: float) -> float:
            return top + (high - value) / (high - low) * row.height

        bottom = top + row.height
        pen.rule(plot.left, top, plot.left, bottom, look.HAIR, 0.5)
        pen.text(self._setter.one(row.name, look.TINY_STRONG), plot.left - GUTTER_LEFT, top + row.height / 2 - 11)
        pen.text(self._setter.one(row.unit, LABEL), plot.left - GUTTER_LEFT, top + row.height / 2 - 1)
        for value in range(-(-low // row.step) * row.step, high + 1, row.step):
            pen.rule(plot.left, y(value), plot.right, y(value), look.HAIR, 0.35)
            tick = self._setter.one(str(value), LABEL)
            pen.text(tick, plot.left - 4 - tick.width, y(value) - tick.height / 2)
        self._band_lines(pen, plot, [band for band in bands if low <= band.value <= high], y)
        self._joins(pen, plot, row, y)
        self._gaps(pen, plot, row, bottom)
        self._dots(pen, plot, row, y)

    def _band_lines(self, pen: Pen, plot: Plot, bands: Sequence[BandLine], y: Callable[[float], float]) -> None:
        """Limits: dashes for amber, a whole line for red, each with its word at the right."""
        last = -100.0
        for band in sorted(bands, key=lambda b: -b.value):
            red = band.level == "red"
            colour = look.RED if red else look.AMBER
            pen.rule(plot.left, y(band.value), plot.right, y(band.value), colour, 0.5, () if red else (4, 3))
            line = self._setter.one(f"{band.value} {look.level_word(band.level)}", look.coloured(LABEL, colour))
            last = max(last + 8.2, y(band.value) - line.height / 2)
            pen.text(line, plot.right + 5, last)

    def _joins(self, pen: Pen, plot: Plot, row: Sign, y: Callable[[float], float]) -> None:
        """Thin lines between neighbours; none across a reading that was asked for and not had."""
        before: VitalsPoint | None = None
        for point in self._points:
            here = row.values(point)
            if not here:
                before = None if _asked(point, row.key) else before
                continue
            if before is not None:
                for old, new in zip(row.values(before), here, strict=True):
                    pen.rule(plot.x(before.minute), y(old), plot.x(point.minute), y(new), look.QUIET, 0.5)
            before = point

    def _gaps(self, pen: Pen, plot: Plot, row: Sign, bottom: float) -> None:
        for point in self._points:
            if not _asked(point, row.key):
                continue
            word = tr("refused") if point.status == "refused" else tr("failed")
            x = plot.x(point.minute)
            marker(pen, "gap", x, bottom - 6, look.INK)
            line = self._setter.one(word, LABEL)
            if not self._small:
                pen.text(line, plot.within(x + 5, line.width), bottom - 6 - line.height / 2)

    def _dots(self, pen: Pen, plot: Plot, row: Sign, y: Callable[[float], float]) -> None:
        taken: list[tuple[float, float, float, float]] = []
        for point in self._points:
            values = row.values(point)
            if not values:
                continue
            level = dict(point.levels).get(row.key, "")
            x = plot.x(point.minute)
            colour = _colour(level)
            if len(values) == 2:
                pen.rule(x, y(values[0]), x, y(values[1]), colour, 1.0)
            for value, shape in zip(values, ("dot", "ring"), strict=False):
                marker(pen, level or shape, x, y(value), colour)
            if level and not self._small:
                text = f"{'/'.join(str(v) for v in values)} {look.level_word(level)}"
                line = self._setter.one(text, look.level_ink(look.TINY, level))
                place = plot.within(x - line.width / 2, line.width)
                at = _free_place(taken, place, y(values[0]) - line.height - 3.5, line.width, line.height)
                taken.append((place, at, place + line.width, at + line.height))
                pen.box(place - 1.5, at + 1, line.width + 3, line.height - 2, fill=look.WHITE, radius=2)
                pen.text(line, place, at)


def _asked(point: VitalsPoint, key: str) -> bool:
    """Whether a set says that this sign was asked for and not had."""
    return point.status in ("refused", "failed") and (not point.signs or key in point.signs)


def _colour(level: str) -> Colour:
    return {"red": look.RED, "amber": look.AMBER}.get(level, look.INK)


def _free_place(
    taken: Iterable[tuple[float, float, float, float]], x: float, top: float, width: float, height: float
) -> float:
    """A top at which a label covers no other one: the wanted one, else the next free above it, else below."""
    boxes = list(taken)
    for shift in (0.0, -9.0, 9.0, -18.0, 18.0, -27.0, 27.0):
        at = top + shift
        over = (b for b in boxes if x < b[2] and b[0] < x + width and at < b[3] and b[1] < at + height)
        if next(over, None) is None:
            return at
    return top


def _span(sheet: Charted) -> tuple[int, int]:
    """The first and last minute to show: from the start or the first entry, to the end or the last one."""
    minutes = [p.minute for p in sheet.vitals] + [d.minute for d in sheet.doses] + [d.minute for d in sheet.due]
    last = max([30, *minutes, *([sheet.ended_minute] if sheet.ended_minute is not None else [])])
    return min([0, *minutes]), last
