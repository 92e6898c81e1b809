"""Knows how glyphs get into a PDF: subsets of our fonts, and for each drawn glyph the text it stands for.

A code is given to each pair of glyph and text, so that a joined Arabic form, a ligature or a reordered mark
is found again as what was typed when the page is searched or read aloud.
"""

from __future__ import annotations

from typing import Any

from desktop.worksheets.fonts import Face
from desktop.worksheets.shaping import GlyphRun


class EmbeddedFont:
    """One face in one document. reportlab asks it for its objects when the document is saved."""

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.fontName = f"holdfast-{face.name}"
        self.internal = f"H{number}"
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        """The two-byte code of a glyph that stands for `text`."""
        return self._codes.setdefault((glyph, text), len(self._codes) + 1)

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Put font, descriptor, file, widths and text map into the document (a name that reportlab calls)."""
        from reportlab.pdfbase import pdfdoc

        data, new_ids = self._subset()
        base = f"{self._tag()}+{self.face.name}"
        file_stream = self._stream(pdfdoc, data, {"Length1": len(data)})
        file_ref = doc.Reference(file_stream, f"file:{self.internal}")
        descriptor = doc.Reference(self._descriptor(pdfdoc, base, file_ref), f"descriptor:{self.internal}")
        gids = doc.Reference(self._stream(pdfdoc, self._gid_map(new_ids)), f"gids:{self.internal}")
        to_text = doc.Reference(self._stream(pdfdoc, self._text_map()), f"text:{self.internal}")
        scale = 1000 / self.face.upem
        widths = [round(self.face.advance(glyph) * scale) for glyph, _ in self._codes]
        system = pdfdoc.PDFDictionary(
            {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
        )
        inner = pdfdoc.PDFDictionary(
            {
                "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": f"/{base}", "CIDSystemInfo": system,
                "FontDescriptor": descriptor, "CIDToGIDMap": gids, "DW": 0,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)]),
            }
        )  # fmt: skip
        inner_ref = doc.Reference(inner, f"cid:{self.internal}")
        outer = pdfdoc.PDFDictionary(
            {
                "Type": "/Font", "Subtype": "/Type0", "BaseFont": f"/{base}", "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([inner_ref]), "ToUnicode": to_text,
            }
        )  # fmt: skip
        doc.idToObject["BasicFonts"].dict[self.internal] = doc.Reference(outer, f"font:{self.internal}")

    def _tag(self) -> str:
        """Six letters that tell this subset from another of the same font."""
        number = int(self.internal[1:])
        return "HOLD" + chr(65 + number // 26 % 26) + chr(65 + number % 26)

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        import uharfbuzz as hb

        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0} | {glyph for glyph, _ in self._codes})
        dropped = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"BASE")
        wanted.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in dropped})
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        plan = hb.SubsetPlan(self.face.hb_face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def _descriptor(self, pdfdoc: Any, base: str, file_ref: Any) -> Any:
        scale = 1000 / self.face.upem
        extents = self.face.hb_font.get_font_extents("ltr")
        # Text that is nothing but a soft hyphen chooses a font and draws no glyph of it.
        boxes = [self.face.box(glyph) for glyph, _ in self._codes] or [self.face.box(0)]
        bbox = [round(f(box[n] for box in boxes) * scale) for n, f in enumerate((min, min, max, max))]
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor", "FontName": f"/{base}", "Flags": 4, "FontBBox": pdfdoc.PDFArray(bbox),
                "ItalicAngle": -11 if self.face.name.endswith("-It") else 0, "Ascent": round(extents.ascender * scale),
                "Descent": round(extents.descender * scale), "CapHeight": 660, "StemV": 80, "FontFile2": file_ref,
            }
        )  # fmt: skip

    def _gid_map(self, new_ids: dict[int, int]) -> bytes:
        order = [0, *(new_ids[glyph] for glyph, _ in self._codes)]
        return b"".join(gid.to_bytes(2, "big") for gid in order)

    def _text_map(self) -> bytes:
        """The ToUnicode map: code to UTF-16. A glyph whose text another glyph says stands for nothing."""
        pairs = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
        ]
        blocks = []
        for start in range(0, len(pairs), 100):
            part = pairs[start : start + 100]
            blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo "
            "<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def "
            "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + "\n".join(blocks)
            + "\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
        ).encode("ascii")

    @staticmethod
    def _stream(pdfdoc: Any, content: bytes, entries: dict[str, Any] | None = None) -> Any:
        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries or {}), content)
        stream.filters = [pdfdoc.PDFZCompress]
        return stream


class Embedder:
    """The embedded fonts of one document, and the operators that draw runs with them."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self._fonts: dict[str, EmbeddedFont] = {}

    def font(self, face: Face) -> EmbeddedFont:
        """The face in this document, added at first use."""
        if face.name not in self._fonts:
            made = EmbeddedFont(face, len(self._fonts) + 1)
            self._fonts[face.name] = made
            self._doc.delayedFonts.append(made)
        return self._fonts[face.name]

    def operators(self, run: GlyphRun, x: float, y: float) -> str:
        """PDF operators that draw a run with its left end at x on baseline y (points, from the page's corner)."""
        font = self.font(run.face)
        r, g, b = run.ink.colour
        parts = [f"q {r:.3f} {g:.3f} {b:.3f} rg BT /{font.internal} {run.ink.size:.2f} Tf"]
        parts.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        parts += self._shown(run, font)
        parts.append("ET Q")
        return " ".join(parts)

    def _shown(self, run: GlyphRun, font: EmbeddedFont) -> list[str]:
        """The glyphs from left to right: programs that read PDFs turn right-to-left text round themselves."""
        scale = 1000 / run.face.upem
        out: list[str] = []
        shown: list[str] = []
        rise = 0
        owed = 0.0
        for glyph in reversed(run.glyphs) if run.rtl else run.glyphs:
            if glyph.dy != rise:
                if shown:
                    out.append(f"[{' '.join(shown)}] TJ")
                    shown = []
                rise = glyph.dy
                out.append(f"{rise * scale / 1000 * run.ink.size:.3f} Ts")
            owed += glyph.dx * scale
            if abs(owed) >= 0.05:
                shown.append(f"{-owed:.1f}")
            shown.append(f"<{font.code(glyph.id, glyph.text):04X}>")
            owed = (glyph.advance - glyph.dx) * scale - round(run.face.advance(glyph.id) * scale)
        if shown:
            out.append(f"[{' '.join(shown)}] TJ")
        if rise:
            out.append("0 Ts")
        return out
