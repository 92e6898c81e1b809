"""Knows the pictures of the practice's protocols."""

from __future__ import annotations

from typing import Any

from desktop.tour.scene import Shot, at
from desktop.tour.stage import Moment

SHOWN = "ketamine-sl-full"


def _owned(frame: Any) -> None:
    """A practice that has set a number of its own and confirmed another."""
    from desktop.domain.editions import DataKind
    from desktop.services.protocols import change_number, confirm_number
    from desktop.services.shelf import own_editions

    desk, page = frame.here.desk, frame.current
    if SHOWN not in own_editions(desk, DataKind.PROTOCOL):
        change_number(desk, SHOWN, "phase[2].start_min", "20", "Our lozenges melt faster", 0)
        confirm_number(desk, SHOWN, "phase[3].start_min", "As we see it here", 1)
    page.ask_again()


def _changing(frame: Any) -> None:
    """Another number is asked for, and one that cannot stand there was typed."""
    page = frame.current
    page.act("change")
    page.panel.held.form.field("value").show_value("70")
    page.panel.held.form.field("reason").show_value("Our lozenges melt faster")
    page.asking.panel.saved.emit()


def _act(key: str) -> Any:
    return lambda frame: frame.current.act(key)


PROTOCOLS: tuple[Shot, ...] = (
    Shot("protocols-shipped", Moment.RECORDS, at("protocols", SHOWN), tour=False),
    Shot("protocols", Moment.RECORDS, at("protocols", SHOWN), _owned),
    Shot("protocols-change", Moment.RECORDS, at("protocols", SHOWN), _changing, tour=False),
    Shot("protocols-off", Moment.RECORDS, at("protocols", "mdma"), _act("switch"), tour=False),
    Shot("protocols-history", Moment.RECORDS, at("protocols", SHOWN), _act("history"), tour=False),
    Shot("protocols-file", Moment.RECORDS, at("protocols"), _act("file"), tour=False),
    Shot("protocols-card", Moment.RECORDS, at("protocols"), _act("card"), tour=False),
)
