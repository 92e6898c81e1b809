"""A session can end in every way that happens, and what was expected and not entered is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import Refused
from desktop.live.asks import AskCheck, AskClose, AskDischarge, AskNote, AskScale, AskTaken, AskVitals
from desktop.live.endings import LEFT_ITEMS
from desktop.live.events import Discharged, Ending
from tests.live.play import B_SITS, A, B, Play, dose, vitals

CHECKS = (
    "oriented", "gait", "fluids", "safety_question", "partner_safety", "escort_here", "instructions",
    "next_appointment",
)  # fmt: skip


def ended(play: Play, seconds: float, ending: Ending, **more: object) -> Discharged:
    event = play.ask(seconds, replace(AskDischarge("a", ending), **more))  # type: ignore[arg-type]
    assert isinstance(event, Discharged)
    return event


def dosed() -> Play:
    play = Play(A, B_SITS)
    play.ask(0, vitals())
    play.ask(300, dose())
    return play


def test_criteria_met_lists_everything_that_was_not_entered() -> None:
    event = ended(dosed(), 8000, Ending.MET)
    assert event.missing == ("bp", "spo2", "moaas", *CHECKS)


def test_criteria_met_with_everything_entered_misses_nothing() -> None:
    play = dosed()
    play.ask(7600, vitals())
    play.ask(7600, AskScale("a", "moaas", 5))
    for item in CHECKS[:4]:
        play.ask(7700, AskCheck(item, "yes", "a"))
    event = ended(
        play, 8000, Ending.MET, escort="Ewa, sister", items=(*((item, "yes") for item in CHECKS[4:]), ("mood", "calm"))
    )
    assert event.missing == ()
    assert event.escort == "Ewa, sister"


@pytest.mark.parametrize("ending", [Ending.MET, Ending.LEFT, Ending.TRANSFERRED])
def test_whoever_was_given_the_medicine_is_refused_as_escort_and_a_sitting_partner_is_not(ending: Ending) -> None:
    both = Play(A, B)
    both.ask(0, vitals())
    both.ask(300, dose())
    name = both.state.people["b"].name
    for said in ("a", both.state.people["a"].name):
        assert play_refusal(both, ending, said) == "escort_dosed"
    assert both.state.people["a"].ending is None
    both.ask(400, dose("b"))
    for said in ("B", f"  {name.upper()} ", name.partition(" ")[0]):
        assert play_refusal(both, ending, said) == "escort_dosed"
    sits = dosed()
    event = ended(sits, 8000, ending, escort=sits.state.people["b"].name, to="the ward")
    assert event.escort == sits.state.people["b"].name


def play_refusal(play: Play, ending: Ending, escort: str) -> str:
    with pytest.raises(Refused) as refused:
        ended(play, 8000, ending, escort=escort, to="the ward")
    return refused.value.code


def test_a_no_is_not_met_and_leaving_before_the_minimum_stay_is_said() -> None:
    play = dosed()
    play.ask(3000, AskVitals("a", 165, 80, spo2=93))
    play.ask(3000, AskScale("a", "moaas", 4))
    play.ask(3100, AskCheck("gait", "no", "a"))
    event = ended(play, 7499, Ending.MET, items=(("oriented", "no"),))
    assert event.missing == ("minimum_stay", "bp", "spo2", "moaas", *CHECKS)


def test_the_minimum_stay_counts_from_the_booster() -> None:
    play = dosed()
    play.ask(3300, dose(mg="50"))
    assert "minimum_stay" in ended(play, 3300 + 7199, Ending.MET).missing


def test_the_minimum_stay_is_over_after_exactly_two_hours() -> None:
    assert "minimum_stay" not in ended(dosed(), 7500, Ending.MET).missing


def test_leaving_oxygen_and_pressure_are_compared_with_the_persons_own() -> None:
    play = Play(A)
    play.ask(0, AskVitals("a", 138, 88, spo2=94))
    play.ask(300, dose())
    play.ask(7600, AskVitals("a", 150, 95, spo2=92))
    missing = ended(play, 8000, Ending.MET).missing
    assert "bp" not in missing
    assert "spo2" not in missing


def test_the_prescribers_statement_needs_their_name() -> None:
    play = dosed()
    ask = AskDischarge("a", Ending.PRESCRIBER)
    assert play.refusal(4000, ask) == "who"
    event = ended(play, 4000, Ending.PRESCRIBER, statement_by="Dr N")
    assert event.statement_by == "Dr N"
    assert event.missing[0] == "minimum_stay"


def test_from_a_script_a_missing_name_is_kept_as_missing() -> None:
    assert ended(dosed(), 4000, Ending.PRESCRIBER, scripted=True).missing[0] == "statement_by"
    assert ended(dosed(), 4000, Ending.TRANSFERRED, scripted=True).missing == ("to", "sheet_given")


def test_transferred_says_to_whom_and_whether_the_sheet_went_along() -> None:
    play = dosed()
    assert play.refusal(4000, AskDischarge("a", Ending.TRANSFERRED)) == "who"
    event = ended(play, 4000, Ending.TRANSFERRED, to="ambulance", items=(("sheet_given", "yes"),))
    assert event.missing == ()


def test_leaving_before_the_criteria_lists_what_was_not_told_or_arranged() -> None:
    event = ended(dosed(), 3000, Ending.LEFT, items=(("risks_told", "yes"), ("keys", "no")))
    assert event.missing == LEFT_ITEMS[1:]


def test_somebody_who_took_nothing_leaves_without_all_that() -> None:
    assert ended(Play(), 100, Ending.LEFT).missing == ()


def test_not_dosed_is_only_for_those_who_took_nothing() -> None:
    play = Play(A, B)
    assert play.refusal(100, AskDischarge("a", Ending.MET)) == "never_dosed"
    assert play.refusal(100, AskDischarge("a", Ending.PRESCRIBER)) == "never_dosed"
    play.ask(300, AskTaken("a"))
    assert play.refusal(400, AskDischarge("a", Ending.NOT_DOSED)) == "was_dosed"
    event = play.ask(400, AskDischarge("b", Ending.NOT_DOSED))
    assert isinstance(event, Discharged)
    assert event.missing == ()
    assert play["b"].ended


def test_a_sitting_partner_may_simply_be_done() -> None:
    play = Play(A, B_SITS)
    event = play.ask(100, AskDischarge("b", Ending.MET))
    assert isinstance(event, Discharged)
    assert event.missing == ()


def test_nobody_is_discharged_twice_or_before_their_dose() -> None:
    play = dosed()
    play.ask(4000, dose(mg="50"))
    assert play.refusal(5000, AskDischarge("a", Ending.LEFT), ago=2000) == "dose_later"
    ended(play, 8000, Ending.LEFT)
    assert play.refusal(8100, AskDischarge("a", Ending.LEFT)) == "ended"
    assert play.refusal(8100, AskDischarge("a", Ending.LEFT), ago=200) == "ended"


@pytest.mark.parametrize("partner", [B, B_SITS])
def test_the_session_closes_when_everyone_who_came_for_a_dose_is_discharged(partner: object) -> None:
    play = Play(A, partner)  # type: ignore[arg-type]
    play.ask(300, dose())
    assert play.refusal(8000, AskClose()) == "not_discharged"
    ended(play, 8000, Ending.MET)
    if partner is B:
        assert play.refusal(8100, AskClose()) == "not_discharged"
        play.ask(8100, AskDischarge("b", Ending.NOT_DOSED))
    play.ask(9000, AskClose())
    assert play.state.closed
    assert play.refusal(9100, AskNote("x")) == "closed"
