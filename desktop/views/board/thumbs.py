"""Knows how a button becomes large enough for a thumb, whatever its text: the target size of the tokens."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


def for_thumbs(button: QPushButton) -> None:
    """Have the style template make it as high as a target on the board."""
    button.setProperty("touch", "true")
