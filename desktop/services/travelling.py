"""Knows what a travelling practice may begin: the one session it was made from, as it was given, and in its time."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.carried import CLOCKS_APART, Travelling, expired
from desktop.domain.errors_carry import ClockBeforeBundle, DamagedBundle, ExpiredBundle
from desktop.domain.moment import Moment
from desktop.live.codec import event_from_json
from desktop.live.events import Opened
from desktop.services.desk import Desk
from desktop.services.ports import Unit


def travelling_from(desk: Desk) -> Travelling | None:
    """What this practice was made from when it is a travelling one; None in a practice that is at home."""
    with desk.store.read() as unit:
        return unit.travelling.get()


def require_in_time(made: Moment, expires: Moment, now: Moment) -> None:
    """Raise ExpiredBundle or ClockBeforeBundle unless a carried session may be begun now."""
    if expired(expires, now):
        raise ExpiredBundle
    if now.utc < made.utc - CLOCKS_APART:
        raise ClockBeforeBundle


def given_opening(desk: Desk, unit: Unit, wall: Moment) -> Opened | None:
    """The opening that was given for this practice's session; None where a session is opened from the records.

    ExpiredBundle, ClockBeforeBundle: it may not be begun any more, or not by this clock.
    """
    came_from = unit.travelling.get()
    if came_from is None:
        return None
    require_in_time(came_from.made, came_from.expires, wall)
    given = event_from_json(came_from.given)
    if not isinstance(given, Opened):
        raise DamagedBundle
    return replace(given, program_version=desk.program_version, staff=(desk.member.id,))
