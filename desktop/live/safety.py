"""Knows what may be asked about safety: less touch and never more, a signal, an emergency, an order by phone."""

from __future__ import annotations

from typing import assert_never

from desktop.domain.words import tr
from desktop.live.asks import Now
from desktop.live.asks_safety import (
    AskAdverse,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskOverride,
    AskPhoneOrder,
    AskSafe,
    AskTouch,
)
from desktop.live.events import (
    AdverseOpened,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Overridden,
    OverrideHow,
    PhoneOrdered,
    SafeSignalled,
    TouchLevel,
    TouchNarrowed,
)
from desktop.live.gates import Kind, kind_of_item
from desktop.live.lines_safety import EmergencyLine
from desktop.live.rules import known, person_of, refuse, words_of
from desktop.live.state import LiveState

SEVEREST = 5
STEP_LIMIT = 60
TOUCH_NAMES = {
    "none": TouchLevel.NONE, "no": TouchLevel.NONE, "no touch": TouchLevel.NONE, "stop": TouchLevel.NONE,
    "hands": TouchLevel.HANDS, "hand": TouchLevel.HANDS, "hands only": TouchLevel.HANDS, "hand only": TouchLevel.HANDS,
    "ask": TouchLevel.ASK, "ask first": TouchLevel.ASK, "ask again": TouchLevel.ASK, "ask each time": TouchLevel.ASK,
    "planned": TouchLevel.PLANNED, "as planned": TouchLevel.PLANNED, "plan": TouchLevel.PLANNED,
    "yes": TouchLevel.PLANNED, "all": TouchLevel.PLANNED, "full": TouchLevel.PLANNED,
}  # fmt: skip
Safety = AskPhoneOrder | AskTouch | AskSafe | AskEmergency | AskEmergencyStep | AskEmergencyEnd | AskAdverse
SafetyDone = (
    PhoneOrdered | TouchNarrowed | SafeSignalled | EmergencyCalled | EmergencyStepped | EmergencyEnded | AdverseOpened
)


def keep_safe(state: LiveState, ask: Safety, now: Now) -> SafetyDone:
    """What follows from an ask about safety; Refused."""
    match ask:
        case AskTouch():
            return _narrow(state, ask, now)
        case AskSafe():
            known(state, ask.who)
            return SafeSignalled(ask.who)
        case AskPhoneOrder():
            return _phone_order(state, ask)
        case AskEmergency():
            return _call(state, ask)
        case AskEmergencyStep():
            return _step(state, ask)
        case AskEmergencyEnd():
            known(state, ask.who)
            _open(state, ask.who)
            return EmergencyEnded(ask.who, words_of(ask.how, "how", tr("Say how it ended.")))
        case AskAdverse():
            return _adverse(state, ask)
        case _:
            assert_never(ask)


def _narrow(state: LiveState, ask: AskTouch, now: Now) -> TouchNarrowed:
    person = person_of(state, ask.who, now)
    to = TOUCH_NAMES.get(" ".join(ask.to.casefold().replace("_", " ").replace("-", " ").split()))
    if to is None:
        names = ", ".join(level.value for level in TouchLevel)
        refuse("touch", tr("There is no such permission."), tr("Choose one of: {names}.", names=names))
    place = ask.place.strip().casefold()
    stands = person.touch
    if place:
        stands = min(stands, dict(person.touch_places).get(place, stands), key=lambda level: level.rank)
    if to.rank >= stands.rank:
        refuse(
            "only_narrower", tr("During a session touch is only narrowed; now it is: {level}.", level=stands.value),
            tr("Whoever wants more is told so kindly, and asked again on another day."),
        )
    return TouchNarrowed(ask.who, to, place)


def _phone_order(state: LiveState, ask: AskPhoneOrder) -> PhoneOrdered:
    known(state, ask.who)
    text = words_of(ask.text, "text", tr("Say what was ordered."))
    prescriber = words_of(ask.prescriber, "from", tr("Say who ordered it."))
    reader = words_of(ask.read_back_by, "read_back_by", tr("Say who read it back."))
    if reader == prescriber:
        refuse("same_person", tr("The prescriber does not read their own order back."))
    return PhoneOrdered(ask.who, text, prescriber, reader)


def _call(state: LiveState, ask: AskEmergency) -> EmergencyCalled:
    person = known(state, ask.who)
    if person.emergency is not None and person.emergency.open:
        refuse("emergency_open", tr("The emergency card of {who} is open already.", who=ask.who.upper()))
    return EmergencyCalled(ask.who, ask.steps)


def _open(state: LiveState, who: str) -> EmergencyLine:
    alarm = state.people[who].emergency
    if alarm is None or not alarm.open:
        refuse("no_emergency", tr("No emergency card is open for {who}.", who=who.upper()))
    return alarm


def _step(state: LiveState, ask: AskEmergencyStep) -> EmergencyStepped:
    known(state, ask.who)
    alarm = _open(state, ask.who)
    step = words_of(ask.step, "step", tr("Say which step."))
    if len(step) > STEP_LIMIT or (alarm.asked and step not in alarm.asked):
        refuse("step", tr("The card has no such step."))
    if step in {done for done, _, _ in alarm.steps}:
        refuse("step_done", tr("This step is ticked already."))
    return EmergencyStepped(ask.who, step)


def _adverse(state: LiveState, ask: AskAdverse) -> AdverseOpened:
    known(state, ask.who)
    what = words_of(ask.what, "what", tr("Say what happened."))
    if not 0 <= ask.severity <= SEVEREST:
        refuse("impossible", tr("Severity: only 0 to {n}.", n=SEVEREST))
    if ask.entry is not None and not 1 <= ask.entry < state.next_seq:
        refuse("no_entry", tr("There is no such entry."))
    return AdverseOpened(ask.who, what, ask.entry, ask.severity, ask.note.strip())


def override(state: LiveState, ask: AskOverride, now: Now) -> Overridden:
    """Somebody answers for a red item: the prescriber for a medical one, a therapist for a logistic one.

    Where a person said no, or is not who they should be, nobody can.
    """
    person_of(state, ask.who, now)
    kind = kind_of_item(state.protocol, ask.item)
    if kind is None:
        refuse("item", tr("There is no such item before a dose."))
    if kind is Kind.DECLINE:
        refuse("decline_stands", tr("Nobody can override this."), tr("The session can go on as a talk."))
    by = words_of(ask.by, "by", tr("Say who answers for it."))
    reason = words_of(ask.reason, "reason", tr("A reason is needed."))
    reader = ask.read_back_by.strip()
    if kind is Kind.MEDICAL and ask.how is OverrideHow.REASON:
        refuse("prescriber", tr("Only the prescriber answers for this."), tr("Call the prescriber and read it back."))
    if ask.how is OverrideHow.PHONE:
        words_of(reader, "read_back_by", tr("Say who read it back."))
        if reader == by:
            refuse("same_person", tr("The prescriber does not read their own order back."))
    return Overridden(ask.who, ask.item, by, ask.how, reason, reader)
