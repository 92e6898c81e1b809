"""Knows which checks a room, an arrival and a leaving have, and which emergency card: as shipped with the program."""

from __future__ import annotations

from desktop.domain.cards import EmergencyCard, read_card
from desktop.domain.checks import CheckSheet, read_checks
from desktop.services.desk import Desk

ROOM, ARRIVAL, LEAVING = "room", "arrival", "leaving"
CHECKS = "checks"
CARDS = "cards"
EMERGENCY = "emergency"


def check_sheet(desk: Desk, name: str) -> CheckSheet:
    """The checks of `room`, `arrival` or `leaving`; DataFileError says what is wrong with the file."""
    return read_checks(desk.resources.text(f"{CHECKS}/{name}.toml"), f"{name}.toml")


def emergency_card(desk: Desk) -> EmergencyCard:
    """The emergency card; DataFileError says what is wrong with the file."""
    return read_card(desk.resources.text(f"{CARDS}/{EMERGENCY}.toml"), f"{EMERGENCY}.toml")
