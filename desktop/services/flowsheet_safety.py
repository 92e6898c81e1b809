"""Knows how orders by phone, touch, signals, emergencies and overrides read on paper, and where each stands."""

from __future__ import annotations

from desktop.domain.paper import PhaseMark, SafetyLine
from desktop.domain.words import tr
from desktop.live.describe_safety import HOW_WORDS, touch_words
from desktop.live.events import (
    AdverseOpened,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Entry,
    Event,
    Joined,
    Overridden,
    OverrideHow,
    PhoneOrdered,
    RoleChanged,
    SafeSignalled,
    TouchNarrowed,
)
from desktop.live.labels import item_words
from desktop.services.flowsheet_lines import Copy, minute

Said = tuple[str, str, str, str]
"""What it is, its words, where it stands, and how loud that is."""


def safety_lines(copy: Copy) -> tuple[SafetyLine, ...]:
    """Everything of the kind, struck ones among them, in order of time."""
    found = []
    for entry, event in copy.own():
        said = _said(copy, entry, event)
        if said is not None:
            what, text, state, level = said
            line = SafetyLine(
                minute(entry.at_ms), copy.wall(entry.at_ms), what, text, copy.by(entry.author), state, level,
                copy.struck(entry), copy.why(entry),
            )
            found.append((entry.at_ms, entry.seq, line))
    return tuple(line for _, _, line in sorted(found, key=lambda each: each[:2]))


def phase_marks(copy: Copy) -> tuple[PhaseMark, ...]:
    """The phases that the clinician marked."""
    protocol = copy.state.protocol
    found = []
    for line in copy.person.phases_marked:
        phase = protocol.phase_named(line.phase)
        name = line.phase if phase is None else tr(phase.name)
        found.append(PhaseMark(minute(line.at_ms), copy.wall(line.at_ms), name))
    return tuple(found)


def _said(copy: Copy, entry: Entry, event: Event) -> Said | None:
    match event:
        case PhoneOrdered():
            text = tr("{text} (from {who}, read back by {reader})", text=event.text, who=copy.by(event.prescriber),
                      reader=copy.by(event.read_back_by))  # fmt: skip
            return tr("order by phone"), text, *_signature(copy, entry.seq)
        case Overridden():
            return _overridden(copy, entry, event)
        case TouchNarrowed():
            to = touch_words(event.to)
            return tr("touch"), tr("{place}: {to}", place=event.place, to=to) if event.place else to, "", ""
        case SafeSignalled():
            return tr("safe signal"), tr("no touch from here on"), "", ""
        case AdverseOpened():
            rated = tr("severity {n} of 5", n=event.severity) if event.severity else tr("severity not rated yet")
            level = "" if event.severity else "amber"
            return tr("adverse event"), f"{event.what}. {event.note}" if event.note else event.what, rated, level
        case RoleChanged() | Joined():
            return tr("part in the session"), _part(event), "", ""
        case EmergencyCalled() | EmergencyStepped() | EmergencyEnded():
            return tr("emergency"), _emergency(copy, event), "", ""
        case _:
            return None


def _signature(copy: Copy, seq: int) -> tuple[str, str]:
    """Whether a prescriber has signed it."""
    signed = copy.signed.get(seq)
    return (tr("signed: {by}", by=signed), "") if signed else (tr("waits for the prescriber’s signature"), "amber")


def _overridden(copy: Copy, entry: Entry, event: Overridden) -> Said:
    item = item_words(copy.state.protocol, event.item)
    text = tr("{item}: {who}, {how}. {reason}", item=item, who=copy.by(event.by), how=tr(HOW_WORDS[event.how]),
              reason=event.reason)  # fmt: skip
    if event.read_back_by:
        text += tr(" (read back by {reader})", reader=copy.by(event.read_back_by))
    waits = _signature(copy, entry.seq) if event.how is OverrideHow.PHONE else ("", "")
    return tr("answered for"), text, *waits


def _part(event: RoleChanged | Joined) -> str:
    role = event.role if isinstance(event, RoleChanged) else event.participant.role
    words = {"dosed": tr("comes for a dose"), "sitting": tr("sits with their partner")}[role.value]
    return words if isinstance(event, RoleChanged) else tr("came later: {words}", words=words)


def _emergency(copy: Copy, event: EmergencyCalled | EmergencyStepped | EmergencyEnded) -> str:
    match event:
        case EmergencyCalled():
            return tr("card opened")
        case EmergencyStepped():
            return tr("done: {step}", step=copy.step_words(event.step))
        case EmergencyEnded():
            return tr("over: {how}", how=event.how)
