"""Knows what an event of safety does to a person's state: orders by phone, touch, signals, emergencies."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from desktop.live.events import (
    AdverseOpened,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Overridden,
    PhoneOrdered,
    RoleChanged,
    SafeSignalled,
    TouchLevel,
    TouchNarrowed,
)
from desktop.live.lines_safety import AdverseLine, EmergencyLine, OverrideLine, PhoneOrderLine
from desktop.live.state import PersonState

Alarm = EmergencyCalled | EmergencyStepped | EmergencyEnded
Touching = TouchNarrowed | SafeSignalled
Said = PhoneOrdered | Overridden | AdverseOpened | RoleChanged
SafetyEvent = Alarm | Touching | Said


def on_safety(person: PersonState, at_ms: int, seq: int, event: SafetyEvent) -> PersonState:
    """The person with one more event; events come in the order of (at_ms, seq)."""
    match event:
        case EmergencyCalled() | EmergencyStepped() | EmergencyEnded():
            return replace(person, emergencies=_alarms(person.emergencies, at_ms, seq, event))
        case TouchNarrowed() | SafeSignalled():
            return _touch(person, at_ms, event)
        case PhoneOrdered():
            order = PhoneOrderLine(seq, at_ms, event.text, event.prescriber, event.read_back_by)
            return replace(person, phone_orders=(*person.phone_orders, order))
        case Overridden():
            line = OverrideLine(seq, at_ms, event.item, event.by, event.how, event.reason, event.read_back_by)
            return replace(person, overrides=(*person.overrides, line))
        case AdverseOpened():
            adverse = AdverseLine(seq, at_ms, event.what, event.entry, event.severity, event.note)
            return replace(person, adverse=(*person.adverse, adverse))
        case RoleChanged():
            return replace(person, role=event.role)
        case _:
            assert_never(event)


def _alarms(
    alarms: tuple[EmergencyLine, ...], at_ms: int, seq: int, event: Alarm
) -> tuple[EmergencyLine, ...]:
    """A step or an end without its call (struck, or entered earlier) counts for nothing."""
    if isinstance(event, EmergencyCalled):
        return (*alarms, EmergencyLine(seq, at_ms, event.steps))
    if not alarms or not alarms[-1].open:
        return alarms
    last = alarms[-1]
    if isinstance(event, EmergencyStepped):
        return (*alarms[:-1], replace(last, steps=(*last.steps, (event.step, at_ms, seq))))
    return (*alarms[:-1], replace(last, ended_ms=at_ms, how=event.how))


def _touch(person: PersonState, at_ms: int, event: Touching) -> PersonState:
    """Never wider than it was, in whatever order things come to be known."""
    if isinstance(event, SafeSignalled):
        return replace(person, touch=TouchLevel.NONE, safe_signals=(*person.safe_signals, at_ms))
    if not event.place:
        return replace(person, touch=min(person.touch, event.to, key=lambda level: level.rank))
    places = dict(person.touch_places)
    places[event.place] = min(places.get(event.place, event.to), event.to, key=lambda level: level.rank)
    return replace(person, touch_places=tuple(sorted(places.items())))
