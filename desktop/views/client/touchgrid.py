"""Knows how what somebody permits is answered: a grid of no, ask and yes, by mouse, by touch and by keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop.domain.care import May, Permission, Permissions
from desktop.domain.care_files import TouchWords
from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.basics import label
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

SIGNS = {May.NO: "x", May.ASK: "message-square", May.YES: "check"}
TONES = {May.NO: Tone.PLAIN, May.ASK: Tone.AMBER, May.YES: Tone.GREEN}
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_ANSWERS = {Qt.Key.Key_N: May.NO, Qt.Key.Key_A: May.ASK, Qt.Key.Key_Y: May.YES}


def may_words(may: May) -> str:
    """An answer as it is called."""
    return {May.NO: tr("no"), May.ASK: tr("ask"), May.YES: tr("yes")}[may]


def draw_answer(painter: QPainter, area: QRectF, may: May) -> None:
    """Icon and word in the answer's colour; a no is quiet, because most are."""
    now = look()
    sizes, theme = now.sizes, now.theme
    tone = TONES[may]
    plain = tone is Tone.PLAIN
    fill = theme.ground.sunken if plain else theme.shade(tone).fill
    border = theme.ground.border if plain else theme.shade(tone).border
    ink = theme.ink.muted if plain else theme.shade(tone).text
    paint.shape(painter, area, fill=fill, border=border, radius=sizes.radius_small)
    words, side = may_words(may), float(sizes.icon_small)
    wide = side + sizes.tight + paint.width_of(words, sizes.body, strong=not plain)
    left = area.left() + (area.width() - wide) / 2
    paint.icon(painter, SIGNS[may], QRectF(left, area.center().y() - side / 2, side, side), ink)
    room = QRectF(left + side + sizes.tight, area.top(), area.right() - left, area.height())
    paint.words(painter, room, words, sizes.body, ink, strong=not plain)


class Answer(QAbstractButton):
    """One answer. A press goes from no to ask to yes; Y, A and N answer at once; arrows ask for another place."""

    answered = Signal(object)
    moved = Signal(int, int)

    def __init__(self, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._said, self.may = said, May.NO
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._next)
        self.show_may(May.NO)

    def show_may(self, may: May) -> None:
        """Show an answer; no signal is sent."""
        self.may = may
        words = f"{self._said}: {may_words(may)}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a control."""
        return QSize(look().sizes.target, look().sizes.control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, letters, and what a button does."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(*_STEPS[key])
        elif key in _ANSWERS and not event.modifiers():
            self._take(_ANSWERS[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The answer, and the focus ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            draw_answer(painter, area, self.may)
            if self.hasFocus():
                paint.focus_ring(painter, QRectF(self.rect()), look().sizes.radius_small)

    def _next(self) -> None:
        order = tuple(May)
        self._take(order[(order.index(self.may) + 1) % len(order)])

    def _take(self, may: May) -> None:
        self.show_may(may)
        self.answered.emit(may)


class TouchGrid(QWidget):
    """All answers of a plan. Tab comes to one of them and goes on; arrows go from one to the next."""

    edited = Signal()

    def __init__(self, words: TouchWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.setAccessibleName(tr("What is permitted"))
        self._words = words
        self._rows: list[tuple[Answer, ...]] = []
        self._keys: dict[Answer, tuple[str, str, str]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look().sizes.hair)
        grid.setColumnStretch(0, 3)
        at = 0
        for who in words.who:
            head = label(who.label.capitalize(), "strong")
            grid.addWidget(head, at, 0)
            for column, state in enumerate(words.states, 1):
                grid.setColumnStretch(column, 2)
                named = label(state.label, "caption")
                named.setAlignment(Qt.AlignmentFlag.AlignCenter)
                grid.addWidget(named, at, column)
            at += 1
            for each, place in words.asked():
                if each.key == who.key:
                    self._row(grid, at, who.key, place.key)
                    at += 1
        self._reach(self._rows[0][0], focus=False)

    def _row(self, grid: QGridLayout, at: int, who: str, place: str) -> None:
        grid.addWidget(label(self._words.label(place)), at, 0)
        made = []
        for column, state in enumerate(self._words.states, 1):
            said = ", ".join((self._words.label(who), self._words.label(place), state.label))
            answer = Answer(said, self)
            answer.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            answer.answered.connect(self._answered)
            answer.moved.connect(partial(self._move, answer))
            self._keys[answer] = (who, place, state.key)
            grid.addWidget(answer, at, column)
            made.append(answer)
        self._rows.append(tuple(made))

    def show_permissions(self, permissions: Permissions) -> None:
        """Show what is permitted; no signal is sent."""
        for answer, key in self._keys.items():
            answer.show_may(permissions.may(*key))

    def permissions(self) -> tuple[Permission, ...]:
        """What stands here."""
        return tuple(Permission(*key, answer.may) for answer, key in self._keys.items())

    def answer(self, who: str, place: str, state: str) -> Answer:
        """One answer; StopIteration when it is not asked."""
        return next(answer for answer, key in self._keys.items() if key == (who, place, state))

    def first(self) -> Answer:
        """Where Tab arrives."""
        return next(answer for answer in self._keys if answer.focusPolicy() == Qt.FocusPolicy.StrongFocus)

    def _answered(self, _may: object) -> None:
        self.edited.emit()

    def _move(self, answer: Answer, down: int, across: int) -> None:
        row = next(at for at, each in enumerate(self._rows) if answer in each)
        column = self._rows[row].index(answer)
        row, column = row + down, column + across
        if 0 <= row < len(self._rows) and 0 <= column < len(self._rows[row]):
            self._reach(self._rows[row][column])

    def _reach(self, answer: Answer, *, focus: bool = True) -> None:
        """Only one of them is in Tab order: the one that was reached last."""
        for each in self._keys:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is answer else Qt.FocusPolicy.ClickFocus)
        if focus:
            answer.setFocus(Qt.FocusReason.TabFocusReason)
