"""Knows what the services ask of the press: pages from what they say, and pictures of pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # only named here; the unlock screen is painted sooner without loading them
    from desktop.domain.paper import Flowsheet, KitSheet, WorksheetSheet
    from desktop.domain.paper_audit import AuditPaper
    from desktop.domain.paper_live import LivePage


class PageImage(NamedTuple):
    """One page as a picture: RGB bytes, row by row, without padding."""

    width: int
    height: int
    rgb: bytes


class PaperPress(ABC):
    """Turns what a page says into bytes."""

    @abstractmethod
    def worksheet(self, sheet: WorksheetSheet, page_size: str = "A4") -> bytes:
        """A worksheet as PDF; page_size is `A4` or `Letter`."""

    @abstractmethod
    def flowsheet(self, sheet: Flowsheet, page_size: str = "A4") -> bytes:
        """A person's flowsheet as PDF."""

    @abstractmethod
    def page(self, page: LivePage, page_size: str = "A4") -> bytes:
        """A page around a live session as PDF."""

    @abstractmethod
    def audit(self, sheet: AuditPaper, page_size: str = "A4") -> bytes:
        """Lines of the audit trail, or its checkpoints, as PDF."""

    @abstractmethod
    def recovery_kit(self, sheet: KitSheet, page_size: str = "A4") -> bytes:
        """The page of a recovery kit as PDF: it holds the secret itself."""

    @abstractmethod
    def preview(self, pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
        """The real pages of a PDF as pictures."""
