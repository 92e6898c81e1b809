"""A script is kept like a session at the board: every entry with its line, in its person's compartment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.errors import NotAllowed, Refused
from desktop.domain.records import Act, Session, SessionState
from desktop.live.codec import entry_to_json
from desktop.live.fold import fold
from desktop.live.script import Script, read_script
from desktop.services.flowsheets import flowsheet_content
from desktop.services.replay import replay
from desktop.services.worksheets import PaperUse
from tests.kit import OTTO, PAUL, House, house

CLINIC = Audience.clinic("test")
ORDER = {"max_single_mg": "200", "max_total_mg": "300", "boosters": 1, "booster_after_min": 45}
HEADER = {"session": {
    "protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00",
    "participants": [
        {"key": "a", "name": "Łukasz Wiśniewski", "born": "1984-05-01", "role": "dosed", "order": ORDER},
        {"key": "b", "name": "Olga Petrova", "born": "1986-11-23", "role": "sitting", "intention": "to stay near"},
    ],
}}  # fmt: skip
LINES: tuple[dict[str, object], ...] = (
    {"t": 0, "do": "vitals", "who": "a", "bp": "128/82", "hr": 76, "spo2": 98, "rr": 14},
    {"t": 300, "do": "dose", "who": "a", "route": "sublingual", "mg": "100", "lot": "L1", "by": "m1"},
    {"t": 900, "do": "words", "who": "a", "text": "not mine"},
    {"t": 910, "do": "move", "to": "b"},
    {"t": 920, "do": "words", "who": "a", "text": "mine"},
    {"t": 930, "do": "move", "to": "b"},
    {"t": 940, "do": "undo"},
    {"t": 950, "do": "dance"},
    {"t": 960, "do": "strike", "line": 4, "reason": "misheard"},
    {"t": 8000, "do": "discharge", "who": "a", "ending": "met"},
    {"t": 9000, "do": "close"},
)


def script(*lines: dict[str, object]) -> Script:
    return read_script("\n".join(json.dumps(line) for line in (HEADER, *lines)))


def test_what_is_kept_of_a_script_is_what_was_played(home: House) -> None:
    done = replay(home.desk(), script(*LINES))
    with home.store.read() as unit:
        entries = unit.events.of(done.session_id, CLINIC)
        session = unit.sessions.get(done.session_id, CLINIC)
        names = [unit.clients.get(person.client_id, CLINIC).name for person in session.people]
        couples = unit.couples.of_client(session.people[1].client_id, CLINIC)
    assert fold(entries) == done.played.state
    assert session.state is SessionState.CLOSED
    assert names == ["Łukasz Wiśniewski", "Olga Petrova"]
    assert [couple.owner for couple in couples] == [session.owner]
    assert [refused.line for refused in done.played.refused] == [9]
    subjects = [subject for act, subject, _ in home.acts("entry") if act is Act.ENTRY]
    assert subjects == [f"{done.session_id}/{entry.seq}" for entry in entries]
    assert home.intact()


def test_what_a_script_moves_lies_with_whom_it_was_moved_to(home: House) -> None:
    done = replay(home.desk(), script(*LINES))
    people = done.played.state.people
    copies = {}
    for seat in ("a", "b"):
        with home.store.read() as unit:
            mine = unit.events.of(done.session_id, Audience.person(people[seat].client_id))
        copies[seat] = "".join(entry_to_json(entry) for entry in mine)
    assert "not mine" not in copies["a"]
    assert "not mine" in copies["b"]
    assert '"text":"mine"' in copies["a"]
    assert '"text":"mine"' not in copies["b"]


def test_people_who_are_known_are_found_and_not_made_again(home: House) -> None:
    with home.store.read() as unit:
        before = len(unit.clients.find("", CLINIC))
    first, second = (replay(home.desk(), script(*LINES)) for _ in range(2))
    assert first.session_id != second.session_id
    with home.store.read() as unit:
        assert len(unit.clients.find("", CLINIC)) == before + 1
        assert unit.sessions.get(first.session_id, CLINIC).owner == unit.sessions.get(second.session_id, CLINIC).owner


def test_a_script_that_cannot_begin_leaves_nothing(home: House) -> None:
    lines = len(home.lines())
    nobody = json.dumps(HEADER).replace("ketamine-sl-full", "ketamine-xl")
    with pytest.raises(Refused):
        replay(home.desk(), read_script(nobody))
    with pytest.raises(NotAllowed):
        replay(home.desk(OTTO), script(*LINES))
    assert len(home.lines()) == lines


def people(*keys: str, **of_a: object) -> Script:
    """A script of so many people who share a birthday, in which nothing happens."""
    named = [{"key": key, "name": f"Guest {key}", "born": "1984-05-01", "role": "sitting"} for key in keys]
    named[0] |= of_a
    head = {"session": {**HEADER["session"], "participants": named, "staff": ["Dr Guest"]}}
    return read_script(json.dumps(head))


def session_of(home: House, session_id: str) -> Session:
    with home.store.read() as unit:
        return unit.sessions.get(session_id, CLINIC)


def test_a_script_of_one_person_is_theirs_and_one_of_a_group_the_practices(home: House) -> None:
    alone, group = (session_of(home, replay(home.desk(), people(*keys)).session_id) for keys in ("a", "abc"))
    assert alone.owner == Owner.client(alone.people[0].client_id)
    assert group.owner == Owner.practice(home.store.practice_id)
    assert len({person.client_id for person in group.people}) == 3


def test_a_script_of_two_who_are_no_couple_yet_makes_them_one(home: House) -> None:
    replay(home.desk(), people("a", "c"))
    first = session_of(home, replay(home.desk(), people("a", "b")).session_id)
    second = session_of(home, replay(home.desk(), people("b", "a")).session_id)
    assert first.owner.kind is OwnerKind.COUPLE
    assert second.owner == first.owner
    assert len(home.acts("couple")) == 3  # the practice's own, and the two of the scripts


def test_a_script_lets_somebody_come_with_themselves_only_once(home: House) -> None:
    twins = read_script(json.dumps({"session": {**HEADER["session"], "participants": [
        {"key": key, "name": "Li Wei", "born": "1984-05-01", "role": "sitting"} for key in ("a", "b")
    ]}}))  # fmt: skip
    done = replay(home.desk(), twins)
    first, second = session_of(home, done.session_id).people
    assert first.client_id != second.client_id
    again = replay(home.desk(), twins)
    assert {person.client_id for person in session_of(home, again.session_id).people} == {
        first.client_id, second.client_id
    }


@pytest.mark.parametrize("order", [
    {"max_single_mg": "200"}, {"max_total_mg": "300"}, {"boosters": 1}, {**ORDER, "id": "paper-17"},
])  # fmt: skip
def test_an_order_of_a_script_is_a_record_only_where_its_limits_are_said(home: House, order: dict[str, object]) -> None:
    done = replay(home.desk(), people("a", role="dosed", order=order))
    made = [act for act, _, detail in home.acts("order") if detail]
    assert len(made) == (1 if "max_single_mg" in order and "max_total_mg" in order else 0)
    (person,) = session_of(home, done.session_id).people
    assert (person.order_id is not None) == bool(made)


def test_a_prescriber_who_plays_a_script_is_the_one_who_ordered(home: House) -> None:
    done = replay(home.desk(PAUL), people("a", role="dosed", order=ORDER))
    order_id = session_of(home, done.session_id).people[0].order_id
    assert order_id is not None
    with home.store.read() as unit:
        assert unit.orders.get(order_id, CLINIC).prescriber_id == PAUL.id


def test_without_anybody_who_may_prescribe_an_order_of_a_script_is_no_record(tmp_path: Path) -> None:
    with house(tmp_path, furnished=False) as home:
        done = replay(home.desk(), people("a", role="dosed", order=ORDER))
        assert home.acts("order") == []
        assert session_of(home, done.session_id).people[0].order_id is None
        assert done.played.state.people["a"].order is not None


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (None, [("Order", "none in force")]),
        ({}, [("Route", "not stated"), ("Boosters", "0")]),
        ({"max_single_mg": "200"}, [("Route", "not stated"), ("Largest single amount", "200 mg"), ("Boosters", "0")]),
        ({"max_total_mg": "300", "boosters": 1},
         [("Route", "not stated"), ("Largest total", "300 mg"), ("Boosters", "1")]),
        ({"route": "sublingual", "boosters": 2, "booster_after_min": 45, "valid_until": "2026-08-01"},
         [("Route", "sublingual"), ("Boosters", "2, from 45 min after the first dose"),
          ("In force until", "2026-08-01")]),
    ],
)
def test_a_flowsheet_says_of_an_order_what_was_said_and_no_more(
    home: House, order: dict[str, object] | None, said: list[tuple[str, str]]
) -> None:
    of_a = {"role": "dosed"} if order is None else {"role": "dosed", "order": order}
    done = replay(home.desk(), people("a", "b", **of_a))
    sheets = {seat: flowsheet_content(home.desk(), done.session_id, seat, PaperUse.PREVIEW) for seat in ("a", "b")}
    assert [(fact.label, fact.value) for fact in sheets["a"].order] == said
    assert sheets["b"].order == ()


def test_a_flowsheet_names_staff_whom_the_practice_does_not_know_as_they_were_written(home: House) -> None:
    done = replay(home.desk(), people("a"))
    sheet = flowsheet_content(home.desk(), done.session_id, "a", PaperUse.PREVIEW)
    assert [(line.initials, line.name, line.role) for line in sheet.staff] == [("Dr Guest", "", "")]
