"""Somebody comes to a session that runs: a partner, or a couple of a group; with what their records say, and a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.drafts import PlanDraft, PlanPerson
from desktop.domain.errors import Refused
from desktop.domain.people import Client, Couple
from desktop.domain.records import Act
from desktop.live.asks import AskDischarge, AskJoin, AskUndo, AskVitals
from desktop.live.events import Ending, PersonRole, TouchRule
from desktop.services.flowsheets import flowsheet
from desktop.services.live import LiveDesk
from desktop.services.sessions import plan_session
from desktop.services.touch import keep_touch
from desktop.services.worksheets import PaperUse
from tests.kit import ANNA, BEN, FULL, PAIR, House, finish, order_for, plan
from tests.services.test_touch_and_safety import AGREED

CARA = Client("client-c", "Cara Lindqvist", date(1979, 3, 3))
DEV = Client("client-d", "Dev Okafor", date(1981, 7, 9))
SECOND = Couple("couple-2", CARA.id, DEV.id, "Second")
THIRD = Couple("couple-3", "client-e", "client-f", "Third")
ELI, FAY = Client("client-e", "Eli North", date(1980, 1, 2)), Client("client-f", "Fay South", date(1982, 3, 4))
ALONE = PlanDraft(FULL, "2026-03-02", (PlanPerson(ANNA.id, "a", "dosed", "order-client-a"),))


def bring_in(home: House, *couples: tuple[Couple, Client, Client]) -> None:
    desk = home.desk()
    with desk.store.write() as unit:
        for couple, *clients in couples:
            for client in clients:
                unit.clients.add(client)
                unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
            unit.couples.add(couple)
            unit.audit(desk.line(Act.CREATE, "couple", couple.id, couple.owner))


def test_the_partner_of_who_came_alone_may_come_with_order_and_touch_plan_and_is_written_down(home: House) -> None:
    keep_touch(home.desk(), BEN.id, AGREED, 0)
    live = LiveDesk.begin(home.desk(), plan_session(home.desk(), ALONE).value.id)
    (one,) = live.newcomers()
    assert (one.sitting.client_id, one.sitting.key, one.sitting.role) == (BEN.id, "b", PersonRole.SITTING)
    assert one.sitting.order is None
    assert isinstance(one.sitting.touch[0], TouchRule)
    assert [order.id for order in one.orders] == ["order-client-b"]
    dosed = one.comes("order-client-b")
    assert dosed.role is PersonRole.DOSED
    assert dosed.order is not None
    assert dosed.order.order_id == "order-client-b"
    before = home.lines()
    live.record(AskJoin(dosed))
    new = home.lines()[len(before) :]
    assert [(line.entry.act, line.entry.subject_kind, line.entry.owner) for line in new] == [
        (Act.ENTRY, "entry", Owner.client(BEN.id)), (Act.CHANGE, "session", Owner.client(ANNA.id)),
    ]  # fmt: skip
    live.record(AskUndo())
    assert list(live.state.people) == ["a"]
    live.record(AskJoin(dosed))
    live.record(AskVitals("b", 122, 78, 70, 98, 14))
    assert live.newcomers() == ()
    again = LiveDesk.resume(home.again().desk(), live.session.id)
    assert list(again.state.people) == ["a", "b"]
    assert again.state.people["b"].brought.touch == dosed.touch
    finish(again)
    for copy in ("a", "b"):
        assert flowsheet(home.desk(), live.session.id, copy, PaperUse.PREVIEW).pdf
    assert home.intact()


def test_somebody_elses_order_lets_nobody_take_the_medicine(home: House) -> None:
    live = LiveDesk.begin(home.desk(), plan_session(home.desk(), ALONE).value.id)
    (one,) = live.newcomers()
    with pytest.raises(KeyError):
        one.comes("order-client-a")


@pytest.mark.parametrize("change", [
    {"withdrawn": True}, {"valid_until": date(2026, 2, 20)}, {"route": "intramuscular"}, {"medicine": "psilocybin"},
])  # fmt: skip
def test_an_order_that_does_not_hold_today_is_not_offered(home: House, change: dict[str, object]) -> None:
    desk = home.desk()
    with desk.store.write() as unit:
        kept = unit.orders.get("order-client-b", Audience.clinic("test"))
        if "withdrawn" in change:
            unit.orders.save(replace(kept, withdrawn=True))
        else:
            unit.orders.add(replace(order_for(BEN), id="order-other", **change))  # type: ignore[arg-type]
        unit.audit(desk.line(Act.CHANGE, "order", "order-other" if "withdrawn" not in change else kept.id, kept.owner))
    live = LiveDesk.begin(desk, plan_session(desk, ALONE).value.id)
    (one,) = live.newcomers()
    assert [order.id for order in one.orders] == ([] if "withdrawn" in change else ["order-client-b"])


def test_to_a_couple_that_is_whole_nobody_else_comes(home: House) -> None:
    bring_in(home, (SECOND, CARA, DEV))
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    assert live.newcomers() == ()
    live.record(AskDischarge("b", Ending.NOT_DOSED))
    assert live.newcomers() == ()


def test_to_a_group_a_couple_comes_under_the_next_number_one_after_the_other(home: House) -> None:
    bring_in(home, (SECOND, CARA, DEV), (THIRD, ELI, FAY))
    group = PlanDraft(FULL, "2026-03-02", tuple(
        replace(PlanPerson(client.id, seat), **({"role": "dosed", "order": "order-client-a"} if seat == "1a" else {}))
        for client, seat in ((ANNA, "1a"), (BEN, "1b"), (CARA, "2a"), (DEV, "2b"))
    ), couples=(PAIR.id, SECOND.id))  # fmt: skip
    live = LiveDesk.begin(home.desk(), plan_session(home.desk(), group).value.id)
    assert {(one.sitting.client_id, one.sitting.key) for one in live.newcomers()} == {(ELI.id, "3a"), (FAY.id, "3b")}
    eli = next(one for one in live.newcomers() if one.sitting.client_id == ELI.id)
    live.record(AskJoin(eli.comes()))
    (fay,) = live.newcomers()
    assert (fay.sitting.client_id, fay.sitting.key, fay.sitting.couple_id) == (FAY.id, "3b", THIRD.id)
    live.record(AskJoin(fay.comes()))
    assert live.session.owner_of(3) == Owner.couple(THIRD.id)
    with pytest.raises(Refused):
        live.record(AskJoin(fay.comes()))
    live.record(AskUndo())
    assert list(live.state.people) == ["1a", "1b", "2a", "2b", "3a"]
    assert home.again().intact()


def test_nobody_comes_once_the_session_is_closed(home: House) -> None:
    live = LiveDesk.begin(home.desk(), plan_session(home.desk(), ALONE).value.id)
    finish(live)
    assert live.newcomers() == ()
