"""Knows how a screen names another one without knowing it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go. screen: its name; id: the record; part: what of it, such as a seat or a form."""

    screen: str
    id: str = ""
    part: str = ""


PEOPLE, COUPLE, CLIENT, BOARD, PAPER, MEMBERS, AUDIT, HELP, BACK, ARCHIVES = (
    "people", "couple", "client", "board", "paper", "members", "audit", "help", "back", "archives",
)
