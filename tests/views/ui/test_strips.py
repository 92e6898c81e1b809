"""Vitals strips: dots where something was read, gaps where it was not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from desktop.views.ui.facts import (
    Gap,
    Reading,
    Strip,
    StripsFacts,
)
from desktop.views.ui.look import look
from desktop.views.ui.stripdraw import Room, draw_gaps, ticks
from desktop.views.ui.strips import VitalsStrips
from desktop.views.ui.theme import Density, Tone
from tests.views.ui import gallery
from tests.views.ui.conftest import Dress
from tests.views.ui.hands import holds, shown


def strip(*gaps: Gap) -> StripsFacts:
    """Two level readings, parted by gaps."""
    readings = (Reading(600, 80), Reading(3000, 80))
    return StripsFacts(Tone.A, "A", 3600, (Strip("hr", "HR", "/min", 40, 120, readings, gaps, (), "80"),))


def test_two_readings_are_joined_and_a_gap_between_them_parts_them(qtbot: QtBot) -> None:
    def joined(facts: StripsFacts) -> bool:
        strips = VitalsStrips()
        strips.show_strips(facts)
        picture = shown(qtbot, strips)
        # Between the half hour's hairline and the second dot, where nothing else is drawn.
        across, card = int(picture.width() * 0.62), QColor(look().theme.ground.card).rgb()
        middle = range(int(picture.height() * 0.3), int(picture.height() * 0.7))
        return any(picture.pixel(across, y) != card for y in middle)

    assert joined(strip())
    assert not joined(strip(Gap(1800, "refused")))


def test_strips_show_dots_only_where_something_was_read(qtbot: QtBot) -> None:
    strips = VitalsStrips()
    strips.show_strips(strip())
    picture = shown(qtbot, strips)
    dot = QColor(look().theme.a.border).rgb()
    columns = {x for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) == dot}
    assert 4 <= len(columns) < 20


def test_strips_say_every_reading_gap_and_dose_in_a_table() -> None:
    rows = gallery.STRIPS_A.table().rows
    assert ("0:58", "BP", "–", "refused: asleep") in rows
    assert ("0:12", "Dose", "100 mg", "") in rows
    assert ("1:33", "BP", "126/82 mmHg", "") in rows
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_strips_say_the_same_last_figures_as_the_tiles(qtbot: QtBot) -> None:
    strips = VitalsStrips()
    qtbot.addWidget(strips)
    strips.show_strips(gallery.STRIPS_B)
    assert strips.accessibleDescription() == "BP 164/98; HR 118; SpO₂ 91"


def test_time_alone_redraws_no_history(qtbot: QtBot) -> None:
    strips = VitalsStrips()
    strips.show_strips(gallery.STRIPS_A)
    shown(qtbot, strips)
    kept = strips._kept
    strips.show_strips(replace(gallery.STRIPS_A, now_s=6500))
    strips.grab()
    assert strips._kept is kept
    strips.show_strips(gallery.STRIPS_B)
    strips.grab()
    assert strips._kept is not kept


def test_kept_history_is_drawn_anew_in_another_theme(dress: Dress, qtbot: QtBot) -> None:
    strips = VitalsStrips()
    strips.show_strips(strip())
    shown(qtbot, strips)
    light = look().theme.a.border
    dress("dark", Density.COMPACT)
    picture = strips.grab().toImage()
    assert holds(picture, look().theme.a.border)
    assert not holds(picture, light)


def test_strips_without_readings_can_be_drawn(qtbot: QtBot) -> None:
    strips = VitalsStrips()
    shown(qtbot, strips)
    empty = Strip("hr", "HR", "/min", 40, 120)
    strips.show_strips(StripsFacts(Tone.B, "B", 0, (empty,), now_s=0))
    strips.grab()
    assert strips.table().rows == ()


@pytest.mark.parametrize("until", [0, 1800, 9000, 18_000, 40_000])
def test_the_time_axis_never_crowds(until: int) -> None:
    assert len(ticks(until)) <= 9
    assert ticks(until)[0] == 0




def test_a_reason_stands_once_beside_its_sign_and_never_over_readings(qtbot: QtBot) -> None:
    strips = VitalsStrips()
    facts = strip(Gap(1800, "refused"))
    upper, lower = facts.strips[0], replace(facts.strips[0], key="rr", label="RR")
    strips.show_strips(replace(facts, strips=(upper, lower)))
    strips.resize(600, 400)
    shown(qtbot, strips)
    picture = QPixmap(600, 400)
    rooms = strips._rooms()
    said: set[float] = set()
    with QPainter(picture) as painter:
        draw_gaps(painter, rooms[0], said)
        assert said == {1800}
        draw_gaps(painter, rooms[1], said)
        late = Room(strip(Gap(3590, "refused: does not want it")).strips[0], rooms[0].plot, rooms[0].right, 3600, False)
        draw_gaps(painter, late, said)
    assert said == {1800}
