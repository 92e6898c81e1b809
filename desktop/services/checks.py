"""Knows which checks a room, an arrival and a leaving have, and which emergency card is in force."""

from __future__ import annotations

from desktop.domain.cards import EmergencyCard
from desktop.domain.checks import CheckSheet, read_checks
from desktop.services.desk import Desk
from desktop.services.shelf import card_in_force

ROOM, ARRIVAL, LEAVING = "room", "arrival", "leaving"
CHECKS = "checks"


def check_sheet(desk: Desk, name: str) -> CheckSheet:
    """The checks of `room`, `arrival` or `leaving`; DataFileError says what is wrong with the file."""
    return read_checks(desk.resources.text(f"{CHECKS}/{name}.toml"), f"{name}.toml")


def emergency_card(desk: Desk) -> EmergencyCard:
    """The emergency card, with the practice's own number and address where it wrote them."""
    return card_in_force(desk)
