"""Knows how a protocol is read from TOML text, and refuses one that contradicts itself."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from desktop.domain.protocol import (
    Band,
    BoosterRule,
    CheckKind,
    DialogueRule,
    Gate,
    GateKind,
    GateOn,
    Guards,
    LeavingRule,
    Legal,
    Level,
    Phase,
    Protocol,
    Reach,
    RoundRule,
    Schedule,
    ScheduledCheck,
    Sign,
    StaffRule,
    Test,
    Timing,
    ValidityRule,
    When,
)
from desktop.domain.protocol_fields import Fields, load, read_day
from desktop.domain.protocol_numbers import numbers
from desktop.domain.words import tr

ROUTES = ("sublingual", "intramuscular", "oral")


@lru_cache(64)
def read_protocol(text: str, file: str, frozen: bool = False) -> Protocol:
    """The protocol in a TOML text; DataFileError names `file`, the line, the field and the reason.

    Read once: the same text is the same protocol, and nothing of one can be changed. frozen: the text that a session
    carries from its opening; what is asked of files today must not shut one of then.
    """
    top = load(text, file)
    route = top.key("route")
    if route not in ROUTES:
        top.fail("route", tr("one of {names} is needed", names=", ".join(ROUTES)))
    checks = top.part("second_check")
    found = Protocol(
        id=top.key("id"), edition=top.whole("edition", 1, 9999), title=top.text("title", 120),
        medicine=top.key("medicine"), route=route,
        phases=top.parts("phase", _phase), ends_min=top.figure("ends_min"),
        baseline=top.choices("baseline", Sign), schedule=top.key("schedule"),
        schedules=top.parts("schedules", _schedule), leaving=_leaving(top.part("leaving")),
        rounds=top.parts("round", _round), timing=_timing(top.part("timing")), bands=top.parts("band", _band),
        guards=_guards(top.part("guards")), booster=_booster(top.part("booster")), gates=top.parts("gate", _gate),
        second_check=frozenset(checks.choices("dose", CheckKind)),
        booster_second_check=frozenset(checks.choices("booster", CheckKind)),
        dialogue=_dialogue(top.part("dialogue")), staffing=top.text("staffing"),
        text=text, sha256=hashlib.sha256(text.encode()).hexdigest(),
        enabled=top.yes_no("enabled") if top.has("enabled") else True, legal=_legal(top),
        staff=_staff(top.part("staff")) if top.has("staff") else None,
        validity=_validity(top.part("validity")) if top.has("validity") else None,
    )
    checks.done()
    top.done()
    _check_clock(found, top)
    _check_names(found, top)
    if not frozen:
        _check_limits(found, top)
        _check_whole(found, top)
    return found


def _phase(fields: Fields) -> Phase:
    return Phase(fields.key("key"), fields.text("name", 40), fields.figure("start_min"))


def _schedule(fields: Fields) -> Schedule:
    return Schedule(fields.key("key"), fields.text("name", 60), fields.parts("check", _scheduled_check))


def _scheduled_check(fields: Fields) -> ScheduledCheck:
    needs = fields.choices("needs", Sign)
    if not needs:
        fields.fail("needs", tr("at least one sign is needed"))
    return ScheduledCheck(fields.figure("minute", 1, 600), needs)


def _round(fields: Fields) -> RoundRule:
    return RoundRule(fields.figure("every_min", 1, 120), fields.figure_or_none("until_min", 1, 600))


def _gate(fields: Fields) -> Gate:
    return Gate(
        fields.key("key"), fields.text("label", 120), fields.choice("kind", GateKind), fields.choice("on", GateOn)
    )


def _band(fields: Fields) -> Band:
    sign = fields.choice("sign", Sign)
    level = fields.choice("level", Level)
    if level is Level.NORMAL:
        fields.fail("level", tr("amber or red is needed"))
    pressure = sign is Sign.BP
    return Band(
        sign=sign, when=fields.choice("when", When), level=level, test=fields.choice("test", Test),
        limit=fields.figure("systolic" if pressure else "limit", 0, 300),
        diastolic=fields.figure("diastolic", 0, 300) if pressure else None,
        again_after_min=fields.figure_or_none("again_after_min", 1, 120),
        below_baseline=fields.figure_or_none("below_baseline", 1, 100),
        not_in_phase=fields.text_or_none("not_in_phase"),
    )


def _timing(fields: Fields) -> Timing:
    found = Timing(
        early=fields.figure("early", 0, 60), late=fields.figure("late", 0, 120),
        recheck=fields.figure("recheck", 1, 240), stay=fields.figure("stay", 1, 600),
        repeat=fields.figure("repeat", 1, 60),
        repeat_early=fields.figure("repeat_early", 0, 60), repeat_late=fields.figure("repeat_late", 0, 60),
        normals_after_red=fields.figure("normals_after_red", 1, 10), response=fields.figure("response", 1, 240),
        response_late=fields.figure("response_late", 0, 240), round_late=fields.figure("round_late", 0, 60),
        discharge_late=fields.figure("discharge_late", 0, 240),
        hold=fields.figure_or_none("hold", 1, 60), hold_late=fields.figure_or_none("hold_late", 0, 60),
    )
    if (found.hold is None) != (found.hold_late is None):
        fields.fail("hold_late", tr("hold and hold_late come together"))
    fields.done()
    return found


def _leaving(fields: Fields) -> LeavingRule:
    found = LeavingRule(
        needs=fields.choices("needs", Sign), systolic=fields.figure("systolic"), diastolic=fields.figure("diastolic"),
        calm_systolic=fields.figure("calm_systolic"), calm_diastolic=fields.figure("calm_diastolic"),
        over_baseline=fields.figure("over_baseline_percent", 0, 100), spo2=fields.figure("spo2", 50, 100),
        spo2_below_baseline=fields.figure("spo2_below_baseline", 0, 20), moaas=fields.figure("moaas", 0, 5),
        score=fields.key("score") if fields.has("score") else "",
    )
    fields.done()
    return found


def _guards(fields: Fields) -> Guards:
    found = Guards(mg=fields.figure_or_none("mg"), mg_per_kg=fields.figure_or_none("mg_per_kg", 0, 50))
    fields.done()
    return found


def _booster(fields: Fields) -> BoosterRule:
    found = BoosterRule(fields.figure("vitals_within_min", 1, 240), fields.figure("moaas", 0, 5))
    fields.done()
    return found


def _dialogue(fields: Fields) -> DialogueRule:
    found = DialogueRule(
        throughout=fields.yes_no("throughout"), from_min=fields.figure("from_min"), turn_min=fields.figure("turn_min"),
        piece_seconds=fields.figure("piece_seconds"), hints=fields.texts("hints"),
    )
    fields.done()
    return found


def _legal(top: Fields) -> Legal | None:
    """What the law said and when that was looked up; both or neither."""
    if not top.has("legal_note") and not top.has("legal_checked"):
        return None
    return Legal(top.text("legal_note"), read_day(top, "legal_checked"))


def _staff(fields: Fields) -> StaffRule:
    found = StaffRule(fields.figure("people", 1, 20), fields.figure("free", 0, 10), fields.choice("prescriber", Reach))
    fields.done()
    return found


def _validity(fields: Fields) -> ValidityRule:
    found = ValidityRule(
        clearance_days=fields.figure("clearance_days", 1, 730), order_days=fields.figure("order_days", 1, 730),
        order_doses=fields.figure("order_doses", 1, 100), touch_plan_days=fields.figure("touch_plan_days", 0, 90),
        pregnancy_days=fields.figure("pregnancy_days", 0, 90), weight_days=fields.figure("weight_days", 0, 365),
        food_hours=fields.figure("food_hours", 0, 48), drink_hours=fields.figure("drink_hours", 0, 48),
    )
    fields.done()
    return found


def _check_clock(found: Protocol, top: Fields) -> None:
    """Phases and checks must run forward, and rounds must end open."""
    starts = [phase.start_min.value for phase in found.phases]
    if starts[0] != 0:
        top.fail("phase[1].start_min", tr("the first phase starts at 0"))
    for number, (before, start) in enumerate(zip(starts, [*starts[1:], found.ends_min.value], strict=True), 2):
        if start <= before:
            place = "ends_min" if number > len(starts) else f"phase[{number}].start_min"
            top.fail(place, tr("must be later than the one before"))
    for number, schedule in enumerate(found.schedules, 1):
        minutes = [check.minute.value for check in schedule.checks]
        if minutes != sorted(set(minutes)):
            top.fail(f"schedules[{number}].check", tr("must be later than the one before"))
    untils = [rule.until_min for rule in found.rounds]
    limits = [until.value for until in untils[:-1] if until is not None]
    if untils[-1] is not None or len(limits) != len(untils) - 1 or limits != sorted(set(limits)):
        top.fail("round", tr("each but the last needs until_min, later than the one before"))


def _check_names(found: Protocol, top: Fields) -> None:
    """Names that are pointed at must be there, and none twice."""
    if found.named_schedule(found.schedule) is None:
        top.fail("schedule", tr("there is no schedule of this name"))
    names = {
        "phase": [phase.key for phase in found.phases],
        "schedules": [schedule.key for schedule in found.schedules],
        "gate": [f"{gate.on} {gate.key}" for gate in found.gates],
    }
    for place, keys in names.items():
        for number, key in enumerate(keys, 1):
            if key in keys[: number - 1]:
                top.fail(f"{place}[{number}].key", tr("stands there twice"))
    for number, band in enumerate(found.bands, 1):
        if band.not_in_phase and found.phase_named(band.not_in_phase) is None:
            top.fail(f"band[{number}].not_in_phase", tr("there is no phase of this name"))


def _check_limits(found: Protocol, top: Fields) -> None:
    """Systolic lies above diastolic, and amber comes before red."""
    for number, band in enumerate(found.bands, 1):
        if band.diastolic is not None and band.diastolic.value >= band.limit.value:
            top.fail(f"band[{number}].diastolic", tr("must be below systolic"))
        low = band.test is Test.BELOW
        for red in found.bands if band.level is Level.AMBER else ():
            alike = (red.sign, red.when, red.test is Test.BELOW) == (band.sign, band.when, low)
            if alike and red.level is Level.RED and _beyond(band, red, low):
                top.fail(f"band[{number}]", tr("amber must come before red"))
    rule = found.leaving
    for place, above, below in (
        ("diastolic", rule.systolic, rule.diastolic), ("calm_diastolic", rule.calm_systolic, rule.calm_diastolic),
    ):  # fmt: skip
        if below.value >= above.value:
            top.fail(f"leaving.{place}", tr("must be below systolic"))


def _beyond(amber: Band, red: Band, low: bool) -> bool:
    """Whether an amber limit lies beyond a red one of the same sign and direction."""
    pairs = [(amber.limit.value, red.limit.value)]
    if amber.diastolic is not None and red.diastolic is not None:
        pairs.append((amber.diastolic.value, red.diastolic.value))
    return any(own < other if low else own > other for own, other in pairs)


def _check_whole(found: Protocol, top: Fields) -> None:
    """Minutes, counts and points are whole; half of one would be lost in silence."""
    for number in numbers(found):
        if not number.decimals and number.figure.value % 1:
            top.fail(f"{number.path}.value", tr("a whole number is needed"))
