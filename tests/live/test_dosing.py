"""What is impossible is refused, what is above the order is said, and what was not entered is kept as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.protocol import CheckKind
from desktop.live.asks import AskCheck, AskDischarge, AskGiven, AskLost, AskOverride, AskScale, AskTaken
from desktop.live.dosing import look_at_dose
from desktop.live.events import DoseGiven, Ending, OtherGiven, OverrideHow, Taken
from tests.live.play import B_SITS, IM, A, B, Play, bp, dose, now, ready, vitals

GATES = (
    "identity", "willing", "safe_today", "consent", "clearance", "fasting", "medicines", "touch_plan", "escort",
)


def given_dose(play: Play, seconds: float, **more: object) -> DoseGiven:
    event = play.ask(seconds, dose(**more))
    assert isinstance(event, DoseGiven)
    return event


def test_a_dose_with_everything_entered_misses_nothing() -> None:
    play = Play()
    ready(play)
    event = given_dose(play, 300)
    assert event.missing == ()
    assert event.above_order == ()
    assert event.check_kind is CheckKind.MEMBER
    assert play["a"].first_dose_ms == 300_000


def test_a_dose_without_its_checks_is_kept_and_lists_them_as_missing() -> None:
    play = Play()
    event = given_dose(play, 300, lot="", by="", checked_by="", scripted=True)
    assert event.missing == (*GATES, "baseline", "given_by", "lot_or_own", "second_check")


def test_at_the_board_no_dose_goes_without_its_second_check_unless_somebody_answered_for_it() -> None:
    play = Play()
    assert play.refusal(300, dose(checked_by="")) == "second_check"
    play.ask(310, AskOverride("a", "second_check", "m1", OverrideHow.REASON, "alone in the house"))
    assert "second_check" not in given_dose(play, 320, checked_by="").missing
    assert [line.item for line in play["a"].overrides] == ["second_check"]


def test_a_medical_no_stays_missing_and_a_room_check_counts_for_everyone() -> None:
    play = Play()
    ready(play)
    play.ask(10, AskCheck("fasting", "no", "a"))
    play.ask(11, AskCheck("escort", "no", "a"))
    play.ask(12, AskCheck("escort", "yes"))
    assert given_dose(play, 300).missing == ("fasting",)


@pytest.mark.parametrize("item", ["willing", "identity", "consent"])
def test_a_no_to_a_decline_item_is_never_overridden(item: str) -> None:
    play = Play()
    ready(play)
    play.ask(10, AskCheck(item, "No", "a"))
    assert play.refusal(300, dose()) == "declined"
    assert play.refusal(300, dose(scripted=True)) == "declined"
    assert play.refusal(300, AskTaken("a")) == "declined"


def test_a_person_without_an_order_gets_no_dose() -> None:
    play = Play(replace(A, order=None))
    assert play.refusal(300, dose()) == "no_order"
    assert play.refusal(300, AskTaken("a")) == "no_order"


def test_a_sitting_partner_gets_no_dose_and_nobody_unknown_does() -> None:
    play = Play(A, B_SITS)
    assert play.refusal(300, dose("b")) == "sitting"
    assert play.refusal(300, dose("c")) == "nobody"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"mg": Decimal(0)}, "mg"),
        ({"mg": Decimal(10_001)}, "mg"),
        ({"ml": Decimal(0)}, "ml"),
        ({"ml": Decimal(2), "mg_per_ml": Decimal(20_000)}, "ml"),
        ({"ml": Decimal("1.9"), "mg_per_ml": Decimal(50)}, "mg_ml"),
        ({"own": True}, "lot_or_own"),
        ({"route": "intramuscular"}, "route"),
        ({"checked_by": "m1"}, "same_person"),
        ({"checked_by": "a"}, "client_check"),
        ({"checked_by": "b"}, "partner_check"),
        ({"checked_by": "m2", "check_kind": CheckKind.CLIENT}, "partner_check"),
    ],
)
def test_an_impossible_dose_is_refused_with_its_reason(more: dict[str, object], code: str) -> None:
    assert Play().refusal(300, dose(**more)) == code  # type: ignore[arg-type]


def test_an_order_for_another_route_refuses_the_dose() -> None:
    assert A.order is not None
    play = Play(replace(A, order=replace(A.order, route="intramuscular")))
    assert play.refusal(300, dose()) == "route_order"


def test_the_sober_client_may_read_the_label_of_their_own_lozenge_but_never_of_a_booster() -> None:
    play = Play()
    own = dose(lot="", own=True, checked_by="a")
    event = play.ask(300, own)
    assert isinstance(event, DoseGiven)
    assert event.check_kind is CheckKind.CLIENT
    assert play.refusal(3600, own) == "check_kind"
    assert play.refusal(3600, replace(own, checked_by="client")) == "check_kind"


def test_the_prescriber_may_check_by_phone() -> None:
    event = Play().ask(300, dose(checked_by="phone:Dr N"))
    assert isinstance(event, DoseGiven)
    assert event.check_kind is CheckKind.PHONE


def test_above_the_order_is_said_and_needs_the_second_entry() -> None:
    play = Play()
    above = dose(mg="201")
    look = look_at_dose(play.state, above, now(300))
    assert look.above == ("max_single_mg",)
    assert look.asks_twice
    assert "largest single dose" in look.words[0]
    assert play.refusal(300, above) == "enter_twice"
    event = play.ask(300, replace(above, entered_twice=True))
    assert isinstance(event, DoseGiven)
    assert event.above_order == ("max_single_mg",)
    assert event.entered_twice
    assert "second_entry" not in event.missing


def test_above_the_order_in_a_script_is_kept_and_the_second_entry_is_missing() -> None:
    event = Play().ask(300, dose(mg="301", scripted=True))
    assert isinstance(event, DoseGiven)
    assert event.above_order == ("max_single_mg", "max_total_mg")
    assert "second_entry" in event.missing


def test_above_400_mg_sublingual_is_entered_twice_even_within_the_order() -> None:
    assert A.order is not None
    wide = replace(A.order, max_single_mg=Decimal(1000), max_total_mg=None)
    play = Play(replace(A, order=wide))
    assert look_at_dose(play.state, dose(mg="400"), now(300)).above == ()
    assert look_at_dose(play.state, dose(mg="400.01"), now(300)).above == ("guard_mg",)


def test_a_booster_is_judged_by_number_time_and_total() -> None:
    play = Play()
    play.ask(300, dose(mg="200"))
    early = look_at_dose(play.state, dose(mg="100"), now(300 + 45 * 60 - 1))
    assert early.booster
    assert early.above == ("booster_after_min",)
    assert look_at_dose(play.state, dose(mg="100"), now(300 + 45 * 60)).above == ()
    play.ask(3100, AskLost("a", Decimal(50), "vomited"))
    play.ask(3200, dose(mg="150"))
    assert look_at_dose(play.state, dose(mg="1"), now(6000)).above == ("max_total_mg", "boosters")


def test_an_order_that_states_no_limits_sets_none() -> None:
    assert A.order is not None
    play = Play(replace(A, order=replace(A.order, max_single_mg=None, max_total_mg=None, booster_after_min=None)))
    play.ask(300, dose(mg="390"))
    assert look_at_dose(play.state, dose(mg="390"), now(400)).above == ()


def test_an_expired_order_is_missing_a_valid_one() -> None:
    assert A.order is not None
    until = replace(A, order=replace(A.order, valid_until=date(2026, 3, 2)))
    assert "valid_order" not in given_dose(Play(until), 300).missing
    past = replace(A, order=replace(A.order, valid_until=date(2026, 3, 1)))
    assert "valid_order" in given_dose(Play(past), 300).missing


def test_a_booster_expects_a_wish_a_pressure_and_wakefulness() -> None:
    play = Play()
    ready(play)
    play.ask(300, dose())
    booster = dose(mg="50")
    assert look_at_dose(play.state, booster, now(3100)).missing == ("wanted", "vitals", "moaas")
    play.ask(3000, bp(130, 80))
    play.ask(3000, AskScale("a", "moaas", 4))
    play.ask(3050, AskCheck("wanted", "yes", "a"))
    assert look_at_dose(play.state, booster, now(3100)).missing == ()
    assert look_at_dose(play.state, booster, now(3000 + 15 * 60 + 1)).missing == ("vitals", "moaas")
    play.ask(3110, AskScale("a", "moaas", 3))
    assert look_at_dose(play.state, booster, now(3120)).missing == ("moaas",)
    play.ask(3130, AskCheck("wanted", "no", "a"))
    assert play.refusal(3140, booster) == "declined"


def test_taken_starts_the_clock_and_the_details_follow() -> None:
    play = Play()
    ready(play)
    event = play.ask(300, AskTaken("a"))
    assert isinstance(event, Taken)
    assert event.missing == ("details",)
    assert play["a"].first_dose_ms == 300_000
    assert play["a"].given_mg == 0
    assert play["a"].doses[0].mg is None
    play.ask(380, dose())
    (line,) = play["a"].doses
    assert (line.at_ms, line.mg, line.taken_seq, line.booster) == (300_000, Decimal(100), line.seq - 1, False)
    play.ask(4000, AskTaken("a"))
    assert [one.number for one in play["a"].doses] == [1, 2]


def test_intramuscular_needs_site_volume_and_weight_and_knows_milligrams_per_kilogram() -> None:
    play = Play(protocol=IM)
    ready(play)
    shot = dose(route="intramuscular", mg="90", ml=Decimal("1.8"))
    bare = look_at_dose(play.state, replace(shot, ml=None), now(300))
    assert bare.missing == ("site", "volume", "weight")
    assert bare.above == ()
    play.ask(10, AskCheck("weight", "59 kg", "a"))
    assert look_at_dose(play.state, shot, now(300)).above == ("guard_mg_per_kg",)
    play.ask(20, AskCheck("weight", "60", "a"))
    event = play.ask(300, replace(shot, site="left deltoid"))
    assert isinstance(event, DoseGiven)
    assert event.above_order == ()
    assert event.missing == ()
    assert event.mg_per_ml == Decimal(50)
    assert play.refusal(400, replace(shot, lot="", own=True, checked_by="a")) == "check_kind"


@pytest.mark.parametrize("typed", ["about sixty", "yyy", "7", "4000", "-70", "1e2"])
def test_a_weight_that_cannot_be_one_is_refused(typed: str) -> None:
    play = Play(protocol=IM)
    assert play.refusal(10, AskCheck("weight", typed, "a")) == "weight"
    assert "weight" in look_at_dose(play.state, dose(route="intramuscular"), now(300)).missing


@pytest.mark.parametrize("answer", ["No, not today", "NO.", "not willing", "she refuses", "consent withdrawn"])
def test_a_no_in_any_words_stays_a_no(answer: str) -> None:
    play = Play()
    play.ask(10, AskCheck("willing", answer, "a"))
    assert play.refusal(300, dose()) == "declined"


def test_what_says_neither_yes_nor_no_is_not_taken_for_a_yes() -> None:
    play = Play()
    play.ask(10, AskCheck("willing", "we talked about it", "a"))
    assert "willing" in look_at_dose(play.state, dose(), now(300)).missing
    play.ask(20, AskCheck("willing", "Yes, gladly", "a"))
    assert "willing" not in look_at_dose(play.state, dose(), now(300)).missing


def test_milligrams_are_kept_to_a_hundredth_half_up_and_what_rounds_to_nothing_is_refused() -> None:
    play = Play()
    assert play.refusal(300, dose(mg="0.004")) == "mg"
    play.ask(300, dose(mg="100.005"))
    assert play["a"].given_mg == Decimal("100.01")
    assert play.refusal(400, AskLost("a", Decimal("0.001"), "spat")) == "mg"


def test_a_stated_strength_must_agree_with_the_volume_to_a_hundredth() -> None:
    play = Play(protocol=IM)
    shot = dose(route="intramuscular", mg="16.65", ml=Decimal("0.333"), mg_per_ml=Decimal(50))
    assert play.refusal(300, replace(shot, mg=Decimal("16.66"))) == "mg_ml"
    event = play.ask(300, shot)
    assert isinstance(event, DoseGiven)
    assert event.mg_per_ml == Decimal(50)


def test_never_more_is_lost_than_was_given_by_then() -> None:
    play = Play()
    assert play.refusal(100, AskLost("a", Decimal(10), "spat early")) == "more_lost_than_given"
    play.ask(300, dose())
    assert play.refusal(400, AskLost("a", Decimal("100.01"), "vomited")) == "more_lost_than_given"
    assert play.refusal(400, AskLost("a", Decimal(0), "vomited")) == "mg"
    assert play.refusal(400, AskLost("a", Decimal(10), "  ")) == "why"
    assert play.refusal(400, AskLost("a", Decimal(10), "vomited"), ago=200) == "more_lost_than_given"
    play.ask(400, AskLost("a", Decimal(60), "vomited"))
    assert play.refusal(500, AskLost("a", Decimal(41), "vomited")) == "more_lost_than_given"
    assert (play["a"].given_mg, play["a"].lost_mg, play["a"].total_mg) == (100, 60, 40)


def test_another_medicine_needs_name_unit_route_and_amount() -> None:
    play = Play()
    ask = AskGiven("a", "ondansetron", Decimal(4), "mg", "oral", "Dr N")
    for broken, code in [
        (replace(ask, medicine=" "), "given"), (replace(ask, unit=""), "given"), (replace(ask, route=""), "given"),
        (replace(ask, amount=Decimal(0)), "amount"), (replace(ask, amount=Decimal(10**7)), "amount"),
    ]:
        assert play.refusal(100, broken) == code
    assert isinstance(play.ask(100, ask), OtherGiven)
    assert play["a"].others[0].medicine == "ondansetron"


def test_a_forgotten_dose_can_be_entered_late_after_the_discharge_but_none_after_it() -> None:
    play = Play(A, B)
    play.ask(300, dose())
    play.ask(8000, AskDischarge("a", Ending.MET))
    assert play.refusal(8100, dose(mg="50")) == "ended"
    play.ask(8100, dose(mg="50"), ago=3000)
    assert [line.mg for line in play["a"].doses] == [100, 50]


def test_a_dose_entered_late_before_the_first_moves_the_clock_to_it() -> None:
    play = Play()
    play.ask(600, dose())
    play.ask(700, dose(mg="50", entered_twice=True), ago=400)
    assert play["a"].first_dose_ms == 300_000
    assert [line.number for line in play["a"].doses] == [1, 2]
    assert [line.mg for line in play["a"].doses] == [50, 100]


def test_what_happens_after_the_first_dose_is_no_baseline_even_in_the_same_second() -> None:
    play = Play()
    ready(play, seconds=300)
    play.ask(300, dose())
    play.ask(300, vitals())
    assert play["a"].doses[0].missing == ()
