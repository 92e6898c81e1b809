"""Knows what one event does to one person's state."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from desktop.live.events import (
    CameBack,
    Checked,
    Discharged,
    DoseGiven,
    DoseLost,
    NoteMade,
    Observed,
    OtherGiven,
    PhaseMarked,
    ReadingMissed,
    RoundDone,
    Scaled,
    Taken,
    VitalsTaken,
    WentAway,
    WordsKept,
)
from desktop.live.lines import (
    AwayLine,
    CheckLine,
    DoseLine,
    EndingLine,
    LossLine,
    MissedLine,
    NoteLine,
    ObservationLine,
    OtherLine,
    PhaseLine,
    ScaleLine,
    VitalsLine,
    WordsLine,
)
from desktop.live.state import PersonState

Medicine = Taken | DoseGiven | DoseLost | OtherGiven
Reading = VitalsTaken | ReadingMissed | Scaled | Observed
Talk = WordsKept | NoteMade | Checked | PhaseMarked
Place = WentAway | CameBack | RoundDone | Discharged
PersonEvent = Medicine | Reading | Talk | Place


def on_person(person: PersonState, at_ms: int, seq: int, event: PersonEvent) -> PersonState:
    """The person with one more event; events come in the order of (at_ms, seq)."""
    match event:
        case Taken() | DoseGiven() | DoseLost() | OtherGiven():
            return _medicine(person, at_ms, seq, event)
        case VitalsTaken() | ReadingMissed() | Scaled() | Observed():
            return _reading(person, at_ms, seq, event)
        case WordsKept() | NoteMade() | Checked() | PhaseMarked():
            return _talk(person, at_ms, seq, event)
        case WentAway() | CameBack() | RoundDone() | Discharged():
            return _place(person, at_ms, seq, event)
        case _:
            assert_never(event)


def _medicine(person: PersonState, at_ms: int, seq: int, event: Medicine) -> PersonState:
    match event:
        case Taken():
            line = DoseLine(seq, at_ms, 0, "", None, missing=event.missing, taken_seq=seq)
            return replace(person, doses=_numbered((*person.doses, line)))
        case DoseGiven():
            return replace(person, doses=_with_dose(person.doses, at_ms, seq, event))
        case DoseLost():
            return replace(person, losses=(*person.losses, LossLine(seq, at_ms, event.mg, event.why)))
        case OtherGiven():
            other = OtherLine(seq, at_ms, event.medicine, event.amount, event.unit, event.route, event.order)
            return replace(person, others=(*person.others, other))
        case _:
            assert_never(event)


def _with_dose(doses: tuple[DoseLine, ...], at_ms: int, seq: int, event: DoseGiven) -> tuple[DoseLine, ...]:
    """A dose that fills a Taken counts from when it was taken; one whose Taken no longer counts, from its own time."""
    taken = next((dose for dose in doses if dose.taken_seq == event.fills and dose.mg is None), None)
    line = DoseLine(
        seq=seq, at_ms=at_ms if taken is None else taken.at_ms, number=0, route=event.route, mg=event.mg, ml=event.ml,
        mg_per_ml=event.mg_per_ml, lot=event.lot, own=event.own, site=event.site, by=event.by,
        checked_by=event.checked_by, check_kind=event.check_kind, above_order=event.above_order,
        entered_twice=event.entered_twice, missing=event.missing, taken_seq=None if taken is None else taken.seq,
        remaining=event.remaining,
    )
    return _numbered((*(dose for dose in doses if dose is not taken), line))


def _numbered(doses: tuple[DoseLine, ...]) -> tuple[DoseLine, ...]:
    """Doses in the order in which they were taken, numbered from 1."""
    ordered = sorted(doses, key=lambda dose: (dose.at_ms, dose.taken_seq or dose.seq))
    return tuple(replace(dose, number=number) for number, dose in enumerate(ordered, 1))


def _reading(person: PersonState, at_ms: int, seq: int, event: Reading) -> PersonState:
    match event:
        case VitalsTaken():
            line = VitalsLine(
                seq, at_ms, event.systolic, event.diastolic, event.hr, event.spo2, event.rr, event.temp, event.position,
                event.levels,
            )
            return replace(person, vitals=(*person.vitals, line))
        case ReadingMissed():
            missed = MissedLine(seq, at_ms, event.of, event.outcome, event.why)
            return replace(person, missed=(*person.missed, missed))
        case Scaled():
            scale = ScaleLine(seq, at_ms, event.of, event.value, event.level)
            return replace(person, scales=(*person.scales, scale))
        case Observed():
            chip = ObservationLine(seq, at_ms, event.chip, event.label, event.intensity)
            return replace(person, observations=(*person.observations, chip))
        case _:
            assert_never(event)


def _talk(person: PersonState, at_ms: int, seq: int, event: Talk) -> PersonState:
    match event:
        case WordsKept():
            return replace(person, words=(*person.words, WordsLine(seq, at_ms, event.text)))
        case NoteMade():
            return replace(person, notes=(*person.notes, NoteLine(seq, at_ms, event.text)))
        case Checked():
            check = CheckLine(seq, at_ms, event.item, event.value, event.note)
            return replace(person, checks=(*person.checks, check))
        case PhaseMarked():
            return replace(person, phases_marked=(*person.phases_marked, PhaseLine(seq, at_ms, event.phase)))
        case _:
            assert_never(event)


def _place(person: PersonState, at_ms: int, seq: int, event: Place) -> PersonState:
    match event:
        case WentAway():
            return replace(person, comings=(*person.comings, AwayLine(seq, at_ms, True, event.with_whom)))
        case CameBack():
            return replace(person, comings=(*person.comings, AwayLine(seq, at_ms, False, "")))
        case RoundDone():
            return replace(person, rounds=(*person.rounds, at_ms))
        case Discharged():
            line = EndingLine(
                seq, at_ms, event.ending, event.items, event.escort, event.statement_by, event.to, event.missing
            )
            return replace(person, ending=line)
        case _:
            assert_never(event)
