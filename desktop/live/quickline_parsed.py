"""Knows what the quick line makes of a text: what Enter would keep, or why it keeps nothing yet."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.live.asks import Ask


@dataclass(frozen=True, slots=True)
class Parsed:
    """preview says what will be kept, and names the person. problem: why Enter does nothing yet.

    text: a sentence that still needs an owner, see `owned`. wants: `owner`, `lost` or empty. who: the letter typed.
    ago_min: how many minutes ago; author: initials as typed, in small letters.
    """

    asks: tuple[Ask, ...] = ()
    preview: str = ""
    problem: str = ""
    completions: tuple[str, ...] = ()
    text: str = ""
    wants: str = ""
    who: str = ""
    ago_min: int = 0
    author: str = ""

    @property
    def ready(self) -> bool:
        """Whether Enter keeps it as it is."""
        return bool(self.asks) and not self.problem
