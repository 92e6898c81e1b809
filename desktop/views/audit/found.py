"""Knows how what is wrong with a practice is said before anything of it is shown: what, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.words import tr, trn
from desktop.services.practice import Finding
from desktop.views.ui.banner import notice
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.look import look
from desktop.views.ui.screen import on_key, scrolled
from desktop.views.ui.theme import Tone


class FoundPage(QWidget):
    """The page between the lock and the records. go_on() and lock_asked() are all it says."""

    go_on = Signal()
    lock_asked = Signal()

    def __init__(self, findings: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        title = trn(
            "{count} thing in this practice is not as it was left",
            "{count} things in this practice are not as they were left", len(findings),
        )
        self.setAccessibleName(title)
        self.card = Card()
        self.card.lines.addWidget(label(title, "title"))
        self.card.lines.addWidget(
            wrapped(tr("Nothing of the records has been shown yet. This is in the audit trail now."), "muted")
        )
        for finding in findings:
            self.card.lines.addWidget(notice(Tone.RED, finding.text, "strong"))
            self.card.lines.addWidget(wrapped(" ".join(part for part in (finding.safe, finding.next_step) if part)))
        self.lock = PrimaryButton(tr("Lock again"), "lock")
        self.carry_on = Button(tr("I have read this: show the records"), "arrow-right")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.carry_on)
        row.addWidget(self.lock)
        self.card.lines.addLayout(row)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.addStretch(1)
        self._lines.addWidget(self.card)
        self._lines.addStretch(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
        self.lock.clicked.connect(self.lock_asked)
        self.carry_on.clicked.connect(self.go_on)
        on_key(self, "Escape", self.lock_asked.emit)
        self._space()

    def take_keyboard(self) -> None:
        """The safe answer."""
        self.lock.setFocus(Qt.FocusReason.OtherFocusReason)

    def _space(self) -> None:
        sizes = look().sizes
        side = sizes.ring * 2
        self._lines.setContentsMargins(side, sizes.gap, side, sizes.gap)

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()
