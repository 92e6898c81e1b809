"""Knows the few facts that the first screen shows; those of the board lie in facts and are loaded with it."""

from __future__ import annotations

from typing import NamedTuple

from desktop.views.ui.theme import Tone


def clock_text(seconds: int) -> str:
    """`1:47:23`; a negative time is shown with a minus."""
    sign, whole = ("\u2212", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


class BannerFacts(NamedTuple):
    """A message in the page: what happened, what is safe, what to do next, and at most three actions (key, words)."""

    tone: Tone
    what: str
    safe: str = ""
    next_step: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    closable: bool = False
