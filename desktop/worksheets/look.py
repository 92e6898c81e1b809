"""Knows how paper looks: colours, sizes, and the marks that tell A, B and both apart without colour."""

from __future__ import annotations

from desktop.domain.paper import Compartment
from desktop.domain.words import tr
from desktop.worksheets.fonts import Weight
from desktop.worksheets.pen import Colour
from desktop.worksheets.shaping import Ink


def rgb(code: str) -> Colour:
    """A colour from `RRGGBB`."""
    return (int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255)


INK = rgb("1A1D24")
QUIET = rgb("545B69")
HAIR = rgb("C9CED8")
FAINT = rgb("F3F5F8")
WHITE = rgb("FFFFFF")
BLUE = rgb("1F5FD6")
VIOLET = rgb("8A4BC4")
SLATE = rgb("4A5568")
AMBER = rgb("8A5A00")
AMBER_FILL = rgb("FFF4DC")
RED = rgb("B42318")
RED_FILL = rgb("FDEAE7")

TINT = {
    Compartment.A: BLUE,
    Compartment.B: VIOLET,
    Compartment.BOTH: SLATE,
    Compartment.ALONE: SLATE,
}

BODY = Ink(Weight.REGULAR, 10.5, INK)
STRONG = Ink(Weight.SEMIBOLD, 10.5, INK)
HINT = Ink(Weight.REGULAR, 9.5, QUIET)
SMALL = Ink(Weight.REGULAR, 9.0, INK)
SMALL_STRONG = Ink(Weight.SEMIBOLD, 9.0, INK)
SMALL_QUIET = Ink(Weight.REGULAR, 9.0, QUIET)
TINY = Ink(Weight.REGULAR, 7.8, QUIET)
TINY_STRONG = Ink(Weight.SEMIBOLD, 7.8, QUIET)
TITLE = Ink(Weight.SEMIBOLD, 22.0, INK)
SUBTITLE = Ink(Weight.REGULAR, 13.0, QUIET)
SECTION = Ink(Weight.SEMIBOLD, 12.5, INK)
STRIP = Ink(Weight.SEMIBOLD, 8.6, QUIET)
OWN_WORDS = Ink(Weight.ITALIC, 12.0, INK)


def coloured(ink: Ink, colour: Colour) -> Ink:
    """The same cut and size in another colour."""
    return Ink(ink.weight, ink.size, colour, ink.struck)


def struck(ink: Ink) -> Ink:
    """The same, with a line through it: readable, and no longer counting."""
    return Ink(ink.weight, ink.size, QUIET, True)


def level_ink(ink: Ink, level: str) -> Ink:
    """The look of a value at a level; the word beside it says the level too."""
    if level == "red":
        return Ink(Weight.BOLD, ink.size, RED, ink.struck)
    if level == "amber":
        return Ink(Weight.SEMIBOLD, ink.size, AMBER, ink.struck)
    return ink


def level_word(level: str) -> str:
    """What is printed beside a value outside its limits."""
    return {"amber": tr("amber"), "red": tr("red")}.get(level, "")


def strip_words(compartment: Compartment | None) -> str:
    """What stands along the strip at the page's edge; None for a page of the practice's own."""
    return {
        None: tr("The practice’s own page"),
        Compartment.A: tr("Partner A’s own page"),
        Compartment.B: tr("Partner B’s own page"),
        Compartment.BOTH: tr("A page for both partners"),
        Compartment.ALONE: tr("This person’s own page"),
    }[compartment]
