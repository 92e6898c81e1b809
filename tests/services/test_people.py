"""Knows how clients and couples are made, changed, opened and found, and what the trail says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import Conflict, Invalid, NotFound
from desktop.domain.people import ClientDraft
from desktop.domain.records import Act
from desktop.services import clients, couples
from desktop.services.clients import CoupleRow, change_client, make_client, note_search, open_client, search_people
from desktop.services.couples import change_label, make_couple, open_couple
from desktop.services.outcome import Topic
from tests.kit import ANNA, BEN, PAIR, House, order_for, plan

ZOE = ClientDraft("  Zoë   Adler ", "1990-02-28", "they", "", "de")


def problems(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {problem.field for problem in caught.value.problems}


def test_a_client_is_made_from_what_was_typed(home: House) -> None:
    outcome = make_client(home.desk(), ZOE)
    client = outcome.value
    assert (client.name, client.born.isoformat(), client.version) == ("Zoë Adler", "1990-02-28", 1)
    assert outcome.changed == {Topic("client", client.id)}
    assert home.acts("client")[-1] == (Act.CREATE, client.id, "")
    assert open_client(home.desk(), client.id).client == client


def test_a_draft_with_faults_is_not_kept(home: House) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        make_client(home.desk(), ClientDraft("", "1990-02-30"))
    assert problems(caught) == {"name", "born"}
    assert home.lines() == before


def test_the_same_person_is_not_taken_in_twice(home: House) -> None:
    desk = home.desk()
    made = make_client(desk, ZOE).value
    with pytest.raises(Invalid) as caught:
        make_client(desk, replace(ZOE, name="zoë adler"))
    assert problems(caught) == {"born"}
    twin = make_client(desk, replace(ZOE, born="1990-03-01")).value
    with pytest.raises(Invalid):
        change_client(desk, twin.id, ZOE, twin.version)
    assert change_client(desk, made.id, replace(ZOE, contact="555"), 1).value.contact == "555"


def test_a_change_is_kept_with_its_line_and_its_topic(home: House) -> None:
    outcome = change_client(home.desk(), ANNA.id, ClientDraft("Ł. W.", "1984-05-01"), 1)
    assert (outcome.value.name, outcome.value.version) == ("Ł. W.", 2)
    assert outcome.changed == {Topic("client", ANNA.id)}
    assert home.acts("client")[-1] == (Act.CHANGE, ANNA.id, "")


def test_two_people_who_change_the_same_client_meet_in_a_conflict(home: House) -> None:
    change_client(home.desk(), ANNA.id, ClientDraft("First", "1984-05-01"), 1)
    before = home.lines()
    with pytest.raises(Conflict):
        change_client(home.desk(), ANNA.id, ClientDraft("Second", "1984-05-01"), 1)
    with pytest.raises(NotFound):
        change_client(home.desk(), "nobody", ClientDraft("Third", "1984-05-01"), 1)
    assert home.lines() == before
    assert home.intact()


def test_opening_a_page_is_kept_once_before_it_is_shown(home: House) -> None:
    session = plan(home.desk())
    count = len(home.lines())
    page = open_client(home.desk(), ANNA.id)
    assert home.acts("client")[-1] == (Act.VIEW, ANNA.id, "page")
    assert len(home.lines()) == count + 1
    assert (page.client, page.couples, page.orders) == (ANNA, (PAIR,), (order_for(ANNA),))
    assert (page.sessions, page.notes) == ((session,), ())


def test_a_page_of_nobody_leaves_no_line(home: House) -> None:
    before = home.lines()
    for open_page in (open_client, open_couple):
        with pytest.raises(NotFound):
            open_page(home.desk(), "nobody")
    assert home.lines() == before


@pytest.mark.parametrize(
    ("typed", "found_couples", "found_clients"),
    [("", 1, 2), ("luk", 1, 1), ("tuesday", 1, 0), ("phuong", 1, 1), ("nobody", 0, 0)],
)
def test_people_are_found_and_a_search_that_settled_is_kept_without_its_words(
    home: House, typed: str, found_couples: int, found_clients: int
) -> None:
    before = len(home.lines())
    found = search_people(home.desk(), typed)
    assert (len(found.couples), len(found.clients), found.capped) == (found_couples, found_clients, False)
    assert all(row == CoupleRow(PAIR, ANNA, BEN) for row in found.couples)
    assert len(home.lines()) == before
    note_search(home.desk(), len(typed))
    entry = home.lines()[-1].entry
    assert (entry.act, entry.detail) == (Act.SEARCH, f"{len(typed)} characters")
    assert not typed or typed not in repr(entry)


def test_a_list_says_when_there_may_be_more(home: House) -> None:
    with home.store.write() as unit:
        for n in range(clients.LIMIT):
            client = replace(ANNA, id=f"many-{n}", name=f"Many {n:03}")
            unit.clients.add(client)
            unit.audit(home.desk().line(Act.CREATE, "client", client.id, client.owner))
    found = search_people(home.desk(), "many")
    assert (len(found.clients), found.capped) == (clients.LIMIT, True)


def test_two_clients_become_a_couple(home: House) -> None:
    desk = home.desk()
    zoe = make_client(desk, ZOE).value
    outcome = make_couple(desk, zoe.id, ANNA.id, "  Late   shift ")
    couple = outcome.value
    assert (couple.partner_a, couple.partner_b, couple.label) == (zoe.id, ANNA.id, "Late shift")
    assert outcome.changed == {Topic("couple", couple.id)}
    assert home.acts("couple")[-1] == (Act.CREATE, couple.id, "")
    renamed = change_label(desk, couple.id, "Early", 1).value
    assert (renamed.label, renamed.version) == ("Early", 2)
    with pytest.raises(Conflict):
        change_label(desk, couple.id, "Later", 1)
    with pytest.raises(Invalid):
        change_label(desk, couple.id, "x" * 121, 2)


@pytest.mark.parametrize(
    ("a", "b", "label", "fields"),
    [
        ("", "", "", {"a", "b"}), (ANNA.id, ANNA.id, "", {"b"}), (ANNA.id, BEN.id, "", {"b"}),
        (BEN.id, ANNA.id, "", {"b"}), (ANNA.id, "", "x" * 121, {"b", "label"}),
    ],
)  # fmt: skip
def test_what_is_no_couple_is_not_made(home: House, a: str, b: str, label: str, fields: set[str]) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        make_couple(home.desk(), a, b, label)
    assert problems(caught) == fields
    with pytest.raises(NotFound):
        make_couple(home.desk(), ANNA.id, "nobody")
    assert home.lines() == before


def test_one_view_gives_the_whole_page_of_a_couple(home: House) -> None:
    session = plan(home.desk())
    count = len(home.lines())
    page = open_couple(home.desk(), PAIR.id)
    assert len(home.lines()) == count + 1
    assert home.acts("couple")[-1] == (Act.VIEW, PAIR.id, "page")
    assert (page.couple, page.a, page.b, page.sessions) == (PAIR, ANNA, BEN, (session,))
    assert (page.orders_a, page.orders_b) == ((order_for(ANNA),), (order_for(BEN),))
    assert (page.notes, page.notes_a, page.notes_b) == ((), (), ())
    assert couples.KIND == "couple"
