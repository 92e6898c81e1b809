"""Knows how half-typed texts are gathered before a lock, and offered back to who wrote them after it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.services.locking import HalfTyped, keep_drafts
from desktop.services.outcome import Outcome
from desktop.services.practice import Door
from desktop.views.shell.frame import Frame
from desktop.views.ui.banner import Banner
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.place import BOARD, Place
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import every

BACK, AWAY = "back", "away"
TRY_MS, TRIES = 50, 200


def gathered(frame: Frame) -> tuple[HalfTyped, ...]:
    """What is being written on any page, and the board one looked at, to come back to."""
    found = []
    for place, screen in frame.pages.items():
        tell = getattr(screen, "half_typed", None)
        for key, fields in tell() if tell is not None else ():
            found.append(HalfTyped(place.screen, place.id, key, fields))
    place = frame.place or Place("")
    if place.screen == BOARD:
        found.append(HalfTyped(BOARD, place.id))
    return tuple(found)


class Offer(QObject):
    """Says in a banner that something was kept. `left` is what was neither brought back nor thrown away."""

    def __init__(self, frame: Frame, banner: Banner, kept: tuple[HalfTyped, ...]) -> None:
        super().__init__(frame)
        self._frame, self._banner = frame, banner
        self.left = tuple(each for each in kept if each.key)
        self._opening: list[HalfTyped] = []
        self._tries = 0
        self._timer = every(TRY_MS, self, self._open_next)
        self._timer.stop()
        banner.chosen.connect(self._chosen)
        boards = [each for each in kept if not each.key and each.screen == BOARD]
        if boards:
            frame.visit(Place(BOARD, boards[0].record))
        if self.left:
            self._say()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited, or texts are being brought back."""
        return bool(self.left or self._opening)

    def _say(self) -> None:
        what = trn(
            "What you were writing when it was locked is kept.", "{count} texts you were writing were kept.",
            len(self.left),
        )
        actions = ((BACK, tr("Bring it back")), (AWAY, tr("Throw it away")))
        self._banner.show_banner(BannerFacts(Tone.ACCENT, what, actions=actions))

    def _chosen(self, key: str) -> None:
        self._banner.show_banner(None)
        kept, self.left = self.left, ()
        if key == BACK:
            self._opening = list(kept)
            self._timer.start()
            self._open_next()
        else:
            here = self._frame.here
            self._frame.here.ops.run(partial(_forgotten, here.door, here.desk), self._frame)

    def _open_next(self) -> None:
        """Pages are fetched first: try until the one that is wanted is there."""
        if not self._opening:
            self._timer.stop()
            return
        wanted = self._opening[0]
        place = Place(wanted.screen, wanted.record)
        if self._tries == 0:
            self._frame.visit(place)
        self._tries += 1
        reopen = getattr(self._frame.current, "reopen", None)
        if reopen is None or reopen(wanted.key, wanted.fields) or self._tries > TRIES:
            self._opening.pop(0)
            self._tries = 0


def _forgotten(door: Door, desk: Desk) -> Outcome[None]:
    keep_drafts(door, desk, ())
    return Outcome(None)
