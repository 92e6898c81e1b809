"""Knows what the window itself speaks up about, above every screen: a fault, and closing in mid-session."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.views.ui.banner import CLOSE, Banner
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

LEAVE, STAY = "leave", "stay"
CLOSE_KEY = "Alt+X"
"""Closes the message about a fault, wherever the keyboard is."""


def fault_facts(error: Known | None = None) -> BannerFacts:
    """What is said of a fault; None for one that nobody expected. Never its own words: they may be a client's."""
    actions = ((CLOSE, tr("Close ({key})", key=CLOSE_KEY)),)
    if error is not None:
        return BannerFacts(Tone.AMBER, error.what, error.safe, error.next_step, actions)
    return BannerFacts(
        Tone.AMBER, tr("Something went wrong inside the program."),
        tr("Nothing that was saved is lost, and what stands in a form still stands there."),
        tr("Look whether your last step was done; if not, try it again. The details are in the log, without names."),
        actions,
    )


def leaving_facts() -> BannerFacts:
    """What is asked before the window closes in mid-session."""
    return BannerFacts(
        Tone.AMBER, tr("A session is running; its clock goes on."),
        tr("Every entry is saved. After unlocking again the session is offered to be carried on."), "",
        ((STAY, tr("Stay")), (LEAVE, tr("Close anyway"))),
    )


class Notices(QWidget):
    """The strips above every screen; hidden while there is nothing to say. leave() when the window is to close."""

    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "window")
        self.fault, self.leaving = Banner(), Banner()
        self._lines = QVBoxLayout(self)
        for each in (self.leaving, self.fault):
            self._lines.addWidget(each)
        self._before: QWidget | None = None
        self.fault.chosen.connect(self.close_fault)
        self.leaving.chosen.connect(self._answered)
        self._space()
        self.hide()

    def show_fault(self, error: Known | None = None) -> None:
        """Say that something failed. The keyboard stays where it is: somebody may be typing."""
        self.fault.show_banner(fault_facts(error))
        self.show()

    def close_fault(self, *_: object) -> None:
        """The message was read."""
        self._hide(self.fault)

    def ask_leaving(self) -> None:
        """Ask whether the window is to close in mid-session; the keyboard goes to staying."""
        if not self.leaving.isVisible():
            self._before = QApplication.focusWidget()
        self.leaving.show_banner(leaving_facts())
        self.show()
        self.leaving.buttons()[0].setFocus()

    def stay(self) -> None:
        """The window stays; the keyboard goes back to where it was."""
        self._hide(self.leaving)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is the harmless answer."""
        if event.key() == Qt.Key.Key_Escape:
            self.stay() if self.leaving.isVisible() else self.close_fault()
            return
        super().keyPressEvent(event)

    def _answered(self, key: str) -> None:
        self.stay()
        if key == LEAVE:
            self.leave.emit()

    def _hide(self, banner: Banner) -> None:
        now = QApplication.focusWidget()
        inside = now is not None and banner.isAncestorOf(now)
        back = self._before if banner is self.leaving else None
        banner.show_banner(None)
        self.setVisible(not self.leaving.isHidden() or not self.fault.isHidden())
        if banner is self.leaving:
            self._before = None
        if inside and back is not None and back.isVisible():
            back.setFocus()

    def _space(self) -> None:
        sizes = look().sizes
        self._lines.setContentsMargins(sizes.tight, sizes.tight, sizes.tight, sizes.tight)
        self._lines.setSpacing(sizes.tight)

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()
