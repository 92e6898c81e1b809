"""Knows the reading direction of every character: the Unicode bidirectional algorithm, as far as paper needs it.

Rules W1-W7, N0-N2, I1-I2, L1 and L2 of UAX #9, with isolates. Embeddings and overrides are ignored on purpose:
in a name or a note they could only make a line read other than it was typed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

FSI = "\u2068"
PDI = "\u2069"
_OPEN = {"\u2066": 0, "\u2067": 1, FSI: None}
_OPENERS = "([{⁅⁽₍⌈⌊〈❨❪❬❮❰❲⟦⟨⟪⟬⟮〈《「『【〔〖〘〚（［｛｟｢"
_CLOSING = ")]}⁆⁾₎⌉⌋〉❩❫❭❯❱❳⟧⟩⟫⟭⟯〉》」』】〕〗〙〛）］｝｠｣"
_PAIRS = dict(zip(_OPENERS, _CLOSING, strict=True))
_CLOSERS = {close: opener for opener, close in _PAIRS.items()}
_IGNORED = {"LRE", "RLE", "LRO", "RLO", "PDF", "BN"}
_NEUTRAL = {"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"}


def isolate(text: str) -> str:
    """Text that keeps its own direction inside a sentence: for names, numbers and anyone's own words."""
    return f"{FSI}{text.replace(FSI, '').replace(PDI, '')}{PDI}" if text else text


def first_strong(text: str) -> int | None:
    """1 for right to left, 0 for left to right, by the first strong character outside isolates; else None."""
    depth = 0
    for ch in text:
        if ch in _OPEN:
            depth += 1
        elif ch == PDI:
            depth = max(0, depth - 1)
        elif depth == 0:
            kind = unicodedata.bidirectional(ch)
            if kind in ("R", "AL"):
                return 1
            if kind == "L":
                return 0
    return None


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character; odd ones read right to left. base: the paragraph's, 0 or 1."""
    out = [base] * len(text)
    _isolated(text, 0, len(text), base, out)
    return out


def _isolated(text: str, start: int, end: int, level: int, out: list[int]) -> None:
    """Resolve text[start:end] at `level`: what lies in isolates first on its own, then the rest as one sequence."""
    sequence: list[int] = []
    at = start
    while at < end:
        sequence.append(at)
        close = _closing(text, at, end) if text[at] in _OPEN else None
        if close is None:
            at += 1
            continue
        asked = _OPEN[text[at]]
        side = asked if asked is not None else (first_strong(text[at + 1 : close]) or 0)
        inner = level + 1 if (level + 1) % 2 == side else level + 2
        # A crafted name could nest without end; past the depth of UAX #9 the rest reads as the outer text does.
        if inner <= 125:
            _isolated(text, at + 1, close, inner, out)
            at = close
        else:
            at += 1
    _resolve(text, sequence, level, out)


def _closing(text: str, at: int, end: int) -> int | None:
    """Where the isolate opened at `at` ends, or None when it never does."""
    depth = 0
    for here in range(at, end):
        if text[here] in _OPEN:
            depth += 1
        elif text[here] == PDI:
            depth -= 1
            if depth == 0:
                return here
    return None


def _resolve(text: str, sequence: list[int], level: int, out: list[int]) -> None:
    """The levels of one isolating run sequence."""
    edge = "R" if level % 2 else "L"
    kinds_all = [unicodedata.bidirectional(text[i]) or "L" for i in sequence]
    kept = [i for i, kind in zip(sequence, kinds_all, strict=True) if kind not in _IGNORED]
    kinds = [kind for kind in kinds_all if kind not in _IGNORED]
    marks = [kind == "NSM" for kind in kinds]
    _weak(kinds, edge)
    _brackets([text[i] for i in kept], kinds, marks, edge)
    _neutral(kinds, edge)
    for i, kind in zip(kept, kinds, strict=True):
        if level % 2:
            out[i] = level if kind == "R" else level + 1
        else:
            out[i] = level + {"L": 0, "R": 1}.get(kind, 2)
    before = level
    for i, kind in zip(sequence, kinds_all, strict=True):
        if kind in _IGNORED:
            out[i] = before
        before = out[i]


def _weak(kinds: list[str], edge: str) -> None:
    """W1 to W7, in place."""
    before = edge
    strong = edge
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kind = "ON" if before in ("FSI", "LRI", "RLI", "PDI") else before
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[n] = before = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):
        left, right = kinds[n - 1], kinds[n + 1]
        if left == right and ((kinds[n] == "ES" and left == "EN") or (kinds[n] == "CS" and left in ("EN", "AN"))):
            kinds[n] = left
    for start, end in _spans(kinds, {"ET"}):
        if (start and kinds[start - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN"):
            kinds[start:end] = ["EN"] * (end - start)
    strong = edge
    for n, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[n] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"


def _spans(kinds: Sequence[str], wanted: set[str]) -> list[tuple[int, int]]:
    """The stretches, as (start, end), whose kinds are all wanted."""
    found = []
    start: int | None = None
    for n, kind in enumerate([*kinds, ""]):
        if kind in wanted:
            start = n if start is None else start
        elif start is not None:
            found.append((start, n))
            start = None
    return found


def _brackets(chars: list[str], kinds: list[str], marks: list[bool], edge: str) -> None:
    """N0: a pair of brackets goes with what it holds, or with what stands before it."""
    for opened, closed in _bracket_pairs(chars, kinds):
        inside = {_strong(kind) for kind in kinds[opened + 1 : closed]} - {""}
        if edge in inside:
            side = edge
        elif inside:
            before = next((_strong(kind) for kind in reversed(kinds[:opened]) if _strong(kind)), edge)
            side = before if before in inside else edge
        else:
            continue
        for n in (opened, closed):
            kinds[n] = side
            follow = n + 1
            while follow < len(kinds) and marks[follow]:
                kinds[follow] = side
                follow += 1


def _strong(kind: str) -> str:
    return "R" if kind in ("EN", "AN", "R") else ("L" if kind == "L" else "")


def _bracket_pairs(chars: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Matched brackets that are still neutral, by their opening."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for n, ch in enumerate(chars):
        if kinds[n] != "ON":
            continue
        if ch in _PAIRS:
            if len(stack) == 63:
                return sorted(found)
            stack.append((ch, n))
        elif ch in _CLOSERS:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _CLOSERS[ch]:
                    found.append((stack[depth][1], n))
                    del stack[depth:]
                    break
    return sorted(found)


def _neutral(kinds: list[str], edge: str) -> None:
    """N1 and N2, in place."""
    for start, end in _spans(kinds, _NEUTRAL):
        left = _strong(kinds[start - 1]) if start else edge
        right = _strong(kinds[end]) if end < len(kinds) else edge
        kinds[start:end] = [left if left == right else edge] * (end - start)


def settle_line(text: str, found: Sequence[int], base: int) -> list[int]:
    """L1 for one line: separators, and blanks at its end or before one, go back to the paragraph's level."""
    out = list(found)
    trailing = True
    for n in range(len(text) - 1, -1, -1):
        kind = unicodedata.bidirectional(text[n])
        if kind in ("S", "B"):
            trailing = True
        elif not (kind in _IGNORED or kind in ("WS", "FSI", "LRI", "RLI", "PDI")):
            trailing = False
        if trailing:
            out[n] = base
    return out


def visual_order(found: Sequence[int]) -> list[int]:
    """L2: the order in which pieces with these levels stand from left to right."""
    order = list(range(len(found)))
    if not found:
        return order
    lowest_odd = min((level for level in found if level % 2), default=0)
    for level in range(max(found), lowest_odd - 1, -1) if lowest_odd else ():
        start: int | None = None
        for n in range(len(order) + 1):
            if n < len(order) and found[order[n]] >= level:
                start = n if start is None else start
            elif start is not None:
                order[start:n] = reversed(order[start:n])
                start = None
    return order
