"""Knows how who takes the medicine is planned: alone, beside a partner, both, in turn, and in a group of couples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.drafts import NoteDraft, PlanDraft, PlanPerson
from desktop.domain.errors import Invalid, NotFound, Refused
from desktop.domain.people import Client, Couple
from desktop.domain.records import Act, SessionFormat, SessionPerson
from desktop.live.asks import AskDialogue, AskNote, AskObserve
from desktop.live.events import Step
from desktop.services.couples import open_couple
from desktop.services.live import LiveDesk
from desktop.services.notes import write_note
from desktop.services.planning import Turn, group_couples, whose_turn
from desktop.services.progress import draft_progress
from desktop.services.sessions import plan_session, running_rows, sessions_of
from tests.kit import ANNA, BEN, FULL, PAIR, PRACTICE_ID, House, dose, finish, ready

CARA = Client("client-c", "Cara Lindqvist", date(1979, 3, 3))
DEV = Client("client-d", "Dev Okafor", date(1981, 7, 9))
SECOND = Couple("couple-2", CARA.id, DEV.id, "Second")
A = PlanPerson(ANNA.id, "a", "dosed", "order-client-a")
B = PlanPerson(BEN.id, "b")
BOTH = PlanDraft(FULL, "2026-03-09", (A, replace(B, role="dosed")), PAIR.id)
GROUP = PlanDraft(
    FULL, "2026-03-09",
    (replace(A, seat="1a"), replace(B, seat="1b"), PlanPerson(CARA.id, "2a"), PlanPerson(DEV.id, "2b", "dosed")),
    couples=(PAIR.id, SECOND.id), label=" Spring  workshop ",
)  # fmt: skip


@pytest.fixture
def home(home: House) -> House:
    """The practice with a second couple."""
    desk = home.desk()
    with desk.store.write() as unit:
        for client in (CARA, DEV):
            unit.clients.add(client)
            unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
        unit.couples.add(SECOND)
        unit.audit(desk.line(Act.CREATE, "couple", SECOND.id, SECOND.owner))
    return home


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (BOTH, SessionFormat.BOTH), (replace(BOTH, people=(A, B)), SessionFormat.ONE_SITS),
        (replace(BOTH, people=(A,), couple_id=""), SessionFormat.ONE),
        (replace(BOTH, people=(A, B), format="alternating"), SessionFormat.ALTERNATING),
        (GROUP, SessionFormat.GROUP),
    ],
)  # fmt: skip
def test_a_plan_says_who_takes_the_medicine_and_is_found_again_as_it_was(
    home: House, draft: PlanDraft, found: SessionFormat
) -> None:
    session = plan_session(home.desk(), draft).value
    assert session.format is found
    with home.store.read() as unit:
        assert unit.sessions.get(session.id, Audience.clinic("test")) == session
    assert home.again().intact()


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (replace(BOTH, format="one"), "role"), (replace(BOTH, format="one_sits"), "role"),
        (replace(BOTH, format="alternating"), "role"), (replace(BOTH, people=(A, B), format="both"), "role"),
        (replace(BOTH, format="trio"), "format"), (replace(GROUP, couples=(PAIR.id,)), "couples"),
        (replace(GROUP, couples=(PAIR.id, PAIR.id)), "couples"), (replace(GROUP, label="x" * 121), "label"),
        (replace(GROUP, people=(*GROUP.people[:3], replace(GROUP.people[0], seat="2b"))), "couples"),
        (replace(GROUP, people=GROUP.people[:3]), "people"),
        (replace(GROUP, people=(replace(GROUP.people[0], seat="2a"), *GROUP.people[1:])), "people"),
        (replace(GROUP, couples=tuple(f"c{n}" for n in range(7))), "couples"),
    ],
)  # fmt: skip
def test_a_plan_whose_format_does_not_fit_its_people_is_not_kept(home: House, draft: PlanDraft, wrong: str) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        plan_session(home.desk(), draft)
    assert {problem.field for problem in caught.value.problems} == {wrong}
    assert home.lines() == before


def test_a_group_names_couples_that_are_there(home: House) -> None:
    with pytest.raises(NotFound):
        plan_session(home.desk(), replace(GROUP, couples=(PAIR.id, "nobody")))


def test_in_a_group_every_entry_is_a_persons_a_couples_or_the_practices(home: House) -> None:
    """What is about one couple reaches only that couple."""
    desk = home.desk()
    session = plan_session(desk, GROUP).value
    assert session.owner == Owner.practice(PRACTICE_ID)
    assert session.label == "Spring workshop"
    assert session.people[3] == SessionPerson(DEV.id, "2b", "dosed", None, "", SECOND.id)
    assert [session.owner_of(number) for number in (1, 2, 3)] == [PAIR.owner, SECOND.owner, session.owner]
    live = LiveDesk.begin(desk, session.id)
    live.record(AskObserve("2b", "crying"))
    live.record(AskNote("all are here"))
    owners = home.sql("SELECT owner_kind, owner_id FROM live_events ORDER BY seq")
    assert owners == [("practice", PRACTICE_ID), ("client", DEV.id), ("practice", PRACTICE_ID)]
    assert running_rows(desk)[0].names == ("Spring workshop",)
    with home.store.read() as unit:
        for audience in (Audience.both(PAIR.id), Audience.partner(ANNA.id, PAIR.id), Audience.both(SECOND.id)):
            assert unit.events.of(session.id, audience) == ()
            with pytest.raises(NotFound):
                unit.sessions.get(session.id, audience)
    live.record(AskDialogue(Step.SEND, "2a"))
    owner, text = draft_progress(desk, session.id, "2")
    assert owner == SECOND.owner
    assert "A sends" in text
    assert "all are here" not in text
    assert "sends" not in draft_progress(desk, session.id, "1")[1]
    with pytest.raises(Refused):
        draft_progress(desk, session.id, "3")
    write_note(desk, NoteDraft(SECOND.owner, "a quiet pair", session.id))
    finish(live)
    assert home.intact()


def test_a_group_stands_on_the_page_of_each_of_its_couples_and_of_nobody_else(home: House) -> None:
    desk = home.desk()
    other = Couple("couple-3", ANNA.id, DEV.id)
    with desk.store.write() as unit:
        unit.couples.add(other)
        unit.audit(desk.line(Act.CREATE, "couple", other.id, other.owner))
    only = replace(GROUP, couples=(PAIR.id, SECOND.id))
    session = plan_session(desk, only).value
    for couple in (PAIR, SECOND):
        assert [each.id for each in open_couple(desk, couple.id).sessions] == [session.id]
        assert sessions_of(desk, couple.owner) == ()


def test_weeks_alternate_by_who_really_took_it(home: House) -> None:
    desk = home.desk()
    assert whose_turn(desk, PAIR.id) is None
    plan_session(desk, BOTH)
    first = plan_session(desk, replace(BOTH, people=(A, B), format="alternating", day="2026-03-10")).value
    assert whose_turn(desk, PAIR.id) == Turn(BEN.id, ANNA.id, date(2026, 3, 10), planned=True)
    live = LiveDesk.begin(desk, first.id)
    finish(live)
    assert whose_turn(desk, PAIR.id) is None  # nobody took anything: it is still the first one's turn
    again = plan_session(desk, replace(BOTH, people=(A, B), format="alternating", day="2026-03-11")).value
    live = LiveDesk.begin(desk, again.id)
    ready(live)
    live.record(dose())
    finish(live)
    assert whose_turn(desk, PAIR.id) == Turn(BEN.id, ANNA.id, date(2026, 3, 2), planned=False)
    swapped = (replace(A, role="sitting", order=""), replace(B, role="dosed"))
    plan_session(desk, replace(BOTH, people=swapped, format="alternating", day="2026-03-18"))
    assert whose_turn(desk, PAIR.id) == Turn(ANNA.id, BEN.id, date(2026, 3, 18), planned=True)


def test_couples_for_a_group_come_with_the_orders_that_hold_today(home: House) -> None:
    found: dict[str, Any] = {each.row.couple.id: each for each in group_couples(home.desk())}
    assert [order.id for order in found[PAIR.id].orders_a] == ["order-client-a"]
    assert found[SECOND.id].orders_a == found[SECOND.id].orders_b == ()
    assert [each.row.couple.id for each in group_couples(home.desk(), "cara")] == [SECOND.id]
