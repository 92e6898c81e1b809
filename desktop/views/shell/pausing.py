"""Knows what is done while nobody is there and before the lock comes: what was changed goes into an archive."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.errors import Known
from desktop.services.archives import make_on_pause
from desktop.services.outcome import Outcome, Report, Topic

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop.services.desk import Desk
    from desktop.services.ports_archives import ArchiveDoor
    from desktop.views.shell.here import Here


def archive_before_lock(here: Here, receiver: QObject) -> None:
    """Begin it aside. A lock that comes meanwhile stops it; the next unlock makes it then."""
    if here.archives is not None:
        here.ops.aside(partial(_on_pause, here.desk, here.archives), receiver, oops=_failed, progress=_quiet)


def _on_pause(desk: Desk, door: ArchiveDoor, report: Report) -> Outcome[None]:
    runs = make_on_pause(desk, door.of(desk), report)
    return Outcome(None, frozenset({Topic("archive")}) if runs else frozenset())


def _failed(_: Known) -> None:
    """The log says what went wrong; a practice that was locked meanwhile has its archive after the next unlock."""


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody watches."""
