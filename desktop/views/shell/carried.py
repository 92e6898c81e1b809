"""Knows what is different in a window that holds a carried session, and how one is opened and forgotten here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.outcome import Outcome
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.place import AWAY, BACK, BOARD, HELP, PAPER, PAPER_ENTRY, Place
from desktop.views.ui.theme import Tone

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.practice import Door
    from desktop.views.shell.window import Window

TRAVELLING = frozenset({AWAY, BOARD, PAPER, PAPER_ENTRY, HELP, BACK})
"""All there is behind the lock of a travelling practice."""


def within(desk: Desk, place: Place) -> Place:
    """Where a way leads: in a travelling practice every other place is the page of its session."""
    return place if not desk.travelling or place.screen in TRAVELLING else Place(AWAY)


def offer_carried(window: Window, door: Door) -> None:
    """Open a carried session while nobody is in, and come in by that."""
    from desktop.views.carry.opening import RunCarriedDialog
    from desktop.views.ui.dialogs import ask

    ask(RunCarriedDialog(window, door, window.ops, window.sit_down))


def forget(window: Window, door: Door, desk: Desk, folder: Path) -> None:
    """Leave a travelling practice, destroy its keys and remove its folder; then nobody is in."""
    window._drop_frame()
    window.welcome.show_busy(tr("Forgetting the session…"))
    window.ops.run(partial(_gone, door, desk, folder), window, then=partial(_forgot, window),
                   oops=partial(_not_forgot, window, folder))  # fmt: skip


def _gone(door: Door, desk: Desk, folder: Path) -> Outcome[None]:
    door.leave(desk)
    carry = door.carry()
    if carry is not None:
        carry.wipe(folder)
    return Outcome(None)


def _forgot(window: Window, _: None) -> None:
    window.welcome.show_busy("")
    window.settle_without()
    window.welcome.banner.show_banner(BannerFacts(
        Tone.GREEN, tr("The session is forgotten on this machine."),
        tr("Its keys are destroyed and its files removed."),
        tr("Close the program too: only that empties its memory."), closable=True,
    ))  # fmt: skip


def _not_forgot(window: Window, folder: Path, error: Known) -> None:
    window.welcome.show_busy("")
    window.begin(folder)
    window.welcome.show_error(error)
