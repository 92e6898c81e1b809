"""Knows the note above a page's fields: what must be known first, and how it reads while the fields are answered."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.board.asking import PanelFacts, Values
from desktop.views.ui.banner import notice


class PanelNote(QWidget):
    """One note; another one takes its place when the answers change what it says."""

    def __init__(self, facts: PanelFacts) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._note_of = facts.note_of
        self._said = (facts.note, facts.note_tone)
        self._notice = notice(facts.note_tone, facts.note)
        self._lines.addWidget(self._notice)

    def read(self, values: Values) -> None:
        """Say it as it reads with these answers."""
        said = self._note_of(values) if self._note_of is not None else self._said
        if said == self._said:
            return
        self._said = said
        self._lines.removeWidget(self._notice)
        self._notice.hide()
        self._notice.deleteLater()
        self._notice = notice(said[1], said[0])
        self._lines.addWidget(self._notice)

    @property
    def text(self) -> str:
        """What is said now."""
        return self._said[0]
