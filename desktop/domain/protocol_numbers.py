"""Knows every number of a protocol by a plain name and a unit, and where in its text it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.protocol import Band, Figure, Level, Protocol, ScheduledCheck, Sign, Test, When
from desktop.domain.words import tr


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number of a protocol. path: where its table stands in the text; unit may be empty."""

    path: str
    group: str
    name: str
    unit: str
    figure: Figure

    @property
    def decimals(self) -> bool:
        """Whether parts of one are allowed: of milligrams, hours and degrees, and of nothing else."""
        return self.unit in (tr("mg"), tr("mg/kg"), tr("h"), tr("\u00b0C"))


def numbers(protocol: Protocol) -> tuple[Numbered, ...]:
    """Every number there is, group by group."""
    parts = (_course, _checks, _limits, _dose, _timing, _leaving, _dialogue, _around)
    return tuple(each for part in parts for each in part(protocol) if each is not None)


def number_at(protocol: Protocol, path: str) -> Numbered | None:
    """The number at a path, or None."""
    return next((each for each in numbers(protocol) if each.path == path), None)


def _min() -> str:
    return tr("min")


def _maybe(path: str, group: str, name: str, unit: str, figure: Figure | None) -> Numbered | None:
    return None if figure is None else Numbered(path, group, name, unit, figure)


def _course(protocol: Protocol) -> Iterator[Numbered]:
    group = tr("Time course, from the first dose")
    for number, phase in enumerate(protocol.phases, 1):
        name = tr("{phase} begins", phase=phase.name)
        yield Numbered(f"phase[{number}].start_min", group, name, _min(), phase.start_min)
    yield Numbered("ends_min", group, tr("The last phase ends"), _min(), protocol.ends_min)


def sign_words(sign: Sign) -> str:
    """A sign by its plain name."""
    return {
        Sign.BP: tr("Blood pressure"), Sign.HR: tr("Heart rate"), Sign.SPO2: tr("SpO\u2082"), Sign.RR: tr("Breaths"),
        Sign.TEMP: tr("Temperature"), Sign.MOAAS: tr("MOAA/S"),
    }[sign]  # fmt: skip


def _unit_of(sign: Sign) -> str:
    return {
        Sign.BP: tr("mmHg"), Sign.HR: tr("per min"), Sign.SPO2: tr("%"), Sign.RR: tr("per min"),
        Sign.TEMP: tr("\u00b0C"), Sign.MOAAS: tr("points"),
    }[sign]  # fmt: skip


def _checks(protocol: Protocol) -> Iterator[Numbered | None]:
    for at, schedule in enumerate(protocol.schedules, 1):
        group = tr("Readings: {schedule}", schedule=schedule.name)
        for number, check in enumerate(schedule.checks, 1):
            path = f"schedules[{at}].check[{number}].minute"
            yield Numbered(path, group, tr("{n}. {what}", n=number, what=_needs(check)), _min(), check.minute)
    group = tr("Rounds")
    for number, rule in enumerate(protocol.rounds, 1):
        yield Numbered(f"round[{number}].every_min", group, tr("A look at everybody every"), _min(), rule.every_min)
        yield _maybe(f"round[{number}].until_min", group, tr("until, from the first dose"), _min(), rule.until_min)


def _needs(check: ScheduledCheck) -> str:
    return ", ".join(sign_words(sign) for sign in check.needs)


def _limits(protocol: Protocol) -> Iterator[Numbered | None]:
    groups = {
        When.BEFORE: tr("Limits before the dose"), When.SESSION: tr("Limits in the session"),
        When.ALWAYS: tr("Limits at any time"),
    }  # fmt: skip
    for when in When:
        for number, band in enumerate(protocol.bands, 1):
            if band.when is when:
                yield from _limit(f"band[{number}]", groups[when], band)


def _limit(path: str, group: str, band: Band) -> Iterator[Numbered | None]:
    level = tr("amber") if band.level is Level.AMBER else tr("red")
    test = {Test.ABOVE: tr("above"), Test.FROM: tr("from"), Test.BELOW: tr("below")}[band.test]
    unit = _unit_of(band.sign)
    name = tr("{sign}, {level} {test}", sign=sign_words(band.sign), level=level, test=test)
    if band.diastolic is None:
        yield Numbered(f"{path}.limit", group, name, unit, band.limit)
    else:
        yield Numbered(f"{path}.systolic", group, tr("{limit}: systolic", limit=name), unit, band.limit)
        yield Numbered(f"{path}.diastolic", group, tr("{limit}: diastolic", limit=name), unit, band.diastolic)
    again = tr("{limit}: only when again after", limit=name)
    yield _maybe(f"{path}.again_after_min", group, again, _min(), band.again_after_min)
    below = tr("{limit}: only when below own baseline by", limit=name)
    yield _maybe(f"{path}.below_baseline", group, below, unit, band.below_baseline)


def _dose(protocol: Protocol) -> Iterator[Numbered | None]:
    group = tr("Dose and booster")
    guards, booster = protocol.guards, protocol.booster
    yield _maybe("guards.mg", group, tr("Entered twice above"), tr("mg"), guards.mg)
    yield _maybe("guards.mg_per_kg", group, tr("Entered twice above"), tr("mg/kg"), guards.mg_per_kg)
    yield _maybe("timing.hold", group, tr("Hold and swish"), _min(), protocol.timing.hold)
    yield _maybe("timing.hold_late", group, tr("The hold timer is late after"), _min(), protocol.timing.hold_late)
    fresh = tr("Booster: a pressure not older than")
    yield Numbered("booster.vitals_within_min", group, fresh, _min(), booster.vitals_within)
    yield Numbered("booster.moaas", group, tr("Booster: MOAA/S at least"), tr("points"), booster.moaas)


def _timing(protocol: Protocol) -> Iterator[Numbered]:
    group, timing = tr("Reminders"), protocol.timing
    rows = (
        ("early", tr("A reading counts from so long before its minute"), timing.early),
        ("late", tr("A reading is late after"), timing.late),
        ("recheck", tr("Pressure again after the latest dose"), timing.recheck),
        ("repeat", tr("Repeat after amber"), timing.repeat),
        ("repeat_early", tr("A repeat counts from so long before"), timing.repeat_early),
        ("repeat_late", tr("A repeat is late after"), timing.repeat_late),
        ("response", tr("Response to another medicine"), timing.response),
        ("response_late", tr("The response is late after"), timing.response_late),
        ("round_late", tr("A round is late after"), timing.round_late),
        ("discharge_late", tr("The discharge checks are late after"), timing.discharge_late),
    )
    for field, name, figure in rows:
        yield Numbered(f"timing.{field}", group, name, _min(), figure)
    normals = tr("Normal readings in a row that end the repeats after red")
    yield Numbered("timing.normals_after_red", group, normals, "", timing.normals_after_red)


def _leaving(protocol: Protocol) -> Iterator[Numbered]:
    group, rule = tr("Leaving"), protocol.leaving
    pressure = tr("mmHg")
    yield Numbered("timing.stay", group, tr("Minimum stay after the latest dose"), _min(), protocol.timing.stay)
    rows = (
        ("systolic", tr("Pressure below: systolic"), pressure, rule.systolic),
        ("diastolic", tr("Pressure below: diastolic"), pressure, rule.diastolic),
        ("calm_systolic", tr("and either below: systolic"), pressure, rule.calm_systolic),
        ("calm_diastolic", tr("and either below: diastolic"), pressure, rule.calm_diastolic),
        ("over_baseline_percent", tr("or above own baseline by at most"), tr("%"), rule.over_baseline),
        ("spo2", tr("SpO\u2082 at least"), tr("%"), rule.spo2),
        ("spo2_below_baseline", tr("or below own baseline by at most"), tr("%"), rule.spo2_below_baseline),
        ("moaas", tr("MOAA/S at least"), tr("points"), rule.moaas),
    )
    for field, name, unit, figure in rows:
        yield Numbered(f"leaving.{field}", group, name, unit, figure)


def _dialogue(protocol: Protocol) -> Iterator[Numbered]:
    group, rule = tr("Dialogue"), protocol.dialogue
    begins = tr("Expected from, after the first dose")
    yield Numbered("dialogue.from_min", group, begins, _min(), rule.from_min)
    yield Numbered("dialogue.turn_min", group, tr("One sender's turn"), _min(), rule.turn_min)
    yield Numbered("dialogue.piece_seconds", group, tr("One piece to mirror"), tr("s"), rule.piece_seconds)


def _around(protocol: Protocol) -> Iterator[Numbered]:
    if protocol.staff is not None:
        group = tr("Staff")
        one = tr("People given the medicine per trained person")
        yield Numbered("staff.people", group, one, "", protocol.staff.people)
        yield Numbered("staff.free", group, tr("Trained people who are free besides"), "", protocol.staff.free)
    if protocol.validity is not None:
        group, rule, days = tr("How old papers and answers may be"), protocol.validity, tr("days")
        rows = (
            ("clearance_days", tr("Medical clearance"), days, rule.clearance_days),
            ("order_days", tr("An order"), days, rule.order_days),
            ("order_doses", tr("An order, doses at most"), "", rule.order_doses),
            ("touch_plan_days", tr("Touch plan, confirmed"), days, rule.touch_plan_days),
            ("pregnancy_days", tr("Pregnancy question"), days, rule.pregnancy_days),
            ("weight_days", tr("Weight"), days, rule.weight_days),
            ("food_hours", tr("Since food, at least"), tr("h"), rule.food_hours),
            ("drink_hours", tr("Since a clear drink, at least"), tr("h"), rule.drink_hours),
        )
        for field, name, unit, figure in rows:
            yield Numbered(f"validity.{field}", group, name, unit, figure)
