"""Knows where a minute stands on a chart, and the shapes that stand for readings."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.worksheets import look
from desktop.worksheets.fonts import Weight
from desktop.worksheets.pen import Colour, Pen
from desktop.worksheets.shaping import Ink

LABEL = Ink(Weight.REGULAR, 7.0, look.QUIET)


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of a page where minutes are drawn. left, right: its edges; first, last: the minutes shown."""

    left: float
    right: float
    first: int
    last: int

    def at(self, left: float) -> Plot:
        """The same, moved to where the body begins on the page."""
        return Plot(self.left + left, self.right + left, self.first, self.last)

    def x(self, minute: float) -> float:
        """Where a minute stands; one outside is drawn at the edge."""
        inside = max(self.first, min(self.last, minute))
        return self.left + (inside - self.first) / max(1, self.last - self.first) * (self.right - self.left)

    def within(self, x: float, width: float) -> float:
        """A label's left end, moved so that the label stays between the edges."""
        return max(self.left, min(x, self.right - width))

    @property
    def ticks(self) -> range:
        """Round minutes for the axis, at most about eleven."""
        step = next((s for s in (15, 30, 60, 120, 240, 480, 720, 1440) if (self.last - self.first) / s <= 10.5), 10_080)
        return range(-(-self.first // step) * step, self.last + 1, step)


def marker(pen: Pen, shape: str, x: float, y: float, colour: Colour) -> None:
    """One mark: `dot`, `ring`, `amber` a triangle, `red` a square, `gap` a hollow diamond, `cross` not done."""
    if shape == "ring":
        pen.dot(x, y, 2.1, fill=look.WHITE, edge=colour, thick=0.9)
    elif shape == "amber":
        pen.shape([(x, y - 3.8), (x + 3.5, y + 2.6), (x - 3.5, y + 2.6)], fill=look.AMBER_FILL, edge=colour, thick=1.1)
    elif shape == "red":
        pen.box(x - 2.8, y - 2.8, 5.6, 5.6, fill=colour)
    elif shape == "gap":
        pen.shape([(x, y - 3.4), (x + 3.4, y), (x, y + 3.4), (x - 3.4, y)], fill=look.WHITE, edge=colour, thick=0.9)
    elif shape == "cross":
        pen.rule(x - 2.8, y - 2.8, x + 2.8, y + 2.8, colour, 1.1)
        pen.rule(x - 2.8, y + 2.8, x + 2.8, y - 2.8, colour, 1.1)
    else:
        pen.dot(x, y, 2.3, fill=colour)
