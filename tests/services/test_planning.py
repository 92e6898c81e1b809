"""Knows how orders are written and withdrawn, and how sessions are planned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.drafts import OrderDraft, PlanDraft, PlanPerson
from desktop.domain.errors import Conflict, Invalid, NotFound, Refused
from desktop.domain.records import Act, SessionPerson, SessionState
from desktop.services.live import LiveDesk
from desktop.services.orders import order_ways, withdraw_order, write_order
from desktop.services.outcome import Topic
from desktop.services.sessions import plan_session, running_sessions, sessions_of, set_intention, set_order
from tests.kit import ANNA, BEN, FULL, IM, PAIR, PAUL, House, plan

DRAFT = OrderDraft(
    ANNA.id, "ketamine", "sublingual", "150", "225.5", "1", "45", "", "2026-09-01", " full ", "  slow  start "
)
A = PlanPerson(ANNA.id, "a", "dosed", "order-client-a", " to be less afraid \r\n and to stay ")
B = PlanPerson(BEN.id, "b")
PLAN = PlanDraft(FULL, "2026-03-09", (A, B), PAIR.id)


def fields(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {problem.field for problem in caught.value.problems}


def test_an_order_is_written_from_what_was_typed(home: House) -> None:
    outcome = write_order(home.desk(PAUL), DRAFT)
    order = outcome.value
    assert (order.max_single_mg, order.max_total_mg) == (Decimal(150), Decimal("225.5"))
    assert (order.boosters, order.booster_after_min, order.prescriber_id) == (1, 45, PAUL.id)
    assert (order.valid_from.isoformat(), order.valid_until.isoformat()) == ("2026-03-02", "2026-09-01")
    assert (order.schedule, order.remarks) == ("full", "slow start")
    assert outcome.changed == {Topic("order", order.id), Topic("client", ANNA.id)}
    assert home.acts("order")[-1] == (Act.CREATE, order.id, "")


def test_an_order_without_boosters_has_no_time_for_them(home: House) -> None:
    assert write_order(home.desk(PAUL), replace(DRAFT, boosters="0")).value.booster_after_min is None


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"client_id": ""}, {"client_id"}), ({"medicine": ""}, {"way"}), ({"route": ""}, {"way"}),
        ({"route": "intranasal"}, {"way"}), ({"single": "0"}, {"single"}), ({"single": "1.5e2"}, {"single"}),
        ({"single": "10000.01"}, {"single", "total"}), ({"total": "149"}, {"total"}), ({"total": ""}, {"total"}),
        ({"boosters": "10"}, {"boosters"}), ({"boosters": "-1"}, {"boosters"}), ({"boosters": ""}, {"boosters"}),
        ({"boosters": "0000000001"}, {"boosters"}), ({"booster_after": ""}, {"booster_after"}),
        ({"booster_after": "0"}, {"booster_after"}), ({"booster_after": "1441"}, {"booster_after"}),
        ({"until": ""}, {"until"}), ({"until": "2026-03-01"}, {"until"}), ({"valid_from": "soon"}, {"valid_from"}),
        ({"valid_from": "2026-09-02"}, {"until"}), ({"schedule": "x" * 121}, {"schedule"}),
        ({"remarks": "x" * 401}, {"remarks"}),
    ],
)  # fmt: skip
def test_an_order_with_a_fault_is_not_written(home: House, change: dict[str, str], wrong: set[str]) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        write_order(home.desk(PAUL), replace(DRAFT, **change))
    assert fields(caught) == wrong
    assert home.lines() == before


def test_an_order_is_for_somebody_who_is_there(home: House) -> None:
    with pytest.raises(NotFound):
        write_order(home.desk(PAUL), replace(DRAFT, client_id="nobody"))


def test_the_ways_of_an_order_are_those_of_the_protocols(home: House) -> None:
    assert order_ways(home.desk(PAUL)) == (("ketamine", "intramuscular"), ("ketamine", "sublingual"))


def test_a_protocol_that_is_switched_off_cannot_be_planned(home: House) -> None:
    before = home.lines()
    with pytest.raises(Refused) as caught:
        plan_session(home.desk(), replace(PLAN, protocol_id="mdma", people=(replace(A, order=""), B)))
    assert caught.value.code == "protocol_off"
    assert "MDMA" in caught.value.what
    assert "Protocols" in caught.value.next_step
    assert home.lines() == before


def test_an_order_is_withdrawn_once(home: House) -> None:
    outcome = withdraw_order(home.desk(PAUL), "order-client-a", 1)
    assert (outcome.value.withdrawn, outcome.value.version) == (True, 2)
    assert outcome.changed == {Topic("order", "order-client-a"), Topic("client", ANNA.id)}
    assert home.acts("order")[-1] == (Act.CHANGE, "order-client-a", "withdrawn")
    with pytest.raises(Refused) as caught:
        withdraw_order(home.desk(PAUL), "order-client-a", 2)
    assert caught.value.code == "withdrawn"
    with pytest.raises(Conflict):
        withdraw_order(home.desk(PAUL), "order-client-b", 7)


def test_a_session_is_planned_for_a_couple(home: House) -> None:
    outcome = plan_session(home.desk(), PLAN)
    session = outcome.value
    assert (session.owner, session.state) == (PAIR.owner, SessionState.PLANNED)
    assert session.planned_for.isoformat() == PLAN.day
    assert session.people == (
        SessionPerson(ANNA.id, "a", "dosed", "order-client-a", "to be less afraid\n and to stay"),
        SessionPerson(BEN.id, "b", "sitting"),
    )
    assert outcome.changed == {Topic("session", session.id)}
    assert home.acts("session")[-1] == (Act.CREATE, session.id, "")
    assert sessions_of(home.desk(), PAIR.owner) == (session,)
    assert running_sessions(home.desk()) == ()


def test_a_session_is_planned_for_somebody_who_comes_alone(home: House) -> None:
    session = plan_session(home.desk(), replace(PLAN, people=(replace(B, seat="a", role="dosed"),), couple_id="")).value
    assert session.owner == BEN.owner
    assert sessions_of(home.desk(), BEN.owner) == (session,)
    assert sessions_of(home.desk(), PAIR.owner) == ()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"protocol_id": ""}, {"protocol"}), ({"day": "9 March"}, {"day"}), ({"people": ()}, {"people"}),
        ({"people": (replace(A, role="guest"), B)}, {"role"}), ({"people": (replace(A, role="sitting"), B)}, {"role"}),
        ({"people": (A,)}, {"people"}), ({"people": (A, replace(B, seat="a"))}, {"people"}),
        ({"people": (A, B, B)}, {"people"}), ({"people": (replace(A, seat="b"), replace(B, seat="a"))}, {"people"}),
        ({"people": (replace(A, intention="x" * 2001), B)}, {"intention"}),
        ({"people": (A, replace(B, order="order-client-b"))}, {"order"}),
        ({"people": (replace(A, order="order-client-b"), B)}, {"order"}),
        ({"protocol_id": IM}, {"order"}), ({"day": "2026-08-02"}, {"order"}), ({"day": "2026-01-31"}, {"order"}),
        ({"couple_id": ""}, {"people"}),
    ],
)  # fmt: skip
def test_a_plan_with_a_fault_is_not_kept(home: House, change: dict[str, Any], wrong: set[str]) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        plan_session(home.desk(), replace(PLAN, **change))
    assert fields(caught) == wrong
    assert home.lines() == before


def test_a_plan_names_what_is_there(home: House) -> None:
    before = home.lines()
    for change in ({"couple_id": "none"}, {"people": (replace(A, order="none"), B)}):
        with pytest.raises(NotFound):
            plan_session(home.desk(), replace(PLAN, **change))
    with pytest.raises(Refused):
        plan_session(home.desk(), replace(PLAN, protocol_id="none"))
    assert home.lines() == before


def test_a_withdrawn_order_is_not_planned_with(home: House) -> None:
    withdraw_order(home.desk(PAUL), "order-client-a", 1)
    with pytest.raises(Invalid) as caught:
        plan_session(home.desk(), PLAN)
    assert fields(caught) == {"order"}


def test_an_intention_is_kept_for_its_person_alone(home: House) -> None:
    session = plan_session(home.desk(), PLAN).value
    outcome = set_intention(home.desk(), session.id, BEN.id, " to stay near ", 1)
    assert outcome.value.people[1].intention == "to stay near"
    assert outcome.value.people[0] == session.people[0]
    entry = home.lines()[-1].entry
    assert (entry.act, entry.owner, entry.detail) == (Act.CHANGE, Owner.client(BEN.id), "intention")
    assert entry.digest
    with home.store.read() as unit:
        seen = unit.sessions.get(session.id, Audience.partner(ANNA.id, PAIR.id))
    assert [person.intention for person in seen.people] == [session.people[0].intention, ""]
    with pytest.raises(Conflict):
        set_intention(home.desk(), session.id, BEN.id, "other", 1)
    with pytest.raises(Invalid):
        set_intention(home.desk(), session.id, BEN.id, "x" * 2001, 2)
    with pytest.raises(Refused) as caught:
        set_intention(home.desk(), session.id, "nobody", "x", 2)
    assert caught.value.code == "not there"


def test_an_order_is_set_before_the_session_begins(home: House) -> None:
    desk = home.desk()
    session = plan_session(desk, replace(PLAN, people=(replace(A, order=""), B))).value
    changed = set_order(desk, session.id, ANNA.id, "order-client-a", 1).value
    assert changed.people[0].order_id == "order-client-a"
    assert set_order(desk, session.id, ANNA.id, "", 2).value.people[0].order_id is None
    for client, order in ((ANNA.id, "order-client-b"), (BEN.id, "order-client-b")):
        with pytest.raises(Invalid):
            set_order(desk, session.id, client, order, 3)
    assert home.intact()


def test_what_was_planned_stays_once_the_session_has_begun(home: House) -> None:
    session = plan(home.desk())
    LiveDesk.begin(home.desk(), session.id)
    for change in (
        lambda: set_intention(home.desk(), session.id, ANNA.id, "x", 2),
        lambda: set_order(home.desk(), session.id, ANNA.id, "", 2),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            change()
        assert caught.value.code == "begun"
    assert [each.id for each in running_sessions(home.desk())] == [session.id]
