"""Knows how to read a printed PDF back: its text by page, and where each character stands."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True)
class Box:
    """Where a character stands, in points from the page's left top corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


def pages(pdf: bytes) -> list[str]:
    """The text of each page, lines tidied."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            text = page.get_textpage().get_text_bounded()
            lines = [" ".join(line.split()) for line in text.replace("\r", "").split("\n")]
            found.append("\n".join(line for line in lines if line))
        return found
    finally:
        document.close()


def text(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(pages(pdf))


def boxes(pdf: bytes) -> list[list[Box]]:
    """The characters of each page with their places."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        out = []
        for page in document:
            height = page.get_height()
            reader = page.get_textpage()
            found = []
            for n in range(reader.count_chars()):
                char = reader.get_text_range(n, 1)
                left, bottom, right, top = reader.get_charbox(n)
                if char.strip() and right > left:
                    found.append(Box(char, left, height - top, right, height - bottom))
            out.append(found)
        return out
    finally:
        document.close()
