"""Knows which vitals a person is due for: the order's schedule, else the protocol's."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.protocol import Protocol, Sign
from desktop.live.events import OrderLimits

MOST_CHECKS = 40
LONGEST_MIN = 600


@dataclass(frozen=True, slots=True)
class Slot:
    """Vitals at a minute after the first dose; needs: the signs that answer it."""

    minute: int
    needs: tuple[Sign, ...]


def schedule_of(protocol: Protocol, order: OrderLimits | None) -> tuple[Slot, ...] | None:
    """The checks of the order's schedule, by name or as minutes `15,30,60`; the protocol's own when it states none.

    None when the order names a schedule that is neither.
    """
    wanted = protocol.schedule if order is None or not order.schedule else order.schedule
    named = protocol.named_schedule(wanted)
    if named is not None:
        return tuple(Slot(check.minute.whole, check.needs) for check in named.checks)
    parts = [part.strip() for part in wanted.split(",")]
    if not all(part.isascii() and part.isdigit() and 0 < int(part[:9]) <= LONGEST_MIN for part in parts):
        return None
    minutes = sorted({int(part) for part in parts})
    return tuple(Slot(minute, (Sign.BP,)) for minute in minutes[:MOST_CHECKS])
