"""Knows how the board speaks of what is private: where both may look, only that something is open, not what."""

from __future__ import annotations

from desktop.domain.errors import Known, Refused
from desktop.domain.words import tr
from desktop.live.asks import Ask
from desktop.views.board.wording import letter_of

DECLINED = "declined"
"""The code of a refusal that would name a person's own no."""


def open_check(who: str) -> str:
    """That a check of a person is open; the same words whichever it is, and whatever was answered."""
    letter = letter_of(who)
    return tr("Not yet: a check for {letter} is open. See {letter}'s own page.", letter=letter)


def own_page(who: str) -> str:
    """What the page of one person is called, on which their own answers stand."""
    return tr("{letter}'s own page", letter=letter_of(who))


def shared(error: Known, asks: tuple[Ask, ...]) -> Known:
    """The error as it may stand where both partners look."""
    if not isinstance(error, Refused) or error.code != DECLINED:
        return error
    who = next((who for ask in asks if isinstance(who := getattr(ask, "who", None), str)), "")
    return Refused(error.code, open_check(who), error.safe)
