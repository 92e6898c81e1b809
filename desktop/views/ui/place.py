"""Knows how a screen names another one without knowing it."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where to go. screen: its name; id: the record; part: what of it, such as a seat or a form."""

    screen: str
    id: str = ""
    part: str = ""


PEOPLE, COUPLE, CLIENT, BOARD, PAPER, MEMBERS, KEYS, AUDIT, ARCHIVES, HELP, BACK = (
    "people", "couple", "client", "board", "paper", "members", "keys", "audit", "archives", "help", "back",
)
PAPER_ENTRY, CARRY, AWAY = "paper-entry", "carry", "away"
# What somebody permits and needs; a session afterwards; what the day asks for; several couples together.
CARE, AFTER, TODAY, GROUPS = "care", "after", "today", "groups"
PROTOCOLS = "protocols"
