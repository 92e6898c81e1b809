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


def load(resources: Resources) -> bool:
    """Register every bundled typeface. False when Source Sans 3 is not among them: the system's stands in."""
    families: set[str] = set()
    for name in resources.names("fonts", ".ttf"):
        known = QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{name}")))
        if known >= 0:
            families.update(QFontDatabase.applicationFontFamilies(known))
    return FAMILY in families


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
