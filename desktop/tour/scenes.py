"""Knows which screens and states are photographed, and at which moment of the story each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.tour.scene import Scene, Shot, Then, at, at_door
from desktop.tour.scenes_carry import CARRYING
from desktop.tour.scenes_keeping import KEEPING
from desktop.tour.scenes_protocols import PROTOCOLS
from desktop.tour.stage import Moment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _board(scene: Scene) -> QWidget:
    return scene.board()


def _typed(text: str) -> Then:
    """Something in the quick line, not entered."""
    return lambda board: board.quick.edit.setText(text)


def _panel(name: str, who: str | None = None) -> Then:
    """A panel of the board, empty."""
    return lambda board: board.presenter.open(name, who, None)


def _search(text: str) -> Then:
    return lambda frame: frame.current.search.setText(text)


SHOTS: tuple[Shot, ...] = (
    Shot("people", Moment.RECORDS, at("people")),
    Shot("people-new-client", Moment.RECORDS, at("people", "new-client")),
    Shot("people-new-couple", Moment.RECORDS, at("people", "new-couple"), tour=False),
    Shot("people-found", Moment.RECORDS, at("people"), _search("wisn"), tour=False),
    Shot("people-not-found", Moment.RECORDS, at("people"), _search("nobody at all"), tour=False),
    Shot("couple-before", Moment.RECORDS, at("couple"), tour=False),
    Shot("couple-plan", Moment.RECORDS, at("couple"), lambda frame: frame.current.presenter.plan()),
    Shot("couple-note", Moment.RECORDS, at("couple"), lambda frame: frame.current.noting.note(), tour=False),
    Shot("members", Moment.RECORDS, at("members")),
    Shot("help", Moment.RECORDS, at("help")),
    Shot("welcome", Moment.DOOR, at_door(lambda screen, scene: screen.begin(None))),
    Shot("create", Moment.DOOR, at_door(lambda screen, scene: screen.presenter.create_page())),
    Shot("board-arrived", Moment.ARRIVED, _board),
    Shot("board-checks", Moment.ARRIVED, _board, _panel("checks", "a"), tour=False),
    Shot("board-dose", Moment.ARRIVED, _board, _panel("dose", "a")),
    Shot("board-amber", Moment.AMBER, _board),
    Shot("board-typed", Moment.AMBER, _board, _typed("a 148/90 86 98")),
    Shot("board-text", Moment.AMBER, _board, _typed("a long silence"), tour=False),
    Shot("board-vitals", Moment.AMBER, _board, _panel("vitals", "b"), tour=False),
    Shot("board-lost", Moment.AMBER, _board, _panel("lost", "b"), tour=False),
    Shot("board-dialogue", Moment.DIALOGUE, _board),
    Shot("board-discharge", Moment.DIALOGUE, _board, _panel("discharge", "a")),
    Shot("board-close", Moment.DIALOGUE, _board, _panel("close"), tour=False),
    Shot("board-closed", Moment.CLOSED, _board),
    Shot("couple", Moment.CLOSED, at("couple")),
    Shot("client", Moment.CLOSED, at("client")),
    Shot("paper-worksheet", Moment.CLOSED, at("paper", "after-medicine-keep/a")),
    Shot("paper-both", Moment.CLOSED, at("paper", "after-medicine-keep/both"), tour=False),
    Shot("paper-flowsheet", Moment.CLOSED, at("paper", "flowsheet/a")),
    Shot("paper-handover", Moment.AMBER, at("paper", "handover/a")),
    Shot("paper-downtime", Moment.ARRIVED, at("paper", "downtime/b"), tour=False),
    Shot("paper-prescriber", Moment.CLOSED, at("paper", "prescriber/a"), tour=False),
    Shot("paper-clinic", Moment.CLOSED, at("paper", "flowsheet/clinic"), tour=False),
    Shot("care", Moment.CLOSED, at("care")),
    Shot("care-touch", Moment.RECORDS, at("care"), lambda frame: frame.current.presenter.touch(), tour=False),
    Shot("care-event", Moment.CLOSED, at("care"), lambda frame: frame.current.presenter.event(), tour=False),
    Shot("after", Moment.CLOSED, at("after")),
    Shot("after-note", Moment.CLOSED, at("after"), lambda frame: frame.current.presenter.draft("a"), tour=False),
    Shot("today", Moment.CLOSED, at("today")),
    Shot("groups", Moment.RECORDS, at("groups")),
    Shot("groups-plan", Moment.RECORDS, at("groups", "plan"), tour=False),
    Shot("find", Moment.CLOSED, at("people"), lambda frame: frame.finding.open()),
    *CARRYING,
    *KEEPING,
    *PROTOCOLS,
)
