"""The vitals chart: nothing is drawn that was not entered, and no label covers another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.paper import DoseLine, Flowsheet, VitalsPoint
from desktop.worksheets.chart import VitalsChart
from desktop.worksheets.chartlanes import dose_label, in_lanes
from desktop.worksheets.fonts import Shelf
from desktop.worksheets.look import QUIET
from desktop.worksheets.marks import LABEL, Plot
from desktop.worksheets.pen import Pen
from desktop.worksheets.setting import Line, Setter
from desktop.worksheets.shaping import Shaper
from tests.worksheets import samples

SETTER = Setter(Shaper(Shelf(samples.Files().path)))


class Recorder(Pen):
    """A pen that keeps what it was asked to draw."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.joins: list[tuple[float, float]] = []
        self.dots = 0

    def text(self, line: Line, x: float, top: float) -> None:
        self.said.append("".join(glyph.text for run in line.runs for glyph in run.glyphs))

    def rule(self, x1: float, y1: float, x2: float, y2: float, *how: Any, **more: Any) -> None:
        if how[:2] == (QUIET, 0.5):
            self.joins.append((round(x1, 1), round(x2, 1)))

    def box(self, *where: Any, **how: Any) -> None:
        """Not kept."""

    def dot(self, *where: Any, **how: Any) -> None:
        self.dots += 1

    def shape(self, *where: Any, **how: Any) -> None:
        """Not kept."""


def drawn(sheet: Flowsheet) -> Recorder:
    pen = Recorder()
    VitalsChart(SETTER, 480, sheet).atom().draw(pen, 0, 0)
    return pen


def only(*points: VitalsPoint, **more: object) -> Flowsheet:
    plain: dict[str, object] = {"doses": (), "due": (), "phases": (), "bands": (), "ended_minute": 60}
    return samples.flowsheet(vitals=points, **{**plain, **more})


def test_neighbouring_readings_are_joined() -> None:
    assert len(drawn(only(VitalsPoint(0, "10:00", hr=70), VitalsPoint(30, "10:30", hr=80))).joins) == 1


@pytest.mark.parametrize("status", ["refused", "failed"])
def test_no_line_is_drawn_across_a_reading_that_was_not_had(status: str) -> None:
    gap = VitalsPoint(15, "10:15", status=status, signs=("hr",), reason="cuff off")
    pen = drawn(only(VitalsPoint(0, "10:00", hr=70), gap, VitalsPoint(30, "10:30", hr=80)))
    assert pen.joins == []
    assert status in pen.said


def test_a_refused_pressure_leaves_the_heart_rate_joined() -> None:
    points = (
        VitalsPoint(0, "10:00", 120, 80, 70), VitalsPoint(15, "10:15", hr=72, status="refused", signs=("bp",)),
        VitalsPoint(30, "10:30", 122, 82, 74),
    )  # fmt: skip
    assert len(drawn(only(*points)).joins) == 2


def test_a_struck_reading_is_not_on_the_chart() -> None:
    assert drawn(only(VitalsPoint(0, "10:00", hr=70), VitalsPoint(9, "10:09", hr=10, struck=True))).dots == 1


def test_a_struck_dose_is_not_on_the_chart_and_a_lost_one_says_so() -> None:
    doses = (
        DoseLine(5, "10:05", "dose", "100"), DoseLine(9, "10:09", "lost", "50"),
        DoseLine(12, "10:12", "booster", "25", struck=True),
    )  # fmt: skip
    said = drawn(only(VitalsPoint(0, "10:00", hr=70), doses=doses)).said
    assert "100 mg" in said
    assert "lost 50 mg" in said
    assert "25 mg" not in said


def test_an_amount_with_a_unit_of_its_own_keeps_it() -> None:
    assert dose_label(DoseLine(1, "10:01", "ondansetron", "4 mg")) == "ondansetron 4 mg"
    assert dose_label(DoseLine(1, "10:01", "taken", "")) == "taken"


@given(st.lists(st.floats(0, 400), max_size=12), st.integers(1, 60))
@settings(max_examples=80, deadline=None)
def test_labels_in_lanes_never_cover_each_other(places: list[float], length: int) -> None:
    plot = Plot(0, 400, 0, 100)
    labels = in_lanes([(SETTER.short("x" * length, LABEL, 150), place) for place in sorted(places)], plot)
    for n, one in enumerate(labels):
        assert 0 <= one.x <= 400 - one.line.width + 1e-6
        for other in labels[:n]:
            apart = one.x >= other.x + other.line.width or other.x >= one.x + one.line.width
            assert one.lane != other.lane or apart


@given(st.integers(-600, 0), st.integers(1, 20_000))
def test_an_axis_has_a_handful_of_round_minutes(first: int, last: int) -> None:
    ticks = Plot(0, 400, first, last).ticks
    assert len(ticks) <= 12
    assert all(tick % 15 == 0 for tick in ticks)


def test_a_start_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        samples.flowsheet(started=datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001
