"""Knows what is done with archives while a practice is open, without anybody asking for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.errors import Known
from desktop.domain.errors_practice import PracticeLocked
from desktop.services.archives import answer_of, make_if_due, make_on_close, policy_of, standing
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Report, Topic
from desktop.services.ports_archives import Answer, ArchiveDoor
from desktop.views.shell.rail import Rail
from desktop.views.ui.ops import Ops, explained
from desktop.views.ui.timers import every

LOOK_EVERY_MS = 10 * 60 * 1000


class Archiving(QObject):
    """Looks at unlock and every ten minutes whether an archive or a drill is due; answers the scheduler's command.

    What goes wrong at a place or in an archive stands in the log. Whatever else goes wrong, the window says.
    """

    _went_wrong = Signal(object)

    def __init__(self, desk: Desk, door: ArchiveDoor, ops: Ops, rail: Rail, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._door, self._ops, self._rail = desk, door, ops, rail
        self._went_wrong.connect(self._failed, Qt.ConnectionType.QueuedConnection)
        self._end: Callable[[], None] = door.listen(desk, self._answer)
        self._timer = every(LOOK_EVERY_MS, self, self.look)
        ops.changed.connect(self._changed)
        self.show_age()
        self.look()

    def look(self) -> None:
        """Do what is due, aside; how it went stands in the log, and in the rail how old the last one is."""
        work = partial(_due, self._desk, self._door)
        self._ops.aside(work, self, then=self._done, oops=self._failed, progress=_quiet)

    def show_age(self) -> None:
        """Ask how old the last one is."""
        self._ops.read(partial(archive_age, self._desk, self._door), self, then=self._show, oops=self._failed)

    def end(self) -> None:
        """Answer nobody any more."""
        self._timer.stop()
        self._end()

    def _changed(self, topics: frozenset[object]) -> None:
        if any(isinstance(topic, Topic) and topic.kind == "archive" for topic in topics):
            self.show_age()

    def _show(self, facts: tuple[str, str]) -> None:
        self._rail.show_archive(*facts)

    def _done(self, _: object) -> None:
        self.show_age()

    def _failed(self, error: Known) -> None:
        if not isinstance(error, PracticeLocked):  # locked meanwhile: nobody is there who waits for it
            self._ops.untold.emit(error)

    def _answer(self) -> Answer:
        """On the listener's thread: what is due, for a command. Whatever goes wrong, the command is answered."""
        try:
            return _answer(self._desk, self._door)
        except Exception as error:  # noqa: BLE001 - the command and the window are told of it
            known = explained(error)
            if shiboken6.isValid(self):
                self._went_wrong.emit(known)
            return {"ok": False, "counter": 0, "runs": [{"ok": False, "place": "", "name": "", "text": known.what}],
                    "drilled": False}  # fmt: skip


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody watches what is done without being asked for."""


def archive_age(desk: Desk, door: ArchiveDoor) -> tuple[str, str]:
    """How old the last archive is, in words for the rail, and a Tone's value."""
    from desktop.views.archives.presenter import rail_facts

    stands = standing(door.of(desk).log(), desk.clock.now().utc, policy_of(desk.resources))
    words, tone = rail_facts(stands)
    return words, tone.value


def _due(desk: Desk, door: ArchiveDoor, report: Report) -> Outcome[None]:
    runs = make_if_due(desk, door.of(desk), report)
    return Outcome(None, frozenset({Topic("archive")}) if runs else frozenset())


def _answer(desk: Desk, door: ArchiveDoor) -> Answer:
    archives = door.of(desk)
    before = archives.log().drilled
    runs = make_if_due(desk, archives, _quiet)
    log = archives.log()
    return answer_of(runs, log.drilled != before, bool(log.places))


def before_leaving(desk: Desk, door: ArchiveDoor | None) -> None:
    """An archive when something was changed since the last one; the lock comes all the same."""
    if door is None:
        return
    try:
        make_on_close(desk, door.of(desk), _quiet)
    except Known:
        return  # the log says what went wrong, and the next unlock shows it
