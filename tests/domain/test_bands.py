"""Bands say which limit a value crosses, from the shipped protocols and at their very edges."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from desktop.domain.bands import Context, Sample, leaving_pressure_met, leaving_spo2_met, levels_of
from desktop.domain.protocol import Level, Sign
from desktop.domain.protocol_file import read_protocol
from tests.live.play import FULL, IM, LIGHT, protocol_text

MINUTE = 60_000
SIGNS = {"bp": Sign.BP, "hr": Sign.HR, "spo2": Sign.SPO2, "rr": Sign.RR, "moaas": Sign.MOAAS}


@dataclass(frozen=True)
class Case:
    """A value and the level that must stand beside it."""

    sign: str
    value: tuple[int, ...]
    dosed: bool
    level: str
    phase: str = ""
    own: int | None = None
    earlier: tuple[tuple[int, tuple[int, ...]], ...] = field(default_factory=tuple)


BEFORE = [
    Case("bp", (140, 90), False, "normal"),
    Case("bp", (141, 90), False, "amber"),
    Case("bp", (140, 91), False, "amber"),
    Case("bp", (159, 99), False, "amber"),
    Case("bp", (160, 80), False, "red"),
    Case("bp", (120, 100), False, "red"),
    Case("hr", (49,), False, "amber"),
    Case("hr", (50,), False, "normal"),
    Case("hr", (100,), False, "normal"),
    Case("hr", (101,), False, "amber"),
    Case("hr", (44,), False, "red"),
    Case("spo2", (94,), False, "amber"),
    Case("spo2", (95,), False, "normal"),
]
SESSION = [
    Case("bp", (159, 99), True, "normal"),
    Case("bp", (160, 80), True, "amber"),
    Case("bp", (130, 100), True, "amber"),
    Case("bp", (180, 90), True, "amber"),
    Case("bp", (180, 90), True, "amber", earlier=((6, (179, 109)),)),
    Case("bp", (180, 90), True, "red", earlier=((5, (150, 110)),)),
    Case("bp", (150, 110), True, "red", earlier=((5, (185, 90)),)),
    Case("bp", (180, 90), True, "amber", earlier=((4, (185, 90)),)),
    Case("bp", (182, 90), True, "red", earlier=((9, (185, 90)), (4, (185, 90)))),
    Case("bp", (170, 90), True, "amber", earlier=((9, (185, 90)),)),
    Case("bp", (200, 80), True, "red"),
    Case("bp", (150, 120), True, "red"),
    Case("hr", (47,), True, "normal"),
    Case("hr", (44,), True, "red"),
    Case("hr", (110,), True, "normal"),
    Case("hr", (111,), True, "amber"),
    Case("hr", (125,), True, "amber"),
    Case("hr", (121,), True, "red", earlier=((5, (125,)),)),
    Case("hr", (120,), True, "amber", earlier=((5, (125,)),)),
    Case("hr", (125,), True, "amber", earlier=((4, (125,)),)),
    Case("hr", (125,), True, "amber", earlier=((5, (120,)),)),
    Case("spo2", (94,), True, "amber", own=98),
    Case("spo2", (94,), True, "amber", own=97),
    Case("spo2", (94,), True, "normal", own=96),
    Case("spo2", (95,), True, "normal", own=99),
    Case("spo2", (92,), True, "normal", own=94),
    Case("spo2", (91,), True, "red", own=93),
    Case("spo2", (89,), True, "red", own=98),
    Case("rr", (9,), True, "amber"),
    Case("rr", (10,), True, "normal"),
    Case("rr", (24,), True, "normal"),
    Case("rr", (25,), True, "amber"),
    Case("rr", (7,), True, "red"),
    Case("rr", (8,), True, "amber"),
    Case("rr", (30,), True, "amber"),
    Case("rr", (31,), True, "red"),
    Case("moaas", (5,), True, "normal", phase="return"),
    Case("moaas", (4,), True, "amber", phase="return"),
    Case("moaas", (3,), True, "normal", phase="peak"),
    Case("moaas", (3,), True, "amber", phase="onset"),
    Case("moaas", (2,), True, "red", phase="peak"),
    Case("moaas", (0,), True, "red", phase="peak"),
]


@pytest.mark.parametrize("protocol", [FULL, LIGHT, IM])
@pytest.mark.parametrize("case", [*BEFORE, *SESSION], ids=str)
def test_a_value_gets_the_level_of_the_limit_it_crosses(case: Case, protocol: str) -> None:
    bands = read_protocol(protocol_text(protocol), protocol).bands
    sign = SIGNS[case.sign]
    at_ms = 60 * MINUTE
    earlier = [Sample(at_ms - ago * MINUTE, {sign: values}) for ago, values in case.earlier]
    own = {} if case.own is None else {sign: case.own}
    found = levels_of(bands, Sample(at_ms, {sign: case.value}), Context(case.dosed, case.phase, own, earlier))
    assert dict(found).get(sign, Level.NORMAL).value == case.level


def test_a_sample_without_a_sign_has_no_level_for_it() -> None:
    bands = read_protocol(protocol_text(FULL), FULL).bands
    assert levels_of(bands, Sample(0, {}), Context(dosed=True)) == ()


@pytest.mark.parametrize(
    ("pressure", "own", "met"),
    [
        ((139, 89), None, True),
        ((140, 80), None, False),
        ((140, 80), (120, 70), True),
        ((145, 80), (120, 70), False),
        ((130, 90), (120, 75), True),
        ((130, 91), (120, 75), False),
        ((159, 99), (150, 90), True),
        ((160, 80), (150, 90), False),
        ((120, 100), (150, 99), False),
    ],
)
def test_the_leaving_pressure_is_calm_or_near_the_persons_own(
    pressure: tuple[int, int], own: tuple[int, int] | None, met: bool
) -> None:
    rule = read_protocol(protocol_text(FULL), FULL).leaving
    assert leaving_pressure_met(rule, pressure, own) is met


@pytest.mark.parametrize(
    ("spo2", "own", "met"), [(95, None, True), (94, None, False), (94, 96, True), (93, 96, False), (95, 99, True)]
)
def test_the_leaving_oxygen_is_95_or_two_below_the_persons_own(spo2: int, own: int | None, met: bool) -> None:
    rule = read_protocol(protocol_text(FULL), FULL).leaving
    assert leaving_spo2_met(rule, spo2, own) is met


def test_levels_are_ordered_by_how_loud_they_are() -> None:
    assert [level.rank for level in (Level.NORMAL, Level.AMBER, Level.RED)] == [0, 1, 2]
