"""What is due, when, and in which state: computed by hand in these tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.protocol import Sign
from desktop.live.asks import (
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDischarge,
    AskGiven,
    AskLost,
    AskReading,
    AskRound,
    AskVitals,
)
from desktop.live.due import due_items
from desktop.live.events import Ending, Missed
from desktop.live.state import DueKind
from tests.live.play import B_SITS, IM, LIGHT, A, B, Play, bp, dose, vitals

D = 300  # the first dose, in seconds


def at(minutes: float) -> float:
    """Seconds since the start, so many minutes after the first dose."""
    return D + minutes * 60


def dosed(protocol: str = "ketamine-sl-full", **more: object) -> Play:
    play = Play(A, B_SITS, protocol=protocol)
    play.ask(0, vitals())
    play.ask(D, dose(**more))  # type: ignore[arg-type]
    return play


def scheduled(play: Play, seconds: float) -> dict[str, str]:
    """State by item of the scheduled vitals, baseline and leaving."""
    kinds = (DueKind.BASELINE, DueKind.VITALS, DueKind.LEAVING)
    return {item.item: item.state.value for item in play.items("a", seconds) if item.kind in kinds}


@pytest.mark.parametrize(
    ("protocol", "minutes"), [("ketamine-sl-full", [20, 40, 60, 90, 120, 120]), (LIGHT, [40, 90, 120])]
)
def test_the_schedule_counts_from_the_first_dose(protocol: str, minutes: list[int]) -> None:
    play = dosed(protocol)
    kinds = (DueKind.VITALS, DueKind.LEAVING)
    assert [item.due_ms / 1000 for item in play.items("a", D) if item.kind in kinds] == [at(m) for m in minutes]


def test_the_intramuscular_schedule_has_no_check_at_40_until_a_booster() -> None:
    play = dosed(IM, route="intramuscular")
    vitals_at = [item.due_ms / 1000 for item in play.items("a", D) if item.kind is DueKind.VITALS]
    assert vitals_at == [at(m) for m in (5, 15, 30, 45, 60, 90, 120)]
    play.ask(at(20), dose(route="intramuscular", mg="20", entered_twice=True))
    assert play.due("a", at(20))[("vitals 40", at(60))] == "upcoming"
    assert ("vitals 40", at(40)) not in play.due("a", at(20))


@pytest.mark.parametrize(("schedule", "minutes"), [("light", [40, 90]), ("50,10", [10, 50]), ("30, 40", [30, 40])])
def test_the_orders_schedule_goes_before_the_protocols(schedule: str, minutes: list[int]) -> None:
    assert A.order is not None
    play = Play(replace(A, order=replace(A.order, schedule=schedule)))
    play.ask(D, dose())
    found = [item.due_ms / 1000 for item in play.items("a", D) if item.kind is DueKind.VITALS]
    assert found == [at(m) for m in minutes]


def test_a_check_is_upcoming_due_from_its_minute_and_late_after_its_tolerance() -> None:
    play = dosed()
    due = ("vitals 20", at(20))
    assert play.due("a", at(20) - 1)[due] == "upcoming"
    assert play.due("a", at(20))[due] == "due"
    assert play.due("a", at(25))[due] == "due"
    assert play.due("a", at(25) + 1)[due] == "late"


def test_an_early_reading_within_the_tolerance_counts_and_an_earlier_one_does_not() -> None:
    play = dosed()
    play.ask(at(15) - 1, bp(120, 80))
    assert scheduled(play, at(15))["vitals 20"] == "upcoming"
    play.ask(at(15), bp(120, 80))
    assert scheduled(play, at(15))["vitals 20"] == "done"
    assert scheduled(play, at(15))["vitals 40"] == "upcoming"


def test_a_late_reading_answers_its_check_until_the_next_one_opens() -> None:
    play = dosed()
    play.ask(at(34), bp(120, 80))
    assert scheduled(play, at(34)) | {"vitals 20": "done"} == scheduled(play, at(34))
    assert scheduled(play, at(40))["vitals 40"] == "due"


def test_a_reading_in_the_next_ones_window_leaves_the_missed_check_late_for_good() -> None:
    play = dosed()
    assert not play.items("a", at(35) - 1)[3].overtaken
    play.ask(at(35), bp(120, 80))
    found = {item.item: item for item in play.items("a", at(36))}
    assert found["vitals 40"].state.value == "done"
    assert found["vitals 20"].state.value == "late"
    assert found["vitals 20"].overtaken
    assert not found["vitals 20"].open


def test_a_late_entry_for_the_missed_minute_answers_it_after_all() -> None:
    play = dosed()
    play.ask(at(60), bp(120, 80), ago=40 * 60)
    assert scheduled(play, at(60))["vitals 20"] == "done"


def test_parts_of_a_set_answer_together_and_a_refused_part_says_so() -> None:
    play = dosed(IM, route="intramuscular")
    due = ("vitals 5", at(5))
    play.ask(at(5), AskVitals("a", spo2=97))
    assert play.due("a", at(5))[due] == "due"
    play.ask(at(6), AskReading("a", Missed.REFUSED, (Sign.HR,)))
    assert play.due("a", at(6))[due] == "refused"
    play.ask(at(7), AskVitals("a", hr=80))
    assert play.due("a", at(7))[due] == "done"


@pytest.mark.parametrize(
    ("outcome", "of"), [(Missed.REFUSED, (Sign.BP,)), (Missed.FAILED, ()), (Missed.FAILED, (Sign.BP,))]
)
def test_a_refused_or_failed_reading_answers_the_check(outcome: Missed, of: tuple[Sign, ...]) -> None:
    play = dosed()
    play.ask(at(20), AskReading("a", outcome, of))
    assert scheduled(play, at(30))["vitals 20"] == outcome.value
    play.ask(at(30), AskReading("a", outcome, (Sign.HR,)))
    assert scheduled(play, at(40))["vitals 40"] == "due"


def test_the_baseline_is_due_from_the_start_and_cannot_be_made_up_after_the_dose() -> None:
    play = Play(A, B_SITS)
    assert scheduled(play, 0) == {"baseline": "due"}
    assert play.due("b", 0) == {}
    play.ask(10, bp(120, 80))
    assert scheduled(play, 10) == {"baseline": "due"}
    play.ask(20, AskAway("a"))
    assert scheduled(play, 20) == {"baseline": "away"}
    play.ask(30, AskBack("a"))
    play.ask(40, AskReading("a", Missed.FAILED))
    assert scheduled(play, 40) == {"baseline": "failed"}
    play.ask(50, AskVitals("a", hr=70, spo2=98))
    assert scheduled(play, 50) == {"baseline": "done"}
    late = Play()
    late.ask(D, dose())
    late.ask(D + 1, vitals())
    assert scheduled(late, D + 1)["baseline"] == "not applicable"


def test_a_booster_moves_only_the_forty_minute_check_and_the_minimum_stay() -> None:
    play = dosed()
    before = play.due("a", at(30))
    play.ask(at(30), dose(mg="50", entered_twice=True))
    after = play.due("a", at(30))
    moved = {("vitals 40", at(40)), ("leaving", at(120)), ("minimum stay", at(120)), ("discharge checks", at(120))}
    assert set(before) - set(after) == moved
    added = {(item, due + 30 * 60) for item, due in moved} | {("hold", at(42))}
    assert set(after) - set(before) == added


def test_a_forty_minute_check_answered_before_the_booster_stays() -> None:
    play = dosed()
    play.ask(at(40), bp(120, 80))
    play.ask(at(50), dose(mg="50"))
    due = play.due("a", at(50))
    assert due[("vitals 40", at(40))] == "done"
    assert due[("vitals 40", at(90))] == "upcoming"


def test_amber_is_repeated_once_after_five_minutes() -> None:
    play = dosed()
    play.ask(at(40), bp(165, 90))
    due = ("repeat bp", at(45))
    assert play.due("a", at(44))[due] == "upcoming"
    assert play.due("a", at(45))[due] == "due"
    assert play.due("a", at(48) + 1)[due] == "late"
    play.ask(at(43), bp(165, 90), ago=0)  # too early to answer, and no second repeat beside the first
    assert play.due("a", at(45))[due] == "due"
    play.ask(at(44), bp(150, 90))
    assert play.due("a", at(60))[due] == "done"
    assert sum(item.startswith("repeat") for item, _ in play.due("a", at(60))) == 1


def test_red_is_repeated_until_two_in_a_row_are_within_the_band() -> None:
    play = dosed()
    minutes = []
    for minute, pressure in [(40, (205, 90)), (45, (150, 85)), (50, (165, 90)), (55, (150, 85)), (60, (150, 85))]:
        play.ask(at(minute), bp(*pressure))
    for item in play.items("a", at(61)):
        if item.kind is DueKind.REPEAT:
            minutes.append(((item.due_ms / 1000 - D) / 60, item.state.value))
    assert minutes == [(45, "done"), (50, "done"), (55, "done"), (60, "done")]


def test_a_refused_repeat_is_answered_and_not_asked_again_by_itself() -> None:
    play = dosed()
    play.ask(at(40), bp(205, 90))
    play.ask(at(45), AskReading("a", Missed.REFUSED, (Sign.BP,)))
    repeats = [item.state.value for item in play.items("a", at(60)) if item.kind is DueKind.REPEAT]
    assert repeats == ["refused"]


def test_every_sign_out_of_band_is_repeated_by_itself() -> None:
    play = dosed()
    play.ask(at(40), AskVitals("a", 165, 90, hr=125))
    assert {item for item, _ in play.due("a", at(40)) if item.startswith("repeat")} == {"repeat bp", "repeat hr"}


def test_hold_is_answered_by_the_spit_or_a_loss() -> None:
    play = dosed()
    due = ("hold", at(12))
    assert play.due("a", at(11))[due] == "upcoming"
    assert play.due("a", at(12))[due] == "due"
    assert play.due("a", at(17) + 1)[due] == "late"
    play.ask(at(18), AskCheck("spit", "yes", "a"))
    assert play.due("a", at(18))[due] == "done"
    lost = dosed()
    lost.ask(at(3), AskLost("a", Decimal(50), "spat early"))
    assert lost.due("a", at(3))[due] == "done"
    assert ("hold", at(12)) not in dosed(IM, route="intramuscular").due("a", at(12))


def test_a_hold_that_nobody_noted_is_over_with_the_next_dose() -> None:
    play = dosed()
    play.ask(at(50), dose(mg="50"))
    holds = [(item.state.value, item.overtaken) for item in play.items("a", at(50)) if item.kind is DueKind.HOLD]
    assert holds == [("late", True), ("upcoming", False)]


def test_rounds_count_from_the_last_time_everyone_was_seen() -> None:
    play = dosed()
    play.ask(D - 10 + 20, AskRound())
    rounds = {key: state for key, state in play.due("a", at(15)).items() if key[0] == "round"}
    assert rounds == {("round", at(15)): "done", ("round", D + 10 + 15 * 60): "upcoming"}
    im = dosed(IM, route="intramuscular")
    im.ask(at(4), AskRound())
    im.ask(at(31), AskRound())
    found = [(item.due_ms / 1000, item.state.value) for item in im.items("a", at(31)) if item.kind is DueKind.ROUND]
    assert found == [(at(5), "done"), (at(9), "done"), (at(46), "upcoming")]


def test_a_round_before_the_dose_answers_nothing() -> None:
    play = Play()
    play.ask(10, AskRound())
    play.ask(D, dose())
    assert [state for (item, _), state in play.due("a", D).items() if item == "round"] == ["upcoming"]


def test_the_response_to_another_medicine_is_asked_for() -> None:
    play = dosed()
    play.ask(at(30), AskGiven("a", "ondansetron", Decimal(4), "mg", "oral", "Dr N"))
    due = ("response", at(60))
    assert play.due("a", at(60))[due] == "due"
    play.ask(at(62), AskCheck("response", "less nausea", "a"))
    assert play.due("a", at(62))[due] == "done"


def test_while_a_person_is_away_their_items_wait_and_are_visible() -> None:
    play = dosed()
    play.ask(at(18), AskAway("a", "m2"))
    assert scheduled(play, at(19))["vitals 20"] == "upcoming"
    assert scheduled(play, at(20))["vitals 20"] == "away"
    assert scheduled(play, at(26))["vitals 20"] == "away"
    play.ask(at(27), AskBack("a"))
    assert scheduled(play, at(27))["vitals 20"] == "late"


def test_after_the_discharge_nothing_is_asked_for_any_more() -> None:
    play = dosed()
    play.ask(at(50), AskDischarge("a", Ending.LEFT))
    due = play.due("a", at(200))
    assert due[("vitals 20", at(20))] == "late"
    assert due[("vitals 40", at(40))] == "late"
    for key in [("vitals 60", at(60)), ("vitals 120", at(120)), ("leaving", at(120)), ("minimum stay", at(120)),
                ("discharge checks", at(120))]:  # fmt: skip
        assert due[key] == "not applicable"
    assert not any(item.open for item in play.items("a", at(200)))


def test_discharge_checks_are_answered_by_the_discharge() -> None:
    play = dosed()
    due = ("discharge checks", at(120))
    assert play.due("a", at(119))[due] == "upcoming"
    assert play.due("a", at(120))[due] == "due"
    assert play.due("a", at(151))[due] == "late"
    assert play.due("a", at(120))[("minimum stay", at(120))] == "done"
    play.ask(at(155), AskDischarge("a", Ending.MET))
    assert play.due("a", at(156))[due] == "done"


def test_the_close_ends_what_is_due_for_everyone() -> None:
    play = Play(B_SITS, A)
    play.ask(10, AskVitals("b", 150, 95))
    play.ask(20, AskDischarge("a", Ending.NOT_DOSED))
    play.ask(30, AskClose())
    assert play.due("b", 4000) == {("repeat bp", 310): "not applicable"}
    assert play.due("a", 4000) == {("baseline", 0): "not applicable"}


def test_both_partners_clocks_run_side_by_side() -> None:
    play = Play(A, B)
    play.ask(D, dose("a"))
    play.ask(D + 600, dose("b"))
    first = {(item.who, item.due_ms / 1000) for item in due_items(play.state, 0) if item.item == "vitals 20"}
    assert first == {("a", at(20)), ("b", at(30))}
