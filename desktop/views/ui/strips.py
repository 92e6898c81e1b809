"""Knows how readings are drawn over time: dots and thin joins for what was entered, gaps for what was not."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.facts import StripsFacts, Table
from desktop.views.ui.look import colour, look
from desktop.views.ui.painted import Painted
from desktop.views.ui.stripdraw import Room, draw_dose, draw_gaps, draw_grid, draw_labels, draw_readings, draw_times
from desktop.views.ui.theme import Tone

_TWO_LINES = 1.45
"""Pressure is two figures; its strip is this much higher than the others."""


class VitalsStrips(Painted):
    """Stacked small charts on one time axis. What was drawn is kept as a picture until something is entered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, reachable=True)
        self._facts = StripsFacts(Tone.PLAIN, "", 3600, ())
        self._now_s: int | None = None
        self._kept: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_strips(self, facts: StripsFacts) -> None:
        """Show the readings; calling again with nothing new but the time redraws only the line of now."""
        self._now_s = facts.now_s
        still = replace(facts, now_s=None)
        if still != self._facts:
            taller = len(still.strips) != len(self._facts.strips)
            self._facts, self._kept = still, None
            last = "; ".join(f"{strip.label} {strip.last}" for strip in still.strips if strip.last)
            self.say(tr("Readings of {who} over time", who=still.who), last)
            if taller:
                self.updateGeometry()
        self.update()

    def table(self) -> Table:
        """Every reading, gap and dose in order of time."""
        return self._facts.table()

    def restyled(self) -> None:
        """Draw anew in the new colours."""
        self._kept = None
        super().restyled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew at the new size."""
        self._kept = None
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """All strips at a good height."""
        sizes = look().sizes
        high = sum(sizes.strip * self._weight(at) for at in range(len(self._facts.strips)))
        return QSize(sizes.ring * 5, int(high + 2 * paint.height_of(sizes.caption)))

    def minimumSizeHint(self) -> QSize:
        """Half of that at least, so that dots can still be told apart."""
        sizes = look().sizes
        margins = 2 * paint.height_of(sizes.caption)
        return QSize(sizes.ring * 2, int((self.sizeHint().height() - margins) * 0.5 + margins))

    def draw(self, painter: QPainter) -> None:
        """The kept picture, then the line of now."""
        # The painter's, not the widget's: it may be drawing into a picture of another scale.
        ratio = painter.deviceTransform().m11()
        if self._kept is None or self._kept.devicePixelRatio() != ratio:
            self._kept = self._history(ratio)
        painter.drawPixmap(QPointF(0, 0), self._kept)
        rooms = self._rooms() if self._now_s is not None else ()
        if self._now_s is not None and rooms:
            at = rooms[0].x(self._now_s)
            top, bottom = QPointF(at, rooms[0].plot.top()), QPointF(at, rooms[-1].plot.bottom())
            paint.line(painter, top, bottom, look().theme.chart.join, look().sizes.line, Qt.PenStyle.DotLine)

    def _weight(self, at: int) -> float:
        strip = self._facts.strips[at]
        return _TWO_LINES if any(reading.low is not None for reading in strip.readings) else 1.0

    def _labels_wide(self, stacked: bool) -> float:
        """The room for the strips' names and last figures, above each other or side by side."""
        sizes, wides = look().sizes, [0.0]
        for strip in self._facts.strips:
            name = paint.width_of(strip.label, sizes.caption, strong=True)
            last = paint.width_of(strip.last, sizes.lead if stacked else sizes.body, strong=True)
            wides.append(max(name, last) if stacked else name + 2 * sizes.hair + last)
        return max(wides) + 1

    def _rooms(self) -> tuple[Room, ...]:
        """Where each strip stands: axis words at the left, name and last figure at the right."""
        sizes, facts = look().sizes, self._facts
        small = paint.height_of(sizes.caption)
        ends = [f"{end:g}" for strip in facts.strips for end in (strip.floor, strip.ceiling)]
        left = max((paint.width_of(end, sizes.caption) for end in ends), default=0.0) + sizes.tight
        count = self._fitting()
        total, free = self._share(count)
        stacked = bool(total) and free / total > small + paint.height_of(sizes.lead)
        right = self._labels_wide(stacked) + sizes.inner
        made, top = [], small + sizes.hair
        for at in range(count):
            high = max(1.0, free * self._weight(at) / total)
            plot = QRectF(left, top, max(1.0, self.width() - left - right), high)
            made.append(Room(facts.strips[at], plot, right, max(1, facts.until_s), stacked))
            top += high + sizes.tight
        return tuple(made)

    def _share(self, count: int) -> tuple[float, float]:
        """The first strips' weights in all, and the height that they have between them."""
        sizes = look().sizes
        total = sum(self._weight(at) for at in range(count))
        around = 2 * paint.height_of(sizes.caption) + sizes.hair + sizes.tight * max(0, count - 1)
        return total, self.height() - around

    def _fitting(self) -> int:
        """How many strips can be read in this height: lower ones are left out before all become a blur."""
        count, least = len(self._facts.strips), paint.height_of(look().sizes.caption) * 1.2
        while count > 1:
            total, free = self._share(count)
            if free / total >= least:
                break
            count -= 1
        return count

    def _history(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(colour("#00000000"))
        facts = self._facts
        if not facts.strips:
            return picture
        rooms = self._rooms()
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for room in rooms:
                draw_grid(painter, room)
            draw_times(painter, rooms[-1])
            edge = float("-inf")
            for dose in facts.doses:
                edge = draw_dose(painter, rooms[0], rooms[-1], dose, edge)
            said: set[float] = set()
            for room in rooms:
                draw_readings(painter, room, facts.seat)
                draw_gaps(painter, room, said)
                draw_labels(painter, room)
        return picture
