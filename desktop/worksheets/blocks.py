"""Knows how the parts of a worksheet look: questions with lines to write on, boxes to tick, kept words, frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from desktop.domain.paper import (
    Block,
    Callout,
    Compartment,
    Grid,
    Heading,
    Paragraph,
    Quotes,
    Scale,
    Signature,
    TickList,
    WordsLine,
    WriteLines,
)
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.flow import Atom
from desktop.worksheets.frame import draw_lines, height_of, line_atom
from desktop.worksheets.pen import Pen
from desktop.worksheets.setting import Line, Setter, Spans
from desktop.worksheets.shaping import Ink
from desktop.worksheets.table import Column, Row, Table

RULE = 27.0
GAP = 13.0


def elapsed(minute: int) -> str:
    """Minutes as the board shows them: `1:05` is an hour and five minutes; before the start `-0:10`."""
    sign = "-" if minute < 0 else ""
    return f"{sign}{abs(minute) // 60}:{abs(minute) % 60:02d}"


def kept_lines(lines: Sequence[Line], *, gap: float = 0.0, keep: bool = False, **place: float) -> list[Atom]:
    """Lines of one paragraph: its first two, and its last two, stay together."""
    count = len(lines)
    return [
        line_atom(
            line, gap=gap if n == 0 else 0.0, keep=keep or (n == 0 and count > 1) or (n == count - 2),
            indent=place.get("indent", 0.0), width=place.get("width"),
        )
        for n, line in enumerate(lines)
    ]  # fmt: skip


def together(atoms: Sequence[Atom], gap: float) -> list[Atom]:
    """Parts that share a page as long as they fit one."""
    return [
        replace(atom, gap=gap if n == 0 else atom.gap, keep=n < len(atoms) - 1)
        for n, atom in enumerate(atoms)
    ]


class Blocks:
    """Turns blocks into parts of the page. width: of the body, in points."""

    def __init__(self, setter: Setter, width: float, compartment: Compartment) -> None:
        self._setter = setter
        self._width = width
        self._tint = look.TINT[compartment]

    def atoms(self, blocks: Sequence[Block]) -> list[Atom]:
        """All blocks, in their order."""
        return [atom for block in blocks for atom in self._one(block)]

    def _one(self, block: Block) -> list[Atom]:
        match block:
            case Heading():
                return self.heading(block.text)
            case Paragraph():
                return self._text([(block.text, look.HINT if block.quiet else look.BODY)], gap=6.0, keep=block.quiet)
            case WriteLines():
                return self._write(block)
            case TickList():
                return self._ticks(block)
            case Scale():
                return self._scale(block)
            case Grid():
                return self._grid(block)
            case Quotes():
                return self._quotes(block)
            case Callout():
                return self.callout(block.title, block.lines, strong=block.strong)
            case Signature():
                return self._signature(block)
        assert_never(block)

    def heading(self, text: str) -> list[Atom]:
        """A heading that stays with what follows it."""
        lines = self._setter.lines([(text, look.SECTION)], self._width)
        return [line_atom(line, gap=18.0 if n == 0 else 0.0, keep=True) for n, line in enumerate(lines)]

    def _text(self, spans: Spans, gap: float, keep: bool = False) -> list[Atom]:
        return kept_lines(self._setter.lines(spans, self._width, None), gap=gap, keep=keep, width=self._width)

    def _label(self, text: str) -> list[Atom]:
        return self._text([(text, look.STRONG)], gap=GAP, keep=True) if text else []

    def _write(self, block: WriteLines) -> list[Atom]:
        if block.text and not block.own:
            return self._text([(block.label + "   ", look.STRONG), (block.text, look.BODY)], gap=8.0)
        out = self._label(block.label)
        if block.text:
            out += self._own(block.text, "", last=block.lines == 0)
        return [*out, *self._ruled(block.lines)]

    def _ruled(self, count: int, indent: float = 0.0) -> list[Atom]:
        """Empty lines to write on; the first two and the last two stay together."""

        def draw(pen: Pen, left: float, top: float) -> None:
            pen.rule(left + indent, top + RULE, left + self._width, top + RULE, look.HAIR, 0.7)

        return [Atom(RULE, draw, keep=n == 0 < count - 1 or n == count - 2) for n in range(count)]

    def _own(self, text: str, minute: str, last: bool = True, ink: Ink = look.OWN_WORDS) -> list[Atom]:
        """Somebody's own words: a bar in their colour at the side, their minute before it."""
        indent = 54.0 if minute else 14.0
        lines = self._setter.lines([(text, ink)], self._width - indent - 10, None)
        stamp = self._setter.one(minute, look.SMALL_QUIET)
        out = []
        for n, line in enumerate(lines):

            def draw(pen: Pen, left: float, top: float, n: int = n, line: Line = line) -> None:
                if n == 0 and minute:
                    pen.text(stamp, left + indent - 16 - stamp.width, top + 2)
                bar = left + self._width - 2.4 if line.rtl else left + indent - 10
                pen.box(bar, top, 2.4, line.height + 1, fill=self._tint)
                pen.text(line, left + indent + (self._width - indent - 10 - line.width if line.rtl else 0), top)

            keep = len(lines) > 1 and n in (0, len(lines) - 2)
            out.append(Atom(line.height + 1, draw, gap=7.0 if n == 0 else 0.0, keep=keep or not last))
        return out

    def _ticks(self, block: TickList) -> list[Atom]:
        columns = max(1, block.columns)
        width = self._width / columns
        cells = [self._setter.lines([(item, look.BODY)], width - 30, None) for item in block.items]
        out = self._label(block.label)
        rows = [cells[n : n + columns] for n in range(0, len(cells), columns)]
        for n, row in enumerate(rows):
            height = max(max(height_of(lines) for lines in row), 15.0)

            def draw(pen: Pen, left: float, top: float, row: list[tuple[Line, ...]] = row) -> None:
                for m, lines in enumerate(row):
                    x = left + m * width
                    pen.box(x + 1, top + 1.5, 11.5, 11.5, edge=look.QUIET, thick=0.9, radius=2)
                    draw_lines(pen, lines, x + 21, top, width - 30)

            out.append(Atom(height, draw, gap=6.0, keep=n == 0 < len(rows) - 1 or n == len(rows) - 2))
        return out

    def _scale(self, block: Scale) -> list[Atom]:
        numbers = range(block.low, block.high + 1)
        step = min(38.0, (self._width - 24) / max(1, len(numbers) - 1))
        marks = [self._setter.one(str(number), look.BODY) for number in numbers]
        low = self._setter.one(block.low_word, look.HINT)
        high = self._setter.one(block.high_word, look.HINT)

        def draw(pen: Pen, left: float, top: float) -> None:
            for n, mark in enumerate(marks):
                x = left + 12 + n * step
                pen.dot(x, top + 12, 11, edge=look.QUIET, thick=0.7)
                pen.text(mark, x - mark.width / 2, top + 12 - mark.height / 2)
            end = left + 24 + (len(marks) - 1) * step
            pen.text(low, left, top + 26)
            pen.text(high, max(end - high.width, left + low.width + 12), top + 26)

        return [*self._label(block.label), Atom(40.0, draw, gap=7.0)]

    def _grid(self, block: Grid) -> list[Atom]:
        shares = block.widths or tuple(1 for _ in block.head)
        columns = [Column(head, share) for head, share in zip(block.head, shares, strict=True)]
        rows = [Row(tuple([(cell, look.BODY)] for cell in row), low=RULE) for row in block.rows]
        rows += [Row(tuple([("", look.BODY)] for _ in block.head), low=RULE + 3)] * block.blank
        atoms = Table(self._setter, self._width, columns, ruled=True).atoms(rows)
        return [replace(atom, gap=8.0) if n == 0 else atom for n, atom in enumerate(atoms)]

    def _quotes(self, block: Quotes) -> list[Atom]:
        out = self._label(block.label)
        for words in block.words:
            out += self.words(words)
        return [*out, *self._ruled(block.blank)]

    def words(self, words: WordsLine) -> list[Atom]:
        """One person's words with the minute at which they were said."""
        minute = "" if words.minute is None else elapsed(words.minute)
        if words.text:
            return self._own(words.text, minute)
        # Never in the look of their own words: these are ours.
        return self._own(tr("The moment was marked; no words were written down."), minute, ink=look.HINT)

    def callout(
        self, title: str, lines: Sequence[str], ink: Ink = look.STRONG, strong: Sequence[str] = ()
    ) -> list[Atom]:
        """A frame around something that must not be overlooked; a long one is set as several frames."""
        inner = self._width - 28
        head = self._setter.lines([(title, ink)], inner)
        said = [*((text, look.BODY) for text in lines), *((text, look.STRONG) for text in strong)]
        body = [line for text, look_of in said for line in self._setter.lines([(text, look_of)], inner, None)]
        chunks = [body[n : n + 24] for n in range(0, len(body), 24)] or [[]]
        out = []
        for n, chunk in enumerate(chunks):
            shown = (*head, *chunk) if n == 0 else tuple(chunk)
            height = height_of(shown) + 20

            def draw(
                pen: Pen, left: float, top: float, shown: tuple[Line, ...] = shown, height: float = height
            ) -> None:
                pen.box(left, top, self._width, height, fill=look.FAINT, edge=look.HAIR, radius=6)
                pen.box(left, top + 8, 3, height - 16, fill=ink.colour)
                draw_lines(pen, shown, left + 16, top + 10, inner)

            out.append(Atom(height, draw, gap=9.0 if n == 0 else 4.0))
        return out

    def _signature(self, block: Signature) -> list[Atom]:
        """Lines to sign on, two beside each other, each with one for the date."""
        day = self._setter.one(tr("Date"), look.TINY)
        half = self._width / 2 - 10
        rows = [block.labels[n : n + 2] for n in range(0, len(block.labels), 2)]
        out = []
        for n, row in enumerate(rows):
            cells = [self._setter.lines([(label, look.TINY)], half * 0.66) for label in row]

            def draw(pen: Pen, left: float, top: float, cells: list[tuple[Line, ...]] = cells) -> None:
                for m, lines in enumerate(cells):
                    x = left + m * (half + 20)
                    pen.rule(x, top + 30, x + half * 0.66, top + 30, look.QUIET, 0.7)
                    pen.rule(x + half * 0.72, top + 30, x + half, top + 30, look.QUIET, 0.7)
                    draw_lines(pen, lines, x, top + 32, half * 0.66)
                    pen.text(day, x + half * 0.72, top + 32)

            height = 34 + max(height_of(lines) for lines in cells)
            out.append(Atom(height, draw, gap=8.0, keep=n < len(rows) - 1))
        return out
