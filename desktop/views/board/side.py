"""Knows one participant's side of the board, and repaints only what changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.board.shown import SideFacts, StateLine
from desktop.views.board.touchcard import TouchCard
from desktop.views.ui import paint
from desktop.views.ui.basics import Card
from desktop.views.ui.chips import ChipGrid
from desktop.views.ui.clock import DueRing
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.phases import PhaseBar
from desktop.views.ui.seats import PersonHeader
from desktop.views.ui.strips import VitalsStrips
from desktop.views.ui.theme import Tone
from desktop.views.ui.tiles import VitalsTiles


class LineView(Painted):
    """One plain line: an icon and words, in the meaning's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = StateLine("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: StateLine) -> None:
        """Show it."""
        if line == self._line:
            return
        self._line = line
        self.say(line.text)
        self.setToolTip(line.text)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as small words."""
        return QSize(look().sizes.ring * 2, int(paint.height_of(look().sizes.caption)) + 1)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(look().sizes.ring, self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """Icon, words."""
        now = look()
        if not self._line.text:
            return
        sizes, high = now.sizes, float(self.height())
        loud = self._line.tone is not Tone.PLAIN
        value = now.theme.shade(self._line.tone).text if loud else now.theme.ink.muted
        side = float(sizes.icon_small)
        paint.icon(painter, self._line.icon, QRectF(0, (high - side) / 2, side, side), value)
        left = side + sizes.hair * 2
        where = QRectF(left, 0, self.width() - left, high)
        size = paint.fitting(self._line.text, sizes.caption, where.width(), strong=loud, least=sizes.caption - 1)
        paint.words(painter, where, self._line.text, size, value, strong=loud)


class RoomyStrips(VitalsStrips):
    """The strips take what room is left; while they give way they may need none, and then are not drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._giving_way = False

    def give_way(self, giving_way: bool) -> None:
        """Whether something else needs the room more."""
        if giving_way != self._giving_way:
            self._giving_way = giving_way
            self.updateGeometry()

    def least(self) -> int:
        """The room for one strip with its axis; less while they give way, where otherwise nothing would stand."""
        strip = look().sizes.strip
        return strip if self._giving_way else strip * 5 // 4

    def minimumSizeHint(self) -> QSize:
        """One strip at least, unless they give way."""
        return QSize(look().sizes.ring * 2, 0 if self._giving_way else self.least())

    def sizeHint(self) -> QSize:
        """They ask for little and grow into what is free."""
        return QSize(look().sizes.ring * 5, self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Out of Tab order while there is nothing to see."""
        super().resizeEvent(event)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.roomy() else Qt.FocusPolicy.NoFocus)

    def roomy(self) -> bool:
        """Whether there is room for dots."""
        return self.height() >= self.least()

    def draw(self, painter: QPainter) -> None:
        """Draw where it makes sense."""
        if self.roomy():
            super().draw(painter)


class ChipArea(QScrollArea):
    """The chips at their full height where there is room; else at least two rows of them, to be scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = ChipGrid()
        self.setWidget(self.grid)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid.setProperty("kind", "bare")
        self.viewport().setProperty("kind", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._full = 0
        self._giving_way = False

    def sizeHint(self) -> QSize:
        """All rows at the present width."""
        wide = max(self.width(), look().sizes.target * 3)
        return QSize(look().sizes.target * 6, self.grid.heightForWidth(wide))

    def give_way(self, giving_way: bool) -> None:
        """Whether something else needs the room more: then one row stays in sight, and the others are scrolled."""
        if giving_way != self._giving_way:
            self._giving_way = giving_way
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Two rows, or one."""
        sizes = look().sizes
        rows = sizes.target if self._giving_way else 2 * sizes.target + sizes.tight
        return QSize(sizes.target * 3, min(self.sizeHint().height(), rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other rows."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another density needs other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def fit(self) -> None:
        """Ask for the height that the chips need now, and scroll only when it is not given."""
        full = self.sizeHint().height()
        bar = 0 if full <= self.height() else look().sizes.inner
        wide = max(1, self.width() - bar)
        self.grid.resize(wide, max(self.height(), self.grid.heightForWidth(wide)))
        if full != self._full:
            self._full = full
            self.updateGeometry()


class Side(Card):
    """Everything about one participant, always in the same place."""

    chip = Signal(str)
    safe = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        self.lines.setSpacing(sizes.tight)
        self.touch = TouchCard()
        self.touch.safe.connect(self.safe)
        self.header, self.limits = PersonHeader(), LineView()
        self.phases, self.due = PhaseBar(), DueRing()
        self.tiles, self.strips, self.chips = VitalsTiles(), RoomyStrips(), ChipArea()
        self._states = QVBoxLayout()
        self._states.setSpacing(0)
        self._lines: list[LineView] = []
        course = QHBoxLayout()
        course.setSpacing(sizes.inner)
        course.addWidget(self.phases, 1)
        course.addWidget(self.due)
        self.lines.addWidget(self.header)
        self.lines.addWidget(self.limits)
        self.lines.addLayout(course)
        self.lines.addWidget(self.tiles)
        self.lines.addLayout(self._states)
        self.lines.addWidget(self.touch)
        self.lines.addWidget(self.strips, 1)
        self.lines.addWidget(self.chips)
        self.chips.grid.pressed.connect(self.chip)
        self._facts: SideFacts | None = None

    @property
    def facts(self) -> SideFacts | None:
        """What is shown."""
        return self._facts

    def show_side(self, facts: SideFacts, at: int = 0) -> None:
        """Show a person; parts that say the same as before are left alone. at: the place, counted from the left."""
        old = self._facts
        self._facts = facts
        if old is None or old.person != facts.person:
            self.header.show_person(facts.person)
            self.setAccessibleName(f"{facts.person.letter}, {facts.person.name}")
        self.limits.show_line(facts.limits)
        if old is None or old.due != facts.due:
            self.due.show_due(facts.due)
        self.due.setVisible(not facts.closed)
        if old is None or old.phases != facts.phases:
            self.phases.show_phases(facts.phases)
        if old is None or old.tiles != facts.tiles:
            self.tiles.show_tiles(facts.person.letter, facts.tiles)
        if old is None or old.strips != facts.strips:
            self.strips.show_strips(facts.strips)
        if old is None or old.chips != facts.chips:
            self.chips.grid.show_chips(facts.person.letter, facts.person.seat, facts.chips)
            self.chips.fit()
        if old is None or old.lines != facts.lines:
            self._show_lines(facts.lines)
        self.touch.setVisible(facts.touch is not None)
        if facts.touch is not None and (old is None or old.touch != facts.touch):
            self.touch.show_touch(facts.touch, at)

    def give_way(self, giving_way: bool) -> None:
        """While the dialogue's coach is there, the strips and the order's limits leave it their room."""
        self.strips.give_way(giving_way)
        self.touch.give_way(giving_way)
        self.chips.give_way(giving_way)
        self.limits.setVisible(not giving_way)

    def reserve(self, count: int) -> None:
        """Leave room for so many lines, as many as the other side has: both sides stay level."""
        while len(self._lines) < count:
            made = LineView()
            made.hide()
            self._states.addWidget(made)
            self._lines.append(made)
        for at, view in enumerate(self._lines):
            view.setVisible(at < count)

    def _show_lines(self, lines: tuple[StateLine, ...]) -> None:
        self.reserve(max(len(lines), sum(not view.isHidden() for view in self._lines)))
        for at, view in enumerate(self._lines):
            view.show_line(lines[at] if at < len(lines) else StateLine("", ""))
