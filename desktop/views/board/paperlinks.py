"""Knows what a closed session offers: sheets of each person, worksheets, and what comes next."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.state import LiveState
from desktop.views.board.shown import PaperLink
from desktop.views.board.wording import letter_of

AFTER = "after"
"""What comes next is no paper: signatures, the draft note, follow-ups."""
HOME, PRESCRIBER = "leaving-instructions", "prescriber"
_FEW = 2


def papers_of(state: LiveState) -> tuple[PaperLink, ...]:
    """In rows, each person in their own column; nothing while the session runs. In a group only the flowsheets."""
    if not state.closed:
        return ()
    people = tuple(state.people)
    kinds = [(tr("Flowsheet {letter}"), "file-text", "")]
    if len(people) <= _FEW:
        kinds.append((tr("Prescriber's page {letter}"), "stethoscope", f"{PRESCRIBER}:"))
        kinds.append((tr("Going home {letter}"), "door-open", f"{HOME}:"))
    sheets = tuple(
        PaperLink(words.format(letter=letter_of(key)), icon, f"{sheet}{key}")
        for words, icon, sheet in kinds for key in people
    )
    last = (PaperLink(tr("Worksheets"), "printer", None), PaperLink(tr("What comes next"), "list", AFTER))
    return (*sheets, *last)
