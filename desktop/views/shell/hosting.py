"""Knows how a session's board is opened: begun or carried on first, then shown; keep-awake while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.audience import Audience
from desktop.domain.errors import Known
from desktop.domain.paper import Compartment
from desktop.domain.people import Member
from desktop.domain.records import SessionState
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk, session_state
from desktop.services.outcome import Outcome, Topic, touches
from desktop.services.paperentry import TYPED_IN
from desktop.views.board.screen import BoardScreen, board_screen
from desktop.views.shell.here import Here
from desktop.views.ui.banner import Banner, banner_of
from desktop.views.ui.basics import Button, label
from desktop.views.ui.facts import BannerFacts, Entry
from desktop.views.ui.halftyped import Fields, Forms
from desktop.views.ui.look import look
from desktop.views.ui.place import AFTER, BACK, PAPER, Place
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import every

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FLOWSHEET = "flowsheet"
CHARGE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A session on its way to the board."""

    live: LiveDesk
    members: tuple[Member, ...]


def open_live(desk: Desk, session_id: str) -> Outcome[Opened]:
    """Begin a planned session, or carry on one that was begun; a closed one is only read."""
    with desk.store.read() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("board"))
        members = unit.members.all()
    if session.state is SessionState.CLOSED:
        session_state(desk, session_id)  # looking at what is over is a line in the trail, too
    planned = session.state is SessionState.PLANNED
    live = LiveDesk.begin(desk, session_id) if planned else LiveDesk.resume(desk, session_id)
    changed = frozenset({Topic("session", session_id)}) if planned else frozenset()
    return Outcome(Opened(live, members), changed)


class BoardHost(QWidget):
    """The place where a board stands; until it is there it says what is being done."""

    go = Signal(object)
    lock_asked = Signal()
    theme_asked = Signal(str)

    def __init__(self, here: Here, session_id: str, *, ticking: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "window")
        self.setAccessibleName(tr("Live session"))
        self._here, self._session, self._ticking = here, session_id, ticking
        self.board: BoardScreen | None = None
        self.live: LiveDesk | None = None
        self._asked = False
        self.printing: dict[str, Callable[[str], QPrinter]] = {}
        sizes = look().sizes
        self.banner = Banner()
        self._words = label(tr("Opening the session…"), "muted")
        self.back = Button(tr("Back"), "arrow-left")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._waiting = QWidget()
        self._waiting.setProperty("kind", "bare")
        inside = QVBoxLayout(self._waiting)
        inside.setContentsMargins(sizes.gap, sizes.gap, sizes.gap, sizes.gap)
        inside.addWidget(self.banner)
        inside.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addStretch(1)
        self._lines.addWidget(self._waiting)
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        here.ops.changed.connect(self._changed)

    @property
    def running(self) -> bool:
        """Whether the session on the board was begun and not closed."""
        return self.live is not None and not self.live.state.closed

    @property
    def over(self) -> bool:
        """Whether the session on the board was closed: the board is only read then, and may be let go."""
        return self.live is not None and self.live.state.closed

    def commands(self) -> tuple[Entry, ...]:
        """What the board can do now, for the palette."""
        return self.board.commands() if self.board is not None else ()

    def act(self, key: str) -> None:
        """Do one of them."""
        if self.board is not None:
            self.board.act(key)

    def half_typed(self) -> Forms:
        """What is being written on the board and is not kept."""
        return self.board.half_typed() if self.board is not None else ()

    def reopen(self, key: str, values: Fields) -> bool:
        """Put it back; False while the board is not there yet."""
        if self.board is not None:
            self.board.reopen(key, values)
        return self.board is not None

    def show_theme(self, theme: str) -> None:
        """Another theme is in use."""
        if self.board is not None:
            self.board.top.show_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Open the session when it is first looked at."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            work = partial(open_live, self._here.desk, self._session)
            self._here.ops.run(work, self, then=self._opened, oops=self._refused)

    def _opened(self, opened: Opened) -> None:
        here = self._here
        self.live = here.lives[self._session] = opened.live
        day = opened.live.session.started
        title = tr("Session of {day}", day=day.local.date().isoformat()) if day is not None else tr("Session")
        self.board = board_screen(
            opened.live, here.ops, members=opened.members, me=here.desk.member.id, title=title,
            on_theme=self.theme_asked.emit, on_lock=self.lock_asked.emit, on_paper=self._paper, ticking=self._ticking,
            on_back=partial(self.go.emit, Place(BACK)), on_handover=self._hand_over,
        )
        self._waiting.hide()
        self._way_back(self.board)
        self._lines.addWidget(self.board, 1)
        if self.isVisible():
            self.board.focus_line()
        if here.keep_awake is not None and not opened.live.state.closed:
            here.ops.read(here.keep_awake.start, self, then=self._kept_awake)
            here.ops.read(here.keep_awake.charge, self, then=self.board.top.power.show_charge)
            if self._ticking:
                every(CHARGE_MS, self, self._ask_charge)

    def _changed(self, changed: frozenset[Topic]) -> None:
        """Rows were typed in from paper, through the same session: show them."""
        if self.board is not None and self.live is not None and touches(changed, TYPED_IN, self._session):
            self.board.presenter.core.show(self.live.state)

    def _way_back(self, board: BoardScreen) -> None:
        """A session goes on while somebody looks elsewhere: the way out stands at the left of the clock."""
        out = Button("", "arrow-left", kind="quiet")
        out.setAccessibleName(tr("Leave the board; the session goes on"))
        out.setToolTip(tr("Leave the board; the session goes on (Alt+Left)"))
        out.clicked.connect(partial(self.go.emit, Place(BACK)))
        first = board.top.lines.itemAt(0)
        row = first.layout() if first is not None else None
        if isinstance(row, QHBoxLayout):
            row.insertWidget(0, out)

    def _ask_charge(self) -> None:
        """The battery is looked at again."""
        if self._here.keep_awake is not None and self.board is not None:
            self._here.ops.read(self._here.keep_awake.charge, self, then=self.board.top.power.show_charge)

    def _kept_awake(self, problem: str) -> None:
        """'' when the machine stays awake; else the board says what that means."""
        if problem and self.board is not None:
            self.board.show_banner(
                BannerFacts(
                    Tone.AMBER, tr("This machine may go to sleep by itself."), problem,
                    tr("The session's clock counts through it; wake the machine to go on."), closable=True,
                )
            )

    def _refused(self, error: Known) -> None:
        self._words.hide()
        self.banner.show_banner(banner_of(error))
        self.back.setFocus()

    def _hand_over(self, who: str, tell: Callable[[BannerFacts], object]) -> None:
        """Loaded when it is first asked for: most sessions print none."""
        from desktop.views.shell.handing import HandOver

        if self.live is not None:
            HandOver(self.live, self._here.ops, self, **self.printing).hand_over(who, tell)

    def _paper(self, session_id: str, seat: str | None) -> None:
        if seat == AFTER:
            self.go.emit(Place(AFTER, session_id))
            return
        part = ""
        if seat is not None and self.live is not None:
            sheet, _, copy = seat.rpartition(":")
            alone = len(self.live.session.people) == 1
            part = f"{sheet or FLOWSHEET}/{Compartment.ALONE.value if alone else copy}"
        self.go.emit(Place(PAPER, session_id, part))

