"""Knows what the audit screen needs to bring something out: files and a printer; the shell hands it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.services.ports_paper import PageImage


@dataclass(frozen=True, slots=True)
class WaysOut:
    """check(path) refuses a place where nothing may be kept; save(path, content) writes whole or not at all.

    ask_printer(parent, size, dpi, then) asks which printer; put_on(printer, pages, title) paints on it. All of them
    raise Known.
    """

    check: Callable[[Path], None]
    save: Callable[[Path, bytes], Path]
    ask_printer: Callable[[QWidget, str, int, Callable[[QPrinter], object]], object]
    put_on: Callable[[QPrinter, tuple[PageImage, ...], str], None]
