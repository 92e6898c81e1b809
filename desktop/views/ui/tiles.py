"""Knows how the last vitals are shown: one tile each, with its age, and its level as icon, word and colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.facts import Table, TileFacts
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone

_SIGNS = {Tone.AMBER: "triangle-alert", Tone.RED: "octagon-alert"}


class VitalsTiles(Painted):
    """Heart rate, pressure, saturation and respiration as last read. No tile for what nobody takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, reachable=True)
        self._tiles: tuple[TileFacts, ...] = ()
        self._who = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tiles(self, who: str, tiles: tuple[TileFacts, ...]) -> None:
        """Show the last readings of a person."""
        self._who, self._tiles = who, tiles
        self.say(tr("Last vitals of {who}", who=who), "; ".join(tile.spoken for tile in tiles))
        self.update()

    def table(self) -> Table:
        """One row per vital sign."""
        headings = (tr("Reading"), tr("Figure"), tr("Level"), tr("Age"))
        rows = tuple((tile.label, f"{tile.value} {tile.unit}", tile.level, tile.age) for tile in self._tiles)
        return Table(tr("Last vitals of {who}", who=self._who), headings, rows)

    def sizeHint(self) -> QSize:
        """All tiles side by side."""
        sizes = look().sizes
        return QSize(sizes.target * 2 * max(1, len(self._tiles)), sizes.tile)

    def minimumSizeHint(self) -> QSize:
        """Tiles become narrower, never lower."""
        return QSize(look().sizes.target * max(1, len(self._tiles)), look().sizes.tile)

    def draw(self, painter: QPainter) -> None:
        """Paint the tiles, equally wide."""
        if not self._tiles:
            return
        gap, count = look().sizes.tight, len(self._tiles)
        wide = (self.width() - gap * (count - 1)) / count
        for at, tile in enumerate(self._tiles):
            self._draw_tile(painter, QRectF(at * (wide + gap), 0, wide, self.height()), tile)

    def _draw_tile(self, painter: QPainter, where: QRectF, tile: TileFacts) -> None:
        now = look()
        sizes, ink = now.sizes, now.theme.ink
        shade = now.theme.shade(tile.tone)
        raised = tile.tone in _SIGNS
        border = shade.border if raised or now.theme.outlined else None
        thick = sizes.stroke if raised else sizes.line
        paint.shape(painter, where, fill=shade.fill, border=border, radius=sizes.radius_small, line=thick)
        inner = where.adjusted(sizes.tight, sizes.hair, -sizes.tight, -sizes.hair)
        small, big = paint.height_of(sizes.caption), paint.height_of(sizes.figure)
        top = inner.top() + (inner.height() - 2 * small - big) / 2
        side = float(sizes.icon_small)
        value = shade.text if raised else ink.muted
        sign = _SIGNS.get(tile.tone, tile.icon)
        paint.icon(painter, sign, QRectF(inner.left(), top + (small - side) / 2, side, side), value)
        left = inner.left() + side + sizes.hair
        label = QRectF(left, top, inner.right() - left, small)
        used = paint.words(painter, label, tile.label, sizes.caption, ink.text, strong=True) + sizes.hair
        rest = QRectF(left + used, top, max(0.0, label.width() - used), small)
        if rest.width() >= paint.width_of(tile.unit, sizes.caption):
            paint.words(painter, rest, tile.unit, sizes.caption, ink.muted)
        size = paint.fitting(tile.value, sizes.figure, inner.width(), strong=True)
        figure = QRectF(inner.left(), top + small, inner.width(), big)
        paint.words(painter, figure, tile.value, size, shade.text if raised else ink.text, strong=True)
        foot = QRectF(inner.left(), top + small + big, inner.width(), small)
        if tile.level:
            whole = f"{tile.level} · {tile.age}"
            size = paint.fitting(whole, sizes.caption, foot.width(), strong=True, least=sizes.caption - 2)
            used = paint.words(painter, foot, tile.level, size, value, strong=True)
            foot = foot.adjusted(min(used, foot.width()), 0, 0, 0)
            # The age whole or not at all: half of one would be another.
            if paint.width_of(f" · {tile.age}", size) <= foot.width() + 1:
                paint.words(painter, foot, f" · {tile.age}", size, ink.muted)
        else:
            paint.words(painter, foot, tile.age, sizes.caption, ink.muted)
