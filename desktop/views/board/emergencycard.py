"""Knows how the emergency card stands beside the board: steps in big type, each ticked by its digit or a touch.

It is never modal: characters go on to the quick line, and digits tick while the keyboard is on the card.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.board.shown_safety import EmergencyFacts, FactLine, StepFacts
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui import paint
from desktop.views.ui.basics import Button, Card, label, wrapped
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.seats import draw_badge
from desktop.views.ui.theme import Tone

OVER = "0"
DIGITS = "123456789"
SCROLLS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 2, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -2}


class StepButton(QAbstractButton):
    """One step: its digit, the words in big type, what to do in small print, and when it was done."""

    def __init__(self, step: StepFacts, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_step(step)

    def show_step(self, step: StepFacts) -> None:
        """Show it as it stands now."""
        self.step = step
        self.setText(step.words)
        done = tr("done at {time}", time=step.at) if step.at else tr("open")
        self.setAccessibleName(tr("{words}, {done}, key {key}", words=step.words, done=done, key=step.digit))
        self.setToolTip(step.detail)
        self.update()

    def sizeHint(self) -> QSize:
        """A thumb, or two lines."""
        sizes = look().sizes
        lines = paint.height_of(sizes.title) + paint.height_of(sizes.caption) + sizes.hair * 2
        return QSize(sizes.ring * 4, int(max(sizes.target, lines)))

    def minimumSizeHint(self) -> QSize:
        """A thumb at least."""
        return QSize(look().sizes.ring * 2, look().sizes.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The digit in a box, the words, and at the right the minute with a tick."""
        now, step = look(), self.step
        sizes, theme = now.sizes, now.theme
        area = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = theme.ground.control_border if not step.at else theme.ground.border
            fill = theme.ink.selected if self.isDown() else theme.ground.sunken if step.at else theme.ground.card
            paint.shape(painter, area, fill=fill, border=edge, radius=sizes.radius_small)
            side = min(area.height() - sizes.hair * 2, float(sizes.badge))
            box = QRectF(sizes.tight, (area.height() - side) / 2, side, side)
            ink = theme.ink.muted if step.at else theme.shade(Tone.RED).text
            paint.shape(painter, box, border=ink, radius=sizes.radius_small)
            paint.words(painter, box, step.digit, sizes.title, ink, strong=True, align=paint.CENTRE)
            left, right = box.right() + sizes.inner, area.width() - sizes.inner
            if step.at:
                words = tr("{time}", time=step.at)
                wide = paint.width_of(words, sizes.title, strong=True) + sizes.icon + sizes.hair
                mark = QRectF(right - wide, (area.height() - sizes.icon) / 2, sizes.icon, sizes.icon)
                green = theme.shade(Tone.GREEN).text
                paint.icon(painter, "check", mark, green)
                where = QRectF(mark.right() + sizes.hair, 0, wide, area.height())
                paint.words(painter, where, words, sizes.title, green, strong=True)
                right -= wide + sizes.tight
            self._words(painter, QRectF(left, 0, right - left, area.height()))
            if self.hasFocus():
                paint.focus_ring(painter, area, sizes.radius_small)

    def _words(self, painter: QPainter, room: QRectF) -> None:
        """Big words, and below them the small print where there is room for both."""
        now, step = look(), self.step
        sizes, ink = now.sizes, now.theme.ink
        big = paint.fitting(step.words, sizes.title, room.width(), strong=True, least=sizes.body)
        first, small = paint.height_of(big, strong=True), paint.height_of(sizes.caption)
        both = bool(step.detail) and first + small <= room.height()
        top = room.top() + (room.height() - first - (small if both else 0)) / 2
        value = ink.muted if step.at else ink.text
        paint.words(painter, QRectF(room.left(), top, room.width(), first), step.words, big, value, strong=True)
        if both:
            paint.words(painter, QRectF(room.left(), top + first, room.width(), small), step.detail, sizes.caption,
                        ink.muted)


class CardHead(Painted):
    """Siren, whose emergency by two identifiers, and for how long: to be read from across the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: EmergencyFacts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_head(self, facts: EmergencyFacts) -> None:
        """Show it; the seconds are not told to a screen reader."""
        self._facts = facts
        who = f"{facts.letter} {facts.person.name}, {facts.person.born}" if facts.person is not None else facts.letter
        self.say(f"{facts.title}, {who}", facts.call)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines beside the badge."""
        sizes = look().sizes
        return QSize(sizes.ring * 3, int(paint.height_of(sizes.figure) + paint.height_of(sizes.body) + sizes.hair))

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(look().sizes.ring * 2, self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """Badge; the title with its minutes; name and date of birth."""
        facts = self._facts
        if facts is None:
            return
        now = look()
        sizes, theme = now.sizes, now.theme
        high = float(self.height())
        red = theme.shade(Tone.RED).text
        side = min(high, float(sizes.badge))
        draw_badge(painter, QRectF(0, (high - side) / 2, side, side), facts.letter, facts.seat)
        left = side + sizes.inner
        first = paint.height_of(sizes.figure, strong=True)
        icon = float(sizes.icon)
        paint.icon(painter, "siren", QRectF(left, (first - icon) / 2, icon, icon), red)
        wide = paint.width_of(facts.since, sizes.figure, strong=True) + sizes.hair
        room = QRectF(left + icon + sizes.tight, 0, self.width() - left - icon - sizes.tight - wide, first)
        paint.words(painter, room, facts.title, sizes.figure, red, strong=True)
        where = QRectF(self.width() - wide, 0, wide, first)
        paint.words(painter, where, facts.since, sizes.figure, theme.ink.text, strong=True, align=paint.RIGHT)
        who = f"{facts.person.name}  \u00b7  {facts.person.born}" if facts.person is not None else ""
        under = QRectF(left, first, self.width() - left, paint.height_of(sizes.body))
        paint.words(painter, under, who, sizes.body, theme.ink.text, strong=True)


class FactsView(QScrollArea):
    """What a crew must be told, in big type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Hand-over sheet"))
        self._shown: tuple[FactLine, ...] = ()

    def show_facts(self, facts: tuple[FactLine, ...]) -> None:
        """Show these lines."""
        if facts == self._shown:
            return
        self._shown = facts
        kept = self.verticalScrollBar().value()
        held = QWidget()
        held.setProperty("kind", "bare")
        lines = QVBoxLayout(held)
        lines.setContentsMargins(0, 0, look().sizes.tight, 0)
        lines.setSpacing(0)
        for each in facts:
            lines.addWidget(label(each.name, "overline"))
            words = wrapped(each.words, "muted" if each.missing else "title")
            lines.addWidget(words)
            lines.addSpacing(look().sizes.tight)
        lines.addStretch(1)
        self.setWidget(held)
        self.verticalScrollBar().setValue(kept)


class EmergencyCardView(Card):
    """The card. ticked(step), asked(what): `handover`, `facts`, `over`, or `card:who` for another open card."""

    ticked = Signal(str)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head, self.call, self.facts_view = CardHead(), label("", "lead"), FactsView()
        self.steps = QWidget()
        self.steps.setProperty("kind", "bare")
        self._rows = QVBoxLayout(self.steps)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._buttons: dict[str, StepButton] = {}
        self.print_it = Button(tr("Alt+H  Print hand-over"), "printer", kind="primary")
        self.show_it = Button("", "file-text")
        self.over = Button(tr("0  It is over\u2026"), "check")
        self.other = Button("", "siren", kind="quiet")
        self._facts: EmergencyFacts | None = None
        self._build()
        self.hide()

    def _build(self) -> None:
        self.lines.addWidget(self.head)
        self.lines.addWidget(self.call)
        self.lines.addWidget(self.steps, 1)
        self.lines.addWidget(self.facts_view, 1)
        self.lines.addWidget(self.other)
        row = QHBoxLayout()
        row.setSpacing(look().sizes.tight)
        for button, what in ((self.print_it, "handover"), (self.show_it, "facts"), (self.over, "over")):
            for_thumbs(button)
            button.clicked.connect(partial(self.asked.emit, what))
            row.addWidget(button, 1)
        for_thumbs(self.other)
        self.other.clicked.connect(self._other)
        self.lines.addLayout(row)

    def _space(self) -> None:
        """Steps stand close: all of them must be seen at once."""
        sizes = look().sizes
        self.lines.setContentsMargins(sizes.pad, sizes.tight, sizes.pad, sizes.tight)
        self.lines.setSpacing(sizes.tight)
        if hasattr(self, "_rows"):
            self._rows.setSpacing(sizes.hair)

    @property
    def facts(self) -> EmergencyFacts | None:
        """What is shown, None while no card is open."""
        return self._facts

    def show_card(self, facts: EmergencyFacts | None) -> None:
        """Show the card as it stands; None: there is none."""
        if facts == self._facts:
            return
        self._facts = facts
        self.setVisible(facts is not None)
        if facts is None:
            return
        self.setAccessibleName(facts.title)
        self.head.show_head(facts)
        self.call.setText(facts.call)
        self._show_steps(facts.steps)
        reading = bool(facts.facts)
        self.facts_view.show_facts(facts.facts)
        self.facts_view.setVisible(reading)
        self.steps.setVisible(not reading)
        self.show_it.say(tr("Alt+S  Steps") if reading else tr("Alt+S  Show it"))
        self.show_it.setVisible(facts.person is not None)
        self.over.setVisible(facts.person is not None)
        self.other.setVisible(bool(facts.others))
        if facts.others:
            self.other.say(facts.others[0][1])

    def buttons(self) -> dict[str, StepButton]:
        """The steps by key."""
        return dict(self._buttons)

    def take_keyboard(self) -> None:
        """From here on digits tick."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit ticks its step; 0 asks how it ended; everything else goes on."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        facts, text = self._facts, event.text()
        if plain and facts is not None and text:
            if text == OVER and facts.person is not None:
                self.asked.emit("over")
                return
            if text in DIGITS:
                step = next((one for one in facts.steps if one.digit == text), None)
                if step is not None:
                    self.ticked.emit(step.key)
                return
        bar = self.facts_view.verticalScrollBar()
        if self.facts_view.isVisible() and event.key() in SCROLLS:
            bar.setValue(bar.value() + SCROLLS[event.key()] * bar.pageStep() // 2)
            return
        super().keyPressEvent(event)

    def _show_steps(self, steps: tuple[StepFacts, ...]) -> None:
        for key in [key for key in self._buttons if key not in {step.key for step in steps}]:
            gone = self._buttons.pop(key)
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for step in steps:
            button = self._buttons.get(step.key)
            if button is None:
                button = StepButton(step, self.steps)
                button.clicked.connect(partial(self.ticked.emit, step.key))
                self._buttons[step.key] = button
                self._rows.addWidget(button)
            elif button.step != step:
                button.show_step(step)

    def _other(self) -> None:
        if self._facts is not None and self._facts.others:
            self.asked.emit(f"card:{self._facts.others[0][0]}")
