"""Knows how a wait before the next try is shown while it runs down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QObject

from desktop.domain.errors import Known
from desktop.domain.words import tr, trn
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import every


def wait_facts(error: Known, left: int) -> BannerFacts:
    """The error's sentences with the seconds that are left; at 0 the next try is taken."""
    if left <= 0:
        return BannerFacts(Tone.AMBER, error.what, error.safe, tr("You can try again now."))
    words = trn("The next try is taken in {count} second.", "The next try is taken in {count} seconds.", left)
    return BannerFacts(Tone.AMBER, error.what, error.safe, words)


class Countdown(QObject):
    """Tells how many seconds are left, twice a second, until there are none."""

    def __init__(self, parent: QObject, tell: Callable[[int], object]) -> None:
        super().__init__(parent)
        self._tell = tell
        self._until = QDeadlineTimer()
        self._timer = every(500, self, self._look)
        self._timer.stop()

    def begin(self, seconds: int) -> None:
        """Count down from here."""
        self._until = QDeadlineTimer(seconds * 1000)
        self._timer.start()
        self._look()

    def end(self) -> None:
        """Count no more, and tell nothing."""
        self._timer.stop()

    @property
    def left(self) -> int:
        """Whole seconds left, rounded up."""
        return max(0, -(-self._until.remainingTime() // 1000))

    def _look(self) -> None:
        left = self.left
        if left <= 0:
            self._timer.stop()
        self._tell(left)
