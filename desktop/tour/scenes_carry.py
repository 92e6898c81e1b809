"""Knows the pictures of a session that is run elsewhere, and of one that was kept on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.domain.words import tr
from desktop.tour.scene import Scene, Shot, at
from desktop.tour.stage import Moment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ROWS = (
    {"time": "14:05", "bp": "128/84", "hr": "76", "spo2": "98", "rr": "14", "author": "PO"},
    {"time": "14:10", "dose": "100 lot L1 by PO check TI", "text": "check willing yes"},
    {"time": "+15", "bp": "138/88", "hr": "84", "spo2": "R", "moaas": "5", "text": "crying; distress 6"},
    {"time": "+30", "bp": "84/128", "text": "\u201cIt is all right\u201d"},
)


def _typed(frame: Any) -> None:
    """Rows that were typed and not saved."""
    for at_row, cells in enumerate(_ROWS):
        for column, text in cells.items():
            frame.current.presenter.edit(at_row, column, text)


def _people(scene: Scene) -> tuple[str, ...]:
    clients = scene.stage.clients.values()
    return tuple(tr("{name}, born {born}", name=one.name, born=one.born.isoformat()) for one in clients)


def _out(scene: Scene) -> QWidget:
    """A planned session that is about to be carried."""
    from desktop.views.carry.presenter import CarryFacts
    from desktop.views.carry.view import CarryScreen

    stage = scene.stage
    way = stage.program.door.carry()
    page = CarryScreen(stage.at_desk, way, scene.ops, stage.session_id, _nowhere)
    page.ask_again = _nothing  # type: ignore[method-assign] # the session of the story is over by now
    page.show_carry(CarryFacts(tr("Session of {day}", day="2026-06-12"), _people(scene), may=True))
    return page


def _away(scene: Scene) -> QWidget:
    """The window of a machine that holds a carried session and nothing else."""
    from desktop.views.carry.awaypresenter import AwayFacts
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.here import Here
    from desktop.views.shell.registry import builders
    from desktop.views.ui.place import AWAY, Place

    stage = scene.stage
    desk = replace(stage.at_desk, travelling=True)
    frame = Frame(Here(desk, stage.program.door, scene.ops, None, scene.theme), builders())
    frame.visit(Place(AWAY))
    page: Any = frame.current
    page.ask_again = _nothing
    standing = tr("It may be begun here until {until}.", until="2026-06-13 09:00")
    page.show_away(AwayFacts(
        tr("Carried session of {day}", day="2026-06-12"), _people(scene), standing, tr("Start the session"), "", 0
    ))  # fmt: skip
    return frame


def _nothing() -> None:
    """Nothing is asked for."""


def _nowhere(*_: object) -> None:
    """Nothing is written."""


CARRYING: tuple[Shot, ...] = (
    Shot("paper-entry", Moment.AMBER, at("paper-entry"), _typed),
    Shot("carry", Moment.CLOSED, at("carry")),
    Shot("carry-out", Moment.CLOSED, _out),
    Shot("away", Moment.CLOSED, _away),
)
