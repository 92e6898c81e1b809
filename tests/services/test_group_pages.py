"""In a group each couple's papers hold that couple only, and each person's hold that person only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.audience import Owner
from desktop.domain.errors import Refused
from desktop.domain.people import Client, Couple
from desktop.domain.records import Act, Session, SessionKind, SessionPerson, SessionState
from desktop.live.asks import AskDialogue, AskMove, AskNote, AskObserve, AskRound, AskWords, Now
from desktop.live.engine import start
from desktop.live.events import Step
from desktop.services.desk import Desk
from desktop.services.entries import keep_opening
from desktop.services.live import LiveDesk, state_or_plan
from desktop.services.pages import PageKind
from desktop.services.paperwork import FLOWSHEET, paper_for, paper_titles
from desktop.services.seats import clinic_copies, shared_copies
from desktop.services.worksheets import PaperUse
from desktop.views.paper.choices import choices
from tests.kit import ANNA, BEN, FULL, PAIR, House, dose, house, order_for, ready
from tests.worksheets.reading import text

MORE = (
    Client("client-c", "Aoife Byrne", date(1979, 3, 3)), Client("client-d", "Tomás Silva", date(1981, 8, 14)),
)
COUPLES = (PAIR, Couple("couple-2", "client-c", "client-d"))
NAMES = {"1a": ANNA.name, "1b": BEN.name, "2a": MORE[0].name, "2b": MORE[1].name}


def add_second_couple(desk: Desk) -> None:
    with desk.store.write() as unit:
        for client in MORE:
            unit.clients.add(client)
            unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
            order = order_for(client)
            unit.orders.add(order)
            unit.audit(desk.line(Act.CREATE, "order", order.id, order.owner))
        unit.couples.add(COUPLES[1])
        unit.audit(desk.line(Act.CREATE, "couple", COUPLES[1].id, COUPLES[1].owner))


def begin(desk: Desk) -> LiveDesk:
    """A workshop of two couples."""
    people = tuple(
        SessionPerson(client, f"{number}{letter}", "dosed", f"order-{client}")
        for number, couple in enumerate(COUPLES, 1)
        for letter, client in (("a", couple.partner_a), ("b", couple.partner_b))
    )
    owner = Owner.practice(desk.store.practice_id)
    session = Session("session-1", owner, SessionKind.DOSING, FULL, date(2026, 3, 2), SessionState.PLANNED, people)
    with desk.store.write() as unit:
        unit.sessions.add(session)
        unit.audit(desk.line(Act.CREATE, "session", session.id, session.owner))
        opened = state_or_plan(desk, unit, session).opened
        each = tuple(
            replace(one, couple=int(one.key[0]), couple_id=COUPLES[int(one.key[0]) - 1].id)
            for one in opened.participants
        )
        state, entry = start(replace(opened, participants=each), Now(0, desk.clock.now()), desk.member.id)
        running = keep_opening(desk, unit, session, entry)
    return LiveDesk(desk, running, state)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Everybody said a word of their own, and somebody's was entered for the wrong couple first."""
    with house(tmp_path_factory.mktemp("workshop")) as home:
        add_second_couple(home.desk())
        live = begin(home.desk())
        for who in NAMES:
            ready(live, who)
            home.clock.forward(30)
            live.record(dose(who))
            live.record(AskNote(f"zqnote{who}", who))
            live.record(AskWords(who, f"zqwords{who}"))
        live.record(AskObserve("1a", "crying"))
        live.record(AskNote("zqstray", "2b"))
        live.record(AskMove("1b"))
        live.record(AskDialogue(Step.SEND, "2a"))
        live.record(AskRound())
        live.record(AskNote("zqroom"))
        yield home


def said(home: House, key: str, copy: str) -> str:
    return "".join(text(paper_for(home.desk(), key, "session-1", copy, PaperUse.PREVIEW).pdf).split())


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_couples_flowsheet_holds_that_couple_and_nobody_else(workshop: House, number: str) -> None:
    page = said(workshop, FLOWSHEET, f"clinic-{number}")
    other = "2" if number == "1" else "1"
    for seat, name in NAMES.items():
        for word in (name, f"zqnote{seat}", f"zqwords{seat}"):
            assert ("".join(word.split()) in page) is (seat[0] == number)
        assert (seat.upper() in page) is (seat[0] == number)
    assert "zqroom" in page
    assert ("zqstray" in page) is (number == "1")
    assert f"movedto{other}" not in page
    assert ("dialogue:send,2Asends" in page) is (number == "2")


@pytest.mark.parametrize("seat", NAMES)
def test_each_persons_pages_hold_that_person_only(workshop: House, seat: str) -> None:
    for key in (*PageKind, FLOWSHEET, "leaving-instructions", "after-medicine-keep"):
        page = said(workshop, key, seat)
        for other, name in NAMES.items():
            assert ("".join(name.split()) in page) is (other == seat), key
            assert other == seat or (f"zqnote{other}" not in page and f"zqwords{other}" not in page), key


def test_a_sheet_for_both_is_one_couples(workshop: House) -> None:
    page = said(workshop, "after-medicine-keep", "2")
    assert "AoifeByrne" in page
    assert "TomásSilva" in page
    assert "Łukasz" not in page
    assert "zqwords" not in page
    for copy in ("both", "clinic", "3", "clinic-3", "alone", "a"):
        with pytest.raises(Refused):
            said(workshop, "after-medicine-keep", copy)


def test_the_paper_screen_offers_each_person_each_couple_and_the_clinics_own(workshop: House) -> None:
    found = choices(workshop.desk(), "session-1")
    assert [copy.key for copy in found.copies] == [*NAMES, "1", "2", "clinic-1", "clinic-2", "blank"]
    assert [copy.letter for copy in found.copies][:6] == ["1A", "1B", "2A", "2B", "1", "2"]
    titles = {title.key: title.copies for title in paper_titles(workshop.desk(), NAMES, begun=True)}
    assert titles[FLOWSHEET] == (*NAMES, "clinic-1", "clinic-2")
    assert titles["leaving-instructions"] == tuple(NAMES)
    assert titles["after-medicine-keep"] == (*NAMES, "1", "2")


def test_a_group_of_one_couple_is_still_a_group() -> None:
    assert clinic_copies(("1a", "1b")) == ("clinic-1",)
    assert shared_copies(("1a", "1b", "2a")) == ("1",)
