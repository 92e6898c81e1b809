"""Knows every paper that a session has: worksheets, pages of one person, flowsheets; for whom, and since when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.people import CLINICAL, require
from desktop.domain.words import tr
from desktop.services.clinicsheet import clinic_flowsheet
from desktop.services.desk import Desk
from desktop.services.emergency_page import EMERGENCY, emergency_paper
from desktop.services.flowsheets import flowsheet
from desktop.services.pages import PageKind, page_titles, session_page
from desktop.services.seats import CLINIC, clinic_copies, own_copies, shared_copies
from desktop.services.worksheets import Paper, PaperUse, worksheet, worksheet_titles

FLOWSHEET = "flowsheet"
BLANK = "blank"
__all__ = ["BLANK", "EMERGENCY", "FLOWSHEET", "PaperTitle", "card_title", "paper_for", "paper_titles"]


@dataclass(frozen=True, slots=True)
class PaperTitle:
    """A paper as a list shows it. copies: the keys of those for whom there is one."""

    key: str
    title: str
    about: str
    copies: tuple[str, ...]


def card_title() -> PaperTitle:
    """The emergency card, which is nobody's."""
    about = tr("The steps in big type, for the wall. It names nobody.")
    return PaperTitle(EMERGENCY, tr("Emergency card"), about, (BLANK,))


def paper_titles(desk: Desk, seats: Collection[str], begun: bool) -> tuple[PaperTitle, ...]:
    """What can be printed for a session of these seats, worksheets first."""
    require(desk.member, *CLINICAL)
    own = own_copies(seats)
    found = [
        PaperTitle(sheet.id, sheet.title, sheet.about, (*own, *shared_copies(seats)) if sheet.shared else own)
        for sheet in worksheet_titles(desk)
    ]
    found += [
        PaperTitle(page.kind.value, page.title, page.about, own) for page in page_titles() if begun or not page.begun
    ]
    if begun:
        about = tr("One person's session: doses, vitals, words, log. The clinic's own holds both.")
        found.append(PaperTitle(FLOWSHEET, tr("Flowsheet"), about, (*own, *clinic_copies(seats))))
    return (*found, card_title())


def paper_for(desk: Desk, key: str, session_id: str, copy: str, use: PaperUse, page_size: str = "A4") -> Paper:
    """One paper of a session for one audience, and its line in the trail, kept before the page is shown."""
    if key == EMERGENCY:
        return emergency_paper(desk, use, page_size)
    if key == FLOWSHEET and copy.startswith(CLINIC):
        return clinic_flowsheet(desk, session_id, copy, use, page_size)
    if key == FLOWSHEET:
        return flowsheet(desk, session_id, copy, use, page_size)
    if key in tuple(PageKind):
        return session_page(desk, PageKind(key), session_id, copy, use, page_size)
    return worksheet(desk, key, session_id, copy, use, page_size)
