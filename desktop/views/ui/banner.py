"""Knows how the page speaks up: an inline strip with what happened, what is safe, what to do next; never modal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.views.ui.basics import Button, Sign, label, restyle, wrapped
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

_SIGNS = {
    Tone.PLAIN: "info",
    Tone.ACCENT: "info",
    Tone.GREEN: "circle-check",
    Tone.AMBER: "triangle-alert",
    Tone.RED: "octagon-alert",
}
CLOSE = "close"
"""The key that the closing button sends."""


def banner_of(error: Known, tone: Tone = Tone.AMBER, actions: tuple[tuple[str, str], ...] = ()) -> BannerFacts:
    """The banner that tells of an error, in its own three sentences."""
    return BannerFacts(tone, error.what, error.safe, error.next_step, actions, closable=True)


class Banner(QFrame):
    """One inline message; hidden until it has something to say. It never takes the keyboard by itself."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._sign = Sign("info")
        self._what = wrapped("", "strong")
        self._more = wrapped("", "")
        self._row = QHBoxLayout(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._what)
        words.addWidget(self._more)
        words.addStretch(1)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)
        self._actions: list[Button] = []
        self._facts: BannerFacts | None = None
        self._space()
        self.hide()

    def show_banner(self, facts: BannerFacts | None) -> None:
        """Say something, or with None nothing any more."""
        if facts == self._facts:
            return
        before, self._facts = self._facts, facts
        # Buttons that stay the same stay: the keyboard may be on one of them while the words change.
        same = None not in (before, facts) and _buttons(before) == _buttons(facts)
        if not same:
            self._drop()
        if facts is None:
            self.hide()
            return
        restyle(self, "tone", facts.tone.value)
        self._sign.show_sign(_SIGNS.get(facts.tone, "info"), facts.tone)
        more = " ".join(part for part in (facts.safe, facts.next_step) if part)
        self._what.setText(facts.what)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        if not same:
            self._offer(facts)
        self.setAccessibleName(" ".join(part for part in (facts.what, more) if part))
        self.show()

    def buttons(self) -> tuple[Button, ...]:
        """What can be answered, from left to right."""
        return tuple(self._actions)

    def _offer(self, facts: BannerFacts) -> None:
        for key, words in facts.actions:
            self._add(Button(words), key)
        if facts.closable:
            self._add(Button(tr("Close"), "x", kind="quiet"), CLOSE)

    def _drop(self) -> None:
        for old in self._actions:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._actions = []

    def _add(self, button: Button, key: str) -> None:
        button.clicked.connect(partial(self.chosen.emit, key))
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._actions.append(button)

    def _space(self) -> None:
        sizes = look().sizes
        self._row.setContentsMargins(sizes.inner, sizes.tight, sizes.inner, sizes.tight)
        self._row.setSpacing(sizes.inner)

    def sizeHint(self) -> QSize:
        """As high as its words need at this width: where they wrap more often than Qt guessed, none may be cut off."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()


def _buttons(facts: BannerFacts | None) -> tuple[object, ...]:
    return () if facts is None else (facts.actions, facts.closable)


def notice(tone: Tone, text: str, kind: str = "") -> QWidget:
    """A quiet line with an icon, for a page rather than over it."""
    made = QWidget()
    made.setProperty("kind", "bare")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look().sizes.tight)
    row.addWidget(Sign(_SIGNS.get(tone, "info"), tone), 0, Qt.AlignmentFlag.AlignTop)
    words = label(text, kind, tone)
    words.setWordWrap(True)
    row.addWidget(words, 1)
    return made
