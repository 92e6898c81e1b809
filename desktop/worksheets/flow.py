"""Knows how parts of a text fall onto pages: nothing is cut off, no heading stands alone at a page's foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.worksheets.pen import Pen

Draw = Callable[[Pen, float, float], None]


@dataclass(frozen=True, slots=True)
class Atom:
    """A part that stays in one piece. height and gap (above it, dropped at a page's top) in points.

    draw(pen, left, top). keep: stays on the page of what follows. head: repeated above it when it begins a page.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    keep: bool = False
    head: Atom | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An atom and its top, in points below the top of the page's body."""

    atom: Atom
    top: float


def paginate(atoms: Sequence[Atom], height: float) -> tuple[tuple[Placed, ...], ...]:
    """Lay atoms onto pages whose bodies are `height` points high; there is always a first page.

    A chain of keeps moves together as long as it fits a page; a longer one is broken at the page's end.
    """
    pages: list[list[Placed]] = [[]]
    used = 0.0
    for chain in chains(atoms):
        needed = sum(atom.height + atom.gap for atom in chain)
        if pages[-1] and used + needed > height and _with_head(chain) <= height:
            pages.append([])
            used = 0.0
        for atom in chain:
            if pages[-1] and used + atom.gap + atom.height > height:
                pages.append([])
                used = 0.0
            if not pages[-1] and len(pages) > 1 and atom.head is not None:
                pages[-1].append(Placed(atom.head, 0.0))
                used = atom.head.height
            top = used + (atom.gap if pages[-1] else 0.0)
            pages[-1].append(Placed(atom, top))
            used = top + atom.height
    return tuple(tuple(page) for page in pages)


def _with_head(chain: Sequence[Atom]) -> float:
    """The height of a chain that begins a page."""
    head = chain[0].head.height if chain[0].head is not None else 0.0
    return head + sum(atom.height + atom.gap for atom in chain) - chain[0].gap


def chains(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Atoms grouped with what they are kept with."""
    found: list[list[Atom]] = []
    joined = False
    for atom in atoms:
        if joined:
            found[-1].append(atom)
        else:
            found.append([atom])
        joined = atom.keep
    return found
