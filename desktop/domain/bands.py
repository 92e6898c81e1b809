"""Knows when a value is beyond its band, from a protocol's bands and what was read earlier.

It says which limit a number crosses, and nothing about what that means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.protocol import Band, LeavingRule, Level, Sign, Test, When

# What an instrument can show and a hand can type; anything else is a slip of the keys, not a reading.
PLAUSIBLE: Mapping[Sign, tuple[int, int]] = {
    Sign.BP: (20, 300),
    Sign.HR: (20, 300),
    Sign.SPO2: (1, 100),
    Sign.RR: (0, 80),
    Sign.TEMP: (25, 45),
    Sign.MOAAS: (0, 5),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading for comparing: two values for `bp` (systolic, diastolic), one for any other sign."""

    at_ms: int
    values: Mapping[Sign, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading is compared against.

    dosed: whether the person's clock runs; phase: where they are expected to be, empty before the dose;
    baseline: their own value before the dose, where known; earlier: samples on this side of the dose, before this one.
    """

    dosed: bool
    phase: str = ""
    baseline: Mapping[Sign, int] = field(default_factory=dict)
    earlier: Sequence[Sample] = ()


def levels_of(bands: Sequence[Band], sample: Sample, context: Context) -> tuple[tuple[Sign, Level], ...]:
    """The signs of a sample that are beyond a band, each with the loudest level, in the order of the signs."""
    found = []
    for sign in Sign:
        ranks = [band.level for band in bands if band.sign is sign and _reached(band, sample, context)]
        if ranks:
            found.append((sign, max(ranks, key=lambda level: level.rank)))
    return tuple(found)


def _reached(band: Band, sample: Sample, context: Context) -> bool:
    if band.when is not When.ALWAYS and (band.when is When.SESSION) != context.dosed:
        return False
    if band.not_in_phase and band.not_in_phase == context.phase:
        return False
    if not crosses(band, sample):
        return False
    if band.below_baseline is not None and band.sign in context.baseline:
        if context.baseline[band.sign] - sample.values[band.sign][0] < band.below_baseline.value:
            return False
    if band.again_after_min is not None:
        latest = sample.at_ms - band.again_after_min.ms
        return any(before.at_ms <= latest and crosses(band, before) for before in context.earlier)
    return True


def crosses(band: Band, sample: Sample) -> bool:
    """Whether any value of the band's sign is beyond its limit: pressure by systolic or diastolic."""
    values = sample.values.get(band.sign, ())
    limits = [figure.value for figure in (band.limit, band.diastolic) if figure is not None]
    return any(_beyond(band.test, value, limit) for value, limit in zip(values, limits, strict=False))


def _beyond(test: Test, value: int, limit: Decimal) -> bool:
    if test is Test.ABOVE:
        return value > limit
    if test is Test.FROM:
        return value >= limit
    return value < limit


def leaving_pressure_met(rule: LeavingRule, pressure: tuple[int, int], baseline: tuple[int, int] | None) -> bool:
    """Whether a pressure is within the rule for leaving (clinical.md, amendments, discharge pressure)."""
    limits = (rule.systolic.value, rule.diastolic.value)
    calm = (rule.calm_systolic.value, rule.calm_diastolic.value)
    if any(value >= limit for value, limit in zip(pressure, limits, strict=True)):
        return False
    if all(value < limit for value, limit in zip(pressure, calm, strict=True)):
        return True
    if baseline is None:
        return False
    room = 1 + rule.over_baseline.value / 100
    return all(value <= own * room for value, own in zip(pressure, baseline, strict=True))


def leaving_spo2_met(rule: LeavingRule, spo2: int, baseline: int | None) -> bool:
    """Whether an oxygen saturation is within the rule for leaving: 95, or own baseline less 2."""
    limit = rule.spo2.value
    if baseline is not None:
        limit = min(limit, baseline - rule.spo2_below_baseline.value)
    return spo2 >= limit
