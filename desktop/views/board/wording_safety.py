"""Knows how an event of safety is said in the shared log: what happened, and never a private why."""

from __future__ import annotations

from desktop.domain.protocol import Level
from desktop.domain.words import tr
from desktop.live.describe_safety import SafetyText, describe_safety
from desktop.live.events import (
    AdverseOpened,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Overridden,
    PhoneOrdered,
    RoleChanged,
    SafeSignalled,
    TalkOnly,
    TouchNarrowed,
)
from desktop.live.state import LiveState

_ICONS: tuple[tuple[type, str, Level], ...] = (
    (PhoneOrdered, "stethoscope", Level.NORMAL), (TouchNarrowed, "hand", Level.NORMAL),
    (SafeSignalled, "hand", Level.AMBER), (EmergencyCalled, "siren", Level.RED),
    (EmergencyStepped, "siren", Level.NORMAL), (EmergencyEnded, "siren", Level.NORMAL),
    (AdverseOpened, "triangle-alert", Level.AMBER), (Overridden, "clipboard-check", Level.NORMAL),
    (RoleChanged, "users", Level.NORMAL), (TalkOnly, "message-square", Level.NORMAL),
)


def say_safety(event: SafetyText, state: LiveState) -> tuple[str, str, Level]:
    """Icon, words and level. What an adverse event was, and why somebody answered for a check, both partners may read
    here: it stays off this screen."""
    found = ((icon, level) for kind, icon, level in _ICONS if isinstance(event, kind))
    icon, level = next(found, ("users", Level.NORMAL))
    match event:
        case AdverseOpened():
            text = tr("Adverse event written down")
            text = tr("{text}, severity {n}", text=text, n=event.severity) if event.severity else text
        case Overridden():
            text = tr("A check was answered for")
        case TalkOnly():
            text = tr("The session goes on as a talk")
        case _:
            text = describe_safety(state, event, str)
    return icon, text[:1].upper() + text[1:], level
