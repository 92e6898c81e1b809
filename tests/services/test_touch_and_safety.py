"""Knows how touch plans and safety cards are kept: versions stay, and nothing is widened but sober."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.audience import Audience
from desktop.domain.care import May, Permission, Permissions
from desktop.domain.care_drafts import SafetyDraft, TouchDraft, check_touch
from desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from desktop.domain.records import Act
from desktop.services.live import LiveDesk
from desktop.services.safety_cards import keep_safety_card
from desktop.services.touch import TouchStanding, confirm_touch, keep_touch, touch_choices
from tests.kit import ANNA, BEN, PAIR, PAUL, TESS, House, dose, finish, plan, ready

HAND = Permission("therapist", "hand", "awake", May.YES)
BACK = Permission("partner", "back", "return", May.ASK)
AGREED = TouchDraft((HAND, BACK), "dressed", "red", "a raised hand", True, "Decline.", "2026-03-01", sober=True)
CARD = SafetyDraft("penicillin", "sertraline 50 mg", "Sam Ito", "555-0199", "asthma")


def fields(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {problem.field for problem in caught.value.problems}


def standing(home: House, client_id: str = ANNA.id) -> TouchStanding:
    with home.store.read() as unit:
        return TouchStanding(unit.care.touch_plans.of_client(client_id, Audience.clinic("test")))


def test_a_plan_is_agreed_narrowed_and_confirmed_and_every_version_stays(home: House) -> None:
    desk = home.desk()
    first = keep_touch(desk, ANNA.id, AGREED, 0).value
    assert (first.number, first.sober_on, first.practised_on) == (1, date(2026, 3, 2), date(2026, 3, 1))
    assert first.permissions.may("partner", "back", "return") is May.ASK
    assert first.permissions.may("assistant", "hand", "awake") is May.NO
    narrowed = keep_touch(desk, ANNA.id, replace(AGREED, permissions=(HAND,), sober=False), 1).value
    assert (narrowed.sober_on, standing(home).sober) == (None, first)
    home.clock.forward(24 * 3600)
    again = confirm_touch(desk, ANNA.id, 2).value
    assert (again.number, again.permissions, again.sober_on) == (3, narrowed.permissions, date(2026, 3, 3))
    assert [one.number for one in standing(home.again()).versions] == [3, 2, 1]
    said = [(act, detail) for act, _, detail in home.acts("touch_plan")]
    assert said == [(Act.CREATE, "sober"), (Act.CREATE, "narrowed"), (Act.CREATE, "confirmed")]
    assert home.intact()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"sober": False}, {"sober"}), ({"silence": False}, {"silence"}),
        ({"stop_word": " ", "signal": ""}, {"stop_word"}), ({"practised_on": "soon"}, {"practised_on"}),
        ({"practised_on": "2026-03-03"}, {"practised_on"}), ({"clothing": "x" * 401}, {"clothing"}),
        ({"signal": "x" * 121}, {"signal"}),
    ],
)
def test_a_plan_with_a_fault_is_not_kept(home: House, change: dict[str, Any], wrong: set[str]) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        keep_touch(home.desk(), ANNA.id, replace(AGREED, **change), 0)
    assert fields(caught) == wrong
    assert home.lines() == before


def test_only_their_word_sober_widens_a_plan(home: House) -> None:
    desk = home.desk()
    keep_touch(desk, ANNA.id, AGREED, 0)
    wider = replace(AGREED, permissions=(HAND, replace(BACK, may=May.YES)))
    with pytest.raises(Invalid) as caught:
        keep_touch(desk, ANNA.id, replace(wider, sober=False), 1)
    assert fields(caught) == {"sober"}
    assert keep_touch(desk, ANNA.id, wider, 1).value.number == 2


def test_nothing_is_widened_on_the_day_of_a_dose_and_narrowing_always_is_kept(home: House) -> None:
    desk = home.desk()
    keep_touch(desk, ANNA.id, AGREED, 0)
    live = LiveDesk.begin(desk, plan(desk).id)
    confirm_touch(desk, ANNA.id, 1)  # the morning of the day, before the dose
    ready(live)
    live.record(dose())
    for ended in (False, True):
        if ended:
            finish(live)
        for change in (lambda: confirm_touch(desk, ANNA.id, 2), lambda: keep_touch(desk, ANNA.id, AGREED, 2)):
            with pytest.raises(Refused) as caught:
                change()
            assert caught.value.code == "medicated"
    assert confirm_touch_of_another(home)
    assert keep_touch(desk, ANNA.id, replace(AGREED, permissions=(), sober=False), 2).value.number == 3
    home.clock.forward(24 * 3600)
    assert keep_touch(desk, ANNA.id, AGREED, 3).value.number == 4


def confirm_touch_of_another(home: House) -> bool:
    """Somebody who took nothing is not in the way of anybody's dose."""
    return keep_touch(home.desk(), BEN.id, AGREED, 0).value.number == 1


def test_the_database_itself_takes_no_first_plan_that_nobody_agreed_to_and_changes_none(home: House) -> None:
    desk = home.desk()
    first = keep_touch(desk, ANNA.id, AGREED, 0).value
    with desk.store.write() as unit, pytest.raises(Refused) as caught:
        unit.care.touch_plans.add(replace(first, id="x", client_id=BEN.id, sober_on=None))
    assert caught.value.code == "not_sober"
    for sql in ("UPDATE touch_plans SET permissions = ''", "DELETE FROM touch_plans", "DELETE FROM safety_cards"):
        keep_safety_card(desk, ANNA.id, CARD, len(home.sql("SELECT 1 FROM safety_cards")))
        with pytest.raises(Exception, match="holdfast"):
            home.sql(sql)


def test_two_who_write_at_once_are_told(home: House) -> None:
    desk = home.desk()
    keep_touch(desk, ANNA.id, AGREED, 0)
    keep_safety_card(desk, ANNA.id, CARD, 0)
    for change in (
        lambda: keep_touch(desk, ANNA.id, AGREED, 0), lambda: keep_safety_card(desk, ANNA.id, CARD, 0),
        lambda: confirm_touch(desk, ANNA.id, 7),
    ):
        with pytest.raises(Conflict):
            change()
    with pytest.raises(Refused):
        confirm_touch(desk, BEN.id, 0)


def test_who_may(home: House) -> None:
    with pytest.raises(NotAllowed):
        keep_touch(home.desk(TESS), ANNA.id, AGREED, 0)
    assert keep_safety_card(home.desk(TESS), ANNA.id, CARD, 0).value.made_by == TESS.id
    with pytest.raises(NotFound):
        keep_touch(home.desk(PAUL), "nobody", AGREED, 0)


def test_a_card_is_kept_version_by_version(home: House) -> None:
    desk = home.desk()
    first = keep_safety_card(desk, ANNA.id, CARD, 0).value
    assert first.contact == "Sam Ito, 555-0199"
    keep_safety_card(desk, ANNA.id, replace(CARD, allergies="none known", contact_phone=""), 1)
    with home.store.read() as unit:
        cards = unit.care.safety_cards.of_client(ANNA.id, Audience.clinic("test"))
    assert [(card.number, card.allergies, card.contact) for card in cards] == [
        (2, "none known", "Sam Ito"), (1, "penicillin", "Sam Ito, 555-0199"),
    ]  # fmt: skip
    with pytest.raises(Invalid):
        keep_safety_card(desk, ANNA.id, replace(CARD, medicines="x" * 4001), 2)


@pytest.mark.parametrize("who", [ANNA.id, BEN.id])
def test_nobody_sees_the_others(home: House, who: str) -> None:
    desk = home.desk()
    keep_touch(desk, ANNA.id, replace(AGREED, stop_word="canaryanna"), 0)
    keep_touch(desk, BEN.id, replace(AGREED, stop_word="canaryben"), 0)
    keep_safety_card(desk, ANNA.id, replace(CARD, other="canaryanna"), 0)
    keep_safety_card(desk, BEN.id, replace(CARD, other="canaryben"), 0)
    mine, others = ("canaryanna", "canaryben") if who == ANNA.id else ("canaryben", "canaryanna")
    with home.store.read() as unit:
        for audience in (Audience.person(who), Audience.partner(who, PAIR.id), Audience.both(PAIR.id)):
            found = [
                str(shelf.of_client(each, audience))
                for shelf in (unit.care.touch_plans, unit.care.safety_cards) for each in (ANNA.id, BEN.id)
            ]
            assert others not in str(found)
            assert (mine in str(found)) is (audience != Audience.both(PAIR.id))


CELLS = [Permission(w, p, s, m) for w in ("therapist", "partner") for p in ("hand", "back") for s in ("awake", "peak")
         for m in May]  # fmt: skip


@settings(max_examples=200)
@given(
    st.lists(st.lists(st.sampled_from(CELLS), unique_by=lambda c: (c.who, c.place, c.state)), min_size=2, max_size=5)
)
def test_whatever_is_kept_without_a_sober_word_permits_no_more_than_the_last_sober_one(
    drafts: list[list[Permission]],
) -> None:
    sober = before = None
    for cells in drafts:
        draft = TouchDraft(tuple(cells), stop_word="red", silence=True, sober=before is None)
        if check_touch(draft, before, date(2026, 3, 2)):
            continue
        before = _plan(Permissions.of(cells))
        sober = sober or before
        assert not before.permissions.wider(sober.permissions)
        assert Permissions.of(before.permissions.each) == before.permissions


def _plan(permissions: Permissions) -> Any:
    from desktop.domain.care import TouchPlan
    from tests.kit import START

    return TouchPlan("t", "c", 1, permissions, "", "red", "", True, "", None, None, START, "m")


def test_the_words_of_the_plan_are_data(home: House) -> None:
    words = touch_choices(home.desk())
    asked = [(who.key, place.key) for who, place in words.asked()]
    assert ("partner", "kiss") in asked
    assert ("therapist", "kiss") not in asked
    assert words.label("hold") == "being held"
    assert "No sexual touch" in words.never
