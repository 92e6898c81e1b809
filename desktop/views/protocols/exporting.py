"""Knows how a protocol leaves the practice as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome
from desktop.services.protocols import ProtocolPage, export_protocol
from desktop.views.ui.dialogs import ask
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.screen import Bound
from desktop.views.ui.theme import Tone

Save = Callable[[Path, bytes], Path]


class Exporting(QObject):
    """Asks where a file goes, and puts it there. told(banner); failed(error)."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, doing: Bound, save: Save, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._doing, self._save, self._page = desk, doing, save, page

    def ask(self, page: ProtocolPage) -> QFileDialog:
        """Ask where it goes."""
        name = f"{page.row.protocol.id}.toml"
        dialog = QFileDialog(self._page.window(), tr("Save the protocol"), str(Path.home() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(name)
        dialog.fileSelected.connect(partial(self.save_to, page.row.protocol.id))
        ask(dialog)
        return dialog

    def save_to(self, protocol_id: str, path: str) -> None:
        """Put it there."""
        work = partial(_saved, self._desk, protocol_id, self._save, Path(path))
        self._doing.change(work, self._saved, self.failed.emit)

    def _saved(self, path: Path) -> None:
        words = tr("Saved: {file}", file=path.name)
        self.told.emit(BannerFacts(Tone.GREEN, words, tr("The file holds no client's data."), closable=True))


def _saved(desk: Desk, protocol_id: str, save: Save, path: Path) -> Outcome[Path]:
    return Outcome.of(save(path, export_protocol(desk, protocol_id)[1].encode()))
