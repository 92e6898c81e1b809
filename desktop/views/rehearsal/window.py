"""Knows the window of a rehearsal: choose a script, the real board under a strip that says what it is, a look back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.outcome import Outcome
from desktop.services.rehearsal import Book, Cue, Found, Rehearsal
from desktop.views.rehearsal.pages import BackPage, ChoicePage
from desktop.views.ui.banner import Banner
from desktop.views.ui.basics import Button, label, restyle
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import on_key
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import every

SPEEDS = (1, 5, 20, 60)
LOOK_MS = 250
SAID = 2
Begins = Callable[[Book, int], Rehearsal]


@dataclass(frozen=True, slots=True)
class Ways:
    """What the wiring gives: make a session, put it on a board, and show on that board what the room entered."""

    begins: Begins
    board: Callable[[Rehearsal, Callable[[], object]], QWidget]
    shows: Callable[[QWidget, Rehearsal], object]


class RehearsalWindow(QWidget):
    """A window of its own, in a practice that is thrown away when it is closed.

    left: the window is to be closed.
    """

    left = Signal()

    def __init__(self, ops: Ops, books: tuple[Book, ...], ways: Ways) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setWindowTitle(tr("Rehearsal, not a record"))
        self.ops, self.ways = ops, ways
        self.rehearsal: Rehearsal | None = None
        self.board: QWidget | None = None
        self.speed = SPEEDS[1]
        self._said: list[str] = []
        self.banner = Banner()
        self.banner.show_banner(
            BannerFacts(Tone.ACCENT, tr("Rehearsal: made-up people, no record. All of it is gone at the end."))
        )
        self.choice, self.pages = ChoicePage(books), QStackedWidget()
        self.pages.addWidget(self.choice)
        self.room = self._strip()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(*(look().sizes.tight,) * 4)
        for widget in (self.banner, self.room, self.pages):
            lines.addWidget(widget, 1 if widget is self.pages else 0)
        self.choice.chosen.connect(self.begin)
        on_key(self, "Ctrl+Shift+PgUp", partial(self.faster, 1))
        on_key(self, "Ctrl+Shift+PgDown", partial(self.faster, -1))
        self._timer = every(LOOK_MS, self, self.look)

    def _strip(self) -> QWidget:
        """What is seen and heard, how fast it goes, and the way out."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().sizes.tight)
        self.says = label("", "strong")
        self.says.setWordWrap(True)
        self.says.setAccessibleName(tr("What is seen and heard"))
        row.addWidget(self.says, 1)
        self.speeds: dict[int, Button] = {}
        for speed in SPEEDS:
            button = Button(tr("{n}\u00d7", n=speed))
            button.setAccessibleName(tr("{n} times as fast", n=speed))
            button.clicked.connect(partial(self.run_at, speed))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.speeds[speed] = button
        self.end = Button(tr("End and look back"), "door-open")
        self.end.clicked.connect(self.look_back)
        row.addWidget(self.end, 0, Qt.AlignmentFlag.AlignTop)
        strip.hide()
        return strip

    def begin(self, book: Book) -> None:
        """Begin a script."""
        self._said = []
        self.ops.run(partial(self._made, book), self, then=self._begun)

    def _made(self, book: Book) -> Outcome[Rehearsal]:
        return Outcome.of(self.ways.begins(book, self.speed))

    def _begun(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.board = self.ways.board(rehearsal, self.look_back)
        self.pages.addWidget(self.board)
        self.pages.setCurrentWidget(self.board)
        self.room.show()
        self._tell(rehearsal.book.about)
        self.run_at(self.speed)

    def run_at(self, speed: int) -> None:
        """Go on so many times as fast as a clock does."""
        self.speed = speed
        for each, button in self.speeds.items():
            restyle(button, "chosen", each == speed)
            button.setAccessibleDescription(tr("chosen") if each == speed else "")
            button.setText(f"\u2713 {each}\u00d7" if each == speed else f"{each}\u00d7")
        if self.rehearsal is not None:
            self.rehearsal.clock.run_at(speed)

    def faster(self, by: int) -> None:
        """One step faster or slower."""
        at = SPEEDS.index(self.speed) + by
        self.run_at(SPEEDS[max(0, min(len(SPEEDS) - 1, at))])

    def look(self) -> None:
        """A moment has passed: what comes now is told, and what is the room's is entered."""
        rehearsal = self.rehearsal
        if rehearsal is None or rehearsal.live.state.closed:
            return
        for cue in rehearsal.due():
            if cue.say:
                self._tell(cue.say)
            if not cue.yours:
                self.ops.run(partial(self._played, rehearsal, cue), self, then=self._shown)

    def _played(self, rehearsal: Rehearsal, cue: Cue) -> Outcome[str]:
        return Outcome.of(rehearsal.play(cue))

    def _shown(self, refused: str) -> None:
        if self.rehearsal is None or self.board is None:
            return
        self.ways.shows(self.board, self.rehearsal)
        if refused:
            self._tell(refused)

    def _tell(self, text: str) -> None:
        self._said = [*self._said, text][-SAID:]
        self.says.setText("\n".join(self._said))

    def look_back(self) -> None:
        """What was to be entered, and when it was; no marks are given."""
        if self.rehearsal is None or self.board is None:
            self.left.emit()
            return
        found: tuple[Found, ...] = self.rehearsal.found()
        title, board = self.rehearsal.book.title, self.board
        self.rehearsal, self.board = None, None
        page = BackPage(title, found)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.pages.removeWidget(board)
        board.deleteLater()
        self.room.hide()
        page.again.connect(self._again)
        page.left.connect(self.left)
        page.take_keyboard()

    def _again(self) -> None:
        page = self.pages.currentWidget()
        self.pages.setCurrentWidget(self.choice)
        if page is not None:
            self.pages.removeWidget(page)
            page.deleteLater()
        self.choice.take_keyboard()
