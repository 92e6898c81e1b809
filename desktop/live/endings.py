"""Knows how a person's session ends, and when the whole may be closed."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.bands import leaving_pressure_met, leaving_spo2_met
from desktop.domain.protocol import GateOn, Sign
from desktop.domain.words import tr
from desktop.live.asks import AskClose, AskDischarge, Now
from desktop.live.events import Closed, Discharged, Ending, OverrideHow, PersonRole
from desktop.live.lines_safety import OverrideLine
from desktop.live.readings import baseline_of
from desktop.live.rules import check_until, is_no, person_of, refuse
from desktop.live.state import LiveState, PersonState

# What is told and arranged when somebody leaves before the criteria are met (live.md, rule 10).
LEFT_ITEMS = ("risks_told", "keys", "escort_called", "prescriber_told", "welfare_call")


def discharge(state: LiveState, ask: AskDischarge, now: Now) -> Discharged:
    """The end of a person's session. What was expected and not entered is kept as `missing`."""
    person = person_of(state, ask.who, now)
    if person.ending is not None:
        refuse("ended", tr("The session of {who} is over.", who=ask.who.upper()))
    if any(dose.at_ms > now.at_ms for dose in person.doses):
        refuse("dose_later", tr("A dose was taken after that."))
    dosed = bool(person.doses)
    if ask.ending is Ending.NOT_DOSED and dosed:
        refuse("was_dosed", tr("{who} was dosed.", who=ask.who.upper()), tr("Choose another ending."))
    if ask.ending in (Ending.MET, Ending.PRESCRIBER) and not dosed and person.role is PersonRole.DOSED:
        refuse("never_dosed", tr("Nothing was taken."), tr("End the session as not dosed."))
    check_escort(state, ask)
    needed = {Ending.PRESCRIBER: ask.statement_by, Ending.TRANSFERRED: ask.to}
    if not needed.get(ask.ending, "-").strip() and not ask.scripted:
        refuse("who", tr("The name is needed."), tr("Say whose statement it is, or to whom."))
    return Discharged(
        who=ask.who, ending=ask.ending, items=ask.items, escort=ask.escort.strip(),
        statement_by=ask.statement_by.strip(), to=ask.to.strip(), missing=tuple(_missing(state, person, ask, now)),
    )


def check_escort(state: LiveState, ask: AskDischarge) -> None:
    """Refuses an escort who took the medicine in this session, the person or anybody else, by name or by letter."""
    said = _plain_name(ask.escort)
    if not said:
        return
    for person in state.people.values():
        name = _plain_name(person.name)
        if person.doses and said in (person.key, name, name.partition(" ")[0]):
            refuse(
                "escort_dosed", tr("{who} was given the medicine today.", who=person.key.upper()),
                tr("Name somebody else who takes them home, or end the session another way."),
            )


def _plain_name(text: str) -> str:
    return " ".join(text.casefold().split())


def _missing(state: LiveState, person: PersonState, ask: AskDischarge, now: Now) -> Iterator[str]:
    told = {item for item, value in ask.items if not is_no(value)}
    if ask.ending in (Ending.MET, Ending.PRESCRIBER):
        if ask.ending is Ending.PRESCRIBER and not ask.statement_by.strip():
            yield "statement_by"
        if person.doses:
            yield from criteria_missing(state, person, now.at_ms, told, ask.escort)
    elif ask.ending is Ending.LEFT:
        yield from (item for item in LEFT_ITEMS if person.doses and item not in told)
    elif ask.ending is Ending.TRANSFERRED:
        if not ask.to.strip():
            yield "to"
        if "sheet_given" not in told:
            yield "sheet_given"


def criteria_missing(
    state: LiveState, person: PersonState, at_ms: int, told: set[str], escort: str = ""
) -> Iterator[str]:
    """The criteria for leaving that are not met or were not entered by `at_ms`, for somebody who was dosed."""
    protocol = state.protocol
    last = person.doses[-1].at_ms
    if at_ms < last + protocol.timing.stay.ms:
        yield "minimum_stay"
    yield from _numbers_missing(state, person, at_ms, last)
    for gate in protocol.gates_on(GateOn.DISCHARGE):
        if gate.key in told or (gate.key == "escort_here" and escort.strip()):
            continue
        line = check_until(state, person, gate.key, at_ms)
        if line is None or is_no(line.value):
            yield gate.key
    yield from (line.item for line in unsettled(state, person, at_ms) if line.item not in told)


def unsettled(state: LiveState, person: PersonState, at_ms: int) -> tuple[OverrideLine, ...]:
    """Logistic items that a therapist answered for with a reason, and that are not answered yes since.

    A second check that nobody could make is never made up for: it stays with the dose.
    """
    found = {line.item: line for line in person.overrides if line.how is OverrideHow.REASON and line.at_ms <= at_ms}
    found.pop("second_check", None)
    return tuple(
        line for line in found.values()
        if (check := check_until(state, person, line.item, at_ms)) is None
        or is_no(check.value) or (check.at_ms, check.seq) < (line.at_ms, line.seq)
    )


def _numbers_missing(state: LiveState, person: PersonState, at_ms: int, last: int) -> Iterator[str]:
    """Pressure, oxygen and sedation, from the latest of each since the last dose."""
    rule = state.protocol.leaving
    own = baseline_of(person)
    since = [line for line in person.vitals if last <= line.at_ms <= at_ms]
    pressures = [(line.systolic, line.diastolic) for line in since if line.systolic is not None]
    base = own.get(Sign.BP)
    systolic, diastolic = pressures[-1] if pressures else (None, None)
    pair = None if base is None else (base[0], base[1])
    if systolic is None or diastolic is None or not leaving_pressure_met(rule, (systolic, diastolic), pair):
        yield "bp"
    oxygen = [line.spo2 for line in since if line.spo2 is not None]
    if not oxygen or not leaving_spo2_met(rule, oxygen[-1], own[Sign.SPO2][0] if Sign.SPO2 in own else None):
        yield "spo2"
    rated = [line.value for line in person.scales if line.of == Sign.MOAAS and last <= line.at_ms <= at_ms]
    if not rated or rated[-1] < rule.moaas.whole:
        yield "moaas"


def close(state: LiveState, ask: AskClose, now: Now) -> Closed:
    """The end of the session. Refused while somebody who is here for a dose has not been discharged."""
    waiting = [person.key.upper() for person in state.people.values() if must_end(person)]
    if waiting:
        refuse(
            "not_discharged", tr("Not discharged yet: {who}.", who=", ".join(waiting)),
            tr("Discharge everyone first; every ending is possible."),
        )
    if now.at_ms < state.frontier_ms:
        refuse("close_late", tr("Something happened after that."), tr("Close the session now."))
    return Closed(ask.summary.strip())


def must_end(person: PersonState) -> bool:
    """Whether a person must be discharged before the session can be closed."""
    return person.ending is None and (person.role is PersonRole.DOSED or bool(person.doses))
