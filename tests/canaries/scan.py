"""Knows how every byte under a folder is searched for canaries, in every spelling that a program might write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "utf-32-le")


def spellings(words: Iterable[str]) -> dict[bytes, str]:
    """Every spelling of every canary, in small, capital and given letters."""
    return {
        form.encode(encoding, "replace"): word
        for word in words for form in (word, word.upper(), word.lower()) for encoding in ENCODINGS
    }


def files(folder: Path) -> list[Path]:
    """Every file, links not followed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def found(folder: Path, words: Iterable[str]) -> list[str]:
    """`file: canary` for everything that is found in contents or in names."""
    needles = spellings(words)
    hits = set()
    for path in files(folder):
        content = path.read_bytes()
        hits |= {f"{path.relative_to(folder)}: {word}" for needle, word in needles.items() if needle in content}
        hits |= {f"{path.relative_to(folder)}: {word} in its name" for word in needles.values() if word in str(path)}
    return sorted(hits)
