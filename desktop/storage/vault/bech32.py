"""Knows how 32 bytes are written so that a mistyped letter is caught (Bech32, BIP 173), as age writes its keys."""

from __future__ import annotations

from desktop.storage.vault.primitives import KEY_BYTES

RECIPIENT = "age"
IDENTITY = "age-secret-key-"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_SUM_LETTERS = 6


class Mistyped(Exception):
    """A text that is not what was once written: a character is wrong, missing, doubled or swapped."""


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, part in enumerate(_GENERATOR):
            check ^= part if (top >> bit) & 1 else 0
    return check


def _spread(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _regrouped(values: list[int], old: int, new: int) -> list[int]:
    """The same bits in groups of another width, filled up with zeros at the end."""
    total = 0
    for value in values:
        total = total << old | value
    bits = len(values) * old
    short = -bits % new
    total <<= short
    return [total >> (bits + short - new * (at + 1)) & ((1 << new) - 1) for at in range((bits + short) // new)]


def encode(prefix: str, raw: bytes) -> str:
    """32 bytes as text, in small letters, with a checksum of six characters."""
    if len(raw) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    data = _regrouped(list(raw), 8, 5)
    check = _polymod([*_spread(prefix), *data, *[0] * _SUM_LETTERS]) ^ 1
    data += [check >> 5 * (_SUM_LETTERS - 1 - at) & 31 for at in range(_SUM_LETTERS)]
    return prefix + "1" + "".join(_LETTERS[value] for value in data)


def decode(prefix: str, text: str) -> bytes:
    """The 32 bytes again; Mistyped. Large letters and small ones are both read, mixed ones are not."""
    if text not in {text.lower(), text.upper()} or not text.isascii():
        raise Mistyped
    small = text.lower()
    if not small.startswith(prefix + "1"):
        raise Mistyped
    letters = small[len(prefix) + 1 :]
    if any(letter not in _LETTERS for letter in letters):
        raise Mistyped
    data = [_LETTERS.index(letter) for letter in letters]
    if _polymod([*_spread(prefix), *data]) != 1:
        raise Mistyped
    groups = data[:-_SUM_LETTERS]
    if len(groups) != -(-KEY_BYTES * 8 // 5):
        raise Mistyped
    total = 0
    for group in groups:
        total = total << 5 | group
    spare = len(groups) * 5 - KEY_BYTES * 8
    if total & ((1 << spare) - 1):
        raise Mistyped
    return (total >> spare).to_bytes(KEY_BYTES, "big")
