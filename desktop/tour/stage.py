"""Knows what the tour has in hand while it plays, and the moments at which it stops for pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop.bootstrap import Program
from desktop.domain.people import Client, Couple, Member
from desktop.domain.records import Order
from desktop.services.desk import Desk
from desktop.services.handclock import HandClock
from desktop.services.live import LiveDesk
from desktop.tour.cast import Cast


class Moment(StrEnum):
    """Where the story stops for a moment."""

    DOOR = "door"  # nobody is in
    RECORDS = "records"  # couples, clients and orders are there, no session yet
    ARRIVED = "arrived"  # the session has begun, nothing is taken
    AMBER = "amber"  # one reading is out of band and its repeat is due
    DIALOGUE = "dialogue"  # both are back and speak
    CLOSED = "closed"  # all is over
    ARCHIVED = "archived"  # an archive was made, verified and tried out


@dataclass(slots=True)
class Stage:
    """The state of the story. folder: where the practice lies. The rest is filled as it comes."""

    program: Program
    clock: HandClock
    folder: Path
    cast: Cast
    members: dict[str, Member] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    couple: Couple | None = None
    session_id: str = ""
    desk: Desk | None = None
    live: LiveDesk | None = None

    @property
    def at_desk(self) -> Desk:
        """The desk; only while somebody is in."""
        if self.desk is None:
            raise RuntimeError("nobody is in")
        return self.desk


Stop = Callable[[Moment, Stage], None]


def no_stop(moment: Moment, stage: Stage) -> None:
    """Play on."""
