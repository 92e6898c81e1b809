"""A script is kept like a session at the board: every entry with its line, in its person's compartment."""

from __future__ import annotations

import json

import pytest

from desktop.domain.audience import Audience
from desktop.domain.errors import NotAllowed, Refused
from desktop.domain.records import Act, SessionState
from desktop.live.codec import entry_to_json
from desktop.live.fold import fold
from desktop.live.script import Script, read_script
from desktop.services.replay import replay
from tests.kit import OTTO, House

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
