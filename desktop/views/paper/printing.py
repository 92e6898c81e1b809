"""Knows how pages reach a printer: as pictures in memory, painted onto its paper; no file is made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refused
from desktop.domain.words import tr
from desktop.services.ports_paper import PageImage
from desktop.views.paper.pages import image_of
from desktop.views.ui.dialogs import ask

Printed = Callable[[QPrinter], object]


def printer_for(size: str, dpi: int) -> QPrinter:
    """A printer set to a size of paper, without margins of its own."""
    made = QPrinter()
    made.setResolution(dpi)
    made.setFullPage(True)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if size == "Letter" else QPageSize.PageSizeId.A4))
    made.setPageOrientation(QPageLayout.Orientation.Portrait)
    return made


def ask_printer(
    parent: QWidget, size: str, dpi: int, then: Printed, known: Callable[[], list[str]] | None = None
) -> QPrintDialog:
    """Ask which printer, in the machine's own dialog; then(printer) once somebody chose. Refused when there is none.

    known: the names of the printers; the machine's own when it is not given.
    """
    if not (known or QPrinterInfo.availablePrinterNames)():
        raise Refused(
            "no printer", tr("This machine knows no printer."), tr("Nothing was printed; the page is unchanged."),
            tr("Connect a printer and print again, or save the page as a PDF."),
        )
    printer = printer_for(size, dpi)
    dialog = QPrintDialog(printer, parent)
    # A file is saved by the other button, which says that it is not encrypted.
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)

    def chosen() -> None:
        then(printer)

    ask(dialog, chosen)
    return dialog


def put_on(printer: QPrinter, pages: tuple[PageImage, ...], title: str) -> None:
    """Paint pages onto a printer's paper. Fit for a thread of its own; title: of the kind of page, no name."""
    printer.setDocName(title)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(
            "no printer", tr("The printer did not take the page."), tr("Nothing was printed; the page is unchanged."),
            tr("Look whether the printer is switched on, and print again."),
        )
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            area = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(0, 0, area.width(), area.height()), image_of(page))
    finally:
        painter.end()
