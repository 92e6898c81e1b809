"""Knows how an event reads in the log: one plain line, without the name of whom it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from desktop.domain.amounts import plain
from desktop.domain.protocol import Level, Sign
from desktop.domain.words import tr
from desktop.live.describe_safety import describe_safety
from desktop.live.events import (
    AdverseOpened,
    CameBack,
    Checked,
    ClockKind,
    ClockNoted,
    Closed,
    DialogueStepped,
    Discharged,
    DoseGiven,
    DoseLost,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Event,
    Joined,
    Moved,
    NoteMade,
    Observed,
    Opened,
    OtherGiven,
    Overridden,
    PhaseMarked,
    PhoneOrdered,
    ReadingMissed,
    RoleChanged,
    RoundDone,
    SafeSignalled,
    Scaled,
    StaffMoved,
    Struck,
    Taken,
    TalkOnly,
    TouchNarrowed,
    Undone,
    VitalsTaken,
    WentAway,
    WordsKept,
    WordsWritten,
)
from desktop.live.labels import ending_words, item_words
from desktop.live.state import LiveState

By = Callable[[str], str]
SIGN_WORDS = {
    Sign.BP: "BP", Sign.HR: "heart rate", Sign.SPO2: "SpO2", Sign.RR: "respiration", Sign.TEMP: "temperature",
    Sign.MOAAS: "MOAA/S",
}
CLOCK_WORDS = {
    ClockKind.SLEPT: "The machine slept {n} s; the session's clock counted on",
    ClockKind.CLOCK_CHANGED: "The machine's clock was changed by {n} s; the session's clock was not",
    ClockKind.OFFSET_CHANGED: "Local time moved by {n} s, as with daylight saving",
    ClockKind.REBOOTED: "The machine restarted; {n} s by the wall clock, so times are estimated from here",
    ClockKind.REOPENED: "Reopened where it stopped, after {n} s",
}


def describe(state: LiveState, event: Event, by: By = str) -> str:
    """One line for the log, in plain words. by: how a member is named, from what stands in the entry."""
    match event:
        case VitalsTaken() | ReadingMissed() | Scaled() | Observed():
            return _reading(state, event)
        case Taken() | DoseGiven() | DoseLost() | OtherGiven():
            return _medicine(event, by)
        case Checked() | WordsKept() | WordsWritten() | NoteMade() | PhaseMarked() | DialogueStepped():
            return _said(state, event)
        case StaffMoved() | WentAway() | CameBack() | RoundDone():
            return _place(event, by)
        case Opened() | Moved() | Struck() | Undone() | Discharged() | Closed() | ClockNoted():
            return _record(state, event, by)
        case (
            PhoneOrdered() | TouchNarrowed() | SafeSignalled() | EmergencyCalled() | EmergencyStepped()
            | EmergencyEnded() | AdverseOpened() | Overridden() | Joined() | RoleChanged() | TalkOnly()
        ):
            return describe_safety(state, event, by)
        case _:
            assert_never(event)


def sign_words(sign: Sign) -> str:
    """A sign as it is written on the board."""
    return tr(SIGN_WORDS[sign])


def _reading(state: LiveState, event: VitalsTaken | ReadingMissed | Scaled | Observed) -> str:
    match event:
        case VitalsTaken():
            pressure = None if event.systolic is None else f"{event.systolic}/{event.diastolic}"
            temp = None if event.temp is None else plain(event.temp)
            values = (pressure, event.hr, event.spo2, event.rr, temp)
            parts = [
                f"{sign_words(sign)} {value}" for sign, value in zip(SIGN_WORDS, values, strict=False)
                if value is not None
            ]
            parts += [f"({sign_words(sign)}: {level.value})" for sign, level in event.levels]
            return ", ".join((*parts, event.position) if event.position else parts)
        case ReadingMissed():
            what = ", ".join(sign_words(sign) for sign in event.of) or tr("vitals")
            return _and(tr("{what} {outcome}", what=what, outcome=event.outcome.value), event.why)
        case Scaled():
            rating = state.checklist.rating(event.of)
            text = f"{event.of if rating is None else tr(rating.label)} {event.value}"
            return text if event.level is Level.NORMAL else f"{text} ({event.level.value})"
        case Observed():
            return _and(event.label, event.intensity)
        case _:
            assert_never(event)


def _medicine(event: Taken | DoseGiven | DoseLost | OtherGiven, by: By) -> str:
    match event:
        case Taken():
            return tr("taken")
        case DoseGiven():
            source = tr("own lozenge") if event.own else event.lot and tr("lot {lot}", lot=event.lot)
            volume = "" if event.ml is None else tr("{ml} mL", ml=plain(event.ml))
            above = event.above_order and tr("above: {what}", what=", ".join(event.above_order))
            dose = tr("dose {mg} mg {route}", mg=plain(event.mg), route=event.route)
            given = event.by and tr("by {who}", who=by(event.by))
            checked = event.checked_by and tr("checked by {who}", who=by(event.checked_by))
            left = "" if event.remaining is None else tr("{n} left", n=event.remaining)
            return _and(dose, volume, event.site, source, left, given, checked, above)
        case DoseLost():
            return tr("lost {mg} mg: {why}", mg=plain(event.mg), why=event.why)
        case OtherGiven():
            amount = plain(event.amount)
            return _and(f"{event.medicine} {amount} {event.unit} {event.route}", event.order)
        case _:
            assert_never(event)


def _said(
    state: LiveState, event: Checked | WordsKept | WordsWritten | NoteMade | PhaseMarked | DialogueStepped
) -> str:
    match event:
        case Checked():
            return _and(f"{item_words(state.protocol, event.item)}: {event.value}", event.note)
        case WordsKept():
            return f"“{event.text}”" if event.text else tr("words stamped, text to follow")
        case WordsWritten():
            return tr("text of entry {n}: “{text}”", n=event.entry, text=event.text)
        case NoteMade():
            return event.text
        case PhaseMarked():
            phase = state.protocol.phase_named(event.phase)
            return tr("phase: {phase}", phase=event.phase if phase is None else tr(phase.name))
        case DialogueStepped():
            return tr("dialogue: {step}, {who} sends", step=event.step.value, who=event.sender.upper())
        case _:
            assert_never(event)


def _place(event: StaffMoved | WentAway | CameBack | RoundDone, by: By) -> str:
    match event:
        case StaffMoved():
            who = by(event.member)
            return tr("{who} came in", who=who) if event.present else tr("{who} went out", who=who)
        case WentAway():
            return _and(tr("away"), event.with_whom)
        case CameBack():
            return tr("back")
        case RoundDone():
            return tr("all seen: {who}", who=", ".join(key.upper() for key in event.seen) or "-")
        case _:
            assert_never(event)


def _record(
    state: LiveState, event: Opened | Moved | Struck | Undone | Discharged | Closed | ClockNoted, by: By
) -> str:
    match event:
        case Opened():
            return tr("session opened, protocol {id}", id=event.protocol_id)
        case Moved():
            what = describe(state, event.event, by)
            return tr("entry {n} moved to {who}: {what}", n=event.entry, who=event.to.upper(), what=what)
        case Struck():
            return tr("entry {n} struck: {why}", n=event.entry, why=event.reason)
        case Undone():
            return _and(tr("entry {n} taken back", n=event.entry), event.reason)
        case Discharged():
            who = (event.escort, event.statement_by, event.to)
            return _and(tr("session ended: {ending}", ending=ending_words(event.ending)), *who)
        case Closed():
            return _and(tr("session closed"), event.summary)
        case ClockNoted():
            return tr(CLOCK_WORDS[event.what], n=round(event.ms / 1000))
        case _:
            assert_never(event)


def _and(first: str, *more: object) -> str:
    return ", ".join(str(part) for part in (first, *more) if part)
