"""Knows the observation chips: large enough for a thumb, with the letters that complete them on the quick line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.domain.words import tr, trn
from desktop.views.ui import paint
from desktop.views.ui.facts import Chip
from desktop.views.ui.look import look
from desktop.views.ui.theme import Density, Tone

_NARROWEST = 2.0
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ChipButton(QAbstractButton):
    """One chip: what it says, its letters, how often and when last."""

    def __init__(self, chip: Chip, seat: Tone, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip, self._seat = chip, seat
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_chip(chip, seat)

    def show_chip(self, chip: Chip, seat: Tone) -> None:
        """Show a chip's count and last minute."""
        self.chip, self._seat = chip, seat
        said = tr("{chip}, key {letters}", chip=chip.label, letters=chip.letters)
        if chip.count:
            said += ", " + trn("{count} time, last {last}", "{count} times, last {last}", chip.count, last=chip.last)
        self.setText(chip.label)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        """At least a thumb high."""
        return QSize(look().sizes.target * 3, look().sizes.target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter are the grid's; Qt would walk through the chips in another order."""
        if event.key() in _STEPS or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label above; letters, count and minute below. Seen before: edged in the person's colour."""
        now = look()
        sizes, theme = now.sizes, now.theme
        ink = theme.ink
        shade = theme.shade(self._seat)
        area = QRectF(self.rect())
        fill = theme.ground.sunken
        if self.isDown():
            fill = ink.selected
        elif self.underMouse():
            fill = theme.ground.hover
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            border = shade.border if self.chip.count else theme.ground.border
            paint.shape(painter, area, fill=fill, border=border, radius=sizes.radius_small)
            inner = area.adjusted(sizes.tight, sizes.hair, -sizes.tight, -sizes.hair)
            first, small = paint.height_of(sizes.body), paint.height_of(sizes.caption)
            top = inner.top() + (inner.height() - first - small) / 2
            head = QRectF(inner.left(), top, inner.width(), first)
            side = 0.0
            if self.chip.tone in {Tone.AMBER, Tone.RED}:
                side = float(sizes.icon_small)
                value = theme.shade(self.chip.tone).text
                sign = QRectF(head.right() - side, top + (first - side) / 2, side, side)
                paint.icon(painter, "triangle-alert", sign, value)
            room = head.adjusted(0, 0, -side, 0)
            size = paint.fitting(self.chip.label, sizes.body, room.width(), least=sizes.caption)
            paint.words(painter, room, self.chip.label, size, ink.text)
            foot = QRectF(inner.left(), top + first, inner.width(), small)
            paint.words(painter, foot, self.chip.letters, sizes.caption, ink.muted, strong=True)
            if self.chip.count:
                tally = f"{self.chip.count}× · {self.chip.last}"
                paint.words(painter, foot, tally, sizes.caption, ink.muted, align=paint.RIGHT)
            if self.hasFocus():
                paint.focus_ring(painter, area, sizes.radius_small)


class ChipGrid(QWidget):
    """All chips of one participant under their group's name; arrows move among them, Enter and Space press."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, ChipButton] = {}
        self._chips: tuple[Chip, ...] = ()
        self._captions: list[tuple[str, QRectF]] = []
        self._columns = 1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, who: str, seat: Tone, chips: tuple[Chip, ...]) -> None:
        """Show a person's chips; a press sends the chip's key."""
        self.setAccessibleName(tr("Observations of {who}", who=who))
        same = [chip.key for chip in chips] == [chip.key for chip in self._chips]
        self._chips = chips
        if not same:
            for old in self._buttons.values():
                old.deleteLater()
            self._buttons = {chip.key: self._button(chip, seat) for chip in chips}
        for chip in chips:
            self._buttons[chip.key].show_chip(chip, seat)
        if not same:
            self._place(self.width())
            self.updateGeometry()
        self.update()

    def _button(self, chip: Chip, seat: Tone) -> ChipButton:
        made = ChipButton(chip, seat, self)
        made.clicked.connect(partial(self.pressed.emit, chip.key))
        made.setVisible(True)
        return made

    def buttons(self) -> tuple[ChipButton, ...]:
        """The chips in their order."""
        return tuple(self._buttons.values())

    def heightForWidth(self, wide: int) -> int:
        """How high the chips stand at a width."""
        return self._flow(wide)[2]

    def sizeHint(self) -> QSize:
        """Three to a row."""
        wide = look().sizes.target * 9
        return QSize(wide, self._flow(wide)[2])

    def minimumSizeHint(self) -> QSize:
        """As high as they need at the present width."""
        return QSize(look().sizes.target * 3, self._flow(max(self.width(), look().sizes.target * 3))[2])

    def _flow(self, wide: int) -> tuple[list[tuple[str, QRect]], list[tuple[str, QRectF]], int]:
        """Where each chip (key, place) and each group's name stand, and the height in all."""
        sizes = look().sizes
        gap, least = sizes.tight, int(sizes.target * _NARROWEST)
        # In little room the groups follow each other without a break.
        parted = look().density is Density.COMFORTABLE
        columns = self._even(max(1, (wide + gap) // (least + gap)))
        small = paint.height_of(sizes.caption) + sizes.hair
        places: list[tuple[str, QRect]] = []
        captions: list[tuple[str, QRectF]] = []
        top, column, group = 0, 0, None
        for chip in self._chips:
            if parted and chip.group != group:
                top += (sizes.target + gap) if column else 0
                column, group = 0, chip.group
                if chip.group:
                    captions.append((chip.group, QRectF(0, top, wide, small)))
                    top += int(small)
            elif column == columns:
                top += sizes.target + gap
                column = 0
            # Rounded anew for each, so that the last one ends where the row ends.
            left, right = (round((wide + gap) * at / columns) for at in (column, column + 1))
            places.append((chip.key, QRect(left, top, right - left - gap, sizes.target)))
            column += 1
        self._columns = columns
        return places, captions, top + (sizes.target if column else 0)

    def _even(self, columns: int) -> int:
        """As few columns as need no further row: full rows of wider chips, not a long row and a rest."""
        parted = look().density is Density.COMFORTABLE
        groups = [chip.group if parted else "" for chip in self._chips]
        most = max((groups.count(group) for group in set(groups)), default=1)
        rows = -(-most // columns)
        return max(1, -(-most // rows)) if rows > 1 else columns

    def _place(self, wide: int) -> None:
        places, self._captions, _ = self._flow(wide)
        for key, where in places:
            self._buttons[key].setGeometry(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow anew."""
        super().resizeEvent(event)
        self._place(self.width())

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the chips."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place(self.width())
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The groups' names."""
        now = look()
        with QPainter(self) as painter:
            for caption, where in self._captions:
                paint.words(painter, where, caption, now.sizes.caption, now.theme.ink.muted, strong=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour, Enter presses."""
        buttons = self.buttons()
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if at is None:
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            buttons[at].click()
            return
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        to = at + step[0] + step[1] * self._columns
        if 0 <= to < len(buttons):
            buttons[to].setFocus(Qt.FocusReason.OtherFocusReason)
