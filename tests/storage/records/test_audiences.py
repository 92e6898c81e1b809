"""Knows that what belongs to one partner never comes back for the other, nor for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import Conflict, NotFound
from desktop.domain.records import Note, SessionPerson
from desktop.live.events import NoteMade
from desktop.storage.unit import SqlUnit
from tests.storage.records.kit import ANNA, BEN, MARA, NOTE, NOW, ORDER, ORDER_B, PAIR, PAUL, SESSION, Kept, fresh

CANARIES = {ANNA.owner: "canaryanna", BEN.owner: "canaryben", PAIR.owner: "canaryboth"}
NARROW = {
    "A alone": Audience.person(ANNA.id),
    "B alone": Audience.person(BEN.id),
    "both": Audience.both(PAIR.id),
    "A and shared": Audience.partner(ANNA.id, PAIR.id),
    "B and shared": Audience.partner(BEN.id, PAIR.id),
    "a stranger": Audience.person("client-x"),
    "nobody": Audience("nobody"),
    "a couple with a client's id": Audience.both(ANNA.id),
    "a client with a couple's id": Audience.person(PAIR.id),
}
CLINIC = Audience.clinic("test")


def canary_notes() -> list[Note]:
    return [
        Note(f"note-{owner.id}", owner, SESSION.id, MARA.id, f"harbour {word}", NOW) for owner, word in CANARIES.items()
    ]


@pytest.fixture(scope="module")
def couple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    kept = fresh(tmp_path_factory.mktemp("couple"))
    a = replace(ANNA, name="Anna Canaryanna", contact="canaryanna")
    b = replace(BEN, name="Ben Canaryben", contact="canaryben")
    people = (
        SessionPerson(ANNA.id, "a", "dosed", ORDER.id, "canaryanna"),
        SessionPerson(BEN.id, "b", "dosed", ORDER_B.id, "canaryben"),
    )
    orders = replace(ORDER, remarks="canaryanna"), replace(ORDER_B, remarks="canaryben")
    alone = (
        replace(SESSION, id="alone-a", owner=ANNA.owner, protocol_id="canaryanna", people=people[:1]),
        replace(SESSION, id="alone-b", owner=BEN.owner, protocol_id="canaryben", people=people[1:]),
    )
    shared = replace(SESSION, people=people, protocol_id="canaryboth")
    kept.add(PAUL, a, b, replace(PAIR, label="canaryboth"), *orders, shared, *alone, *canary_notes())
    for seq, (owner, word) in enumerate(CANARIES.items(), 1):
        kept.append(seq, owner, NoteMade(word))
    yield kept
    kept.close()


def all_that_comes_back(unit: SqlUnit, audience: Audience) -> str:
    """Everything that any question answers this audience, as one text."""
    found: list[object] = []
    ids = ["client-a", "client-b", "couple-1", "order-a", "order-b", SESSION.id, "alone-a", "alone-b"]
    ids += [f"note-{owner.id}" for owner in CANARIES]
    for shelf in (unit.clients, unit.couples, unit.orders, unit.sessions, unit.notes):
        for record_id in ids:
            try:
                found.append(shelf.get(record_id, audience))
            except NotFound as error:
                found.append(str(error))
    for text in ("", "canary", "canaryanna", "canaryben", "canaryboth", "harbour"):
        found += [unit.clients.find(text, audience), unit.couples.find(text, audience)]
        found += [unit.notes.search(text, audience)]
    for client in (ANNA, BEN):
        found += [unit.couples.of_client(client.id, audience), unit.orders.of_client(client.id, audience)]
        found += [unit.sessions.of_client(client.id, audience)]
    for owner in CANARIES:
        found += [unit.sessions.of_owner(owner, audience), unit.notes.of_owner(owner, audience)]
    for session_id in (SESSION.id, "alone-a", "alone-b"):
        found += [unit.events.of(session_id, audience), unit.notes.of_session(session_id, audience)]
    return repr((found, unit.sessions.running(audience))).lower()


@pytest.mark.parametrize("audience", NARROW.values(), ids=NARROW)
def test_only_what_an_audience_may_see_comes_back_from_any_question(couple: Kept, audience: Audience) -> None:
    with couple.store.read() as unit:
        found = all_that_comes_back(unit, audience)
    expected = {word for owner, word in CANARIES.items() if audience.sees(owner)}
    assert {word for word in CANARIES.values() if word in found} == expected


def test_the_clinic_sees_all_of_it(couple: Kept) -> None:
    with couple.store.read() as unit:
        found = all_that_comes_back(unit, CLINIC)
    assert all(word in found for word in CANARIES.values())


@pytest.mark.parametrize("audience", NARROW.values(), ids=NARROW)
def test_a_name_that_is_hidden_does_not_find_its_couple(couple: Kept, audience: Audience) -> None:
    with couple.store.read() as unit:
        hits = {word: bool(unit.couples.find(word, audience)) for word in ("anna", "ben", "canaryboth")}
    shared = audience.sees(PAIR.owner)
    own = {"anna": audience.sees(ANNA.owner), "ben": audience.sees(BEN.owner), "canaryboth": True}
    assert hits == {word: shared and seen for word, seen in own.items()}


def test_a_session_is_shared_without_what_each_hopes_for(couple: Kept) -> None:
    with couple.store.read() as unit:
        both = unit.sessions.get(SESSION.id, NARROW["both"])
        a = unit.sessions.get(SESSION.id, NARROW["A and shared"])
    assert [(p.client_id, p.order_id, p.intention) for p in both.people] == [(ANNA.id, None, ""), (BEN.id, None, "")]
    assert [(p.order_id, p.intention) for p in a.people] == [(ORDER.id, "canaryanna"), (None, "")]


@pytest.mark.parametrize("audience", [NARROW["both"], NARROW["A and shared"]])
def test_a_copy_that_leaves_something_out_is_never_saved_over_the_record(couple: Kept, audience: Audience) -> None:
    with couple.store.read() as unit:
        copy = unit.sessions.get(SESSION.id, audience)
    with pytest.raises(Conflict):
        couple.save(copy)
    with couple.store.read() as unit:
        assert unit.sessions.get(SESSION.id, CLINIC).people[1].intention == "canaryben"


def test_what_is_hidden_and_what_is_not_there_are_answered_alike(couple: Kept) -> None:
    with couple.store.read() as unit:
        said = set()
        for record_id in ("note-client-b", "no such note"):
            with pytest.raises(NotFound) as caught:
                unit.notes.get(record_id, NARROW["both"])
            said.add((str(caught.value), caught.value.what))
    assert len(said) == 1


def test_what_one_partner_writes_does_not_reorder_what_the_other_finds(full: Kept) -> None:
    texts = ("harbour harbour night", "harbour light", "night night harbour")
    mine = [replace(NOTE, id=f"n{n}", owner=ANNA.owner, text=text) for n, text in enumerate(texts)]
    full.add(*mine)
    with full.store.read() as unit:
        before = unit.notes.search("harbour night", NARROW["A alone"])
    full.add(*[replace(NOTE, id=f"b{n}", owner=BEN.owner, text="night") for n in range(20)])
    with full.store.read() as unit:
        assert unit.notes.search("harbour night", NARROW["A alone"]) == before
    assert [note.id for note in before] == ["n2", "n0"]


owners = st.sampled_from([ANNA.owner, BEN.owner, PAIR.owner, Owner.practice("practice-1"), Owner.client("couple-1")])
asked: dict[str, Callable[[SqlUnit, Audience], object]] = {
    "of_owner": lambda unit, audience: [n for owner in CANARIES for n in unit.notes.of_owner(owner, audience)],
    "of_session": lambda unit, audience: list(unit.notes.of_session(SESSION.id, audience)),
    "search": lambda unit, audience: list(unit.notes.search("harb", audience, limit=99)),
}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(of=st.lists(owners, min_size=1, max_size=12), seen=st.frozensets(owners), everything=st.booleans())
def test_every_list_is_exactly_what_the_audience_sees(
    tmp_path_factory: pytest.TempPathFactory, of: list[Owner], seen: frozenset[Owner], everything: bool
) -> None:
    kept = fresh(tmp_path_factory.mktemp("any"))
    try:
        kept.add(PAUL, ANNA, BEN, PAIR, ORDER, SESSION)
        kept.add(*(replace(NOTE, id=f"n{n}", owner=owner, text="harbour") for n, owner in enumerate(of)))
        for seq, owner in enumerate(of, 1):
            kept.append(seq, owner)
        audience = Audience("any", everything, seen)
        visible = [n for n, owner in enumerate(of) if everything or owner in seen]
        with kept.store.read() as unit:
            assert [e.seq - 1 for e in unit.events.of(SESSION.id, audience)] == visible
            for name, ask in asked.items():
                found = {int(note.id[1:]) for note in ask(unit, audience)}  # type: ignore[attr-defined]
                among = visible if name != "of_owner" else [n for n in visible if of[n] in CANARIES]
                assert found == set(among)
    finally:
        kept.close()
