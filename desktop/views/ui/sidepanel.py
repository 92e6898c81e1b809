"""Knows how something is asked beside what it is about: a card at the right, never a window on top."""

from __future__ import annotations

from itertools import pairwise

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.views.ui.banner import CLOSE, Banner, banner_of
from desktop.views.ui.basics import ENTERS, Button, Card, PrimaryButton, label
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.screen import on_key, scrolled
from desktop.views.ui.theme import Tone


class SidePanel(Card):
    """One form at a time, with save and cancel. Enter saves, also with Ctrl; Escape leaves; the keyboard goes back.

    rings: how wide it is, in due rings.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, rings: int = 5) -> None:
        super().__init__(parent)
        self._rings = rings
        self.title = label("", "lead")
        self.title.setWordWrap(True)
        self.banner = Banner()
        self.banner.chosen.connect(self._closed)
        self._room = QWidget()
        self._inside = QVBoxLayout(self._room)
        self._inside.setContentsMargins(0, 0, look().sizes.tight, 0)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self._busy_words = label("", "caption")
        self._busy_words.hide()
        self.cancel = Button(tr("Cancel"), kind="quiet")
        self.cancel.setToolTip(tr("Escape"))
        self.save = PrimaryButton(tr("Save"), "check")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        for part in (self.title, self.banner):
            self.lines.addWidget(part)
        self.lines.addWidget(scrolled(self._room), 1)
        self.lines.addWidget(self._busy_words)
        self.lines.addWidget(self.busy)
        self.lines.addLayout(row)
        self.cancel.clicked.connect(self.left)
        self.save.clicked.connect(self.saved)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._widen()
        self.held: QWidget | None = None
        self._edited = False
        self._before: QWidget | None = None
        self._lighter: list[Button] = []
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(self, key, self._save_now)
        self.hide()

    def hold(self, title: str, inside: QWidget, save: str = "") -> None:
        """Open with this in it; what it held before is freed. save: the button's words."""
        if self.held is None:
            self._before = self.window().focusWidget()
        self._drop()
        self.held, self._edited = inside, False
        for form in (inside, *inside.findChildren(Form)):
            if isinstance(form, Form):
                form.edited.connect(self._was_edited)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.save.say(save or tr("Save"))
        self.banner.show_banner(None)
        self.say_busy("")
        self._inside.addWidget(inside)
        self._inside.addStretch(1)
        self._take_weight()
        self.show()
        self._order()

    def _take_weight(self) -> None:
        """A page has one main button: while a form is open it is the form's."""
        page = self.parentWidget()
        for button in page.findChildren(Button) if page is not None else ():
            if button.property("kind") == "primary" and not self.isAncestorOf(button):
                button.weigh(False)
                self._lighter.append(button)

    def keeps(self) -> bool:
        """Whether somebody has begun to fill in what is held: then it stays, says so, and gets the keyboard."""
        if self.held is None or not self._edited:
            return False
        self.banner.show_banner(
            BannerFacts(
                Tone.PLAIN, tr("This is not saved yet."), "",
                tr("Save it with Ctrl+Enter, or cancel it with Escape; then go on."), closable=True,
            )
        )
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            first = next((each for each in self.held.findChildren(QWidget) if _takes_tab(each)), self.save)
            first.setFocus()
        return True

    def empty(self) -> None:
        """Close; the keyboard goes back to where it was."""
        back = self._before
        self._drop()
        self.hide()
        self._before = None
        lighter, self._lighter = self._lighter, []
        for button in lighter:
            if shiboken6.isValid(button):
                button.weigh(True)
        if back is not None and back.isVisible():
            back.setFocus()

    def say_busy(self, words: str) -> None:
        """Say that saving takes a while; '' when it is over."""
        for part in (self.busy, self._busy_words):
            part.setVisible(bool(words))
        self._busy_words.setText(words)
        self.save.setEnabled(not words)

    def show_error(self, error: Known) -> None:
        """Say an error's three sentences above the form."""
        self.say_busy("")
        self.banner.show_banner(banner_of(error))

    def show_banner(self, facts: BannerFacts | None) -> None:
        """Say something above the form."""
        self.banner.show_banner(facts)

    def _closed(self, key: str) -> None:
        if key == CLOSE:
            self.banner.show_banner(None)

    def _drop(self) -> None:
        while self._inside.count():
            taken = self._inside.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.held, self._edited = None, False

    def _was_edited(self) -> None:
        self._edited = True

    def _widen(self) -> None:
        self.setFixedWidth(look().sizes.ring * self._rings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; Enter saves, except where it makes a new line; a focused button has it first."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        focused = self.window().focusWidget()
        if event.key() in ENTERS and not isinstance(focused, QPlainTextEdit):
            self._save_now()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Fields that came later are put in their order before Tab moves on."""
        self._order()
        return super().focusNextPrevChild(forward)

    def _order(self) -> None:
        """Tab goes through the fields, then Save, then Cancel, then on to the rest of the window."""
        held, window = self.held, self.window()
        if held is None:
            return
        # Not the window's own focus chain: asking it for parts that Qt made itself ends in a crash later.
        inside = [each for each in held.findChildren(QWidget) if _takes_tab(each) and each.window() is window]
        for first, second in pairwise((*self.banner.buttons(), *inside, self.save, self.cancel)):
            QWidget.setTabOrder(first, second)

    def _save_now(self) -> None:
        if self.held is not None and self.save.isVisible() and self.save.isEnabled():
            self.saved.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another density has another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._widen()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
