"""Knows how a page of plain parts is set: facts in columns, ledgers, ticks, charts, big steps, and what blocks know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.domain.paper import Compartment, Heading
from desktop.domain.paper_live import (
    BigSteps,
    BigText,
    Cell,
    FactColumns,
    Ledger,
    LedgerRow,
    PageBlock,
    PageHead,
    PageSheet,
    Small,
    StepDone,
    StripBlock,
    TickGrid,
)
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks, kept_lines, together
from desktop.worksheets.chart import VitalsChart
from desktop.worksheets.flow import Atom, paginate
from desktop.worksheets.fonts import Weight
from desktop.worksheets.frame import Frame, FrameText, draw_lines, height_of, line_atom
from desktop.worksheets.pen import Pen
from desktop.worksheets.setting import Line, Setter, Spans
from desktop.worksheets.shaping import Ink
from desktop.worksheets.sheetrows import facts_cell
from desktop.worksheets.table import AIR, Column, Row, Table

HUGE = Ink(Weight.BOLD, 34.0, look.INK)
STEP = Ink(Weight.BOLD, 21.0, look.INK)
NUMBER = Ink(Weight.BOLD, 24.0, look.WHITE)
STEP_TIME = Ink(Weight.REGULAR, 13.0, look.QUIET)
BOX = 8.5
FINE = 1.5
SMALLER = (0.4, 0.3)
STEP_WIDE = 17.0


def page_frame(setter: Setter, page_size: str, head: PageHead, creator: str) -> Frame:
    """What stands around a page."""
    code = " · ".join(part for part in (head.code, creator) if part)
    text = FrameText(
        title=head.title, subtitle=head.subtitle, meta=head.meta, practice=head.practice, people=head.people,
        compartment=head.compartment, who_will_see=head.who_will_see, printed_on=head.printed, code=code,
    )
    return Frame(setter, page_size, text)


def print_page(setter: Setter, page_size: str, sheet: PageSheet, creator: str) -> bytes:
    """The page as PDF."""
    frame = page_frame(setter, page_size, sheet.head, creator)
    parts = PageParts(setter, frame.body_width, sheet.head.compartment or Compartment.ALONE, sheet.tight)
    for blocks in _variants(sheet) if sheet.tight else ():
        atoms = parts.atoms(blocks)
        if len(paginate([*frame.opening(), *atoms], frame.body_height)) == 1:
            return frame.print(atoms, creator)
    return frame.print(parts.atoms(sheet.blocks), creator)


def _variants(sheet: PageSheet) -> Iterator[Sequence[PageBlock]]:
    """The same page with its chart smaller and smaller, at last without: the readings that matter stand beside it."""
    yield sheet.blocks
    for scale in SMALLER:
        yield tuple(
            replace(block, strip=replace(block.strip, scale=scale)) if isinstance(block, StripBlock) else block
            for block in sheet.blocks
        )
    yield tuple(block for block in sheet.blocks if not isinstance(block, StripBlock))


class PageParts:
    """Turns the parts of a page into atoms. width: of the body, in points. tight: with small headings."""

    def __init__(self, setter: Setter, width: float, compartment: Compartment, tight: bool = False) -> None:
        self._setter, self._width, self._tight = setter, width, tight
        self._blocks = Blocks(setter, width, compartment)

    def atoms(self, blocks: Sequence[PageBlock]) -> list[Atom]:
        """All parts, in their order."""
        return [atom for block in blocks for atom in self._one(block)]

    def _one(self, block: PageBlock) -> list[Atom]:
        match block:
            case FactColumns():
                return self._facts(block)
            case Ledger():
                return self._ledger(block)
            case TickGrid():
                return self._ticks(block)
            case StripBlock():
                atom = VitalsChart(self._setter, self._width, block.strip).atom()
                return [Atom(atom.height, atom.draw, atom.gap)]
            case BigSteps():
                return self._steps(block)
            case BigText():
                return kept_lines(self._setter.lines([(isolate(block.text), HUGE)], self._width), gap=2.0)
            case Heading() if self._tight:
                lines = self._setter.lines([(block.text, look.STRONG)], self._width)
                return [line_atom(line, gap=8.0 if n == 0 else 0.0, keep=True) for n, line in enumerate(lines)]
            case Small():
                return kept_lines(self._setter.lines([(block.text, look.SMALL_QUIET)], self._width), gap=4.0)
            case _:
                return self._blocks.atoms((block,))

    def _facts(self, block: FactColumns) -> list[Atom]:
        columns = [Column(title, 1) for title, _ in block.columns]
        table = Table(self._setter, self._width, columns)
        return together(table.atoms([Row(tuple(facts_cell(facts) for _, facts in block.columns))]), gap=6.0)

    def _ledger(self, block: Ledger) -> list[Atom]:
        if not block.rows and not block.blank:
            return kept_lines(self._setter.lines([(block.empty, look.HINT)], self._width), gap=4.0)
        shares = block.widths or tuple(1 for _ in block.head)
        columns = [Column(head, share, n in block.right)
                   for n, (head, share) in enumerate(zip(block.head, shares, strict=True))]  # fmt: skip
        rows = [_row(row, block.tall, block.fine) for row in block.rows]
        empty: Spans = [("", look.SMALL)]
        rows += [Row(tuple(empty for _ in block.head), low=block.tall)] * block.blank
        return aired(Table(self._setter, self._width, columns, block.ruled, FINE if block.fine else AIR).atoms(rows))

    def _ticks(self, block: TickGrid) -> list[Atom]:
        """Items down, a box for each column beside each; several such blocks beside each other."""
        wide = self._width / block.blocks
        words = wide - STEP_WIDE * len(block.columns) - 10
        items = [self._setter.lines([(item, look.SMALL)], words) for item in block.items]
        heads = [self._setter.one(head, look.TINY) for head in block.columns]
        rows = -(-len(items) // block.blocks)

        def draw_head(pen: Pen, left: float, top: float) -> None:
            for n in range(block.blocks):
                for m, head in enumerate(heads):
                    middle = left + n * wide + words + (m + 0.5) * STEP_WIDE
                    pen.text(head, middle - head.width / 2, top)

        out = [Atom(11.0, draw_head, gap=4.0, keep=True)] if any(block.columns) else []
        for row in range(rows):
            cells = [(n, items[n * rows + row]) for n in range(block.blocks) if n * rows + row < len(items)]
            out.append(self._tick_row(cells, (wide, words, len(heads)), keep=row in (0, rows - 2)))
        return out

    def _tick_row(
        self, cells: list[tuple[int, tuple[Line, ...]]], place: tuple[float, float, int], keep: bool
    ) -> Atom:
        wide, words, boxes = place
        height = max(height_of(lines) for _, lines in cells) + 1.6

        def draw(pen: Pen, left: float, top: float) -> None:
            for n, lines in cells:
                x = left + n * wide
                draw_lines(pen, lines, x + 2, top, words)
                for m in range(boxes):
                    middle = x + words + (m + 0.5) * STEP_WIDE
                    pen.box(middle - BOX / 2, top + 2, BOX, BOX, edge=look.QUIET, thick=0.6)
                pen.rule(x, top + height - 0.6, x + wide - 8, top + height - 0.6, look.HAIR, 0.3)

        return Atom(height, draw, keep=keep)

    def _steps(self, block: BigSteps) -> list[Atom]:
        return [self._step(n, step) for n, step in enumerate(block.steps, 1)]

    def _step(self, n: int, step: StepDone) -> Atom:
        """A number, the step in big type with its small print, and a line for the time."""
        wide = self._width - 150
        number = self._setter.one(str(n), NUMBER)
        lines = self._setter.lines([(isolate(step.text), STEP)], wide, None)
        lines += self._setter.lines([(isolate(step.detail), look.BODY)], wide, None) if step.detail else ()
        stamp = self._setter.one(step.wall or tr("at"), STEP_TIME)
        height = max(height_of(lines) + 12, 48.0)

        def draw(pen: Pen, left: float, top: float) -> None:
            pen.box(left, top, 40, 40, fill=look.INK, radius=6)
            pen.text(number, left + 20 - number.width / 2, top + 20 - number.height / 2)
            draw_lines(pen, lines, left + 54, top + 3, wide)
            pen.text(stamp, left + self._width - 86, top + 14)
            pen.rule(left + self._width - 66, top + 34, left + self._width, top + 34, look.QUIET, 0.8)
            pen.rule(left, top + height, left + self._width, top + height, look.HAIR, 0.5)

        return Atom(height, draw, gap=8.0)


def aired(atoms: list[Atom]) -> list[Atom]:
    """A little air above a table."""
    return [Atom(atom.height, atom.draw, 4.0 if n == 0 else atom.gap, atom.keep, atom.head)
            for n, atom in enumerate(atoms)]  # fmt: skip


def _row(row: LedgerRow, tall: float, fine: bool) -> Row:
    fill = {"red": look.RED_FILL, "amber": look.AMBER_FILL}.get(row.level)
    return Row(tuple(_cell(cell, fine) for cell in row.cells), fill=fill, low=tall)


def _cell(cell: Cell, fine: bool) -> Spans:
    if not cell.text:
        return [("", look.SMALL)]
    plain = Ink(Weight.SEMIBOLD if cell.strong else Weight.REGULAR, 8.2 if fine else look.SMALL.size, look.INK)
    ink = look.level_ink(plain, cell.level)
    if cell.struck:
        return [(isolate(cell.text), look.struck(ink))]
    word = " " + look.level_word(cell.level)
    return [(isolate(cell.text), ink), *([(word, look.level_ink(look.TINY, cell.level))] if cell.level else [])]
