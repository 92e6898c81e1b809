"""Knows the icons: outlines from data, tinted with the theme's colours."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

# Besides what the screens have now: a picture to shrink from, for a screen that is plugged in later.
_LARGEST = 3.0
_KEPT = 400


@lru_cache(maxsize=_KEPT)
def _source(resources: Any, name: str) -> str:
    """An icon's outline; read from disk once, not at every painting."""
    return str(resources.text(f"icons/{name}.svg"))


def _outline(name: str) -> str:
    # A protocol is not known to be hashable; every instance of it is.
    resources: Any = look().resources
    return _source(resources, name)


@lru_cache(maxsize=_KEPT)
def _tinted(source: str, value: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(source.replace("currentColor", value).encode()))


@lru_cache(maxsize=_KEPT)
def _drawn(source: str, value: str, pixels: int, after: int, ratios: frozenset[float]) -> QIcon:
    made = QIcon()
    for ratio in sorted(ratios | {_LARGEST}):
        side = round(pixels * ratio)
        picture = QPixmap(QSize(side + round(after * ratio), side))
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            _tinted(source, value).render(painter, QRectF(0, 0, side, side))
        picture.setDevicePixelRatio(ratio)
        made.addPixmap(picture)
        made.addPixmap(picture, QIcon.Mode.Disabled)
        made.addPixmap(picture, QIcon.Mode.Selected)
    return made


def draw(painter: QPainter, name: str, where: QRectF, value: str) -> None:
    """Paint icon `name` into a square in colour `value` (`#rrggbb`), sharp at every scale."""
    _tinted(_outline(name), value).render(painter, where)


def icon(name: str, tone: Tone | str = Tone.PLAIN, pixels: int | None = None, after: int = 0) -> QIcon:
    """Icon `name` for a button. tone: a meaning, or a colour `#rrggbb` of the theme.

    pixels: its side, by default the icon size. after: free room at its right, before a button's words.
    """
    now = look()
    value = now.theme.shade(tone).text if isinstance(tone, Tone) else tone
    ratios = frozenset(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    return _drawn(_outline(name), value, pixels or now.sizes.icon, after, ratios)
