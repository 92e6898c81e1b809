"""Knows the row of things that can be done: icon, words and key on each, large enough for a thumb."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.board.shown import ActionFacts
from desktop.views.ui import paint
from desktop.views.ui.look import look

KEPT = ("more", "emergency")
"""The actions that are never left out: one leads to all others, and one must be at hand."""


class ActionButton(QAbstractButton):
    """One action: an icon, its words, and below them its key."""

    def __init__(self, facts: ActionFacts, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts = facts
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_action(facts)

    def show_action(self, facts: ActionFacts) -> None:
        """Show the action as it stands now."""
        self.facts = facts
        self.setText(facts.title)
        self.setAccessibleName(f"{facts.title}, {self.key_words}" if facts.key else facts.title)
        self.setEnabled(facts.enabled)
        self.setToolTip(self.accessibleName())
        self.update()

    @property
    def key_words(self) -> str:
        """The key as this machine writes it."""
        return QKeySequence(self.facts.key).toString(QKeySequence.SequenceFormat.NativeText)

    def sizeHint(self) -> QSize:
        """Words and icon in a row, the key below."""
        sizes = look().sizes
        words = max(
            paint.width_of(self.facts.title, sizes.body, strong=True), paint.width_of(self.key_words, sizes.caption)
        )
        return QSize(int(words + sizes.icon + sizes.tight + 2 * sizes.tight) + 2, sizes.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet box; an action that is under way is edged."""
        now = look()
        sizes, theme = now.sizes, now.theme
        ink = theme.ink
        area = QRectF(self.rect())
        fill = theme.ground.card
        if self.isDown() or self.facts.checked:
            fill = ink.selected
        elif self.underMouse() and self.isEnabled():
            fill = theme.ground.hover
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            border = theme.accent.border if self.facts.checked else theme.ground.border
            paint.shape(painter, area, fill=fill, border=border, radius=sizes.radius_small)
            value = ink.text if self.isEnabled() else ink.muted
            first, small = paint.height_of(sizes.body), paint.height_of(sizes.caption)
            top = (area.height() - first - small) / 2
            side = float(sizes.icon)
            paint.icon(painter, self.facts.icon, QRectF(sizes.tight, (area.height() - side) / 2, side, side), value)
            left = sizes.tight + side + sizes.tight
            room = area.width() - left - sizes.hair
            words = QRectF(left, top, room, first)
            paint.words(painter, words, self.facts.title, sizes.body, value, strong=True)
            paint.words(painter, QRectF(left, top + first, room, small), self.key_words, sizes.caption, ink.muted)
            if self.hasFocus():
                paint.focus_ring(painter, area, sizes.radius_small)


class ActionBar(QWidget):
    """All actions side by side; what a narrow window has no room for stays reachable by key and in the last one."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, ActionButton] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_actions(self, actions: tuple[ActionFacts, ...]) -> None:
        """Show the actions; the same ones keep their buttons and the keyboard."""
        for key in [key for key in self._buttons if key not in {facts.id for facts in actions}]:
            gone = self._buttons.pop(key)
            gone.hide()
            gone.deleteLater()
        made: dict[str, ActionButton] = {}
        for facts in actions:
            button = self._buttons.get(facts.id)
            if button is None:
                button = ActionButton(facts, self)
                button.clicked.connect(partial(self.acted.emit, facts.id))
            elif button.facts != facts:
                button.show_action(facts)
            made[facts.id] = button
        self._buttons = made
        self._place()

    def buttons(self) -> tuple[ActionButton, ...]:
        """The actions, from left to right."""
        return tuple(self._buttons.values())

    def button(self, action: str) -> ActionButton:
        """The button of an action; KeyError."""
        return self._buttons[action]

    def sizeHint(self) -> QSize:
        """As wide as it may be, one thumb high."""
        return QSize(look().sizes.target * 6, look().sizes.target)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows leave out what does not fit."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place anew."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Another density needs other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()
            self.updateGeometry()

    def _place(self) -> None:
        sizes = look().sizes
        gap, wide = sizes.tight, self.width()
        shown = list(self._buttons.values())
        hints = {button: button.sizeHint().width() for button in shown}
        while len(shown) > 1 and sum(hints[button] + gap for button in shown) - gap > wide:
            droppable = [button for button in shown if button.facts.id not in KEPT]
            if not droppable:
                break
            shown.remove(droppable[-1])
        spare = max(0, wide - sum(hints[button] + gap for button in shown) + gap)
        # What is left over is shared out to the last pixel, so that the row ends where the line above it ends.
        extra, rest = divmod(spare, max(1, len(shown)))
        if extra > sizes.target:
            extra, rest = sizes.target, 0
        left = 0
        for button in self._buttons.values():
            if button in shown:
                side = hints[button] + extra + (shown.index(button) < rest)
                button.setGeometry(QRect(left, 0, side, sizes.target))
                left += side + gap
            button.setVisible(button in shown)
