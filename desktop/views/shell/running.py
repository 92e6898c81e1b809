"""Knows which sessions were begun and not closed, and how one is offered to be carried on before anything else."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import Known
from desktop.domain.words import tr, trn
from desktop.services.locking import running_seconds
from desktop.services.outcome import touches
from desktop.services.ports import Clock
from desktop.services.sessions import RunningRow, running_rows
from desktop.views.shell.here import Here
from desktop.views.ui.banner import Banner
from desktop.views.ui.doing import Latest
from desktop.views.ui.facts import BannerFacts, Entry
from desktop.views.ui.place import BOARD, Place
from desktop.views.ui.screen import Bound
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import every

OFFERED = 3
"""How many sessions are offered at once, the one begun last first."""
LOOK_MS = 1000


def who(row: RunningRow) -> str:
    """Whose session it is, as it is said on screen."""
    return " & ".join(row.names)


def offer(rows: tuple[RunningRow, ...], clock: Clock) -> BannerFacts | None:
    """What the strip says; None when no session is running. Whole minutes: a ticking strip would chatter."""
    if not rows:
        return None
    one = len(rows) == 1
    lines = []
    for row in rows[:OFFERED]:
        started = row.session.started
        minutes = running_seconds(clock, started) // 60 if started is not None else 0
        since = trn("{count} minute", "{count} minutes", minutes)
        lines.append(tr("Its clock goes on: {since}.", since=since) if one else f"{who(row)}: {since}.")
    what = tr("A session is running: {who}", who=who(rows[0])) if one else tr("{n} sessions are running", n=len(rows))
    actions = tuple(
        (row.session.id, tr("Carry it on") if one else tr("Carry on: {who}", who=who(row))) for row in rows[:OFFERED]
    )
    return BannerFacts(Tone.ACCENT, what, " ".join(lines), "", actions)


class Running(QObject):
    """Asks which sessions are running and keeps the strip that offers them; nothing is asked while a board is open.

    go(place) leads to a board; offered() comes once, when the first answer since unlocking names a session.
    """

    go = Signal(object)
    offered = Signal()

    def __init__(self, here: Here, parent: QObject) -> None:
        super().__init__(parent)
        self._here = here
        self._asking = Latest(Bound(here.ops, self))
        self.strip = Banner()
        self.rows: tuple[RunningRow, ...] = ()
        self._on_board, self._stale, self._first = False, True, True
        self.strip.chosen.connect(self._chosen)
        here.ops.changed.connect(self._changed)
        if here.ticking:
            every(LOOK_MS, self, self._show)

    def moved(self, place: Place) -> None:
        """Somebody went to a place."""
        self._on_board = place.screen == BOARD
        self._show()
        self._ask()

    def entries(self) -> tuple[tuple[Entry, Place], ...]:
        """What the palette offers, with where each leads."""
        if self._on_board:
            return ()
        return tuple(
            (
                Entry(f"running:{row.session.id}", tr("Carry on the session"), who(row), "timer", tr("Session")),
                Place(BOARD, row.session.id),
            )
            for row in self.rows
        )

    def _ask(self) -> None:
        if self._stale and not self._on_board:
            self._stale = False
            self._asking.ask(partial(running_rows, self._here.desk), self._found, self._none)

    def _changed(self, changed: frozenset[object]) -> None:
        if any(touches(changed, kind) for kind in ("session", "client", "couple")):  # type: ignore[arg-type]
            self._stale = True
            self._ask()

    def _found(self, rows: tuple[RunningRow, ...]) -> None:
        self.rows = rows
        self._show()
        first, self._first = self._first, False
        if first and rows and not self._on_board:
            self.offered.emit()

    def _none(self, error: Known) -> None:
        """Somebody whose role holds no records is offered none."""
        self.rows = ()
        self._show()

    def _show(self) -> None:
        self.strip.show_banner(None if self._on_board else offer(self.rows, self._here.desk.clock))

    def _chosen(self, session_id: str) -> None:
        self.go.emit(Place(BOARD, session_id))
