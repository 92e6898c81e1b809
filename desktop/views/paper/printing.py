"""Knows how pages reach a printer: as pictures in memory, painted onto its paper; no file is made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.errors import Refused
from desktop.domain.words import tr
from desktop.services.ports import PageImage
from desktop.views.paper.pages import image_of

Printed = Callable[[QPrinter], object]


def printer_for(size: str, dpi: int) -> QPrinter:
    """A printer set to a size of paper, without margins of its own."""
    made = QPrinter()
    made.setResolution(dpi)
    made.setFullPage(True)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if size == "Letter" else QPageSize.PageSizeId.A4))
    made.setPageOrientation(QPageLayout.Orientation.Portrait)
    return made


def ask_printer(parent: QWidget, size: str, dpi: int, then: Printed) -> None:
    """Ask which printer, in the machine's own dialog; then(printer) once somebody chose."""
    printer = printer_for(size, dpi)
    dialog = QPrintDialog(printer, parent)

    def chosen() -> None:
        then(printer)

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(chosen)
    # Its own open() wants a slot by name; the plain dialog's does not.
    QDialog.open(dialog)


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
