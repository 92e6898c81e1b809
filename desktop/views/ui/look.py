"""Knows the look in use: one theme at one density, put on the whole program at once."""

from __future__ import annotations

from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QPalette

from desktop.views.ui import fonts
from desktop.views.ui.theme import BadTheme, Density, Sizes, Theme, load_sizes, load_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.services.ports import Resources


_CELL_MARGIN = 3
STYLE = "fusion"
STYLE_KNOWN = "holdfast-style"
"""The property of a program that was begun with the style already."""


class Look(NamedTuple):
    """What painted parts ask for while they paint; `resources` finds the icons."""

    theme: Theme
    sizes: Sizes
    density: Density
    resources: Resources


class _Seam:
    """Holds the look in use; the only thing of this room that outlives a window."""

    def __init__(self) -> None:
        self.look: Look | None = None


_seam = _Seam()


def look() -> Look:
    """The look in use. BadTheme before apply_theme() was called."""
    if _seam.look is None:
        raise BadTheme("no theme was applied yet")
    return _seam.look


def apply_theme(app: QApplication, resources: Resources, theme: str, density: Density) -> Look:
    """Put a theme on the running program: style, palette, font and style sheet. Takes no restart.

    theme: one of theme.THEMES. Returns the look now in use. Windows repaint themselves.
    """
    new = Look(load_theme(resources, theme), load_sizes(resources, density), density, resources)
    _seam.look = new
    if not app.property(STYLE_KNOWN) and app.style().objectName() != STYLE and not app.styleSheet():
        app.setStyle(STYLE)
    app.setFont(fonts.base(new.sizes.body))
    app.setPalette(palette(new.theme))
    app.setStyleSheet(style_sheet(new, resources.text("themes/app.qss.tmpl")))
    return new


def style_sheet(of: Look, template: str) -> str:
    """The style template filled from tokens; a name that is no token raises BadTheme."""
    values = dict(of.theme.tokens())
    values.update(of.sizes.tokens())
    sizes = of.sizes
    # What Qt counts inside a border, so that a thicker focus border moves nothing.
    values["control_in"] = str(sizes.control - 2 * sizes.line)
    values["control_in_focus"] = str(sizes.control - 2 * sizes.stroke)
    values["target_in"] = str(sizes.target - 2 * sizes.line)
    values["target_in_focus"] = str(sizes.target - 2 * sizes.stroke)
    values["inner_focus"] = str(sizes.inner + sizes.line - sizes.stroke)
    values["pad_focus"] = str(sizes.pad + sizes.line - sizes.stroke)
    # A cell's words stand this much further in than its padding says, by Qt's own margin.
    values["head_in"] = str(sizes.tight + _CELL_MARGIN)
    values["family"] = fonts.FAMILY
    try:
        return Template(template).substitute(values)
    except (KeyError, ValueError) as error:
        raise BadTheme(f"style template: {error}") from error


@lru_cache(maxsize=256)
def colour(value: str) -> QColor:
    """A token's colour for painting; shared, so never change it."""
    return QColor(value)


def palette(theme: Theme) -> QPalette:
    """Fusion's palette for what the style template does not reach: ticks, carets, selections."""
    made = QPalette()
    roles = QPalette.ColorRole
    ground, ink = theme.ground, theme.ink
    for role, value in (
        (roles.Window, ground.window),
        (roles.WindowText, ink.text),
        (roles.Base, ground.card),
        (roles.AlternateBase, ground.sunken),
        (roles.Text, ink.text),
        (roles.PlaceholderText, ink.muted),
        (roles.Button, ground.card),
        (roles.ButtonText, ink.text),
        (roles.BrightText, theme.red.text),
        (roles.Highlight, ink.selected),
        (roles.HighlightedText, ink.selected_text),
        (roles.Accent, theme.accent.border),
        (roles.Link, theme.accent.text),
        (roles.LinkVisited, theme.accent.text),
        (roles.ToolTipBase, ground.card),
        (roles.ToolTipText, ink.text),
        (roles.Light, ground.hover),
        (roles.Midlight, ground.hover),
        (roles.Mid, ground.border),
        (roles.Dark, ground.control_border),
        (roles.Shadow, ground.border),
    ):
        made.setColor(role, colour(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour(ink.muted))
    return made
