"""Knows the breath in a pause of the dialogue: how long it lasts, and where within one breath a moment lies."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.protocol import Figure
from desktop.domain.protocol_fields import load


@dataclass(frozen=True, slots=True)
class Breath:
    """All three in seconds."""

    seconds: Figure
    breathe_in: Figure
    breathe_out: Figure

    @property
    def ms(self) -> int:
        """How long it lasts, in milliseconds."""
        return int(self.seconds.value * 1000)

    def at(self, ms: int) -> tuple[bool, float]:
        """Whether one breathes in at this many milliseconds, and how full the chest is, from 0 to 1."""
        into, out = int(self.breathe_in.value * 1000), int(self.breathe_out.value * 1000)
        within = ms % (into + out)
        return (True, within / into) if within < into else (False, 1 - (within - into) / out)


def read_breath(text: str, file: str) -> Breath:
    """The breath in a TOML text; DataFileError names the file, the line, the field and the reason."""
    top = load(text, file)
    top.key("id")
    top.whole("edition", 1, 9999)
    found = Breath(top.figure("seconds", 10, 600), top.figure("breathe_in", 1, 20), top.figure("breathe_out", 1, 20))
    top.done()
    return found
