"""Knows the row of a group: every couple in two lines, to be read from afar, and pressed to be opened."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.board.shown import GlanceCouple, GlancePerson
from desktop.views.ui import paint
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.seats import draw_badge
from desktop.views.ui.theme import Tone

_SIGNS = {Tone.AMBER: "triangle-alert", Tone.RED: "octagon-alert"}


class Glance(Painted):
    """chosen(number): a couple was pressed."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._couples: tuple[GlanceCouple, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_couples(self, couples: tuple[GlanceCouple, ...]) -> None:
        """Show every couple; nothing where the session is no group."""
        if couples == self._couples:
            return
        self._couples = couples
        self.setVisible(bool(couples))
        # The seconds are left out, so that a ticking clock does not chatter.
        everyone = (one for couple in couples for one in couple.people)
        parts = (f"{one.letter} {one.name}: {one.next.rpartition(':')[0] or one.next}" for one in everyone)
        self.say(tr("The group"), "; ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines, and never lower than a thumb."""
        sizes = look().sizes
        return QSize(sizes.ring * 6, max(sizes.target, int(2 * paint.height_of(sizes.body)) + 3 * sizes.tight))

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(look().sizes.ring * 4, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the couple that was pressed."""
        for couple, area in zip(self._couples, self._areas(), strict=True):
            if area.contains(event.position()):
                self.chosen.emit(couple.number)

    def _areas(self) -> list[QRectF]:
        gap = look().sizes.tight
        count = max(1, len(self._couples))
        wide = (self.width() - gap * (count - 1)) / count
        return [QRectF(at * (wide + gap), 0, wide, self.height()) for at in range(len(self._couples))]

    def draw(self, painter: QPainter) -> None:
        """A box for each couple; the opened one is edged."""
        now = look()
        for couple, area in zip(self._couples, self._areas(), strict=True):
            border = now.theme.accent.border if couple.opened else now.theme.ground.border
            fill = now.theme.ink.selected if couple.opened else now.theme.ground.card
            paint.shape(painter, area, fill=fill, border=border, radius=now.sizes.radius_small)
            high = (area.height() - 2 * now.sizes.tight) / 2
            for at, one in enumerate(couple.people[:2]):
                top = area.top() + now.sizes.tight + at * high
                inside = QRectF(area.left() + now.sizes.tight, top, area.width() - 2 * now.sizes.tight, high)
                _line(painter, inside, one)


def _line(painter: QPainter, area: QRectF, one: GlancePerson) -> None:
    """Badge, first name, own clock, what is next."""
    now = look()
    sizes = now.sizes
    side = min(area.height(), float(paint.height_of(sizes.body)))
    draw_badge(painter, QRectF(area.left(), area.top() + (area.height() - side) / 2, side, side), one.letter, one.seat)
    left = area.left() + side + sizes.tight
    value = now.theme.ink.text
    if one.tone in _SIGNS:
        value = now.theme.shade(one.tone).text
        icon = float(sizes.icon_small)
        place = QRectF(left, area.top() + (area.height() - icon) / 2, icon, icon)
        paint.icon(painter, _SIGNS[one.tone], place, value)
        left += icon + sizes.hair
    text = " \u00b7 ".join(part for part in (one.name, one.clock, one.next) if part)
    room = QRectF(left, area.top(), area.right() - left, area.height())
    size = paint.fitting(text, sizes.body, room.width(), strong=True, least=sizes.caption)
    paint.words(painter, room, text, size, value, strong=True)
