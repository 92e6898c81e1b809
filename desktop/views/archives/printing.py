"""Knows how the log of archives gets from the archives' screen onto paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.archive_log import Digest, archive_log_page
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Report
from desktop.services.ports_archives import Archives
from desktop.services.ports_paper import PageImage

if TYPE_CHECKING:
    from desktop.views.archives.view import ArchivesScreen

PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class Ways:
    """How a page leaves the screen. ask_printer(parent, size, dpi, then): the machine's dialog; put_on: its paper."""

    ask_printer: Callable[[Any, str, int, Callable[[Any], object]], object]
    put_on: Callable[[Any, tuple[PageImage, ...], str], None]


def log_pages(desk: Desk, archives: Archives, digest: Digest, report: Report) -> Outcome[tuple[PageImage, ...]]:
    """The log as it goes to the printer; the trail says so."""
    page = archive_log_page(desk, archives, digest, report).value
    return Outcome(desk.press.preview(page.pdf, PRINT_DPI))


class LogPrinting:
    """The log of a screen: its pages are made aside, then a printer is asked for."""

    def __init__(self, screen: ArchivesScreen, desk: Desk, archives: Archives, digest: Digest, ways: Ways) -> None:
        self._screen, self._ways = screen, ways
        self._work = partial(log_pages, desk, archives, digest)

    def begin(self) -> None:
        """Make the pages; each archive is read for its code."""
        self._screen.presenter.long(self._work, self._ready)

    def _ready(self, pages: tuple[PageImage, ...]) -> None:
        try:
            self._ways.ask_printer(self._screen, "A4", PRINT_DPI, partial(self._put_on, pages))
        except Known as error:
            self._screen.show_error(error)

    def _put_on(self, pages: tuple[PageImage, ...], printer: Any) -> None:
        screen = self._screen
        work = partial(self._ways.put_on, printer, pages, tr("Log of archives"))
        screen.ops.read(work, screen, oops=screen.show_error)
