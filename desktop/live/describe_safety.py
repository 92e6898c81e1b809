"""Knows how an event of safety, or of who is in the session, reads in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from desktop.domain.words import tr
from desktop.live.company import PARTS
from desktop.live.events import (
    AdverseOpened,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Joined,
    Overridden,
    OverrideHow,
    PhoneOrdered,
    RoleChanged,
    SafeSignalled,
    TalkOnly,
    TouchLevel,
    TouchNarrowed,
)
from desktop.live.labels import item_words
from desktop.live.state import LiveState

By = Callable[[str], str]
SafetyText = (
    PhoneOrdered | TouchNarrowed | SafeSignalled | EmergencyCalled | EmergencyStepped | EmergencyEnded | AdverseOpened
    | Overridden | Joined | RoleChanged | TalkOnly
)
TOUCH_WORDS = {
    TouchLevel.NONE: "no touch", TouchLevel.HANDS: "hands only, asked first", TouchLevel.ASK: "asked each time",
    TouchLevel.PLANNED: "as planned",
}  # fmt: skip
HOW_WORDS = {
    OverrideHow.PRESENT: "by the prescriber, here", OverrideHow.PHONE: "by the prescriber, by phone",
    OverrideHow.REASON: "by the therapist",
}  # fmt: skip


def touch_words(level: TouchLevel) -> str:
    """How much touch a person allows, in words."""
    return tr(TOUCH_WORDS[level])


def describe_safety(state: LiveState, event: SafetyText, by: By) -> str:
    """One line for the log, in plain words."""
    match event:
        case PhoneOrdered():
            order = tr("order by phone from {who}: {text}", who=by(event.prescriber), text=event.text)
            return _and(order, tr("read back by {who}", who=by(event.read_back_by)))
        case TouchNarrowed():
            what = touch_words(event.to)
            return tr("touch, {place}: {what}", place=event.place, what=what) if event.place else tr(
                "touch: {what}", what=what
            )
        case SafeSignalled():
            return tr("safe signal: no touch from here on")
        case EmergencyCalled():
            return tr("emergency card opened")
        case EmergencyStepped():
            return tr("emergency: {step} done", step=event.step)
        case EmergencyEnded():
            return tr("emergency over: {how}", how=event.how)
        case AdverseOpened():
            severity = event.severity and tr("severity {n}", n=event.severity)
            source = event.entry is not None and tr("from entry {n}", n=event.entry)
            return _and(tr("adverse event: {what}", what=event.what), severity, source, event.note)
        case Overridden() | Joined() | RoleChanged() | TalkOnly():
            return _company(state, event, by)
        case _:
            assert_never(event)


def _company(state: LiveState, event: Overridden | Joined | RoleChanged | TalkOnly, by: By) -> str:
    match event:
        case Overridden():
            item = item_words(state.protocol, event.item)
            how = tr("{who}, {how}", who=by(event.by), how=tr(HOW_WORDS[event.how]))
            reader = event.read_back_by and tr("read back by {who}", who=by(event.read_back_by))
            return _and(tr("{item}: answered for by {how}", item=item, how=how), event.reason, reader)
        case Joined():
            return tr("came to the session, {part}", part=tr(PARTS[event.participant.role]))
        case RoleChanged():
            return tr("changed: {part}", part=tr(PARTS[event.role]))
        case TalkOnly():
            return _and(tr("no medicine today: the session goes on as a talk"), event.reason)
        case _:
            assert_never(event)


def _and(first: str, *more: object) -> str:
    return ", ".join(str(part) for part in (first, *more) if part)
