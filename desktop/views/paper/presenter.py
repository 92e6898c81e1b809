"""Knows what the paper screen shows: the pages that were asked for last, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import Known
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports_paper import PageImage
from desktop.services.worksheets import Paper, PaperUse
from desktop.views.paper.choices import SIZES, Choices, Copy, Sheet, Wanted, choices, make
from desktop.views.paper.saving import check_target, save_pdf
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

SCREEN_DPI = 150
PRINT_DPI = 300
Pages = tuple[Paper, tuple[PageImage, ...]]
Printing = Callable[[tuple[PageImage, ...], str], object]
"""Puts pages on a printer's paper; called off the window's thread."""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is chosen and what can be. wanted None: there is nothing to print."""

    title: str
    sheets: tuple[Sheet, ...]
    copies: tuple[Copy, ...]
    wanted: Wanted | None
    who: str = ""
    seats: tuple[Tone, ...] = ()


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_paper(self, facts: PaperFacts) -> None:
        """What can be chosen, and what is."""

    def show_pages(self, title: str, pages: tuple[PageImage, ...]) -> None:
        """The real pages; none while they are made."""

    def show_busy(self, words: str) -> None:
        """What takes a moment; '' when it is over."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class PaperPresenter:
    """Decides which pages are shown. Each preview, print and save is one line in the trail."""

    def __init__(self, desk: Desk, doing: Doing, view: View, session_id: str) -> None:
        self._desk, self._doing, self._view, self._session = desk, doing, view, session_id
        self._latest = Latest(doing)
        self._choices: Choices | None = None
        self._wanted = Wanted("", "")
        self.file_name = ""

    def begin(self, sheet: str = "", copy: str = "") -> None:
        """Show what can be printed, beginning with a sheet and a copy when they are named."""
        self._wanted = replace(self._wanted, sheet=sheet or self._wanted.sheet, copy=copy or self._wanted.copy)
        self._view.show_busy(tr("Looking for the pages…"))
        self._latest.ask(partial(choices, self._desk, self._session), self._chosen, self._refused)

    def choose_sheet(self, sheet: str) -> None:
        """Another sheet, for the same person when it can be."""
        if sheet != self._wanted.sheet:
            self._wanted = replace(self._wanted, sheet=sheet)
            self._preview()

    def choose_copy(self, copy: str) -> None:
        """The same sheet for somebody else."""
        if copy != self._wanted.copy:
            self._wanted = replace(self._wanted, copy=copy)
            self._preview()

    def choose_size(self, size: str) -> None:
        """Another size of paper."""
        if size in SIZES and size != self._wanted.size:
            self._wanted = replace(self._wanted, size=size)
            self._preview()

    @property
    def size(self) -> str:
        """The size of paper that is chosen."""
        return self._wanted.size

    def print_on(self, printing: Printing) -> None:
        """Print what is shown."""
        self._view.show_busy(tr("Sending the pages to the printer…"))
        work = partial(_printed, self._desk, self._session, self._wanted, printing)
        self._doing.change(work, self._was_printed, self._refused)

    def save_as(self, path: Path) -> None:
        """Save what is shown as a PDF."""
        if path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
        self._view.show_busy(tr("Saving…"))
        work = partial(_saved, self._desk, self._session, self._wanted, path)
        self._doing.change(work, self._was_saved, self._refused)

    def _chosen(self, found: Choices) -> None:
        self._choices = found
        self._preview()

    def _preview(self) -> None:
        found = self._choices
        if found is None:
            return
        sheet = next((s for s in found.sheets if s.key == self._wanted.sheet), next(iter(found.sheets), None))
        if sheet is None:
            self._view.show_busy("")
            self._view.show_paper(PaperFacts(found.title, (), (), None))
            return
        copies = tuple(copy for copy in found.copies if copy.key in sheet.copies)
        copy = next((c for c in copies if c.key == self._wanted.copy), copies[0])
        self._wanted = replace(self._wanted, sheet=sheet.key, copy=copy.key)
        self._view.show_paper(PaperFacts(found.title, found.sheets, copies, self._wanted, copy.who, copy.seats))
        self._view.show_banner(None)
        self._view.show_busy(tr("Making the pages…"))
        work = partial(_made, self._desk, self._session, self._wanted, PaperUse.PREVIEW, SCREEN_DPI)
        self._latest.ask(work, self._show, self._refused)

    def _show(self, pages: Pages) -> None:
        paper, pictures = pages
        self.file_name = paper.file_name
        self._view.show_busy("")
        self._view.show_pages(paper.title, pictures)

    def _refused(self, error: Known) -> None:
        self._view.show_busy("")
        self._view.show_error(error)

    def _was_printed(self, many: int) -> None:
        self._view.show_busy("")
        words = trn("{count} page was sent to the printer.", "{count} pages were sent to the printer.", many)
        self._view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))

    def _was_saved(self, path: Path) -> None:
        self._view.show_busy("")
        self._view.show_banner(
            BannerFacts(
                Tone.GREEN, tr("Saved as {name} in {folder}.", name=path.name, folder=str(path.parent)),
                tr("This file is not encrypted: whoever can open that folder can read it."),
                tr("Keep it no longer than it is needed."), closable=True,
            )
        )


def _made(desk: Desk, session_id: str, wanted: Wanted, use: PaperUse, dpi: int) -> Pages:
    paper = make(desk, session_id, wanted, use)
    return paper, desk.press.preview(paper.pdf, dpi)


def _printed(desk: Desk, session_id: str, wanted: Wanted, printing: Printing) -> Outcome[int]:
    paper, pages = _made(desk, session_id, wanted, PaperUse.PRINT, PRINT_DPI)
    printing(pages, paper.title)
    return Outcome.of(len(pages), Topic("trail"))


def _saved(desk: Desk, session_id: str, wanted: Wanted, path: Path) -> Outcome[Path]:
    check_target(path)
    paper = make(desk, session_id, wanted, PaperUse.SAVE)
    return Outcome.of(save_pdf(path, paper.pdf), Topic("trail"))
