"""Knows the design tokens: colours by role and sizes by density, read from data and checked.

They are named tuples, which are made in a fifth of a dataclass's time: the unlock screen waits for them.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.domain.errors import HoldfastError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.services.ports import Resources

THEMES = ("light", "dark", "night")
_HEX = re.compile(r"#[0-9a-f]{6}")


class BadTheme(HoldfastError):
    """A theme file that cannot be used; says which key."""


class Tone(StrEnum):
    """The few meanings that a colour may carry, always beside a word or an icon."""

    PLAIN = "plain"
    ACCENT = "accent"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    A = "a"
    B = "b"


class Density(StrEnum):
    """How much room things take."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class Ground(NamedTuple):
    """What things lie on."""

    window: str
    card: str
    sunken: str
    hover: str
    border: str
    control_border: str


class Ink(NamedTuple):
    """What is read, and what shows where the keyboard is."""

    text: str
    muted: str
    focus: str
    selected: str
    selected_text: str


class Chart(NamedTuple):
    """Lines of the painted parts. `join` links two readings, `done` and `ahead` are a bar's past and future."""

    grid: str
    axis: str
    join: str
    done: str
    ahead: str


class Accent(NamedTuple):
    """The one primary action of a screen."""

    text: str
    fill: str
    on: str
    border: str
    pressed: str


class Shade(NamedTuple):
    """A meaning's text, and the ground and edge it stands on."""

    text: str
    fill: str
    border: str


class Theme(NamedTuple):
    """All colours of one theme, as `#rrggbb`. `outlined`: shapes are drawn as outlines, never filled."""

    name: str
    label: str
    outlined: bool
    ground: Ground
    ink: Ink
    chart: Chart
    accent: Accent
    amber: Shade
    red: Shade
    green: Shade
    a: Shade
    b: Shade

    def shade(self, tone: Tone) -> Shade:
        """The three colours of a meaning; PLAIN is ordinary text on sunken ground."""
        if tone is Tone.PLAIN:
            return Shade(self.ink.text, self.ground.sunken, self.ground.border)
        if tone is Tone.ACCENT:
            return Shade(self.accent.text, self.ground.card, self.accent.border)
        found: Shade = getattr(self, tone.value)
        return found

    def tokens(self) -> Iterator[tuple[str, str]]:
        """Every colour as (`group_key`, `#rrggbb`), for filling the style template."""
        for group, kind in _GROUPS.items():
            part = getattr(self, group)
            for key in kind._fields:
                yield f"{group}_{key}", getattr(part, key)


class Sizes(NamedTuple):
    """All sizes of one density, in device-independent pixels; the last six are text."""

    gap: int
    pad: int
    inner: int
    tight: int
    hair: int
    line: int
    stroke: int
    radius: int
    radius_small: int
    control: int
    target: int
    icon: int
    icon_small: int
    badge: int
    ring: int
    ring_stroke: int
    bar: int
    strip_edge: int
    dot: float
    strip: int
    row: int
    tile: int
    caption: int
    body: int
    lead: int
    title: int
    figure: int
    clock: int

    def tokens(self) -> Iterator[tuple[str, str]]:
        """Every size as (key, number), for filling the style template."""
        for key, size in zip(self._fields, self, strict=True):
            yield key, str(size)


_GROUPS: Mapping[str, type[Any]] = {
    "ground": Ground,
    "ink": Ink,
    "chart": Chart,
    "accent": Accent,
    "amber": Shade,
    "red": Shade,
    "green": Shade,
    "a": Shade,
    "b": Shade,
}


def load_theme(resources: Resources, name: str) -> Theme:
    """Read `themes/<name>.toml`. BadTheme when a key is missing, unknown or no colour."""
    return parse_theme(name, resources.text(f"themes/{name}.toml"))


def parse_theme(name: str, text: str) -> Theme:
    """The theme that a TOML text describes; every group must have exactly its keys."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTheme(f"theme {name}: {error}") from error
    _exact(f"theme {name}", raw, {"label", "outlined", *_GROUPS})
    if not isinstance(raw["label"], str) or not isinstance(raw["outlined"], bool):
        raise BadTheme(f"theme {name}: label must be words, outlined true or false")
    groups = {group: _group(f"theme {name}.{group}", kind, raw[group]) for group, kind in _GROUPS.items()}
    return Theme(name=name, label=raw["label"], outlined=raw["outlined"], **groups)


def _group(where: str, kind: type[Any], values: object) -> Any:
    if not isinstance(values, dict):
        raise BadTheme(f"{where}: must be a table")
    _exact(where, values, set(kind._fields))
    for key, value in values.items():
        if not isinstance(value, str) or not _HEX.fullmatch(value):
            raise BadTheme(f"{where}.{key}: must be a colour such as #0a1b2c")
    return kind(**values)


def load_sizes(resources: Resources, density: Density) -> Sizes:
    """Read one density of `themes/sizes.toml`. BadTheme when a size is missing, unknown or not above zero."""
    return parse_sizes(resources.text("themes/sizes.toml"), density)


def parse_sizes(text: str, density: Density) -> Sizes:
    """The sizes that a TOML text gives for a density."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTheme(f"sizes: {error}") from error
    _exact("sizes", raw, {"compact_below", *(each.value for each in Density)})
    values = raw[density.value]
    _exact(f"sizes.{density}", values, set(Sizes._fields))
    for key, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise BadTheme(f"sizes.{density}.{key}: must be a number above zero")
    return Sizes(**values)


def density_for(resources: Resources, height: int) -> Density:
    """The density for a window of this height."""
    below = tomllib.loads(resources.text("themes/sizes.toml"))["compact_below"]
    return Density.COMPACT if height < below else Density.COMFORTABLE


def _exact(where: str, found: Mapping[str, object], wanted: set[str]) -> None:
    missing, unknown = sorted(wanted - set(found)), sorted(set(found) - wanted)
    if missing or unknown:
        raise BadTheme(f"{where}: missing {missing}, unknown {unknown}")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(theme: Theme) -> tuple[tuple[str, str, str], ...]:
    """Every (use, text, ground) that the program puts together; all must reach 4.5:1."""
    ground, ink = theme.ground, theme.ink
    plain = [
        (f"{name} on {where}", colour, under)
        for name, colour in (("text", ink.text), ("muted", ink.muted), ("accent", theme.accent.text))
        for where, under in (("window", ground.window), ("card", ground.card), ("sunken", ground.sunken))
    ]
    plain += [("text on hover", ink.text, ground.hover), ("selected", ink.selected_text, ink.selected)]
    plain += [("muted on hover", ink.muted, ground.hover), ("axis", theme.chart.axis, ground.card)]
    plain += [("primary", theme.accent.on, theme.accent.fill)]
    plain += [("primary pressed", theme.accent.on, theme.accent.pressed)]
    for tone in (Tone.AMBER, Tone.RED, Tone.GREEN, Tone.A, Tone.B):
        shade = theme.shade(tone)
        plain += [(f"{tone} on its fill", shade.text, shade.fill), (f"text on {tone}", ink.text, shade.fill)]
        plain += [(f"muted on {tone}", ink.muted, shade.fill), (f"{tone} on hover", shade.text, ground.hover)]
        plain += [(f"{tone} on card", shade.text, ground.card), (f"{tone} on window", shade.text, ground.window)]
        plain += [(f"{tone} on sunken", shade.text, ground.sunken)]
    return tuple(plain)
