"""Knows how the breath is painted: a circle that grows with `in` and shrinks with `out`, and how long is left."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.breath import Breath
from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.look import colour, look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import every

FRAME_MS = 80
_APART_MS = 1500
"""From how far apart on the painted breath follows the session's clock at once."""
_LEAST = 0.45


class BreathView(Painted):
    """The pacer. The session's clock leads; between its seconds a timer only moves the circle. It says nothing loud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._breath: Breath | None = None
        self._ms = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.timer = every(FRAME_MS, self, self._frame)
        self.timer.stop()

    def show_breath(self, breath: Breath, ms: int | None) -> None:
        """Show a breath that has lasted so long; None: there is none."""
        self._breath = breath
        over = ms is None or ms >= breath.ms
        self.setVisible(ms is not None)
        if ms is None:
            self.timer.stop()
            self._ms = 0
            return
        if over or not self.timer.isActive() or abs(ms - self._ms) > _APART_MS:
            self._ms = min(ms, breath.ms)
        if over:
            self.timer.stop()
        elif not self.timer.isActive():
            self.timer.start()
        self.say(tr("Breathe together"), self.words()[1])
        self.update()

    def words(self) -> tuple[str, str]:
        """`in` or `out`, and how long is left."""
        if self._breath is None:
            return "", ""
        if self._ms >= self._breath.ms:
            return tr("go on"), ""
        into, _ = self._breath.at(self._ms)
        return (tr("in") if into else tr("out")), tr("{s} s", s=-(-(self._breath.ms - self._ms) // 1000))

    def sizeHint(self) -> QSize:
        """A circle as high as the ring of what is due."""
        side = int(look().sizes.ring * 1.15)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The quiet ring of a full breath, the circle, one word, the seconds that are left."""
        if self._breath is None:
            return
        now = look()
        sizes, theme = now.sizes, now.theme
        middle = QPointF(self.width() / 2, self.height() / 2)
        most = min(self.width(), self.height()) / 2 - sizes.stroke
        full = 1.0 if self._ms >= self._breath.ms else self._breath.at(self._ms)[1]
        painter.setPen(QPen(colour(theme.ground.border), sizes.line))
        painter.setBrush(QBrush())
        painter.drawEllipse(middle, most, most)
        shade = theme.shade(Tone.ACCENT)
        radius = most * (_LEAST + (1 - _LEAST) * full)
        painter.setPen(QPen(colour(shade.border), sizes.stroke))
        painter.setBrush(QBrush(colour(theme.ground.sunken)))
        painter.drawEllipse(middle, radius, radius)
        word, left = self.words()
        high, small = paint.height_of(sizes.lead, strong=True), paint.height_of(sizes.caption)
        top = middle.y() - (high + (small if left else 0)) / 2
        wide = float(self.width())
        paint.words(painter, QRectF(0, top, wide, high), word, sizes.lead, theme.ink.text, strong=True,
                    align=paint.CENTRE)
        paint.words(painter, QRectF(0, top + high, wide, small), left, sizes.caption, theme.ink.muted,
                    align=paint.CENTRE)

    def _frame(self) -> None:
        """A little later: only the circle moves."""
        if self._breath is None or not self.isVisible():
            self.timer.stop()
            return
        self._ms = min(self._ms + FRAME_MS, self._breath.ms)
        if self._ms >= self._breath.ms:
            self.timer.stop()
        self.update()
