"""Knows the veil over a running session: its clock and what is due without a name, and a line that still takes entries.

Nothing that was entered can be read here. Whoever stands before it can add to the session, give a safe signal, open and
tick the emergency card and send the hand-over sheet to the printer, and read nothing on this screen; only the
passphrase of the member at the desk lifts it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.live.due import due_of
from desktop.services.desk import Desk
from desktop.services.practice import Door
from desktop.views.board.duefacts import line_of
from desktop.views.board.linekeys import LineKeys
from desktop.views.board.quickbar import QuickEdit
from desktop.views.board.screen import BoardScreen
from desktop.views.board.topbar import DueLine
from desktop.views.shell.veilsafety import VeilSafety
from desktop.views.ui.banner import CLOSE, Banner, banner_of
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.clock import SessionClock
from desktop.views.ui.facts import ClockFacts
from desktop.views.ui.fields import Field, Secret
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.timers import every

SECOND_MS = 1000


class Veil(QWidget):
    """Stands in the place of everything behind the lock. lifted: the passphrase was right; lock_asked: lock it all."""

    lifted = Signal()
    lock_asked = Signal()

    def __init__(self, board: BoardScreen, door: Door, desk: Desk, ops: Ops) -> None:
        super().__init__()
        self.setProperty("kind", "window")
        self.setAccessibleName(tr("Veiled session"))
        self._core, self._typing = board.presenter.core, board.presenter.line
        self._door, self._desk, self._ops = door, desk, ops
        self.clock, self.due, self.line = SessionClock(), DueLine(), QuickEdit()
        self.banner, self.said = Banner(), wrapped("", "muted")
        self.safety = VeilSafety(board.presenter, self.line)
        self.safety.told.connect(self.said.setText)
        self.secret = Secret()
        self.field = Field("passphrase", tr("Your passphrase"), self.secret)
        self.lift, self.lock = PrimaryButton(tr("Lift the veil"), "eye"), Button(tr("Lock"), "lock", kind="quiet")
        self.lock.setToolTip(tr("Lock (Ctrl+L)"))
        self.line.setPlaceholderText(tr("a 128/84 76 98 14 · b crying · . all seen"))
        self.line.setAccessibleDescription(tr("Enter keeps an entry. Nothing that was entered is shown here."))
        self._build()
        self.line.returnPressed.connect(self._entered)
        self.line.left.connect(self._left)
        self.lift.clicked.connect(self._try)
        self.secret.returnPressed.connect(self._try)
        self.lock.clicked.connect(self.lock_asked)
        self.banner.chosen.connect(self._closed)
        LineKeys(self, self.line, self._left)
        self._timer = every(SECOND_MS, self, self.tick)
        self.tick()

    def _build(self) -> None:
        sizes = look().sizes
        session, member = Card(title=tr("A session is running")), Card(title=tr("Veiled"))
        session.lines.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignHCenter)
        session.lines.addWidget(self.due)
        session.lines.addWidget(label(tr("Quick line"), "strong"))
        session.lines.addWidget(self.line)
        session.lines.addWidget(self.said)
        session.lines.addWidget(self.safety)
        member.lines.addWidget(wrapped(tr("Names, values and the log are hidden. {who} lifts the veil.",
                                          who=self._desk.member.initials), "muted"))
        member.lines.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(self.lock)
        row.addStretch(1)
        row.addWidget(self.lift)
        member.lines.addLayout(row)
        column = QFrame()
        column.setFixedWidth(sizes.ring * 8)
        lines = QVBoxLayout(column)
        lines.setSpacing(sizes.gap)
        lines.addStretch(1)
        for part in (session, self.banner, member):
            lines.addWidget(part)
        lines.addStretch(2)
        across = QHBoxLayout(self)
        across.addStretch(1)
        across.addWidget(column)
        self.safety.card.setFixedWidth(sizes.ring * 7)
        across.addWidget(self.safety.card)
        across.addStretch(1)

    def take_keyboard(self) -> None:
        """Entries come first; a passphrase that is typed here by mistake is never kept."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> None:
        """Escape: nothing is asked, and nothing stands in the line any more."""
        self.safety.forget()
        self.said.setText("")
        self.line.clear()

    def tick(self) -> None:
        """The clock went on."""
        state, now_ms = self._core.state, self._core.now_ms()
        self.clock.show_time(ClockFacts(tr("Elapsed"), now_ms // 1000))
        self.due.show_due(tuple(line_of(one, due_of(state, one, now_ms), now_ms) for one in state.people.values()))
        self.safety.refresh()

    def _entered(self) -> None:
        """Keep what begins with a person's letter, or is one of the signs; a sentence needs the board."""
        text = self.line.text()
        found = self._typing.understood(text)
        author = None
        if found.author:
            known = self._core.names.items()
            author = next((key for key, said in known if said.casefold() == found.author.casefold()), None)
        if not found.ready or (found.author and author is None):
            self.line.clear()
            self.said.setText(tr("That is not kept: under the veil only whole entries are, such as “a 128/84 76”."))
            return
        self._core.keep(
            found.asks, ago_min=found.ago_min, author=author, then=partial(self._kept, text), oops=self._refused
        )

    def _kept(self, text: str) -> None:
        if self.line.text() == text:
            self.line.clear()
        self.said.setText(tr("Kept at {when}.", when=_clock(self._core.now_ms())))
        self.tick()

    def _refused(self, error: Known) -> None:
        """Why may be private: it waits behind the veil."""
        self.said.setText(tr("That is not kept. Lift the veil to see why."))

    def _try(self) -> None:
        """Ask the vault; entries go on meanwhile."""
        if not self.lift.isEnabled() or not self.secret.text():
            return
        self.lift.setEnabled(False)
        passphrase = self.secret.text()
        self.secret.clear()
        self._ops.read(
            partial(self._door.prove, self._desk, passphrase), self, then=self._right, oops=self._wrong
        )

    def _right(self, _: None) -> None:
        self.banner.show_banner(None)
        self.lifted.emit()

    def _wrong(self, error: Known) -> None:
        self.lift.setEnabled(True)
        self.banner.show_banner(banner_of(error))
        self.secret.setFocus()

    def _closed(self, key: str) -> None:
        if key == CLOSE:
            self.banner.show_banner(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a button presses it."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button):
            focused.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or density: the clock is painted anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "clock"):
            self.tick()


def _clock(ms: int) -> str:
    minutes = ms // 60_000
    return f"{minutes // 60}:{minutes % 60:02d}"
