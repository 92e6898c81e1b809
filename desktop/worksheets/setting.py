"""Knows how text breaks into lines of a given width, so that nothing is ever wider than its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.worksheets import bidi
from desktop.worksheets.shaping import GlyphRun, Ink, Shaper, clusters

LEADING = 1.36
Spans = Sequence[tuple[str, Ink]]


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: runs from its left, width and height in points, and whether it reads from the right."""

    runs: tuple[GlyphRun, ...]
    width: float
    height: float
    rtl: bool

    @property
    def rise(self) -> float:
        """From the line's top to its baseline, in points."""
        size = max((run.ink.size for run in self.runs), default=self.height / LEADING)
        return (self.height - size) / 2 + size * 0.80


@dataclass(frozen=True, slots=True)
class _Text:
    """Drawable text with a look and a level per character."""

    text: str
    inks: list[Ink]
    levels: list[int]
    base: int


class Setter:
    """Breaks text into lines."""

    def __init__(self, shaper: Shaper) -> None:
        self._shaper = shaper

    def lines(self, spans: Spans, width: float, base: int | None = 0) -> tuple[Line, ...]:
        """Lines no wider than `width` points. base: 0 or 1 for the direction, None to take it from the text.

        A word that is wider than the place is broken between characters. Empty text gives no line.
        """
        text = ""
        inks: list[Ink] = []
        for part, ink in spans:
            drawable = self._shaper.drawable(part, ink.weight)
            text += drawable
            inks += [ink] * len(drawable)
        out: list[Line] = []
        start = 0
        for paragraph in text.split("\n") if text else ():
            end = start + len(paragraph)
            out += self._paragraph(paragraph, inks[start:end] or inks[start - 1 : start] or inks[:1], width, base)
            start = end + 1
        return tuple(out)

    def one(self, text: str, ink: Ink) -> Line:
        """A single line, however wide: for labels whose place is measured by their caller."""
        found = self.lines([(text.replace("\n", " "), ink)], 1e9)
        return found[0] if found else Line((), 0.0, ink.size * LEADING, False)

    def short(self, text: str, ink: Ink, width: float) -> Line:
        """A single line no wider than `width`; a longer text ends in dots, so it must stand whole elsewhere."""
        line = self.one(text, ink)
        if line.width <= width:
            return line
        first = self.lines([(text.replace("\n", " "), ink)], width - ink.size)[0]
        return self.one("".join(glyph.text for run in first.runs for glyph in run.glyphs) + "\u2026", ink)

    def _paragraph(self, text: str, inks: list[Ink], width: float, base: int | None) -> list[Line]:
        side = base if base is not None else (bidi.first_strong(text) or 0)
        whole = _Text(text, inks, bidi.levels(text, side), side)
        if not text.strip():
            return [Line((), 0.0, max(ink.size for ink in inks) * LEADING, side == 1)]
        cuts = self._cuts(whole, width)
        return [self._line(whole, start, end) for start, end in pairwise(cuts)]

    def _cuts(self, whole: _Text, width: float) -> list[int]:
        """Where lines begin, and the end of the text."""
        cuts = [0]
        line_width = 0.0
        for start, end in segments(whole.text):
            bare = self._measure(whole, start, start + len(whole.text[start:end].rstrip(" ")))
            if line_width and line_width + bare > width:
                cuts.append(start)
                line_width = 0.0
            if bare > width:
                line_width = self._break_word(whole, start, end, width, cuts)
            else:
                line_width += self._measure(whole, start, end)
        return [*cuts, len(whole.text)]

    def _break_word(self, whole: _Text, start: int, end: int, width: float, cuts: list[int]) -> float:
        """Cut one long word between clusters; returns the width of what stands on the last line."""
        at = start
        used = 0.0
        for first, last in clusters(whole.text[start:end]):
            part = self._measure(whole, start + first, start + last)
            if used and used + part > width:
                at = start + first
                cuts.append(at)
                used = 0.0
            used += part
        return max(used, self._measure(whole, at, end))

    def _measure(self, whole: _Text, start: int, end: int) -> float:
        text = whole.text[start:end]
        pieces = self._shaper.pieces(text, whole.inks[start:end], whole.levels[start:end])
        return sum(self._shaper.width(text, piece) for piece in pieces)

    def _line(self, whole: _Text, start: int, end: int) -> Line:
        text = whole.text[start:end].rstrip(" ")
        end = start + len(text)
        inks = whole.inks[start:end]
        runs = self._shaper.line(text, inks, whole.levels[start:end], whole.base)
        size = max((ink.size for ink in inks), default=whole.inks[0].size)
        return Line(runs, sum(run.width for run in runs), size * LEADING, whole.base == 1)


_AFTER = "-\u2010\u2013\u2014/\u200b"
_NOT_FIRST = ")]}»”’!?,.:;%、。，．：；！？）］｝」』】〉》〕"
_NOT_LAST = "([{«“‘（［｛「『【〈《〔"


def _free(ch: str) -> bool:
    """Whether a line may begin or end beside a character without a blank: Chinese and Japanese writing."""
    hangul = 0x1100 <= ord(ch) <= 0x11FF or 0xAC00 <= ord(ch) <= 0xD7A3
    return unicodedata.east_asian_width(ch) in ("W", "F") and not hangul


def segments(text: str) -> list[tuple[int, int]]:
    """Stretches that stay together on a line, each with the blanks after it, as (start, end)."""
    found = []
    start = 0
    for here, _ in clusters(text):
        if here > start and _may_break(text, here):
            found.append((start, here))
            start = here
    if start < len(text):
        found.append((start, len(text)))
    return found


def _may_break(text: str, at: int) -> bool:
    """Whether a new line may begin at `at`."""
    before, here = text[at - 1], text[at]
    if here == " ":
        return False
    if before == " ":
        return True
    if before in _AFTER:
        # A minus sign or a date keeps its digits: "1984-05-01" and "-5" are read as one thing.
        return not (here.isdigit() or here in _AFTER)
    if _free(before) or _free(here):
        return here not in _NOT_FIRST and before not in _NOT_LAST
    return False
