"""Knows how the machine's power is told on the board: nothing on the mains, quiet words on battery, amber when low."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone

LOW = 20
"""Per cent at and below which the words turn amber."""


def power_words(charge: tuple[int, bool] | None) -> tuple[str, Tone]:
    """charge: per cent and whether on the mains, None without a battery; what is said of it, '' for nothing."""
    if charge is None or charge[1]:
        return "", Tone.PLAIN
    if charge[0] <= LOW:
        return tr("Battery {percent} %: plug in", percent=str(charge[0])), Tone.AMBER
    return tr("On battery, {percent} %", percent=str(charge[0])), Tone.PLAIN


class PowerLine(Painted):
    """A few words; hidden when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.tone = "", Tone.PLAIN
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_charge(self, charge: tuple[int, bool] | None) -> None:
        """Show what the machine says now; the same as before paints nothing."""
        told = power_words(charge)
        if told == (self.text, self.tone):
            return
        self.text, self.tone = told
        self.say(self.text)
        self.setVisible(bool(self.text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The words and, when low, their sign."""
        sizes = look().sizes
        wide = paint.width_of(self.text, sizes.caption) + sizes.icon_small + sizes.tight * 2
        return QSize(int(wide), max(int(paint.height_of(sizes.caption)) + 1, sizes.icon_small))

    def minimumSizeHint(self) -> QSize:
        """The same: these words are not shortened."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Sign and words."""
        now = look()
        ink, left = now.theme.ink.muted, 0.0
        if self.tone is Tone.AMBER:
            ink = now.theme.shade(self.tone).text
            side = float(now.sizes.icon_small)
            paint.icon(painter, "triangle-alert", QRectF(0, (self.height() - side) / 2, side, side), ink)
            left = side + now.sizes.hair
        paint.words(painter, QRectF(left, 0, self.width() - left, self.height()), self.text, now.sizes.caption, ink)
