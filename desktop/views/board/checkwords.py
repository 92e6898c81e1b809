"""Knows the data files that the board reads for its checks: of the room, on arrival and at leaving."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.checks import CheckSheet, read_checks
from desktop.services.checks import ARRIVAL, CHECKS, LEAVING, ROOM
from desktop.services.ports import Resources


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What is asked before and after."""

    room: CheckSheet
    arrival: CheckSheet
    leaving: CheckSheet

    @classmethod
    def read(cls, resources: Resources) -> CheckWords:
        """As the files say; DataFileError names the file, the line and the reason."""
        room, arrival, leaving = (
            read_checks(resources.text(f"{CHECKS}/{name}.toml"), f"{name}.toml") for name in (ROOM, ARRIVAL, LEAVING)
        )
        return cls(room, arrival, leaving)
