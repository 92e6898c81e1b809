"""Knows how resources/passphrases/common.txt.gz is made: words that people choose, and what they make of them.

    pip download zxcvbn==4.5.0 --no-deps, unpack it, then: python -m devtools.blocklist FOLDER

FOLDER holds the unpacked package `zxcvbn` (MIT), whose frequency lists are the words; the rest is generated here.
"""

from __future__ import annotations

import gzip
import importlib
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "resources/passphrases/common.txt.gz"
LEAST = 15
HEADER = (
    "# What is tried first, most common first. Words: the frequency lists of zxcvbn 4.5.0 (MIT, see MIT-zxcvbn.txt),",
    "# merged by rank. After the line `# generated`: passphrases of 15 characters and more, made of the commonest,",
    "# of the alphabet, of numbers and of walks over the keyboard, by devtools/blocklist.py.",
)
ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
    "1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip
COLUMNS = (
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip
SAYINGS = (
    "correct horse battery staple", "the quick brown fox jumps over the lazy dog", "the quick brown fox",
    "to be or not to be", "open sesame open sesame", "let me in let me in", "may the force be with you",
    "i love you forever", "once upon a time", "in the beginning", "all you need is love", "carpe diem carpe diem",
    "my password is password", "this is my password", "this is a passphrase", "lorem ipsum dolor sit amet",
    "four five plain words", "january february march", "monday tuesday wednesday", "one two three four five",
    "red orange yellow green", "ketamine assisted therapy", "ketamine assisted psychotherapy",
    "imago relationship therapy", "imago dialogue mirroring",
)  # fmt: skip


def words(folder: Path) -> list[str]:
    """Every word of the lists, by its best rank in any of them."""
    sys.path.insert(0, str(folder))
    lists = importlib.import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS
    ranks: dict[str, int] = {}
    for found in lists.values():
        for rank, word in enumerate(found, 1):
            ranks[word] = min(rank, ranks.get(word, rank))
    return sorted(ranks, key=lambda word: (ranks[word], word))


def windows(text: str) -> Iterator[str]:
    """Every part of `text` of 15 to 24 characters, as typed and backwards."""
    for size in range(LEAST, 25):
        for at in range(len(text) - size + 1):
            part = text[at : at + size]
            yield part
            yield part[::-1]


def generated(common: list[str]) -> Iterator[str]:
    """What people make of common words when 15 characters are asked for."""
    for row in ROWS:
        yield from windows(row * 3)
    for first, second in itertools.permutations(ROWS[:8], 2):
        yield from windows(first + second)
    for walk in COLUMNS:
        yield from windows(walk)
    for saying in SAYINGS:
        yield from (saying, saying.replace(" ", ""), saying.replace(" ", "-"))
    for word in common[:4000]:
        for joint, times in itertools.product(("", " ", "-"), (2, 3, 4)):
            yield joint.join([word] * times)
    for first, second in itertools.permutations(common[:160], 2):
        yield first + second


def content(listed: list[str]) -> bytes:
    """The file's bytes, before they are compressed."""
    seen = set(listed)
    more = []
    for phrase in generated(listed):
        if len(phrase) >= LEAST and phrase not in seen:
            seen.add(phrase)
            more.append(phrase)
    return "\n".join((*HEADER, *listed, "# generated", *more, "")).encode("utf-8")


def main(arguments: Iterable[str]) -> int:
    """Write the file."""
    (folder,) = arguments
    made = content(words(Path(folder)))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(gzip.compress(made, 9, mtime=0))
    print(f"{made.count(bytes([10])) - len(HEADER) - 1} entries, {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
