"""Knows how time is shown large: the session's clock, and the ring of what is due next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.facts import ClockFacts, DueFacts, clock_text
from desktop.views.ui.look import colour, look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone

_WIDEST = "00:00:00"
# Qt counts angles in sixteenths of a degree, from three o'clock, against the clock.
_TOP = 90 * 16
_FULL = 360 * 16


class SessionClock(Painted):
    """The time since the session began, in the largest digits there are. It never pauses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = ClockFacts("", None)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_time(self, facts: ClockFacts) -> None:
        """Show the elapsed time; the words for a screen reader change once a minute."""
        self._facts = facts
        if facts.seconds is None:
            spoken = tr("{caption}, not begun", caption=facts.caption)
        else:
            hours, minutes = facts.seconds // 3600, facts.seconds // 60 % 60
            spoken = tr("{caption}, {h} h {m} min elapsed", caption=facts.caption, h=hours, m=minutes)
        self.say(spoken, facts.note)
        self.update()

    def sizeHint(self) -> QSize:
        """The caption over the digits."""
        sizes = look().sizes
        words = f"{self._facts.caption} · {self._facts.note}" if self._facts.note else self._facts.caption
        wide = max(paint.width_of(_WIDEST, sizes.clock, strong=True), paint.width_of(words, sizes.caption, strong=True))
        return QSize(int(wide) + sizes.tight, int(paint.height_of(sizes.caption) + self._digits_high()))

    def minimumSizeHint(self) -> QSize:
        """The clock is never cut."""
        return self.sizeHint()

    def _digits_high(self) -> float:
        # Digits have no descenders: less than a line's height, so that the card stays low.
        return look().sizes.clock * 1.02

    def draw(self, painter: QPainter) -> None:
        """Paint caption and digits."""
        sizes, ink = look().sizes, look().theme.ink
        facts = self._facts
        first = paint.height_of(sizes.caption)
        caption = f"{facts.caption} · {facts.note}" if facts.note else facts.caption
        paint.words(
            painter, QRectF(0, 0, self.width(), first), caption, sizes.caption, ink.muted, strong=True
        )
        digits = clock_text(facts.seconds) if facts.seconds is not None else "–:––:––"
        below = QRectF(0, first, self.width(), self.height() - first)
        paint.words(painter, below, digits, sizes.clock, ink.text, strong=True)


class DueRing(Painted):
    """Minutes until the next item is due, or how late it is; what and how stand beside it in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = DueFacts("", "", None)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_due(self, facts: DueFacts) -> None:
        """Show what is due next; the words for a screen reader change once a minute."""
        wider = (facts.what, facts.word) != (self._facts.what, self._facts.word)
        self._facts = facts
        minutes = "" if facts.seconds is None else tr("{count} min", count=abs(facts.seconds) // 60)
        self.say(" ".join(part for part in (facts.what, facts.word, minutes) if part))
        if wider:
            self.updateGeometry()
        self.update()

    def _words_wide(self) -> float:
        sizes, facts = look().sizes, self._facts
        return max(paint.width_of(facts.what, sizes.body, strong=True), paint.width_of(facts.word, sizes.caption))

    def sizeHint(self) -> QSize:
        """The words and the ring."""
        sizes = look().sizes
        return QSize(int(self._words_wide() + sizes.tight + sizes.ring) + 1, sizes.ring)

    def minimumSizeHint(self) -> QSize:
        """The ring is never cut."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The words right-aligned beside the ring, the figure in it."""
        now, facts = look(), self._facts
        sizes, ink = now.sizes, now.theme.ink
        shade = now.theme.shade(facts.tone)
        side, thick = float(sizes.ring), float(sizes.ring_stroke)
        ring = QRectF(self.width() - side, (self.height() - side) / 2, side, side)
        inset = thick / 2 + sizes.line
        arc = ring.adjusted(inset, inset, -inset, -inset)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(now.theme.chart.ahead), thick))
        painter.drawEllipse(arc)
        share = self._share()
        if share > 0:
            painter.setPen(QPen(colour(shade.border), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(arc, _TOP, -round(_FULL * share))
        room = side - 2 * thick - 3 * sizes.hair
        size = paint.fitting(facts.figure, sizes.lead, room, strong=True)
        value = shade.text if facts.tone in {Tone.AMBER, Tone.RED} else ink.text
        paint.words(painter, ring, facts.figure, size, value, strong=True, align=paint.CENTRE)
        wide = self.width() - side - sizes.tight
        first, second = paint.height_of(sizes.body), paint.height_of(sizes.caption)
        top = (self.height() - first - second) / 2
        what = QRectF(0, top, wide, first)
        paint.words(painter, what, facts.what, sizes.body, ink.text, strong=True, align=paint.RIGHT)
        word = QRectF(0, top + first, wide, second)
        value = shade.text if facts.tone in {Tone.AMBER, Tone.RED} else ink.muted
        paint.words(painter, word, facts.word, sizes.caption, value, align=paint.RIGHT)

    def _share(self) -> float:
        """How much of the ring is filled: all of it once due."""
        facts = self._facts
        if facts.seconds is None:
            return 0.0
        return 1 - max(0.0, min(1.0, facts.seconds / facts.span_s))
