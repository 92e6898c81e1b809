"""Knows how marks get onto a page: text lines, rules, boxes and dots, with the page's top as zero."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from desktop.worksheets.embedding import Embedder
from desktop.worksheets.setting import Line

Colour = tuple[float, float, float]

PAGE_SIZES = {"A4": (595.276, 841.890), "Letter": (612.0, 792.0)}


class Pen:
    """Draws one document. All places are in points from the page's left top corner, y growing downward."""

    def __init__(self, page_size: str, title: str, creator: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.width, self.height = PAGE_SIZES[page_size]
        self._buffer = BytesIO()
        self._canvas: Any = Canvas(
            self._buffer, pagesize=(self.width, self.height), invariant=1, pageCompression=1, lang="en",
        )
        # reportlab begins each page with Helvetica, which it does not embed: every font here travels with the file.
        self._canvas._preamble = "1 0 0 1 0 0 cm"
        self._canvas._doc.idToObject["BasicFonts"].dict.clear()
        self._embedder = Embedder(self._canvas._doc)
        # A file's properties are read by indexers and mail programs: no name of a client goes there.
        self._canvas.setTitle(title)
        self._canvas.setCreator(creator)
        self._canvas.setProducer(creator)

    def text(self, line: Line, x: float, top: float) -> None:
        """Draw a set line with its left top corner at (x, top)."""
        baseline = self.height - top - line.rise
        for run in line.runs:
            self._canvas.addLiteral(self._embedder.operators(run, x + run.x, baseline))
            if run.ink.struck and run.width:
                middle = top + line.rise - run.ink.size * 0.28
                self.rule(x + run.x, middle, x + run.x + run.width, middle, run.ink.colour, 0.8)

    def upward(self, line: Line, x: float, bottom: float) -> None:
        """Draw a set line turned a quarter to the left: it reads upward, its baseline near x + its height."""
        self._canvas.saveState()
        self._canvas.translate(x + line.rise, self.height - bottom)
        self._canvas.rotate(90)
        for run in line.runs:
            self._canvas.addLiteral(self._embedder.operators(run, run.x, 0))
        self._canvas.restoreState()

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, colour: Colour, thick: float = 0.6,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a straight line. dash: lengths of stroke and gap in points."""
        c = self._canvas
        c.setStrokeColorRGB(*colour)
        c.setLineWidth(thick)
        c.setDash(list(dash) if dash else [], 0)
        c.line(x1, self.height - y1, x2, self.height - y2)

    def box(
        self, x: float, top: float, width: float, height: float, *, fill: Colour | None = None,
        edge: Colour | None = None, thick: float = 0.6, radius: float = 0.0,
    ) -> None:
        """Draw a rectangle, with round corners when radius is above zero."""
        self._prepare(fill, edge, thick)
        how = {"stroke": int(edge is not None), "fill": int(fill is not None)}
        args = (x, self.height - top - height, width, height)
        if radius:
            self._canvas.roundRect(*args, min(radius, width / 2, height / 2), **how)
        else:
            self._canvas.rect(*args, **how)

    def dot(
        self, x: float, y: float, radius: float, *, fill: Colour | None = None, edge: Colour | None = None,
        thick: float = 0.8,
    ) -> None:
        """Draw a circle around (x, y)."""
        self._prepare(fill, edge, thick)
        self._canvas.circle(x, self.height - y, radius, stroke=int(edge is not None), fill=int(fill is not None))

    def shape(
        self, points: list[tuple[float, float]], *, fill: Colour | None = None, edge: Colour | None = None,
        thick: float = 0.8,
    ) -> None:
        """Draw a closed shape through the points."""
        self._prepare(fill, edge, thick)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        path.close()
        self._canvas.drawPath(path, stroke=int(edge is not None), fill=int(fill is not None))

    def _prepare(self, fill: Colour | None, edge: Colour | None, thick: float) -> None:
        if fill is not None:
            self._canvas.setFillColorRGB(*fill)
        if edge is not None:
            self._canvas.setStrokeColorRGB(*edge)
            self._canvas.setLineWidth(thick)
            self._canvas.setDash([], 0)

    def next_page(self) -> None:
        """Finish this page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole document as PDF."""
        self._canvas.save()
        return self._buffer.getvalue()
