"""Knows how the painted parts draw: text by role, icons, rounded shapes, the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen

from desktop.views.ui import fonts, icons
from desktop.views.ui.look import colour, look

Align = Qt.AlignmentFlag
LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter
CENTRE = Align.AlignCenter


def font_metrics(pixels: int, *, strong: bool = False) -> QFontMetricsF:
    """Measures of painted text."""
    return QFontMetricsF(fonts.sized(pixels, strong=strong))


def width_of(words: str, pixels: int, *, strong: bool = False) -> float:
    """How wide painted text becomes."""
    return font_metrics(pixels, strong=strong).horizontalAdvance(words)


def height_of(pixels: int, *, strong: bool = False) -> float:
    """How high a line of painted text is."""
    return font_metrics(pixels, strong=strong).height()


def words(
    painter: QPainter,
    where: QRectF,
    text: str,
    pixels: int,
    value: str,
    *,
    strong: bool = False,
    align: Qt.AlignmentFlag = LEFT,
    struck: bool = False,
) -> float:
    """Paint one line of text, shortened with an ellipsis when it does not fit; returns its width."""
    font = fonts.sized(pixels, strong=strong)
    if struck:
        font = QFont(font)
        font.setStrikeOut(True)
    metrics = QFontMetricsF(font)
    # A hair of tolerance: what was measured to fit exactly must never be shortened by rounding.
    shown = text
    if metrics.horizontalAdvance(text) > where.width() + 1:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.setFont(font)
    painter.setPen(colour(value))
    painter.drawText(where, align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, shown)
    return metrics.horizontalAdvance(shown)


def fitting(text: str, pixels: int, room: float, *, strong: bool = False, least: int = 9) -> int:
    """The largest size up to `pixels` at which `text` fits into `room`, but not below `least`."""
    wide = width_of(text, pixels, strong=strong)
    return pixels if wide <= room or wide == 0 else max(least, int(pixels * room / wide))


def icon(painter: QPainter, name: str, where: QRectF, value: str) -> None:
    """Paint an icon in a colour of the theme."""
    icons.draw(painter, name, where, value)


def shape(
    painter: QPainter,
    where: QRectF,
    *,
    fill: str | None = None,
    border: str | None = None,
    radius: float = 0,
    line: float | None = None,
) -> None:
    """Paint a rounded rectangle; the border lies inside `where`. In an outlined theme fills are the near-black ones."""
    thick = (look().sizes.line if line is None else line) if border else 0
    painter.setPen(QPen(colour(border), thick) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour(fill)) if fill else Qt.BrushStyle.NoBrush)
    inset = thick / 2
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), radius, radius)


def line(
    painter: QPainter,
    start: QPointF,
    end: QPointF,
    value: str,
    thick: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """Paint a straight line."""
    pen = QPen(colour(value), thick, style)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(start, end))


def focus_ring(painter: QPainter, where: QRectF, radius: float) -> None:
    """Show where the keyboard is."""
    sizes, ink = look().sizes, look().theme.ink
    shape(painter, where, border=ink.focus, radius=radius, line=sizes.stroke)
