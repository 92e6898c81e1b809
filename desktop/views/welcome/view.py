"""Knows how the welcome screen stands: one card in the middle, quiet ways to the other ones below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.domain.errors import Known, Problem
from desktop.domain.words import tr
from desktop.services.practice import Door
from desktop.views.ui.banner import CLOSE, Banner, banner_of
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Bound, scrolled
from desktop.views.ui.timers import every, rest
from desktop.views.welcome.countdown import Countdown, wait_facts
from desktop.views.welcome.presenter import UnlockFacts, WelcomePresenter
from desktop.views.welcome.unlock import UnlockPage

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.views.welcome.create import CreatePage
    from desktop.views.welcome.recover import RecoverPage

AFTER_PAINTING_MS = 250
Behind = Callable[[], tuple[int, int | None]]
"""Seconds since a session that goes on began, and until something is due, None when nothing is."""


class StartPage(Card):
    """Two ways in."""

    make_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=tr("Welcome"))
        self.words = wrapped(
            tr(
                "A practice is everything one clinic keeps: one encrypted folder on this machine. "
                "Make a new one, or open one that is there already."
            ),
            "muted",
        )
        self.make = PrimaryButton(tr("Make a practice"), "plus")
        self.look_for = Button(tr("Open a practice…"), "folder-open")
        for widget in (self.words, self.make, self.look_for):
            self.lines.addWidget(widget)
        self.make.clicked.connect(self.make_wanted)
        self.look_for.clicked.connect(self.open_wanted)


class WelcomeScreen(QWidget):
    """Make, open, unlock. came_in(desk, folder) once somebody is in."""

    came_in = Signal(object, object)
    restore_wanted = Signal()
    carried_wanted = Signal()
    rehearsal_wanted = Signal()

    def __init__(self, door: Door, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAccessibleName(tr("Welcome"))
        self.start, self.unlock = StartPage(), UnlockPage()
        self.show_archived = self.unlock.show_archived
        self._making: CreatePage | None = None
        self._recovering: RecoverPage | None = None
        self.banner = Banner()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self._busy_words = label("", "caption")
        self._page: QWidget = self.start
        self.other = Button(tr("Open another practice…"), "folder-open", kind="quiet")
        self.new = Button(tr("Make a practice"), "plus", kind="quiet")
        self.lost = Button(tr("Recovery kit…"), "file-text", kind="quiet")
        self.restore = Button(tr("Restore from an archive…"), "rotate-ccw", kind="quiet")
        self.carried = Button(tr("Run a carried session…"), "timer", kind="quiet")
        self.rehearse = Button(tr("Rehearse a session"), "milestone", kind="quiet")
        for each in (self.restore, self.carried, self.rehearse):
            each.hide()
        self._waiting_for: Known | None = None
        self._countdown = Countdown(self, self._tick)
        self._running: Behind | None = None
        self._clock = every(1000, self, self._show_running)
        self._middle = QWidget()
        self._build()
        self.presenter = WelcomePresenter(door, Bound(ops, self), self, self._in)
        self._archive_timer = rest(AFTER_PAINTING_MS, self, self.presenter.look_for_archive)
        self._connect()
        self.show_busy("")

    def begin(self, folder: Path | None, last_member: str = "", running: Behind | None = None) -> None:
        """Show the practice that was used last. running: tells of a session that goes on meanwhile, without a name."""
        self._running = running
        self._show_running()
        self.presenter.begin(folder, last_member)

    def _build(self) -> None:
        sizes = look().sizes
        self._column = column = QVBoxLayout()
        column.setSpacing(sizes.inner)
        column.addStretch(1)
        name = label(tr("Holdfast"), "figure")
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._folder = label("", "caption")
        self._folder.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(name)
        column.addWidget(self._folder)
        column.addWidget(self.banner)
        for page in (self.start, self.unlock):
            column.addWidget(page)
            page.hide()
        column.addWidget(self._busy_words)
        column.addWidget(self.busy)
        # Four in a row would be cut off.
        for some in ((self.other, self.new), (self.lost, self.restore), (self.carried, self.rehearse)):
            row = QHBoxLayout()
            row.addStretch(1)
            for button in some:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(2)
        self._middle.setProperty("kind", "bare")
        self._middle.setLayout(column)
        held = QWidget()
        across = QHBoxLayout(held)
        across.addStretch(1)
        across.addWidget(self._middle)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(held))

    def _connect(self) -> None:
        present = self.presenter
        self.start.make_wanted.connect(present.create_page)
        self.start.open_wanted.connect(partial(_browse, self))
        self.unlock.tried.connect(present.unlock)
        self.other.clicked.connect(partial(_browse, self))
        self.new.clicked.connect(present.create_page)
        self.lost.clicked.connect(present.recover_page)
        self.unlock.factor_chosen.connect(present.take_factor)
        self.restore.clicked.connect(self.restore_wanted)
        self.carried.clicked.connect(self.carried_wanted)
        self.rehearse.clicked.connect(self.rehearsal_wanted)
        self.banner.chosen.connect(partial(_answered, self.banner))

    @property
    def making(self) -> CreatePage:
        """The page for a new practice; made when it is first asked for, since most starts only unlock."""
        if self._making is None:
            from desktop.views.welcome.create import CreatePage

            page = CreatePage()
            page.hide()
            page.back.connect(self.presenter.start_page)
            page.wanted.connect(self.presenter.create)
            self._column.insertWidget(self._column.indexOf(self.unlock), page)
            self._making = page
        return self._making

    @property
    def recovering(self) -> RecoverPage:
        """The page for the recovery kit; made when it is first asked for."""
        if self._recovering is None:
            from desktop.views.welcome.recover import RecoverPage

            page = RecoverPage()
            page.hide()
            page.back.connect(self.presenter.unlock_page)
            page.wanted.connect(self.presenter.recover)
            self._column.insertWidget(self._column.indexOf(self.unlock), page)
            self._recovering = page
        return self._recovering

    def show_recover(self, facts: UnlockFacts) -> None:
        """The page for the recovery kit."""
        self.recovering.show_members(facts)
        self._turn(self.recovering, facts.folder)
        self.recovering.take_keyboard()

    def show_start(self, missing: str = "") -> None:
        """Two ways in."""
        self._turn(self.start, missing)
        self.start.make.setFocus()

    def show_create(self, suggested: str = "") -> None:
        """The page for a new practice; a suggested folder comes a moment later."""
        if suggested:
            self.making.suggest(suggested)
            return
        self._turn(self.making, "")
        self.making.take_keyboard()

    def show_unlock(self, facts: UnlockFacts) -> None:
        """The members and the passphrase."""
        self.unlock.show_unlock(facts)
        self.unlock.show_archived(None)
        self._turn(self.unlock, facts.folder)
        self.unlock.take_keyboard()
        self._archive_timer.start()

    def show_busy(self, words: str) -> None:
        """Say what takes a while; its room is kept, so that nothing jumps."""
        self._busy_words.setText(words)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.busy.setVisible(bool(words))
        for page in (self._making, self._recovering):
            if page is not None:
                page.set_busy(bool(words))
        self.unlock.set_busy(bool(words))

    def show_error(self, error: Known | None, wait_seconds: int = 0) -> None:
        """An error's sentences, and the seconds before the next try while they run down."""
        self._countdown.end()
        self._waiting_for = error if wait_seconds else None
        self.unlock.set_waiting(False)
        if wait_seconds:
            self._countdown.begin(wait_seconds)
        else:
            self.banner.show_banner(banner_of(error) if error is not None else None)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong in the page for a new practice, or in the one for the recovery kit."""
        page = self.recovering if self._page is self._recovering else self.making
        page.show_problems(problems)

    def clear_secret(self) -> None:
        """Empty the passphrase and go there."""
        self.unlock.clear_secret()

    def _turn(self, page: QWidget, folder: str) -> None:
        self._page = page
        if self._making is not None and page is not self._making:
            self._making.forget()
        if page is not self.unlock:
            self.unlock.forget()
        for each in (self.start, self._making, self._recovering, self.unlock):
            if each is not None:
                each.setVisible(each is page)
        self._folder.setText(folder)
        self._widen()
        self.other.setVisible(page is self.unlock)
        self.new.setVisible(page is self.unlock)
        self.lost.setVisible(page is self.unlock)

    def _tick(self, left: int) -> None:
        if self._waiting_for is not None:
            self.banner.show_banner(wait_facts(self._waiting_for, left))
            self.unlock.set_waiting(left > 0)

    def _show_running(self) -> None:
        self.unlock.running.show_seconds(*(self._running() if self._running is not None else (None, None)))

    def _in(self, desk: Desk, folder: Path) -> None:
        for page in (self._making, self._recovering):
            if page is not None:
                page.forget()
        self.came_in.emit(desk, folder)

    def changeEvent(self, event: QEvent) -> None:
        """Another density has another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._widen()

    def _widen(self) -> None:
        self._middle.setFixedWidth(look().sizes.ring * (6 if self._page in (self.start, self.unlock) else 9))


def _browse(screen: WelcomeScreen, *_: object) -> None:
    from desktop.views.welcome.create import choose_folder

    choose_folder(screen, tr("Choose the folder of a practice"), str(Path.home()), screen.presenter.open_folder)


def _answered(banner: Banner, key: str) -> None:
    if key == CLOSE:
        banner.show_banner(None)
