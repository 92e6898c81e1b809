"""Knows the bundled typefaces and the few sizes of text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from desktop.services.ports import Resources

FAMILY = "Source Sans 3"
# Asked in this order for what Source Sans 3 cannot write.
OTHER_SCRIPTS = (
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Armenian",
    "Noto Sans Devanagari",
    "Noto Sans Georgian",
    "Noto Sans Thai",
    "Noto Sans KR Hangul",
    "Droid Sans Fallback",
)
_TABULAR = "tnum"
# Takes longer to register than all the others together, and is of use from this character on only.
_LARGE = "DroidSansFallbackFull.ttf"
_FIRST_OF_LARGE = "\u2e80"
_put_off: list[str] = []


def load(resources: Resources, *, put_off_large: bool = False) -> bool:
    """Register every bundled typeface. False when Source Sans 3 is not among them: the system's stands in.

    put_off_large: leave the one for Han out until load_rest() or ready_for(); the first picture comes sooner.
    """
    families: set[str] = set()
    for name in resources.names("fonts", ".ttf"):
        path = str(resources.path(f"fonts/{name}"))
        if name == _LARGE and put_off_large:
            _put_off.append(path)
            continue
        known = QFontDatabase.addApplicationFont(path)
        if known >= 0:
            families.update(QFontDatabase.applicationFontFamilies(known))
    return FAMILY in families


def load_rest() -> None:
    """Register what was put off; nothing when nothing was."""
    while _put_off:
        QFontDatabase.addApplicationFont(_put_off.pop())


def ready_for(words: str) -> bool:
    """Register what these words need before they are shown; whether anything had been missing."""
    missing = bool(_put_off) and max(words, default="") >= _FIRST_OF_LARGE
    if missing:
        load_rest()
    return missing


def base(pixels: int) -> QFont:
    """The program's typeface at a size, with digits of equal width."""
    made = QFont([FAMILY, *OTHER_SCRIPTS])
    made.setPixelSize(pixels)
    made.setFeature(QFont.Tag(_TABULAR), 1)
    return made


@lru_cache(maxsize=64)
def sized(pixels: int, *, strong: bool = False) -> QFont:
    """The typeface for painted text; `strong` is semibold. Shared: copy it before changing it."""
    made = base(pixels)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made
