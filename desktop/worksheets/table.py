"""Knows how a table stands on paper: its head again on each page, and rows that run on rather than being cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.worksheets import look
from desktop.worksheets.flow import Atom
from desktop.worksheets.frame import height_of
from desktop.worksheets.pen import Colour, Pen
from desktop.worksheets.setting import Line, Setter, Spans

PAD = 5.0
AIR = 3.2
CHUNK = 12
WHOLE = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, whether it stands at the right."""

    head: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells. fill: behind it. mark: a bar at its left edge. low: the least height in points."""

    cells: tuple[Spans, ...]
    fill: Colour | None = None
    mark: Colour | None = None
    low: float = 0.0


class Table:
    """Lays rows into columns. air: above and below a row's text, in points."""

    def __init__(
        self, setter: Setter, width: float, columns: Sequence[Column], ruled: bool = False, air: float = AIR
    ) -> None:
        self._setter = setter
        self._width = width
        self._columns = tuple(columns)
        total = sum(column.share for column in columns)
        self._widths = [width * column.share / total for column in columns]
        self._ruled = ruled
        self._air = air

    def atoms(self, rows: Sequence[Row]) -> list[Atom]:
        """The head and the rows, as parts of the page."""
        head = self._head()
        out = [head] if head.height else []
        repeat = head if head.height else None
        for row in rows:
            cells = [self._cell(spans, width) for spans, width in zip(row.cells, self._widths, strict=True)]
            tallest = max(len(lines) for lines in cells)
            for start in range(0, max(tallest, 1), CHUNK):
                part = tuple(lines[start : start + CHUNK] for lines in cells)
                ends = start + CHUNK >= tallest
                out.append(self._row(row, part, ends, repeat))
        return _held(out)

    def _cell(self, spans: Spans, width: float) -> tuple[Line, ...]:
        return self._setter.lines(spans, width - 2 * PAD)

    def _head(self) -> Atom:
        cells = [
            self._setter.lines([(column.head, look.TINY_STRONG)], width - 2 * PAD)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        tallest = max((height_of(lines) for lines in cells), default=0.0)
        height = tallest + 6 if tallest else 0.0

        def draw(pen: Pen, left: float, top: float) -> None:
            x = left
            for lines, width, column in zip(cells, self._widths, self._columns, strict=True):
                at = top + 2 + tallest - height_of(lines)
                _draw_cell(pen, lines, x, at, width, column.right)
                x += width
            pen.rule(left, top + height, left + self._width, top + height, look.QUIET, 0.8)

        return Atom(height, draw, gap=2.0, keep=True)

    def _row(self, row: Row, cells: tuple[tuple[Line, ...], ...], ends: bool, head: Atom | None) -> Atom:
        height = max(row.low, max(height_of(lines) for lines in cells) + 2 * self._air)

        def draw(pen: Pen, left: float, top: float) -> None:
            if row.fill is not None:
                pen.box(left, top, self._width, height, fill=row.fill)
            if row.mark is not None:
                pen.box(left, top, 2.4, height, fill=row.mark)
            x = left
            for n, (lines, width, column) in enumerate(zip(cells, self._widths, self._columns, strict=True)):
                _draw_cell(pen, lines, x, top + self._air, width, column.right)
                if self._ruled and n:
                    pen.rule(x, top, x, top + height, look.HAIR, 0.5)
                x += width
            if ends:
                pen.rule(left, top + height, left + self._width, top + height, look.HAIR, 0.5)

        return Atom(height, draw, head=head)


def _held(atoms: list[Atom]) -> list[Atom]:
    """A short table stays whole; of a longer one the first two and the last two rows stay together."""
    last = len(atoms) - 1
    return [
        replace(atom, keep=atom.keep or (n < last and (last <= WHOLE or n in (1, last - 1))))
        for n, atom in enumerate(atoms)
    ]


def _draw_cell(pen: Pen, lines: Sequence[Line], x: float, top: float, width: float, right: bool) -> None:
    for line in lines:
        at_right = right or line.rtl
        pen.text(line, x + width - PAD - line.width if at_right else x + PAD, top)
        top += line.height
