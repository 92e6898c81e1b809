"""Knows how text becomes glyphs: clusters, fonts and scripts, joined forms, and their order on a line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from desktop.worksheets import bidi
from desktop.worksheets.fonts import Face, Shelf, Weight, invisible


@dataclass(frozen=True, slots=True)
class Ink:
    """How a stretch of text looks: weight, size in points, colour as red, green, blue from 0 to 1."""

    weight: Weight = Weight.REGULAR
    size: float = 10.5
    colour: tuple[float, float, float] = (0.10, 0.11, 0.14)
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number, the text it stands for (`` when another says it), pen moves in font units."""

    id: int
    text: str
    advance: int
    dx: int
    dy: int


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face, size and direction, in the order of reading; x from the line's left, in points."""

    face: Face
    ink: Ink
    rtl: bool
    x: float
    width: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that one call of the shaper takes: same font, look, script and level. start, end: in the text."""

    start: int
    end: int
    font: str
    ink: Ink
    script: str
    level: int


def printable(text: str) -> str:
    """Text without what no page can hold: controls become blanks, lone surrogates their number."""
    out = []
    for ch in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(ch)
        if ch == "\n":
            out.append(ch)
        elif kind == "Cc" or ch in "\u2028\u2029":
            out.append(" ")
        elif kind in ("Cs", "Cn", "Co"):
            out.append(by_number(ch))
        else:
            out.append(ch)
    return "".join(out)


def by_number(ch: str) -> str:
    """What stands for a character that no font here has."""
    return f"[U+{ord(ch):04X}]"


def clusters(text: str) -> list[tuple[int, int]]:
    """Each base with its marks and joiners, as (start, end)."""
    found: list[tuple[int, int]] = []
    for n, ch in enumerate(text):
        mark = unicodedata.category(ch) in ("Mn", "Mc", "Me") or (invisible(ch) and ch not in _DIRECTION)
        joined = mark or (n > 0 and text[n - 1] == "\u200d" and not ch.isspace())
        if found and joined and text[found[-1][0]] not in " \n":
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found


_SCRIPTS = (
    (0x0370, 0x03FF, "Grek"), (0x1F00, 0x1FFF, "Grek"), (0x0400, 0x052F, "Cyrl"), (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"), (0xFB1D, 0xFB4F, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"), (0x0900, 0x097F, "Deva"),
    (0x0E00, 0x0E7F, "Thai"), (0x10A0, 0x10FF, "Geor"), (0x1C90, 0x1CBF, "Geor"), (0x1100, 0x11FF, "Hang"),
    (0x3130, 0x318F, "Hang"), (0xAC00, 0xD7A3, "Hang"), (0x3040, 0x30FF, "Kana"), (0x2E80, 0x2FDF, "Hani"),
    (0x3400, 0x9FFF, "Hani"), (0xF900, 0xFAFF, "Hani"), (0x20000, 0x2FA1F, "Hani"),
)  # fmt: skip


@lru_cache(4096)
def script_of(ch: str) -> str:
    """The ISO 15924 code of a character's script, or `` when it goes with its neighbours."""
    code = ord(ch)
    for low, high, script in _SCRIPTS:
        if low <= code <= high:
            return script
    return "Latn" if ch.isalpha() else ""


_DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Shaper:
    """Sets text with the fonts of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._cache: dict[tuple[str, str, str, bool], tuple[Glyph, ...]] = {}

    def drawable(self, text: str, weight: Weight) -> str:
        """Text in which what no font has is replaced by its number, so that nothing is lost in silence."""
        plain = printable(text)
        out = []
        for start, end in clusters(plain):
            cluster = plain[start:end]
            whole = cluster == "\n" or all(invisible(ch) for ch in cluster) or self._shelf.choose(cluster, weight)
            if whole:
                out.append(cluster)
            else:
                out += [ch if invisible(ch) or self._shelf.choose(ch, weight) else by_number(ch) for ch in cluster]
        return "".join(out)

    def pieces(self, text: str, inks: list[Ink], levels: list[int]) -> list[Piece]:
        """Cut drawable text where font, look, script or level change."""
        found: list[Piece] = []
        script = ""
        for start, end in clusters(text):
            cluster = text[start:end]
            script = script_of(cluster[0]) or script
            last = found[-1] if found else None
            font = self._font(cluster, inks[start].weight, last)
            here = (font, inks[start], levels[start])
            same_script = last is not None and (last.script == script or not last.script or not script)
            if last is not None and (last.font, last.ink, last.level) == here and same_script:
                found[-1] = Piece(last.start, end, font, last.ink, last.script or script, last.level)
            else:
                found.append(Piece(start, end, font, inks[start], script, levels[start]))
        return found

    def _font(self, cluster: str, weight: Weight, last: Piece | None) -> str:
        # A blank stays in the font of the word before it: one run per stretch keeps words in order for readers of PDFs.
        if last is not None and last.ink.weight is weight and cluster in (" ", "\u00a0"):
            if self._shelf.face(last.font).has(cluster):
                return last.font
        found = self._shelf.choose(cluster, weight) or self._shelf.choose(cluster[0], weight)
        return found or self._shelf.choose(" ", weight) or ""

    def glyphs(self, text: str, piece: Piece) -> tuple[Glyph, ...]:
        """The glyphs of a piece in reading order."""
        part = text[piece.start : piece.end]
        rtl = piece.level % 2 == 1
        key = (part, piece.font, piece.script, rtl)
        if key not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[key] = self._shape(part, self._shelf.face(piece.font), piece.script, rtl)
        return self._cache[key]

    def _shape(self, part: str, face: Face, script: str, rtl: bool) -> tuple[Glyph, ...]:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(part)
        buffer.direction = "rtl" if rtl else "ltr"
        if script:
            buffer.script = script
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        hb.shape(face.hb_font, buffer, {"liga": False, "dlig": False})
        raw = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        if rtl:
            raw.reverse()
        starts = sorted({info.cluster for info, _ in raw})
        ends = dict(pairwise([*starts, len(part)]))
        said: set[int] = set()
        out = []
        for info, pos in raw:
            text = "".join(ch for ch in part[info.cluster : ends[info.cluster]] if ch not in _DIRECTION)
            if not text and part[info.cluster] in _DIRECTION:
                continue
            said_by = "" if info.cluster in said else text
            said.add(info.cluster)
            out.append(Glyph(info.codepoint, said_by, pos.x_advance, pos.x_offset, pos.y_offset))
        return tuple(out)

    def width(self, text: str, piece: Piece) -> float:
        """How wide a piece stands, in points."""
        face = self._shelf.face(piece.font)
        return sum(glyph.advance for glyph in self.glyphs(text, piece)) * piece.ink.size / face.upem

    def line(self, text: str, inks: list[Ink], levels: list[int], base: int) -> tuple[GlyphRun, ...]:
        """One line of drawable text as runs that stand from left to right. levels: of these characters."""
        settled = bidi.settle_line(text, levels, base)
        pieces = self.pieces(text, inks, settled)
        runs = []
        x = 0.0
        for n in bidi.visual_order([piece.level for piece in pieces]):
            piece = pieces[n]
            width = self.width(text, piece)
            face = self._shelf.face(piece.font)
            runs.append(GlyphRun(face, piece.ink, piece.level % 2 == 1, x, width, self.glyphs(text, piece)))
            x += width
        return tuple(runs)
