"""Knows which passphrases are taken: long enough, and neither on the list of what is tried first nor made of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from desktop.domain.errors import Invalid, Problem
from desktop.domain.guessing import Guess, Kind, clinic_words, guess, plain
from desktop.domain.words import tr
from desktop.services.ports import Resources

LIST = "passphrases/common.txt.gz"


@cache
def _read(path: Path) -> Mapping[str, int]:
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    entries = (plain(line) for line in lines if line and not line.startswith("# "))
    ranks: dict[str, int] = {}
    for rank, entry in enumerate(entries, 1):
        ranks.setdefault(entry, rank)
    return ranks


def common(resources: Resources) -> Mapping[str, int]:
    """What is tried first, by rank from 1: over 100,000 words and passphrases. Read once; about a tenth of a second."""
    return _read(resources.path(LIST))


def why_not(passphrase: str, resources: Resources, names: Iterable[str]) -> str:
    """Why a passphrase would be guessed, in a sentence; "" when it would not. names: of the practice and its people."""
    return _reason(guess(passphrase, common(resources), clinic_words(names)))


def _reason(found: Guess) -> str:
    if not found.soon:
        return ""
    if found.listed:
        return tr("It stands on the list of what is tried first. Take four or five words that do not belong together.")
    return {
        Kind.REPEAT: tr("It repeats itself, and would be guessed. Take words that are all different."),
        Kind.RUN: tr("It follows the alphabet, numbers or the keyboard, and would be guessed. Take plain words."),
        Kind.CLINIC: tr("It is made of words of this practice, and would be guessed. Take words from elsewhere."),
        Kind.WORD: tr("It is made of very few common words, and would be guessed. Add one or two more words."),
        Kind.LETTER: tr("It has too little in it, and would be guessed. Add one or two more words."),
    }[found.kind]


def require_unguessed(passphrase: str, resources: Resources, names: Iterable[str]) -> None:
    """Raise Invalid, naming the field, for a passphrase that would be guessed."""
    reason = why_not(passphrase, resources, names)
    if reason:
        raise Invalid((Problem("passphrase", reason),))
