"""Readings carry the level that was shown, decided once from what was known then."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.protocol import Level, Sign
from desktop.live.asks import AskObserve, AskPhase, AskReading, AskScale, AskStrike, AskVitals
from desktop.live.events import Missed, Scaled, VitalsTaken
from desktop.live.readings import phase_of
from tests.live.play import IM, A, B, Play, bp, dose, vitals


def level(play: Play, seconds: float, ask: AskVitals, sign: Sign = Sign.BP, ago: float = 0) -> Level:
    event = play.ask(seconds, ask, ago)
    assert isinstance(event, VitalsTaken)
    return dict(event.levels).get(sign, Level.NORMAL)


def test_the_same_pressure_is_judged_by_the_side_of_the_first_dose_it_lies_on() -> None:
    play = Play()
    assert level(play, 0, bp(150, 85)) is Level.AMBER
    play.ask(300, dose())
    assert level(play, 300, bp(150, 85)) is Level.NORMAL
    assert level(play, 400, bp(150, 85), ago=200) is Level.AMBER


def test_the_first_severe_pressure_is_amber_and_a_second_five_minutes_later_red() -> None:
    play = Play()
    level(play, 0, bp(190, 100))  # before the dose: it does not count as a first one
    play.ask(300, dose())
    assert level(play, 2700, bp(182, 90)) is Level.AMBER
    assert level(play, 2999, bp(182, 90)) is Level.AMBER
    assert level(play, 3000, bp(150, 110)) is Level.RED
    assert [(one.at_ms, one.level.value, one.value) for one in play["a"].out_of_band] == [
        (0, "red", "190/100"), (2_700_000, "amber", "182/90"), (2_999_000, "amber", "182/90"),
        (3_000_000, "red", "150/110"),
    ]


def test_what_stands_beside_a_reading_follows_a_correction_and_the_entry_keeps_what_was_shown() -> None:
    play = Play()
    play.ask(300, dose())
    level(play, 2700, bp(182, 90))
    first = play.last
    assert level(play, 3000, bp(182, 90)) is Level.RED
    play.ask(3010, AskStrike(first, "wrong cuff"))
    assert [one.level for one in play["a"].out_of_band] == [Level.AMBER]
    shown = [entry.event for entry in play.state.entries if isinstance(entry.event, VitalsTaken)]
    assert [dict(event.levels)[Sign.BP] for event in shown] == [Level.AMBER, Level.RED]


def test_a_first_high_pressure_that_is_entered_late_makes_the_one_after_it_the_second() -> None:
    play = Play()
    play.ask(300, dose())
    assert level(play, 1200, bp(182, 90)) is Level.AMBER
    play.ask(1300, bp(184, 90), ago=600)
    assert [(one.at_ms, one.level) for one in play["a"].out_of_band] == [
        (700_000, Level.AMBER), (1_200_000, Level.RED),
    ]


def test_a_dose_that_is_struck_puts_readings_back_before_the_dose() -> None:
    play = Play()
    play.ask(300, dose())
    given = play.last
    assert level(play, 900, bp(150, 95)) is Level.NORMAL
    play.ask(1000, AskStrike(given, "spat before it was held"))
    assert [one.level for one in play["a"].out_of_band] == [Level.AMBER]


def test_oxygen_is_compared_with_the_persons_own_baseline() -> None:
    play = Play()
    play.ask(0, AskVitals("a", spo2=94))
    play.ask(100, AskVitals("b", spo2=98))
    play.ask(300, dose())
    play.ask(310, dose("b"))
    assert level(play, 900, AskVitals("a", spo2=92), Sign.SPO2) is Level.NORMAL
    assert level(play, 900, AskVitals("b", spo2=94), Sign.SPO2) is Level.AMBER


def test_heart_rate_and_respiration_have_levels_of_their_own() -> None:
    play = Play()
    play.ask(300, dose())
    event = play.ask(900, replace(vitals(), hr=125, rr=7))
    assert isinstance(event, VitalsTaken)
    assert event.levels == ((Sign.HR, Level.AMBER), (Sign.RR, Level.RED))


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (AskVitals("a"), "empty"),
        (AskVitals("a", 120), "bp"),
        (AskVitals("a", diastolic=80), "bp"),
        (AskVitals("a", 80, 80), "impossible"),
        (AskVitals("a", 80, 120), "impossible"),
        (AskVitals("a", 301, 80), "impossible"),
        (AskVitals("a", 120, 19), "impossible"),
        (AskVitals("a", hr=19), "impossible"),
        (AskVitals("a", spo2=101), "impossible"),
        (AskVitals("a", spo2=0), "impossible"),
        (AskVitals("a", rr=81), "impossible"),
        (AskVitals("a", temp=Decimal("24.9")), "impossible"),
        (AskVitals("c", hr=70), "nobody"),
        (AskReading("a", Missed.REFUSED, (Sign.MOAAS,)), "sign"),
        (AskScale("a", "joyfulness", 3), "scale"),
        (AskScale("a", "moaas", 6), "impossible"),
        (AskScale("a", "distress", -1), "impossible"),
        (AskObserve("a", "levitating"), "chip"),
        (AskObserve("a", "crying", "x" * 21), "intensity"),
        (AskPhase("a", "takeoff"), "phase"),
    ],
)
def test_what_cannot_be_is_refused(ask: AskVitals, code: str) -> None:
    assert Play().refusal(100, ask) == code


def test_sedation_is_amber_only_outside_the_expected_peak_and_red_at_two() -> None:
    play = Play()
    play.ask(300, dose())
    found = []
    for minute, value in [(10, 4), (30, 3), (31, 2), (70, 4), (71, 5)]:
        event = play.ask(300 + minute * 60, AskScale("a", "MOAA/S", value))
        assert isinstance(event, Scaled)
        found.append(event.level.value)
    assert found == ["amber", "normal", "red", "amber", "normal"]
    assert [one.item for one in play["a"].out_of_band] == ["moaas"] * 3


def test_other_scales_have_no_level() -> None:
    event = Play().ask(10, AskScale("a", "distress", 10))
    assert isinstance(event, Scaled)
    assert event.level is Level.NORMAL


def test_chips_keep_their_words_and_a_marked_phase_stands_beside_the_expected_one() -> None:
    play = Play()
    play.ask(10, AskObserve("a", "cr", " strong "))
    play.ask(20, AskPhase("a", "peak"))
    (line,) = play["a"].observations
    assert (line.chip, line.label, line.intensity) == ("crying", "crying", "strong")
    assert play["a"].phases_marked[0].phase == "peak"
    assert phase_of(play.state.protocol, play["a"], 20_000) is None


def test_the_phase_is_the_latest_whose_start_has_passed_and_a_booster_does_not_move_it() -> None:
    play = Play()
    play.ask(300, dose())
    play.ask(300 + 50 * 60, dose(mg="50"))
    found = {}
    for minute, second in [(0, 0), (24, 59), (25, 0), (64, 59), (65, 0), (100, 0), (999, 0)]:
        phase = phase_of(play.state.protocol, play["a"], (300 + minute * 60 + second) * 1000)
        found[(minute, second)] = "" if phase is None else phase.key
    assert list(found.values()) == ["onset", "onset", "peak", "peak", "return", "afterglow", "afterglow"]
    assert phase_of(play.state.protocol, play["a"], 299_999) is None


def test_each_partner_has_a_clock_of_their_own() -> None:
    play = Play(A, B, protocol=IM)
    play.ask(300, dose("a", route="intramuscular"))
    play.ask(900, dose("b", route="intramuscular"))
    phases = [phase_of(play.state.protocol, play[key], 1_000_000) for key in "ab"]
    assert [phase.key for phase in phases if phase] == ["peak", "onset"]
