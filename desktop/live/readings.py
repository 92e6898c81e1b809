"""Knows how readings, scales, chips and phases are taken in, and which level stands beside them.

The level is decided when the entry is made, from what is known then, and kept with it: the log shows what was shown.
What stands beside a reading after a late entry or a correction is computed in `desktop.live.standing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.bands import PLAUSIBLE, Context, Sample, levels_of
from desktop.domain.protocol import Level, Phase, Protocol, Sign
from desktop.domain.words import tr
from desktop.live.asks import AskObserve, AskPhase, AskReading, AskScale, AskVitals, Now
from desktop.live.events import Observed, PhaseMarked, ReadingMissed, Scaled, VitalsTaken
from desktop.live.lines import ScaleLine, VitalsLine
from desktop.live.own_bands import bands_for
from desktop.live.rules import person_of, refuse
from desktop.live.state import LiveState, PersonState

INTENSITY_LIMIT = 20


def phase_of(protocol: Protocol, person: PersonState, now_ms: int) -> Phase | None:
    """The phase a person is expected to be in: the latest whose start has passed since their first dose.

    None before the dose. A booster does not move it.
    """
    first = person.first_dose_ms
    if first is None or now_ms < first:
        return None
    return max(
        (phase for phase in protocol.phases if first + phase.start_min.ms <= now_ms),
        key=lambda phase: phase.start_min.value,
    )


def baseline_of(person: PersonState, at_ms: int | None = None) -> dict[Sign, tuple[int, ...]]:
    """The person's own values: of each sign the latest reading before the first dose (and before `at_ms`)."""
    ends = [ms for ms in (person.first_dose_ms, at_ms) if ms is not None]
    found: dict[Sign, tuple[int, ...]] = {}
    for line in person.vitals:
        if all(line.at_ms <= end for end in ends) and not dosed_before(person, line.at_ms, line.seq):
            found.update(sample_of(line).values)
    return found


def dosed_before(person: PersonState, at_ms: int, seq: int) -> bool:
    """Whether something that was entered as number `seq` happened after the first dose."""
    if not person.doses:
        return False
    first = person.doses[0]
    return (first.at_ms, first.taken_seq or first.seq) < (at_ms, seq)


def sample_of(line: VitalsLine) -> Sample:
    """A reading for comparing with bands."""
    values: dict[Sign, tuple[int, ...]] = {}
    if line.systolic is not None and line.diastolic is not None:
        values[Sign.BP] = (line.systolic, line.diastolic)
    for sign, value in ((Sign.HR, line.hr), (Sign.SPO2, line.spo2), (Sign.RR, line.rr)):
        if value is not None:
            values[sign] = (value,)
    return Sample(line.at_ms, values)


def scale_sample(line: ScaleLine) -> Sample:
    """A rated MOAA/S for comparing with bands."""
    return Sample(line.at_ms, {Sign.MOAAS: (line.value,)})


def _levels(state: LiveState, person: PersonState, sample: Sample) -> tuple[tuple[Sign, Level], ...]:
    seq = state.next_seq
    dosed = dosed_before(person, sample.at_ms, seq)
    phase = phase_of(state.protocol, person, sample.at_ms) if dosed else None
    earlier = [
        sample_of(line) for line in person.vitals
        if line.at_ms <= sample.at_ms and dosed_before(person, line.at_ms, line.seq) == dosed
    ]
    earlier += [scale_sample(line) for line in person.scales if line.of == Sign.MOAAS and line.at_ms <= sample.at_ms]
    own = {sign: values[0] for sign, values in baseline_of(person, sample.at_ms).items()}
    context = Context(dosed, "" if phase is None else phase.key, own, earlier)
    return levels_of(bands_for(state.protocol, person.order), sample, context)


def take_vitals(state: LiveState, ask: AskVitals, now: Now) -> VitalsTaken:
    """A reading with its levels. Refused when nothing was read, or a number cannot be what an instrument showed."""
    person = person_of(state, ask.who, now)
    pressure = (ask.systolic, ask.diastolic)
    if (ask.systolic is None) != (ask.diastolic is None):
        refuse("bp", tr("A blood pressure has two numbers."))
    singles = {Sign.HR: ask.hr, Sign.SPO2: ask.spo2, Sign.RR: ask.rr, Sign.TEMP: ask.temp}
    if ask.systolic is None and all(value is None for value in singles.values()):
        refuse("empty", tr("No reading was given."))
    for sign, value in (*((Sign.BP, value) for value in pressure), *singles.items()):
        low, high = PLAUSIBLE[sign]
        if value is not None and not low <= value <= high:
            refuse("impossible", tr("{sign}: only {low} to {high} can be read.", sign=sign.value, low=low, high=high))
    if ask.systolic is not None and ask.diastolic is not None and ask.systolic <= ask.diastolic:
        refuse("impossible", tr("The systolic pressure must be above the diastolic."))
    line = VitalsLine(
        state.next_seq, now.at_ms, ask.systolic, ask.diastolic, ask.hr, ask.spo2, ask.rr, ask.temp, ask.position, ()
    )
    return VitalsTaken(
        ask.who, ask.systolic, ask.diastolic, ask.hr, ask.spo2, ask.rr, ask.temp, ask.position,
        _levels(state, person, sample_of(line)),
    )


def miss_reading(state: LiveState, ask: AskReading, now: Now) -> ReadingMissed:
    """A reading that was refused or failed."""
    person_of(state, ask.who, now)
    if Sign.MOAAS in ask.of:
        refuse("sign", tr("A scale is rated, not read."))
    return ReadingMissed(ask.who, ask.of, ask.outcome, ask.why.strip())


def rate(state: LiveState, ask: AskScale, now: Now) -> Scaled:
    """A rating with its level."""
    person = person_of(state, ask.who, now)
    rating = state.checklist.rating(ask.of)
    if rating is None:
        refuse("scale", tr("There is no such scale."), tr("Choose one of: {names}.", names=_names(state)))
    if not rating.low <= ask.value <= rating.high:
        refuse("impossible", tr("{scale}: only {low} to {high}.", scale=rating.label, low=rating.low, high=rating.high))
    level = Level.NORMAL
    if rating.key == Sign.MOAAS:
        levels = _levels(state, person, Sample(now.at_ms, {Sign.MOAAS: (ask.value,)}))
        level = dict(levels).get(Sign.MOAAS, Level.NORMAL)
    return Scaled(ask.who, rating.key, ask.value, level)


def _names(state: LiveState) -> str:
    return ", ".join(rating.key for rating in state.checklist.ratings)


def observe(state: LiveState, ask: AskObserve, now: Now) -> Observed:
    """A chip of the checklist."""
    person_of(state, ask.who, now)
    chip = state.checklist.chip(ask.chip)
    if chip is None:
        refuse("chip", tr("There is no such chip in the checklist."), tr("Write a note instead."))
    if len(ask.intensity) > INTENSITY_LIMIT:
        refuse("intensity", tr("At most {n} characters.", n=INTENSITY_LIMIT))
    return Observed(ask.who, chip.key, chip.label, ask.intensity.strip())


def mark_phase(state: LiveState, ask: AskPhase, now: Now) -> PhaseMarked:
    """A phase that the clinician sees."""
    person_of(state, ask.who, now)
    phases: Sequence[Phase] = state.protocol.phases
    if state.protocol.phase_named(ask.phase) is None:
        names = ", ".join(phase.key for phase in phases)
        refuse("phase", tr("There is no such phase."), tr("Choose one of: {names}.", names=names))
    return PhaseMarked(ask.who, ask.phase)
