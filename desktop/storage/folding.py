"""Knows how names are compared when somebody searches: without case, accents and doubled blanks, in every script."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, though people type them without their stroke.
_STROKES = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th",
})  # fmt: skip


def fold(text: str) -> str:
    """The form of `text` that is compared: `Łukasz Wiśniewski` gives `lukasz wisniewski`."""
    # Twice: taking apart can bring capitals forth, and casefold letters to take apart.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(ch for ch in apart if not unicodedata.combining(ch)).translate(_STROKES)
    return " ".join(bare.split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of what was typed."""
    return tuple(fold(text).split())
