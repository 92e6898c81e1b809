"""The log of archives gets from the archives' screen to a printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors_archive import NoPlaces
from desktop.views.archives.printing import Ways
from desktop.views.archives.view import ArchivesScreen
from desktop.views.ui.ops import Ops
from tests.storage.archive.kit import House
from tests.views.hands import opened, settle


def test_the_log_is_printed_with_every_archive(qtbot: QtBot, ops: Ops, house: House, clothed: object) -> None:
    house.make()
    asked: list[tuple[str, int]] = []
    printed: list[tuple[object, int, str]] = []

    def ask_printer(parent: QWidget, size: str, dpi: int, then: Callable[[Any], object]) -> None:
        asked.append((size, dpi))
        then("the printer")

    def put_on(printer: Any, pages: tuple[Any, ...], title: str) -> None:
        printed.append((printer, len(pages), title))

    made = ArchivesScreen(house.desk, house.program.archives, ops, Ways(ask_printer, put_on))
    opened(qtbot, made)
    settle(qtbot, ops)
    made.log.click()
    assert not made.log.isEnabled()
    settle(qtbot, ops)
    assert asked == [("A4", 300)]
    assert printed == [("the printer", 1, "Log of archives")]
    assert house.lines()[-1] == "print log"


def test_a_printer_that_is_not_there_is_said_in_the_page(qtbot: QtBot, ops: Ops, house: House, clothed: object) -> None:
    def ask_printer(*asked: object) -> None:
        raise NoPlaces

    made = ArchivesScreen(house.desk, house.program.archives, ops, Ways(ask_printer, print))
    opened(qtbot, made)
    settle(qtbot, ops)
    made.log.click()
    settle(qtbot, ops)
    assert made.banner.isVisible()
