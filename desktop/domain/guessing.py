"""Knows how soon a passphrase would be guessed: what it is made of, and what each part would cost whoever tries."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

LEAST_BITS = 30.0
"""Below so many doublings of work a passphrase is refused: at 0.7 s a try that is some 24 years for one machine."""

MOST_LOOKED_AT = 128  # characters; a longer one is judged by its beginning
LONGEST_PART = 40
_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1234567890",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "1q2w3e4r5t6z7u8i9o0p",
)  # fmt: skip
_WALKS = tuple(walk for row in _ROWS for walk in (row * 2, (row * 2)[::-1]))
_STANDS_FOR = str.maketrans({"4": "a", "@": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t"})
_OF_CLINICS = (
    "ketamine", "ketalar", "esketamine", "imago", "holdfast", "clinic", "practice", "praxis", "therapy", "therapist",
    "psychotherapy", "couple", "couples", "session", "dosing", "lozenge", "troche", "psychedelic", "medicine",
    "dialogue", "passphrase", "passwort", "kennwort", "password", "secret",
)  # fmt: skip


class Kind(Enum):
    """What a part of a passphrase is."""

    LETTER = "letter"
    WORD = "word"
    CLINIC = "clinic"
    REPEAT = "repeat"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a passphrase would cost to guess, in bits. listed: it stands on the list itself. kind: most of it."""

    bits: float
    kind: Kind
    listed: bool = False

    @property
    def soon(self) -> bool:
        """Whether it would be guessed."""
        return self.listed or self.bits < LEAST_BITS


def plain(text: str) -> str:
    """Text as it is compared: compatible forms made one (NFKC), case set aside."""
    return unicodedata.normalize("NFKC", text).casefold()


def clinic_words(names: Iterable[str]) -> frozenset[str]:
    """The words that somebody tries who knows the practice: its own, its people's, and its trade's."""
    own = (word for name in names for word in plain(name).split() if len(word) > 2)
    return frozenset((*own, *_OF_CLINICS))


def guess(passphrase: str, ranks: Mapping[str, int], clinic: frozenset[str] = frozenset()) -> Guess:
    """The cheapest way to build a passphrase out of known parts. ranks: known words and passphrases, from 1."""
    text = plain(passphrase)
    if {text, text.strip(), "".join(text.split())} & ranks.keys():
        return Guess(0.0, Kind.WORD, listed=True)
    text = text[:MOST_LOOKED_AT]
    ways = [_cheapest(text, ranks, clinic)]
    spelt_out = text.translate(_STANDS_FOR)
    if spelt_out != text:
        found = _cheapest(spelt_out, ranks, clinic)
        ways.append(Guess(found.bits + 2, found.kind))
    return min(ways, key=lambda way: way.bits)


def _cheapest(text: str, ranks: Mapping[str, int], clinic: frozenset[str]) -> Guess:
    """For every place the cheapest way to get there, part by part."""
    best: list[tuple[float, dict[Kind, int]]] = [(0.0, {})]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(0, end - LONGEST_PART), end):
            bits, kind = _cost(text, start, end, ranks, clinic)
            if bits is not None:
                ways.append((best[start][0] + bits, start, kind))
        bits, start, kind = min(ways, key=lambda way: way[0])
        made_of = dict(best[start][1])
        made_of[kind] = made_of.get(kind, 0) + end - start
        best.append((bits, made_of))
    bits, made_of = best[-1]
    mostly = max(made_of, key=lambda kind: made_of[kind]) if made_of else Kind.LETTER
    return Guess(bits, mostly)


def _cost(
    text: str, start: int, end: int, ranks: Mapping[str, int], clinic: frozenset[str]
) -> tuple[float | None, Kind]:
    part = text[start:end]
    if len(part) == 1:
        return _one(text, start), Kind.LETTER
    ways: list[tuple[float, Kind]] = []
    if part in clinic:
        ways.append((3.0, Kind.CLINIC))
    if part in ranks:
        ways.append((math.log2(ranks[part] + 1), Kind.WORD))
    if len(part) > 2 and text.find(part, 0, start) >= 0:
        ways.append((2.0, Kind.REPEAT))
    if len(part) > 2 and _is_run(part):
        ways.append((4.0 + math.log2(len(part)), Kind.RUN))
    if len(part) == 4 and part.isdecimal() and part[:2] in ("19", "20"):
        ways.append((7.0, Kind.RUN))
    return min(ways, key=lambda way: way[0]) if ways else (None, Kind.LETTER)


def _is_run(part: str) -> bool:
    """Whether characters follow each other in the alphabet, in numbers, on the keyboard, or are all the same."""
    steps = {ord(after) - ord(before) for before, after in pairwise(part)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        return True
    return any(part in walk for walk in _WALKS)


def _one(text: str, at: int) -> float:
    """Bits of one character that is part of nothing known."""
    letter = text[at]
    if at and letter == text[at - 1]:
        return 1.0
    if not letter.isalnum():
        return 0.5 if letter in text[:at] else 3.0
    if letter.isdecimal():
        return 3.4
    if letter.isascii():
        return 4.7
    return 6.0 if letter.isalpha() and ord(letter) < 0x2E80 else 10.0
