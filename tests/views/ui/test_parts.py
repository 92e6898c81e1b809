"""Painted parts: what they say to somebody who does not see them, and what they draw for who does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui.clock import DueRing, SessionClock
from desktop.views.ui.facts import (
    ClockFacts,
    DueFacts,
    PersonFacts,
    clock_text,
    minute_text,
)
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.phases import PhaseBar
from desktop.views.ui.seats import CompartmentStrip, PersonHeader, SeatBadge
from desktop.views.ui.theme import Density, Tone
from desktop.views.ui.tiles import VitalsTiles
from tests.views.ui import gallery
from tests.views.ui.conftest import Dress
from tests.views.ui.hands import gone, holds, shown

KEY = Qt.Key


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00:00"), (59, "0:00:59"), (3600, "1:00:00"), (6443, "1:47:23"), (36000, "10:00:00"), (-61, "−0:01:01")],
)
def test_the_clock_is_written_in_hours_minutes_and_seconds(seconds: int, text: str) -> None:
    assert clock_text(seconds) == text


def test_the_log_writes_hours_and_minutes() -> None:
    assert minute_text(6443) == "1:47"


def test_the_clock_says_its_minute_and_does_not_chatter_every_second(qtbot: QtBot) -> None:
    clock = SessionClock()
    qtbot.addWidget(clock)
    clock.show_time(ClockFacts("Session 3", 6443))
    said = clock.accessibleName()
    assert said == "Session 3, 1 h 47 min elapsed"
    clock.show_time(ClockFacts("Session 3", 6444, "slept 12 min"))
    assert clock.accessibleName() == said
    assert clock.accessibleDescription() == "slept 12 min"
    clock.show_time(ClockFacts("Session 3", None))
    assert clock.accessibleName() == "Session 3, not begun"


def test_the_clock_keeps_its_width_while_it_counts(qtbot: QtBot) -> None:
    clock = SessionClock()
    qtbot.addWidget(clock)
    widths = set()
    for seconds in (0, 4271, 40271):
        clock.show_time(ClockFacts("Session 3", seconds))
        widths.add(clock.sizeHint().width())
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("seconds", "figure"), [(612, "10:12"), (0, "0:00"), (-95, "+1:35"), (None, "–"), (5, "0:05")]
)
def test_what_is_due_counts_down_and_then_up(seconds: int | None, figure: str) -> None:
    assert DueFacts("BP", "due in", seconds).figure == figure


def test_the_ring_says_what_how_and_when(qtbot: QtBot) -> None:
    ring = DueRing()
    ring.show_due(DueFacts("BP again", "late", -95, 300, Tone.AMBER))
    assert ring.accessibleName() == "BP again late 1 min"
    picture = shown(qtbot, ring, ring.sizeHint().width(), ring.sizeHint().height())
    assert holds(picture, look().theme.amber.border)


def test_a_ring_with_nothing_due_is_empty(qtbot: QtBot) -> None:
    ring = DueRing()
    ring.show_due(DueFacts("", "nothing due", None))
    picture = shown(qtbot, ring, ring.sizeHint().width(), ring.sizeHint().height())
    assert not holds(picture, look().theme.accent.border)
    assert ring.accessibleName() == "nothing due"


def test_a_person_is_named_with_both_identifiers_dose_and_own_clock(qtbot: QtBot) -> None:
    header = PersonHeader()
    qtbot.addWidget(header)
    header.show_person(gallery.PERSON_A)
    said = header.accessibleName()
    for part in ("Partner A", "Łukasz Wiśniewski", "born 1984-05-01", "100 mg", "95 minutes since first dose"):
        assert part in said


def test_somebody_who_was_not_dosed_has_no_running_clock(qtbot: QtBot) -> None:
    header = PersonHeader()
    header.show_person(PersonFacts(Tone.B, "B", "Nguyễn Thị Phượng", "1986-11-23", "sitting"))
    assert "since" not in header.accessibleName()
    shown(qtbot, header, 300, 60)


def test_a_badge_and_an_edge_say_whose_they_are(qtbot: QtBot) -> None:
    badge, edge = SeatBadge(), CompartmentStrip()
    badge.show_seat(Tone.B, "B")
    assert badge.accessibleName() == "Partner B"
    assert holds(shown(qtbot, badge, 36, 36), look().theme.b.border)
    assert not holds(shown(qtbot, edge, 6, 40), look().theme.a.border)
    edge.show_seats((Tone.A, Tone.B), "Seen by A and B")
    picture = shown(qtbot, edge, 6, 40)
    assert edge.accessibleName() == "Seen by A and B"
    assert picture.pixelColor(3, 10).name() == look().theme.a.border
    assert picture.pixelColor(3, 30).name() == look().theme.b.border


def test_the_phase_bar_says_the_phase_and_what_was_marked_instead(qtbot: QtBot) -> None:
    bar = PhaseBar()
    bar.show_phases(gallery.COURSE_B)
    assert bar.accessibleName() == "Return. 6 min in · about 23 min left"
    assert bar.accessibleDescription() == "marked: Core"
    shown(qtbot, bar, 460, bar.sizeHint().height())
    rows = bar.table().rows
    assert ("Return", "75–105", "expected now") in rows
    assert ("Core", "15–75", "marked") in rows
    assert ("Minimum stay ends", "120", "") in rows


def test_the_phase_bar_lists_boosters_and_the_dialogues_window() -> None:
    bar = PhaseBar()
    bar.show_phases(gallery.COURSE_A)
    assert ("Booster", "40", "") in bar.table().rows
    assert ("Dialogue possible", "75–130", "") in bar.table().rows


@pytest.mark.parametrize(("minute", "phase"), [(0, "Onset"), (14.9, "Onset"), (15, "Core"), (500, "Close")])
def test_the_expected_phase_is_the_latest_that_has_begun(minute: float, phase: str) -> None:
    expected = replace(gallery.COURSE_A, minute=minute).expected
    assert expected is not None
    assert expected.label == phase


def test_before_the_first_dose_no_phase_runs(qtbot: QtBot) -> None:
    bar = PhaseBar()
    bar.show_phases(replace(gallery.COURSE_A, minute=None))
    assert bar.accessibleName().startswith("Before the first dose")
    picture = shown(qtbot, bar, 460, bar.sizeHint().height())
    assert not holds(picture, look().theme.chart.done)
    bar.show_phases(replace(gallery.COURSE_A, minute=500))
    assert "left" not in bar.accessibleName()


def test_a_tile_says_its_level_in_words_and_its_age(qtbot: QtBot) -> None:
    tiles = VitalsTiles()
    tiles.show_tiles("B", gallery.TILES_B)
    assert "BP 164/98 mmHg, high, 7 min ago" in tiles.accessibleDescription()
    assert ("SpO₂", "91 %", "low", "2 min ago") in tiles.table().rows
    picture = shown(qtbot, tiles, 450, tiles.sizeHint().height())
    assert holds(picture, look().theme.red.fill)
    assert holds(picture, look().theme.amber.fill)


def test_tiles_without_a_reading_draw_nothing(qtbot: QtBot) -> None:
    tiles = VitalsTiles()
    before = shown(qtbot, tiles, 450, 66)
    assert {before.pixel(x, 30) for x in range(450)} == {QColor(look().theme.ground.card).rgb()}


@pytest.mark.parametrize("density", list(Density))
def test_every_painted_part_follows_a_change_of_theme(density: Density, dress: Dress, qtbot: QtBot) -> None:
    page = gallery.board()
    qtbot.addWidget(page)
    page.resize(1600, 1000)
    page.show()
    before = {part: part.grab().toImage() for part in page.findChildren(Painted)}
    assert len(before) == 11
    dress("dark", density)
    QApplication.processEvents()
    assert [part for part, picture in before.items() if part.grab().toImage() == picture] == []


@pytest.mark.parametrize("part", ["bar", "tiles", "strips"])
def test_enter_on_a_painted_part_shows_its_data_as_a_table_that_frees_itself(part: str, qtbot: QtBot) -> None:
    page = gallery.board()
    qtbot.addWidget(page)
    page.show()
    person = page.findChildren(gallery.Person)[0]
    widget: Painted = getattr(person, part)
    qtbot.keyClick(widget, KEY.Key_Return)
    dialog = page.findChild(QDialog)
    assert dialog is not None
    assert not dialog.isModal()
    view = dialog.findChild(QTableView)
    assert view is not None
    table = widget.table()
    assert table is not None
    assert view.model().rowCount() == len(table.rows) > 0
    assert view.accessibleName() == table.title
    qtbot.keyClick(dialog, KEY.Key_Escape)
    gone(qtbot, dialog)
    assert page.findChild(QDialog) is None


def test_other_keys_on_a_painted_part_are_somebody_elses(qtbot: QtBot) -> None:
    tiles = VitalsTiles()
    qtbot.addWidget(tiles)
    tiles.show()
    qtbot.keyClick(tiles, KEY.Key_A)
    assert tiles.findChild(QDialog) is None
    clock = SessionClock()
    qtbot.addWidget(clock)
    qtbot.keyClick(clock, KEY.Key_Return)
    assert clock.findChild(QDialog) is None


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1280, 720), QSize(1600, 1000)])
def test_a_board_made_of_the_parts_fits_its_window(size: QSize, dress: Dress, qtbot: QtBot) -> None:
    dress("light", Density.COMPACT if size.height() < 800 else Density.COMFORTABLE)
    page = gallery.board()
    qtbot.addWidget(page)
    page.resize(size)
    page.show()
    QApplication.processEvents()
    assert page.size() == size
    for part in page.findChildren(QWidget):
        host = part.parentWidget()
        if part.isVisible() and host is not None and not part.isWindow() and "viewport" not in part.objectName():
            assert host.rect().contains(part.geometry()), type(part).__name__
