"""The paper screen with real widgets, real pages, and a printer that prints into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refused
from desktop.domain.records import Act
from desktop.services.live import LiveDesk
from desktop.views.paper.printing import ask_printer, printer_for, put_on
from desktop.views.paper.view import PaperScreen
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import PAPER, Place
from tests.kit import House, plan
from tests.views.hands import focused, opened, pressed, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, home: House) -> PaperScreen:
    LiveDesk.begin(home.desk(), plan(home.desk()).id)
    made = PaperScreen(home.desk(), ops, "session-1")
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


def test_the_real_pages_are_shown_with_their_number(screen: PaperScreen) -> None:
    names = [page.accessibleName() for page in screen.pages.pages]
    assert names[0].endswith(f"page 1 of {len(names)}")


def test_arrows_choose_another_copy(qtbot: QtBot, ops: Ops, screen: PaperScreen, home: House) -> None:
    screen.copies.setFocus()
    pressed(Qt.Key.Key_Down)
    settle(qtbot, ops)
    assert home.acts("worksheet")[-1][2].endswith("copy b")
    assert "Nguyễn Thị Phượng" in screen._who.text()


def test_pages_turn_and_zoom_by_key(qtbot: QtBot, ops: Ops, screen: PaperScreen) -> None:
    screen.pages.setFocus()
    wide = screen.pages.pages[0].width()
    pressed(Qt.Key.Key_Plus, CONTROL)
    assert screen.pages.pages[0].width() > wide
    pressed(Qt.Key.Key_0, CONTROL)
    assert screen.pages.pages[0].width() == wide
    pressed(Qt.Key.Key_PageDown)
    assert screen.pages.page_shown() == 1
    pressed(Qt.Key.Key_PageUp)
    assert screen.pages.page_shown() == 0


def test_a_place_can_name_the_sheet_and_the_copy(qtbot: QtBot, ops: Ops, screen: PaperScreen, home: House) -> None:
    screen.show_part(Place(PAPER, "session-1", "flowsheet/b"))
    settle(qtbot, ops)
    assert home.acts("flowsheet")[-1] == (Act.VIEW, "session-1", "copy b")


def test_printing_puts_every_page_on_the_printers_paper(
    qtbot: QtBot, ops: Ops, screen: PaperScreen, home: House, tmp_path: Path
) -> None:
    printed = tmp_path / "printed.pdf"

    def chosen(parent: QWidget, size: str, dpi: int, then: Callable[[QPrinter], object]) -> None:
        printer = printer_for(size, dpi)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        then(printer)

    screen.ask_printer = chosen
    many = len(screen.pages.pages)
    focused()
    pressed(Qt.Key.Key_P, CONTROL)
    settle(qtbot, ops)
    pages = PdfReader(printed).pages
    assert len(pages) == many
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert home.acts("worksheet")[-1][0] is Act.PRINT
    assert "sent to the printer" in screen.banner.accessibleName()


def the_dialog(screen: PaperScreen) -> QPrintDialog:
    found = screen.findChildren(QPrintDialog)
    assert len(found) == 1
    return found[0]


def test_the_machines_own_dialog_opens_and_what_it_chose_is_printed(
    qtbot: QtBot, ops: Ops, screen: PaperScreen, tmp_path: Path, home: House
) -> None:
    printed = tmp_path / "printed.pdf"

    def known(parent: QWidget, size: str, dpi: int, then: Callable[[QPrinter], object]) -> None:
        ask_printer(parent, size, dpi, then, lambda: ["the one in the hall"])

    screen.ask_printer = known
    many = len(screen.pages.pages)
    screen.print_button.setFocus()
    pressed(Qt.Key.Key_Return)
    dialog = the_dialog(screen)
    assert dialog.isVisible()
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    dialog.done(QDialog.DialogCode.Accepted.value)  # what its Print button ends in, once a printer was chosen
    settle(qtbot, ops)
    assert len(PdfReader(printed).pages) == many
    assert home.acts("worksheet")[-1][0] is Act.PRINT
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_leaving_the_dialog_prints_nothing(qtbot: QtBot, ops: Ops, screen: PaperScreen, home: House) -> None:
    def known(parent: QWidget, size: str, dpi: int, then: Callable[[QPrinter], object]) -> None:
        ask_printer(parent, size, dpi, then, lambda: ["the one in the hall"])

    screen.ask_printer = known
    screen.print_pages()
    the_dialog(screen).reject()
    settle(qtbot, ops)
    assert Act.PRINT not in {line[0] for line in home.acts("worksheet")}


def test_a_machine_without_a_printer_says_so(screen: PaperScreen) -> None:
    def none(parent: QWidget, size: str, dpi: int, then: Callable[[QPrinter], object]) -> None:
        ask_printer(parent, size, dpi, then, list)

    screen.ask_printer = none
    screen.print_pages()
    assert "knows no printer" in screen.banner.accessibleName()
    assert not screen.findChildren(QPrintDialog)


@pytest.mark.expects_log("a bug: TypeError")
def test_whatever_the_dialog_does_is_said_in_the_page(screen: PaperScreen) -> None:
    def broken(parent: QWidget, size: str, dpi: int, then: Callable[[QPrinter], object]) -> None:
        raise TypeError("open expected 2 arguments, got 0")

    screen.ask_printer = broken
    screen.print_pages()
    assert "went wrong" in screen.banner.accessibleName()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_without_a_place_to_print_to_is_refused_in_words(tmp_path: Path, clothed: object) -> None:
    printer = printer_for("A4", 72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    with pytest.raises(Refused):
        put_on(printer, (), "Worksheet")


@pytest.mark.parametrize(("size", "answer"), [("A4", 0), ("Letter", 1)])
def test_the_machines_own_print_dialog_opens_beside_the_page_and_is_freed(
    qtbot: QtBot, screen: PaperScreen, size: str, answer: int
) -> None:
    chosen: list[QPrinter] = []
    ask_printer(screen, size, 300, chosen.append, lambda: ["the one in the hall"])
    (dialog,) = screen.findChildren(QPrintDialog)
    assert dialog.isVisible()
    assert dialog.printer().resolution() == 300
    assert dialog.printer().pageLayout().pageSize().name().startswith(size)
    dialog.done(answer)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
    assert len(chosen) == answer


def test_saving_asks_where_and_frees_its_window(
    qtbot: QtBot, ops: Ops, screen: PaperScreen, tmp_path: Path
) -> None:
    dialog = screen.save()
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "kept.pdf"))
    dialog.close()
    settle(qtbot, ops)
    assert (tmp_path / "kept.pdf").exists()
    assert "not encrypted" in screen.banner.accessibleName()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
