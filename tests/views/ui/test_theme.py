"""Tokens: complete, readable in every theme, dark enough at night, and the only source of colours and sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from string import Template
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui import theme as tokens
from desktop.views.ui.look import look, palette, style_sheet
from desktop.views.ui.theme import (
    THEMES,
    BadTheme,
    Density,
    Tone,
    contrast,
    density_for,
    load_sizes,
    load_theme,
    luminance,
    pairs,
    parse_sizes,
    parse_theme,
)
from tests.views.ui import gallery
from tests.views.ui.conftest import ROOT, Dress

if TYPE_CHECKING:
    from desktop.services.ports import Resources

ENOUGH = 4.5


@pytest.mark.parametrize("name", THEMES)
def test_every_text_reaches_four_and_a_half_to_one_on_its_ground(name: str, resources: Resources) -> None:
    faint = [
        (use, round(contrast(text, ground), 2))
        for use, text, ground in pairs(load_theme(resources, name))
        if contrast(text, ground) < ENOUGH
    ]
    assert faint == []


@pytest.mark.parametrize("name", THEMES)
def test_what_must_be_seen_but_not_read_reaches_three_to_one(name: str, resources: Resources) -> None:
    of = load_theme(resources, name)
    seen = [of.ground.control_border, of.ink.focus, of.chart.done]
    seen += [of.shade(tone).border for tone in (Tone.A, Tone.B, Tone.AMBER, Tone.RED, Tone.ACCENT)]
    assert [colour for colour in seen if contrast(colour, of.ground.card) < 3] == []


@pytest.mark.parametrize("name", THEMES)
def test_the_partners_have_colours_of_their_own(name: str, resources: Resources) -> None:
    of = load_theme(resources, name)
    used = [of.a.text, of.b.text, of.accent.text, of.amber.text, of.red.text]
    assert len(set(used)) == len(used)


def test_contrast_is_what_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1)


def test_a_theme_that_lacks_a_colour_is_refused_by_name(resources: Resources) -> None:
    text = resources.text("themes/light.toml").replace("hover =", "hovver =")
    with pytest.raises(BadTheme, match=r"ground.*missing \['hover'\], unknown \['hovver'\]"):
        parse_theme("light", text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('window = "#f3f4f6"', 'window = "grey"'),
        ('window = "#f3f4f6"', "window = 3"),
        ("outlined = false", 'outlined = "no"'),
        ('label = "Light"', "label = 1"),
        ("[chart]", "[[chart]]"),
        ("[chart]", "[chart"),
        ("[chart]", "[charts]"),
    ],
)
def test_a_theme_with_a_wrong_value_is_refused(old: str, new: str, resources: Resources) -> None:
    text = resources.text("themes/light.toml")
    assert old in text
    with pytest.raises(BadTheme, match="light"):
        parse_theme("light", text.replace(old, new))


@pytest.mark.parametrize("new", ['gap = "8"', "gap = 0", "gap = true", "gasp = 8"])
def test_a_wrong_size_is_refused(new: str, resources: Resources) -> None:
    text = resources.text("themes/sizes.toml")
    with pytest.raises(BadTheme, match=r"sizes\.compact"):
        parse_sizes(re.sub(r"gap = 8\b", new, text), Density.COMPACT)


def test_sizes_that_are_no_toml_are_refused() -> None:
    with pytest.raises(BadTheme):
        parse_sizes("[compact", Density.COMPACT)


@pytest.mark.parametrize("density", list(Density))
def test_what_is_touched_is_at_least_forty_four_high(density: Density, resources: Resources) -> None:
    sizes = load_sizes(resources, density)
    assert sizes.target >= 44
    assert sizes.radius == 12


def test_windows_lower_than_eight_hundred_are_compact(resources: Resources) -> None:
    assert density_for(resources, 799) is Density.COMPACT
    assert density_for(resources, 800) is Density.COMFORTABLE


@pytest.mark.parametrize("name", THEMES)
def test_the_style_names_no_token_that_is_not_there(name: str, dress: Dress, resources: Resources) -> None:
    now = dress(name, Density.COMFORTABLE)
    template = resources.text("themes/app.qss.tmpl")
    assert "$" not in style_sheet(now, template)
    with pytest.raises(BadTheme, match="nowhere"):
        style_sheet(now, "QLabel { color: $nowhere; }")
    with pytest.raises(BadTheme):
        style_sheet(now, "QLabel { width: $ }")


def test_the_style_template_holds_no_colour_and_no_size_of_its_own(resources: Resources) -> None:
    template = resources.text("themes/app.qss.tmpl")
    bare = re.sub(r"letter-spacing: 1px|\$\{?\w+\}?(px)?", "", template)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\d+px", bare) == []
    assert Template(template).get_identifiers()


def test_no_screen_holds_a_colour_or_a_size_of_its_own() -> None:
    found = []
    for path in sorted((ROOT / "desktop" / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if re.fullmatch(r"#[0-9a-fA-F]{3,8}", text) and text != "#00000000":
                    found.append(f"{path.name}: {text}")
                if re.search(r"\d ?px\b", text) and "docs" not in text:
                    found.append(f"{path.name}: {text[:40]}")
            if isinstance(node, ast.Attribute) and node.attr == "GlobalColor" and path.name != "icons.py":
                found.append(f"{path.name}: GlobalColor")
    assert found == []


def test_every_token_is_used_somewhere(resources: Resources) -> None:
    template = set(Template(resources.text("themes/app.qss.tmpl")).get_identifiers())
    code = "".join(path.read_text("utf-8") for path in (ROOT / "desktop" / "views").rglob("*.py"))
    names = [name for name, _ in load_sizes(resources, Density.COMPACT).tokens()]
    assert [name for name in names if name not in template and f"sizes.{name}" not in code] == []


def brightness(widget: QWidget, size: QSize) -> float:
    """Mean relative luminance of a widget's picture."""
    widget.resize(size)
    widget.show()
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(picture)
    small = picture.convertToFormat(QImage.Format.Format_RGB888)
    # Counted by colour: a window has few of them.
    counts: dict[bytes, int] = {}
    line = small.bytesPerLine()
    data = bytes(small.constBits())
    for row in range(small.height()):
        begin = row * line
        for at in range(begin, begin + small.width() * 3, 3):
            pixel = data[at : at + 3]
            counts[pixel] = counts.get(pixel, 0) + 1
    total = sum(counts.values())
    return sum(count * luminance(f"#{pixel.hex()}") for pixel, count in counts.items()) / total


@pytest.mark.parametrize("page", [gallery.board, gallery.parts])
def test_at_night_a_full_window_is_almost_black(page: type[QWidget], dress: Dress, qtbot: QtBot) -> None:
    dress("night", Density.COMPACT)
    widget = page()
    qtbot.addWidget(widget)
    assert brightness(widget, QSize(1280, 740)) <= 0.01


def test_every_group_of_colours_is_reached_by_its_meaning(resources: Resources) -> None:
    of = load_theme(resources, "light")
    assert of.shade(Tone.PLAIN).text == of.ink.text
    assert of.shade(Tone.ACCENT).border == of.accent.border
    assert of.shade(Tone.A) == of.a
    assert of.shade(Tone.RED) == of.red


def test_before_a_theme_is_put_on_nothing_can_be_painted() -> None:
    asked = "from desktop.views.ui.look import look; look()"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "BadTheme: no theme" in done.stderr


def test_the_whole_program_changes_at_once(dress: Dress, qapp: QApplication, qtbot: QtBot) -> None:
    widget = gallery.board()
    qtbot.addWidget(widget)
    widget.resize(1366, 768)
    widget.show()
    light = widget.grab().toImage()
    dress("dark", Density.COMPACT)
    dark = widget.grab().toImage()
    dress("light", Density.COMPACT)
    assert dark != light
    assert widget.grab().toImage() == light
    assert qapp.palette() == palette(look().theme)


def test_the_names_of_the_themes_are_the_files(resources: Resources) -> None:
    files = {name.removesuffix(".toml") for name in resources.names("themes", ".toml")}
    assert files == {*tokens.THEMES, "sizes"}
