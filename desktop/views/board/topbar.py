"""Knows the board's top bar: the large clock, the session, both partners' next due item, theme, lock, close."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.board.powerline import PowerLine
from desktop.views.board.shown import NextDue, TopFacts
from desktop.views.ui import paint
from desktop.views.ui.basics import Button, Card, label
from desktop.views.ui.clock import SessionClock
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.seats import draw_badge
from desktop.views.ui.theme import THEMES, Tone

_SIGNS = {"light": "sun", "dark": "moon", "night": "eye-off"}
_WIDE = 25
"""From how many thumbs of width on the session's second line has room."""
_SEATS = {Tone.AMBER: "triangle-alert", Tone.RED: "octagon-alert"}


class DueLine(Painted):
    """Everyone's next due item in one line, to be read from afar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due: tuple[NextDue, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_due(self, due: tuple[NextDue, ...]) -> None:
        """Show what is next for each; told to a screen reader only without its seconds."""
        if due == self._due:
            return
        self._due = due
        # The seconds are left out, so that a ticking clock does not chatter.
        parts = (f"{each.letter}: {each.text.rpartition(':')[0] or each.text}" for each in due)
        self.say(tr("Next due"), "; ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """One line of larger words."""
        sizes = look().sizes
        return QSize(sizes.ring * 4, int(paint.height_of(sizes.lead)) + sizes.hair * 2)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(look().sizes.ring * 2, self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """A badge and words for each, side by side."""
        if not self._due:
            return
        now = look()
        sizes, high = now.sizes, float(self.height())
        wide = self.width() / len(self._due)
        for at, due in enumerate(self._due):
            left = at * wide
            draw_badge(painter, QRectF(left, 0, high, high), due.letter, due.seat)
            left += high + sizes.tight
            value = now.theme.ink.text
            if due.tone in _SEATS:
                value = now.theme.shade(due.tone).text
                side = float(sizes.icon_small)
                paint.icon(painter, _SEATS[due.tone], QRectF(left, (high - side) / 2, side, side), value)
                left += side + sizes.hair
            room = QRectF(left, 0, (at + 1) * wide - left - sizes.tight, high)
            size = paint.fitting(due.text, sizes.lead, room.width(), strong=True, least=sizes.caption)
            paint.words(painter, room, due.text, size, value, strong=True)


class SubLine(Painted):
    """What stands beside the title, shortened where it has no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Say this."""
        if text != self._text:
            self._text = text
            self.say(text)
            self.update()

    def sizeHint(self) -> QSize:
        """One small line."""
        return QSize(look().sizes.ring, int(paint.height_of(look().sizes.caption)) + 1)

    def draw(self, painter: QPainter) -> None:
        """The words."""
        now = look()
        where = QRectF(0, 0, self.width() - now.sizes.tight, self.height())
        paint.words(painter, where, self._text, now.sizes.caption, now.theme.ink.muted)


class TopBar(Card):
    """The session at a glance, and the three ways to change how the board stands."""

    theme_asked = Signal(str)
    lock_asked = Signal()
    close_asked = Signal()

    def __init__(self, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        self.clock, self.due, self.power = SessionClock(), DueLine(), PowerLine()
        self._title, self._sub = label("", "lead"), SubLine()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        middle = QVBoxLayout()
        middle.setSpacing(sizes.hair)
        middle.addStretch(1)
        head = QHBoxLayout()
        # Two halves, as the line below has them for two people.
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._sub, 1)
        head.addWidget(self.power)
        middle.addLayout(head)
        middle.addWidget(self.due)
        middle.addStretch(1)
        self.themes: dict[str, Button] = {}
        self.lock = Button(tr("Lock"), "lock", kind="quiet")
        self.end = Button(tr("Close session"), "door-closed", kind="quiet")
        row = QHBoxLayout()
        row.setSpacing(sizes.tight)
        row.addWidget(self.clock)
        row.addSpacing(sizes.inner)
        row.addLayout(middle, 1)
        for name in THEMES:
            button = Button({"light": tr("Light"), "dark": tr("Dark"), "night": tr("Night")}[name], _SIGNS[name])
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setChecked(name == theme)
            button.clicked.connect(partial(self._theme, name))
            self.themes[name] = button
            row.addWidget(button)
        row.addWidget(self.lock)
        row.addWidget(self.end)
        self.lock.clicked.connect(self.lock_asked)
        self.end.clicked.connect(self.close_asked)
        self.lines.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _space(self) -> None:
        sizes = look().sizes
        self.lines.setContentsMargins(sizes.pad, sizes.hair, sizes.inner, sizes.tight)
        self.lines.setSpacing(0)

    def show_top(self, facts: TopFacts) -> None:
        """Show the clock and the rest."""
        self.clock.show_time(facts.clock)
        self.due.show_due(facts.due)
        self.due.setVisible(bool(facts.due))
        self._sub.show_text(facts.sub)
        if self._title.text() != facts.title:
            self._title.setText(facts.title)
        for words in (self._title, self._sub):
            words.setToolTip(f"{facts.title}\n{facts.sub}")
        self.end.setVisible(not facts.closed)

    def show_theme(self, theme: str) -> None:
        """Which theme is in use."""
        for name, button in self.themes.items():
            button.setChecked(name == theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the title stands alone, whole; what stood beside it is in its tooltip."""
        super().resizeEvent(event)
        self._sub.setVisible(self.width() >= look().sizes.target * _WIDE)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme may have been put on from elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "themes"):
            self.show_theme(look().theme.name)

    def _theme(self, name: str) -> None:
        self.show_theme(name)
        self.theme_asked.emit(name)
