"""Knows the dialogue coach: whose turn, which step, the words in large type, mirrors, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.board.breathing import BreathView
from desktop.views.board.shown import CoachFacts
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui import paint
from desktop.views.ui.basics import Button, Card, label
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.seats import draw_badge
from desktop.views.ui.theme import Tone

BETWEEN = " \u00b7 "
_STEPS = 12
"""How many steps there are, in one row where it is wide enough."""


class PromptView(Painted):
    """The letter of whoever speaks at this step, and the words in large type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat, self._letter, self._prompt = Tone.PLAIN, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_prompt(self, seat: Tone, letter: str, prompt: str) -> None:
        """Show what is said now."""
        self._seat, self._letter, self._prompt = seat, letter, prompt
        self.say(tr("{letter} speaks: {prompt}", letter=letter, prompt=prompt))
        self.update()

    def sizeHint(self) -> QSize:
        """One large line beside the badge."""
        sizes = look().sizes
        return QSize(sizes.ring * 4, int(max(sizes.badge, paint.height_of(sizes.figure))))

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(look().sizes.ring * 2, self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """Badge, words."""
        sizes = look().sizes
        high = float(self.height())
        side = float(sizes.badge)
        draw_badge(painter, QRectF(0, (high - side) / 2, side, side), self._letter, self._seat)
        left = side + sizes.inner
        room = self.width() - left
        size = paint.fitting(self._prompt, sizes.figure, room, strong=True, least=sizes.body)
        where = QRectF(left, 0, room, high)
        paint.words(painter, where, self._prompt, size, look().theme.ink.text, strong=True)


class HintView(Painted):
    """The protocol's hints in two small lines of fixed height; all of them are in its tip, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hint(self, text: str) -> None:
        """Say it."""
        if text != self._text:
            self._text = text
            self.say(text)
            self.setToolTip(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(look().sizes.ring * 3, int(2 * paint.height_of(look().sizes.caption)) + 1)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(look().sizes.ring, self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """Broken between hints where the first line is full."""
        sizes, ink = look().sizes, look().theme.ink
        high, room = paint.height_of(sizes.caption), float(self.width())
        parts, first = self._text.split(BETWEEN), ""
        while parts and paint.width_of(BETWEEN.join(filter(None, (first, parts[0]))), sizes.caption) <= room:
            first = BETWEEN.join(filter(None, (first, parts.pop(0))))
        if not first:
            first, parts = self._text, []
        paint.words(painter, QRectF(0, 0, room, high), first, sizes.caption, ink.muted)
        paint.words(painter, QRectF(0, high, room, high), BETWEEN.join(parts), sizes.caption, ink.muted)


class Coach(Card):
    """The dialogue's strip; a step is one touch, and nothing is ever locked."""

    stepped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        self.lines.setSpacing(sizes.tight)
        self.prompt = PromptView()
        self._title, self._tally = label("", "overline"), label("", "muted")
        self.hint = HintView()
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._tally)
        self.breath, self._affect = BreathView(), label("", "caption")
        self._marks = QHBoxLayout()
        self._marks.setSpacing(sizes.tight)
        self._marks.addWidget(self.prompt, 1)
        self.affect = Button(tr("Affect"), "gauge", kind="quiet")
        for_thumbs(self.affect)
        self.affect.setAccessibleName(tr("Affect, 0 to 10"))
        self.affect.clicked.connect(partial(self.stepped.emit, "affect"))
        self._marks.addWidget(self.affect)
        self.marks: dict[str, Button] = {}
        self._steps = QGridLayout()
        self._in_a_row = _STEPS
        self._steps.setSpacing(sizes.hair)
        self._buttons: dict[str, Button] = {}
        words = QVBoxLayout()
        words.setSpacing(sizes.hair)
        words.addLayout(head)
        words.addLayout(self._marks)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self._affect)
        words.addLayout(foot)
        whole = QHBoxLayout()
        whole.setSpacing(sizes.inner)
        whole.addWidget(self.breath)
        whole.addLayout(words, 1)
        self.lines.addLayout(whole)
        self.lines.addLayout(self._steps)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._facts: CoachFacts | None = None
        self.hide()

    def _space(self) -> None:
        """Less above and below than other cards have: the sides under it need every line."""
        sizes = look().sizes
        self.lines.setContentsMargins(sizes.pad, sizes.tight, sizes.pad, sizes.hair)

    def show_coach(self, facts: CoachFacts | None) -> None:
        """Show where the dialogue stands; None: there is none."""
        if facts == self._facts:
            return
        self._facts = facts
        self.setVisible(facts is not None)
        if facts is None:
            return
        self.setAccessibleName(facts.title)
        self._title.setText(f"{facts.title}{BETWEEN}{facts.topic}" if facts.topic else facts.title)
        self._tally.setText(facts.tally)
        self.hint.show_hint(facts.hint)
        self.hint.setVisible(facts.breath_ms is None)
        self.prompt.show_prompt(facts.speaker, facts.speaker_letter, facts.prompt)
        if facts.breath is not None:
            self.breath.show_breath(facts.breath, facts.breath_ms)
        self._affect.setText(facts.affect)
        for mark, words, count in facts.marks:
            self._show_mark(mark, words, count)
        for key, shown, done, now in facts.steps:
            self._show_step(key, shown, done, now, key == facts.next_step)

    def buttons(self) -> dict[str, Button]:
        """The steps by key."""
        return dict(self._buttons)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow: the steps then stand in two rows."""
        return QSize(look().sizes.target * 6, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many steps in a row as there is room for."""
        super().resizeEvent(event)
        need = sum(button.sizeHint().width() + look().sizes.hair for button in self._buttons.values())
        row = _STEPS if need + 2 * look().sizes.pad <= self.width() else _STEPS // 2
        if row == self._in_a_row:
            return
        self._in_a_row = row
        for at, button in enumerate(self._buttons.values()):
            self._steps.addWidget(button, at // row, at % row)
        self.updateGeometry()

    def _show_mark(self, key: str, words: str, count: int) -> None:
        """A mark changes no step; how often it was set in this turn stands beside it."""
        button = self.marks.get(key)
        if button is None:
            button = Button(words, kind="quiet")
            for_thumbs(button)
            button.clicked.connect(partial(self.stepped.emit, key))
            self._marks.addWidget(button)
            self.marks[key] = button
        button.say(f"{words} {count}\u00d7" if count else words)

    def _show_step(self, key: str, shown: str, done: bool, now: bool, comes: bool) -> None:
        button = self._buttons.get(key)
        if button is None:
            button = Button(shown, kind="quiet")
            button.setCheckable(True)
            for_thumbs(button)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self.stepped.emit, key))
            at = len(self._buttons)
            self._steps.addWidget(button, at // self._in_a_row, at % self._in_a_row)
            self._buttons[key] = button
        button.setChecked(now)
        mark = "\u2192 " if comes and not now else "\u2713 " if done and not now else ""
        button.setText(f"{mark}{shown}")
        state = tr("now") if now else tr("next") if comes else tr("done") if done else ""
        button.setAccessibleName(f"{shown}, {state}" if state else shown)
