"""Painted parts: what they say to somebody who does not see them, and what they draw for who does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui.chips import ChipGrid
from desktop.views.ui.clock import DueRing, SessionClock
from desktop.views.ui.facts import (
    Chip,
    ClockFacts,
    DueFacts,
    Gap,
    LogRow,
    PersonFacts,
    Reading,
    Strip,
    StripsFacts,
    clock_text,
    minute_text,
)
from desktop.views.ui.log import EventLog
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.phases import PhaseBar
from desktop.views.ui.seats import CompartmentStrip, PersonHeader, SeatBadge
from desktop.views.ui.stripdraw import ticks
from desktop.views.ui.strips import VitalsStrips
from desktop.views.ui.theme import Density, Tone
from desktop.views.ui.tiles import VitalsTiles
from tests.views.ui import gallery
from tests.views.ui.conftest import Dress
from tests.views.ui.hands import gone, opened

KEY = Qt.Key


def shown(qtbot: QtBot, widget: QWidget, wide: int = 460, high: int = 300) -> QImage:
    """The widget's picture at a size."""
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    widget.show()
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    picture.fill(QColor(look().theme.ground.card))
    widget.render(picture, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)
    return picture


def holds(picture: QImage, value: str) -> bool:
    """Whether a colour stands anywhere in the picture."""
    wanted = QColor(value).rgb()
    return any(picture.pixel(x, y) == wanted for y in range(picture.height()) for x in range(picture.width()))


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


def log(qtbot: QtBot, *rows: LogRow) -> EventLog:
    made = EventLog()
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    made.show_rows(rows)
    return made


def test_a_line_of_the_log_is_one_sentence(qtbot: QtBot) -> None:
    made = log(qtbot, *gallery.LOG)
    said = [made.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said[0] == "1:46, B, BP 164/98, HR 118, SpO₂ 91, MK"
    assert said[2] == "1:41, B, Sat up, asked for water, written 1:44"
    struck = made.model().index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert struck == "1:22, A, Crying, MK, struck: moved to B"
    room = made.model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert room == "1:38, Room, Playlist 2 started"


def test_long_words_make_a_line_of_the_log_higher_and_are_not_cut(qtbot: QtBot) -> None:
    short = LogRow("1", "0:10", Tone.A, "A", "eye", "Crying")
    long = replace(short, key="2", text="I never told you how afraid I was that you would go " * 3)
    made = log(qtbot, long, short)
    heights = [made.sizeHintForIndex(made.model().index(row, 0)).height() for row in range(2)]
    assert heights[0] > 2 * heights[1]


def test_the_line_of_the_log_that_the_keyboard_is_on_is_known(qtbot: QtBot) -> None:
    made = log(qtbot, *gallery.LOG)
    assert made.chosen() is None
    made.setFocus()
    made.setCurrentIndex(made.model().index(1, 0))
    made.grab()
    qtbot.keyClick(made, KEY.Key_Down)
    row = made.chosen()
    assert row is not None
    assert row.key == "12"


def test_a_new_line_on_top_keeps_the_chosen_one(qtbot: QtBot) -> None:
    made = log(qtbot, *gallery.LOG[1:])
    made.setCurrentIndex(made.model().index(0, 0))
    made.show_rows(gallery.LOG)
    row = made.chosen()
    assert row is not None
    assert row.key == gallery.LOG[1].key


def chips(qtbot: QtBot, wide: int = 450) -> ChipGrid:
    made = ChipGrid()
    made.show_chips("A", Tone.A, gallery.CHIPS)
    made.resize(wide, made.heightForWidth(wide))
    opened(qtbot, made)
    return made


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("wide", [140, 300, 450, 900])
def test_chips_are_large_enough_for_a_thumb_and_never_overlap(
    density: Density, wide: int, dress: Dress, qtbot: QtBot
) -> None:
    dress("light", density)
    made = chips(qtbot, wide)
    places = [button.geometry() for button in made.buttons()]
    assert all(place.height() >= 44 and place.width() >= 44 for place in places)
    assert all(made.rect().contains(place) for place in places)
    assert not any(one.intersects(two) for at, one in enumerate(places) for two in places[at + 1 :])


def test_a_chip_says_its_letters_how_often_and_when_last(qtbot: QtBot) -> None:
    made = chips(qtbot)
    said = {button.chip.key: button.accessibleName() for button in made.buttons()}
    assert said["crying"] == "Crying, key cr, 3 times, last 1:22"
    assert said["warm"] == "Warmth, key wa, 1 time, last 0:47"
    assert said["talking"] == "Talking, key ta"


def test_a_chip_is_pressed_by_touch_enter_and_space(qtbot: QtBot) -> None:
    made = chips(qtbot)
    pressed: list[str] = []
    made.pressed.connect(pressed.append)
    button = made.buttons()[2]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    qtbot.keyClick(button, KEY.Key_Return)
    qtbot.keyClick(button, KEY.Key_Space)
    assert pressed == ["crying"] * 3


def test_arrows_move_among_the_chips(qtbot: QtBot) -> None:
    made = chips(qtbot)
    buttons = made.buttons()
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], KEY.Key_Right)
    assert buttons[1].hasFocus()
    qtbot.keyClick(buttons[1], KEY.Key_Down)
    assert buttons[5].hasFocus()
    qtbot.keyClick(buttons[5], KEY.Key_Up)
    qtbot.keyClick(buttons[1], KEY.Key_Left)
    qtbot.keyClick(buttons[0], KEY.Key_Left)
    qtbot.keyClick(buttons[0], KEY.Key_F5)
    assert buttons[0].hasFocus()


def test_a_counted_chip_keeps_its_button_and_other_chips_replace_it(qtbot: QtBot) -> None:
    made = chips(qtbot)
    first = made.buttons()[0]
    counted = (replace(gallery.CHIPS[0], count=5), *gallery.CHIPS[1:])
    made.show_chips("A", Tone.A, counted)
    assert made.buttons()[0] is first
    assert "5 times" in first.accessibleName()
    made.show_chips("A", Tone.A, (Chip("water", "Water", "wa"),))
    gone(qtbot, first)
    assert [button.chip.key for button in made.buttons()] == ["water"]


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
