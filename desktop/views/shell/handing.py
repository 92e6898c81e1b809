"""Knows how a hand-over sheet comes onto paper with one key: no preview, no dialog, the machine's own printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, QObject
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.domain.errors import Known, Refused
from desktop.domain.words import tr
from desktop.services.handover import everyone, handover_sheet
from desktop.services.live import LiveDesk
from desktop.services.outcome import Outcome
from desktop.services.worksheets import Paper, PaperUse
from desktop.views.paper.presenter import PRINT_DPI
from desktop.views.paper.printing import printer_for, put_on
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Tone

Tells = Callable[[BannerFacts], object]


def own_printer(size: str) -> QPrinter:
    """The machine's usual printer; Refused when it knows none."""
    if QPrinterInfo.defaultPrinter().isNull() and not QPrinterInfo.availablePrinterNames():
        raise Refused(
            "no printer", tr("This machine knows no printer."), tr("The card goes on; nothing was lost."),
            tr("Read the sheet from the screen: Alt+S."),
        )
    return printer_for(size, PRINT_DPI)


def own_size() -> str:
    """`Letter` where people measure in inches, else `A4`."""
    inches = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return "Letter" if inches else "A4"


@dataclass(frozen=True, slots=True)
class HandOver:
    """Prints the sheet of one session's people. printer(size): onto which."""

    live: LiveDesk
    ops: Ops
    receiver: QObject
    printer: Callable[[str], QPrinter] = own_printer

    def hand_over(self, who: str, tell: Tells) -> None:
        """Print it; tell(...) says that it is on its way, that it was printed, or what to do instead."""
        size = own_size()
        tell(BannerFacts(Tone.PLAIN, tr("The hand-over sheet is on its way to the printer."), closable=True))
        self.ops.run(
            partial(_made, self.live, who, size), self.receiver, then=partial(self._print, size, tell),
            oops=partial(_refused, tell),
        )

    def _print(self, size: str, tell: Tells, paper: Paper) -> None:
        try:
            printer = self.printer(size)
        except Known as error:
            _refused(tell, error)
            return
        self.ops.read(
            partial(_put, self.live, printer, paper), self.receiver, then=partial(_printed, tell),
            oops=partial(_refused, tell),
        )


def _made(live: LiveDesk, who: str, size: str) -> Outcome[Paper]:
    """On the writer thread, with its line in the trail."""
    return Outcome(handover_sheet(live, who, everyone(live.desk), PaperUse.PRINT, size))


def _put(live: LiveDesk, printer: QPrinter, paper: Paper) -> None:
    put_on(printer, live.desk.press.preview(paper.pdf, PRINT_DPI), paper.title)


def _printed(tell: Tells, _: None) -> None:
    tell(BannerFacts(Tone.GREEN, tr("The hand-over sheet is with the printer."), closable=True))


def _refused(tell: Tells, error: Known) -> None:
    tell(BannerFacts(Tone.AMBER, error.what, error.safe, error.next_step or tr("Read it from the screen: Alt+S."),
                     closable=True))
