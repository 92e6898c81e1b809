"""Knows how to read a QR code of one mode back from its squares, as a camera's program would once it sees them.

Only what the kit needs: letters and digits of the alphanumeric mode, no error correction; ISO/IEC 18004.
"""

from __future__ import annotations

from collections.abc import Sequence

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
# Version: its alignment centres, and for level Q how many blocks with how many data bytes.
_SHAPES = {4: ((6, 26), ((2, 24),)), 5: ((6, 30), ((2, 15), (2, 16))), 6: ((6, 34), ((4, 19),))}
_MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def _reserved(side: int, centres: Sequence[int]) -> set[tuple[int, int]]:
    """Where no data lies: the three corners with their format bits, the timing lines, the alignment marks."""
    corners = [(range(9), range(9)), (range(9), range(side - 8, side)), (range(side - 8, side), range(9))]
    found = {(r, c) for rows, columns in corners for r in rows for c in columns}
    found |= {(6, n) for n in range(side)} | {(n, 6) for n in range(side)}
    for r in centres:
        for c in centres:
            if (r, c) not in found or 6 not in (r, c):
                at_corner = (r, c) in {(6, 6), (6, side - 7), (side - 7, 6)}
                if not at_corner:
                    found |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    return found


def _format(modules: Sequence[Sequence[bool]]) -> tuple[int, int]:
    """Level and mask, from beside the upper left corner."""
    places = [(8, c) for c in (0, 1, 2, 3, 4)]
    bits = "".join("1" if modules[r][c] else "0" for r, c in places)
    value = int(bits, 2) ^ 0b10101
    return value >> 3, value & 7


def _bytes(modules: Sequence[Sequence[bool]], centres: Sequence[int]) -> bytes:
    side = len(modules)
    level, mask = _format(modules)
    assert level == 0b11, "the level is not Q"
    reserved = _reserved(side, centres)
    bits, upward = [], True
    for right in (c - (c <= 6) for c in range(side - 1, 0, -2)):
        for r in range(side - 1, -1, -1) if upward else range(side):
            for c in (right, right - 1):
                if (r, c) not in reserved:
                    bits.append(modules[r][c] ^ _MASKS[mask](r, c))
        upward = not upward
    return bytes(int("".join("1" if bit else "0" for bit in bits[n : n + 8]), 2) for n in range(0, len(bits) - 7, 8))


def _data(words: bytes, shape: Sequence[tuple[int, int]]) -> bytes:
    """The data bytes, taken apart again: blocks are laid into each other byte by byte."""
    blocks: list[bytearray] = [bytearray() for count, _ in shape for _ in range(count)]
    sizes = [size for count, size in shape for _ in range(count)]
    place = iter(words)
    for n in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if n < size:
                block.append(next(place))
    return b"".join(bytes(block) for block in blocks)


def read_code(modules: Sequence[Sequence[bool]]) -> str:
    """The text of a code in alphanumeric mode, versions 4 to 6, level Q."""
    centres, shape = _SHAPES[(len(modules) - 17) // 4]
    bits = "".join(f"{word:08b}" for word in _data(_bytes(modules, centres), shape))
    assert bits[:4] == "0010", "not in alphanumeric mode"
    length = int(bits[4:13], 2)
    at, out = 13, ""
    while len(out) + 1 < length:
        pair = int(bits[at : at + 11], 2)
        out += LETTERS[pair // 45] + LETTERS[pair % 45]
        at += 11
    return out + (LETTERS[int(bits[at : at + 6], 2)] if len(out) < length else "")
