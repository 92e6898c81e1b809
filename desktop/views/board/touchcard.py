"""Knows how a touch plan stands on a person's side: how much holds now, who may touch where, and the safe signal."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.board.actions import ActionButton
from desktop.views.board.doing_safety import SAFE_KEYS
from desktop.views.board.shown import ActionFacts
from desktop.views.board.shown_safety import TouchFacts, TouchRow
from desktop.views.board.touchfacts import may_words, row_words
from desktop.views.ui import paint
from desktop.views.ui.facts import Table
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone

_ROWS = 3
TONES = (("no", "ban", Tone.RED), ("ask", "circle-alert", Tone.AMBER), ("yes", "circle-check", Tone.GREEN))
"""In the order of reading: a no is never what is cut off."""


class TouchView(Painted):
    """How much of the plan holds, and below it who may touch where: icon, words and colour together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, reachable=True)
        self._facts: TouchFacts | None = None
        self._rows = _ROWS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_touch(self, facts: TouchFacts) -> None:
        """Show a card."""
        self._facts = facts
        rows = ". ".join(row_words(row) for row in facts.rows)
        self.say(tr("Touch, {letter}: {said}", letter=facts.letter, said=facts.said), f"{facts.state}. {rows}")
        self.setToolTip(f"{facts.said}\n{rows}\n{facts.safety}")
        self.updateGeometry()
        self.update()

    def give_way(self, giving_way: bool) -> None:
        """Whether something else needs the room more."""
        self._rows = 1 if giving_way else _ROWS
        self.updateGeometry()

    def table(self) -> Table | None:
        """Who, where, what."""
        facts = self._facts
        if facts is None:
            return None
        rows = tuple(
            (row.who, cell.place, may_words(cell.may), tr("narrowed") if cell.narrowed else "")
            for row in facts.rows for cell in row.cells
        )
        title = tr("Touch, {letter}, {state}", letter=facts.letter, state=facts.state)
        return Table(title, (tr("who"), tr("place"), tr("may"), tr("since")), rows)

    def sizeHint(self) -> QSize:
        """The first line and up to three rows."""
        sizes = look().sizes
        rows = min(self._rows, len(self._facts.rows)) if self._facts is not None else 0
        high = paint.height_of(sizes.body) + rows * paint.height_of(sizes.caption)
        return QSize(sizes.ring * 3, int(max(sizes.target, high + 1)))

    def minimumSizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(look().sizes.ring, look().sizes.target)

    def draw(self, painter: QPainter) -> None:
        """The hand with what holds; the rows."""
        facts = self._facts
        if facts is None:
            return
        now = look()
        sizes, theme = now.sizes, now.theme
        first, small = paint.height_of(sizes.body, strong=True), paint.height_of(sizes.caption)
        value = theme.ink.text if facts.tone is Tone.PLAIN else theme.shade(facts.tone).text
        icon = float(sizes.icon_small)
        paint.icon(painter, "hand", QRectF(0, (first - icon) / 2, icon, icon), value)
        left = icon + sizes.hair * 2
        room = QRectF(left, 0, self.width() - left, first)
        size = paint.fitting(facts.said, sizes.body, room.width(), strong=True, least=sizes.caption)
        used = paint.words(painter, room, facts.said, size, value, strong=True)
        rest = room.width() - used - sizes.tight
        if rest > sizes.target:
            where = QRectF(left + used + sizes.tight, 0, rest, first)
            paint.words(painter, where, facts.state, sizes.caption, theme.ink.muted)
        top = first
        if not facts.rows or facts.stopped:
            under = QRectF(left, top, self.width() - left, small)
            paint.words(painter, under, facts.safety, sizes.caption, theme.ink.muted)
            return
        fits = max(1, int((self.height() - first + 1) // small))
        for row in facts.rows[:fits]:
            self._row(painter, row, QRectF(left, top, self.width() - left, small))
            top += small

    def _row(self, painter: QPainter, row: TouchRow, where: QRectF) -> None:
        """`therapist`, then for yes, ask and no its icon and the places; what is cut off stands in the table."""
        now = look()
        sizes, theme = now.sizes, now.theme
        left = where.left() + paint.words(painter, where, row.who, sizes.caption, theme.ink.muted) + sizes.tight
        icon = float(sizes.icon_small) - 2
        for may, sign, tone in TONES:
            cells = [cell for cell in row.cells if cell.may == may]
            if not cells and not (may == "no" and not row.cells):
                continue
            places = ", ".join(f"{cell.place}\u2193" if cell.narrowed else cell.place for cell in cells)
            words = f"{may_words(may)}: {places}" if places else may_words(may)
            value = theme.shade(tone).text
            room = where.right() - left - icon - sizes.hair
            if room < sizes.target:
                paint.words(painter, QRectF(left, where.top(), room, where.height()), "\u2026", sizes.caption, value)
                return
            paint.icon(painter, sign, QRectF(left, where.top() + (where.height() - icon) / 2, icon, icon), value)
            spot = QRectF(left + icon + sizes.hair, where.top(), room, where.height())
            left += icon + sizes.hair + paint.words(painter, spot, words, sizes.caption, value) + sizes.tight


class TouchCard(QWidget):
    """The card on a side, read-only, and beside it the person's safe signal as a button. safe(): it was given."""

    safe = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().sizes.tight)
        self.view, self.signal = TouchView(), ActionButton(ActionFacts("safe", tr("Safe signal"), "hand"), self)
        self.signal.clicked.connect(self.safe)
        row.addWidget(self.view, 1)
        row.addWidget(self.signal)

    def show_touch(self, facts: TouchFacts, at: int) -> None:
        """Show a card. at: the person's place, which has its own key."""
        self.view.show_touch(facts)
        key = SAFE_KEYS[at] if at < len(SAFE_KEYS) else ""
        self.signal.show_action(ActionFacts("safe", tr("Safe signal"), "hand", key))
        said = tr("Safe signal of {letter}, {key}", letter=facts.letter, key=self.signal.key_words)
        self.signal.setAccessibleName(said)

    def give_way(self, giving_way: bool) -> None:
        """In little room the rows leave it to something else: the first of them stays."""
        self.view.give_way(giving_way)
