"""Knows the strokes of one vitals strip: grid, bands, dots, joins, gaps, doses, labels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from desktop.views.ui import paint
from desktop.views.ui.facts import DoseMark, Reading, Strip, minute_text
from desktop.views.ui.look import colour, look
from desktop.views.ui.theme import Tone

_HALF_HOUR = 1800
_TICKS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Room:
    """Where a strip is drawn. right: the width kept for its name and last figure; until_s: the end of the axis.

    stacked: whether there is room for the name above the figure.
    """

    strip: Strip
    plot: QRectF
    right: float
    until_s: int
    stacked: bool

    def x(self, at_s: float) -> float:
        """Where an instant lies."""
        return self.plot.left() + self.plot.width() * max(0.0, min(1.0, at_s / self.until_s))

    def y(self, value: float) -> float:
        """Where a figure lies; one beyond the axis lies on its edge."""
        span = self.strip.ceiling - self.strip.floor
        share = (value - self.strip.floor) / span if span else 0.0
        return self.plot.bottom() - self.plot.height() * max(0.0, min(1.0, share))


def ticks(until_s: int) -> tuple[int, ...]:
    """The instants that the time axis names: every half hour, or wider when that would crowd."""
    step = _HALF_HOUR
    while until_s / step > _TICKS_AT_MOST:
        step *= 2
    return tuple(range(0, until_s + 1, step))


def draw_grid(painter: QPainter, room: Room) -> None:
    """Floor, ceiling and half hours as hairlines; bands dashed in their colour with their figure."""
    now = look()
    sizes, chart, plot = now.sizes, now.theme.chart, room.plot
    for at in ticks(room.until_s):
        top, bottom = QPointF(room.x(at), plot.top()), QPointF(room.x(at), plot.bottom())
        paint.line(painter, top, bottom, chart.grid, sizes.line)
    small = paint.height_of(sizes.caption)
    _draw_ends(painter, room, small)
    bands = sorted(room.strip.bands, key=lambda each: each.value)
    for band in bands:
        start, end = QPointF(plot.left(), room.y(band.value)), QPointF(plot.right(), room.y(band.value))
        paint.line(painter, start, end, now.theme.shade(band.tone).border, sizes.line, Qt.PenStyle.DashLine)
    edge, beside = float("inf"), 0.0
    for band in bands:
        level, wide = room.y(band.value), paint.width_of(band.label, sizes.caption) + 2 * sizes.hair
        # A figure that would lie on the one below it stands left of it; one outside the strip is left out.
        beside = beside + wide if level + small / 2 > edge else 0.0
        if band.label and plot.top() <= level - small / 2 + sizes.tight:
            where = QRectF(plot.right() - wide - beside - sizes.hair, level - small / 2, wide, small)
            paint.shape(painter, where, fill=now.theme.ground.card, radius=sizes.hair)
            paint.words(painter, where, band.label, sizes.caption, now.theme.shade(band.tone).text, align=paint.CENTRE)
            edge = level - small / 2


def _draw_ends(painter: QPainter, room: Room, small: float) -> None:
    sizes, chart, plot = look().sizes, look().theme.chart, room.plot
    for end in (room.strip.floor, room.strip.ceiling):
        level = room.y(end)
        paint.line(painter, QPointF(plot.left(), level), QPointF(plot.right(), level), chart.grid, sizes.line)
        if end == room.strip.floor and plot.height() < 2 * small - 2 * sizes.hair:
            continue  # No room for both figures: the upper one stands alone.
        # The words of both ends stay inside the strip, so that neighbours never collide.
        high = min(max(level - small / 2, plot.top() - sizes.hair), plot.bottom() - small + sizes.hair)
        where = QRectF(0, high, plot.left() - sizes.tight, small)
        paint.words(painter, where, f"{end:g}", sizes.caption, chart.axis, align=paint.RIGHT)


def draw_times(painter: QPainter, room: Room) -> None:
    """Hours and minutes under the lowest strip."""
    sizes, plot = look().sizes, room.plot
    small = paint.height_of(sizes.caption)
    for at in ticks(room.until_s):
        wide = paint.width_of(minute_text(at), sizes.caption) + sizes.tight
        where = QRectF(room.x(at) - wide / 2, plot.bottom() + sizes.hair, wide, small)
        paint.words(painter, where, minute_text(at), sizes.caption, look().theme.chart.axis, align=paint.CENTRE)


def draw_dose(painter: QPainter, first: Room, last: Room, dose: DoseMark, edge: float) -> float:
    """A line through all strips with its words on top; words that would touch the ones before are left out.

    edge: where the words before ended. Returns where these end.
    """
    now = look()
    sizes, ink = now.sizes, now.theme.ink
    at = first.x(dose.at_s)
    paint.line(painter, QPointF(at, first.plot.top()), QPointF(at, last.plot.bottom()), ink.muted, sizes.line)
    small = paint.height_of(sizes.caption)
    wide = paint.width_of(dose.label, sizes.caption, strong=True) + sizes.hair
    left = min(max(first.plot.left(), at - wide / 2), first.plot.right() - wide)
    if left < edge + sizes.tight:
        return edge
    where = QRectF(left, first.plot.top() - sizes.hair - small, wide, small)
    paint.words(painter, where, dose.label, sizes.caption, ink.text, strong=True, align=paint.CENTRE)
    return left + wide


def draw_readings(painter: QPainter, room: Room, seat: Tone) -> None:
    """Thin joins between neighbours that no gap parts, then the dots."""
    now = look()
    sizes, chart = now.sizes, now.theme.chart
    readings = sorted(room.strip.readings, key=lambda reading: reading.at_s)
    breaks = [gap.at_s for gap in room.strip.gaps]
    for one, two in pairwise(readings):
        if any(one.at_s < at <= two.at_s for at in breaks):
            continue
        _join(painter, room, one, two)
    for reading in readings:
        at = room.x(reading.at_s)
        if reading.low is not None:
            top, bottom = QPointF(at, room.y(reading.value)), QPointF(at, room.y(reading.low))
            paint.line(painter, top, bottom, chart.join, sizes.line)
            _dot(painter, QPointF(at, room.y(reading.low)), seat, reading.tone)
        _dot(painter, QPointF(at, room.y(reading.value)), seat, reading.tone)


def _join(painter: QPainter, room: Room, one: Reading, two: Reading) -> None:
    chart, thin = look().theme.chart, look().sizes.line
    start, end = QPointF(room.x(one.at_s), room.y(one.value)), QPointF(room.x(two.at_s), room.y(two.value))
    paint.line(painter, start, end, chart.join, thin)
    if one.low is not None and two.low is not None:
        start, end = QPointF(room.x(one.at_s), room.y(one.low)), QPointF(room.x(two.at_s), room.y(two.low))
        paint.line(painter, start, end, chart.join, thin)


def _dot(painter: QPainter, at: QPointF, seat: Tone, tone: Tone) -> None:
    """A round dot; amber is a triangle and red a square, so that no level is colour alone."""
    now = look()
    radius = now.sizes.dot
    if tone in {Tone.AMBER, Tone.RED}:
        value = colour(now.theme.shade(tone).border)
        radius *= 1.5
    else:
        value = colour(now.theme.shade(seat).border)
    painter.setPen(QPen(colour(now.theme.ground.card), now.sizes.line))
    painter.setBrush(QBrush(value))
    if tone is Tone.AMBER:
        corners = [QPointF(0, -radius), QPointF(radius, radius * 0.8), QPointF(-radius, radius * 0.8)]
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    elif tone is Tone.RED:
        painter.drawRect(QRectF(at.x() - radius * 0.85, at.y() - radius * 0.85, radius * 1.7, radius * 1.7))
    else:
        painter.drawEllipse(at, radius, radius)


def draw_gaps(painter: QPainter, room: Room, said: set[float]) -> None:
    """A reading that was due and not taken: its sign, with the reason where there is room.

    said: the instants whose reason stands in a strip above; this strip's are added. It is never written over readings.
    """
    now = look()
    sizes, ink = now.sizes, now.theme.ink
    side, small, middle = float(sizes.icon_small), paint.height_of(sizes.caption), room.plot.center().y()
    if room.strip.readings and room.plot.height() >= 3 * small:
        # Beside the joins, not on them: in the half of the strip that the readings leave free.
        mean = sum(room.y(reading.value) for reading in room.strip.readings) / len(room.strip.readings)
        low = mean < middle
        middle = room.plot.bottom() - small / 2 if low else room.plot.top() + small / 2
    edge = float("-inf")
    for gap in sorted(room.strip.gaps, key=lambda each: each.at_s):
        left = max(room.plot.left(), room.x(gap.at_s) - side / 2)
        paint.icon(painter, "ban", QRectF(left, middle - side / 2, side, side), ink.muted)
        wide = paint.width_of(gap.reason, sizes.caption)
        start = left + side + sizes.hair
        fits = start > edge and start + wide <= room.plot.right()
        if not fits or gap.at_s in said or room.plot.height() < 3 * small:
            continue
        where = QRectF(start, middle - small / 2, wide + 1, small)
        paint.words(painter, where, gap.reason, sizes.caption, ink.muted)
        edge = start + wide
        said.add(gap.at_s)


def draw_labels(painter: QPainter, room: Room) -> None:
    """The strip's name and its last figure, the same that the tile shows."""
    sizes, ink, plot = look().sizes, look().theme.ink, room.plot
    small, big = paint.height_of(sizes.caption), paint.height_of(sizes.lead)
    left, wide = plot.right() + sizes.inner, room.right - sizes.inner
    if not room.stacked:
        line = QRectF(left, plot.center().y() - big / 2, wide, big)
        used = paint.words(painter, line, room.strip.label, sizes.caption, ink.muted, strong=True)
        rest = line.adjusted(used + sizes.hair, 0, 0, 0)
        paint.words(painter, rest, room.strip.last, sizes.body, ink.text, strong=True, align=paint.RIGHT)
        return
    top = plot.center().y() - (small + big) / 2
    paint.words(painter, QRectF(left, top, wide, small), room.strip.label, sizes.caption, ink.muted, strong=True)
    paint.words(painter, QRectF(left, top + small, wide, big), room.strip.last, sizes.lead, ink.text, strong=True)
