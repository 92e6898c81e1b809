"""Knows which font sets which character: the files that ship, their weights, their order of preference."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz as hb


class Weight(StrEnum):
    """The cuts of the text face."""

    REGULAR = "regular"
    ITALIC = "italic"
    SEMIBOLD = "semibold"
    BOLD = "bold"


# Only what is listed here is ever loaded; scripts without a bold of their own are set in the regular cut.
_TEXT = {
    Weight.REGULAR: "SourceSans3-Regular",
    Weight.ITALIC: "SourceSans3-It",
    Weight.SEMIBOLD: "SourceSans3-Semibold",
    Weight.BOLD: "SourceSans3-Bold",
}
_WITH_BOLD = ("NotoSansArabic", "NotoSansHebrew")
_REGULAR_ONLY = (
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansThai-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansKRHangul-Regular",
    "DroidSansFallbackFull",
)
_INVISIBLE = {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0}


@lru_cache(4096)
def invisible(ch: str) -> bool:
    """Whether a character leaves no mark of its own: joiners, direction marks, variation selectors."""
    code = ord(ch)
    return (
        code in _INVISIBLE
        or 0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE0FFF
    )


def chain(weight: Weight) -> tuple[str, ...]:
    """The fonts to try for a weight, first to last."""
    cut = "Bold" if weight in (Weight.SEMIBOLD, Weight.BOLD) else "Regular"
    return (_TEXT[weight], *(f"{name}-{cut}" for name in _WITH_BOLD), *_REGULAR_ONLY)


@dataclass(slots=True)
class Face:
    """One font file, loaded. Measures are in font units, `upem` to the em."""

    name: str
    data: bytes
    hb_face: hb.Face
    hb_font: hb.Font
    _extents: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)

    @property
    def upem(self) -> int:
        """Font units per em."""
        return int(self.hb_face.upem)

    def has(self, ch: str) -> bool:
        """Whether the font has a glyph of its own for a character."""
        glyph = self.hb_font.get_nominal_glyph(ord(ch))
        return glyph is not None and glyph != 0

    def advance(self, glyph: int) -> int:
        """How far a glyph moves the pen."""
        return int(self.hb_font.get_glyph_h_advance(glyph))

    def box(self, glyph: int) -> tuple[int, int, int, int]:
        """What a glyph inks: left, bottom, right, top."""
        found = self._extents.get(glyph)
        if found is None:
            e = self.hb_font.get_glyph_extents(glyph)
            found = (0, 0, 0, 0)
            if e is not None:
                found = (e.x_bearing, e.y_bearing + e.height, e.x_bearing + e.width, e.y_bearing)
            self._extents[glyph] = found
        return found


class Shelf:
    """The fonts that ship, opened when first needed. find: a file's name under `fonts/` to its path."""

    def __init__(self, find: Callable[[str], Path]) -> None:
        self._find = find
        self._faces: dict[str, Face] = {}
        self._choices: dict[tuple[str, Weight], str | None] = {}

    def face(self, name: str) -> Face:
        """A face by the name of its file, without the ending."""
        if name not in self._faces:
            import uharfbuzz as hb

            data = self._find(f"fonts/{name}.ttf").read_bytes()
            hb_face = hb.Face(data)
            self._faces[name] = Face(name, data, hb_face, hb.Font(hb_face))
        return self._faces[name]

    def choose(self, cluster: str, weight: Weight) -> str | None:
        """The first font that has every character of a base with its marks; None when there is none."""
        key = (cluster, weight)
        if key not in self._choices:
            if len(self._choices) > 20_000:
                self._choices.clear()
            self._choices[key] = self._search(cluster, weight)
        return self._choices[key]

    def _search(self, cluster: str, weight: Weight) -> str | None:
        forms = (cluster, unicodedata.normalize("NFC", cluster))
        for name in chain(weight):
            face = self.face(name)
            for form in forms:
                needed = [ch for ch in form if not invisible(ch)]
                if all(face.has(ch) for ch in needed):
                    return name
        return None
