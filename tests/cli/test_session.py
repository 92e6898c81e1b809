"""Knows that a script is played through the real engine and kept, and that a kept session is shown the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.cli.session import STATE
from desktop.domain.audience import Audience
from tests.cli.harness import HEADER, PASSPHRASE, PEOPLE, Terminal, script_text, unlocked


def without_script(state: dict[str, Any]) -> dict[str, Any]:
    """A state without what only a script has: refused lines and line numbers."""
    log = [{key: value for key, value in entry.items() if key != "line"} for entry in state["log"]]
    return {**state, "refused": [], "log": log}


def test_a_script_is_played_in_a_practice_that_is_gone_afterwards(holdfast: Terminal) -> None:
    played = holdfast("session", "replay", holdfast.write("s.jsonl", script_text()), "--json")
    assert played.code == 0, played.err
    state = played.json
    assert set(state) == set(STATE)
    a, b = state["participants"]["a"], state["participants"]["b"]
    assert (a["first_dose_s"], a["since_last_dose_s"], a["total_mg"], a["ending"]) == (300, 8700, "100", "met")
    assert a["last_vitals"]["bp"] == "128/82"
    assert b["first_dose_s"] is None
    assert (state["events"], state["struck"], state["at_s"]) == (7, 1, 9000)
    assert [line["line"] for line in state["refused"]] == [5]
    assert not list(holdfast.program.folders.runtime.iterdir())


def test_the_same_script_gives_the_same_output(holdfast: Terminal) -> None:
    script = holdfast.write("s.jsonl", script_text())
    first, second = (holdfast("session", "replay", script, "--json").out for _ in range(2))
    assert first == second


def test_a_dose_without_its_checks_lists_what_was_missing(holdfast: Terminal) -> None:
    played = holdfast("session", "replay", holdfast.write("s.jsonl", script_text()), "--json").json
    [dose] = [entry for entry in played["log"] if entry["do"] == "dose"]
    assert {"identity", "consent", "clearance"} <= set(dose["missing"])


def test_until_stops_at_a_moment_and_shows_the_state_of_it(holdfast: Terminal) -> None:
    script = holdfast.write("s.jsonl", script_text())
    state = holdfast("session", "replay", script, "--until", "1600.5", "--json").json
    assert state["at_s"] == 1600.5
    assert state["participants"]["a"]["since_last_dose_s"] == 1300.5
    assert [entry["do"] for entry in state["log"]][-1] == "observe"


def test_without_json_a_person_can_read_it_and_no_name_is_in_it(holdfast: Terminal) -> None:
    said = holdfast("session", "replay", holdfast.write("s.jsonl", script_text())).out
    assert "100 mg (100 given, 0 lost)" in said
    assert "refused lines: 1" in said
    assert "Canary" not in said


def test_in_a_practice_it_stays_and_is_shown_the_same(holdfast: Terminal, practice: Path) -> None:
    script = holdfast.write("s.jsonl", script_text())
    played = holdfast("session", "replay", script, "--practice", practice, "--json", passphrase=PASSPHRASE)
    assert played.code == 0, played.err
    session = played.json["session_id"]
    shown = holdfast("session", "show", session, "--practice", practice, "--json", passphrase=PASSPHRASE)
    assert shown.code == 0, shown.err
    assert set(shown.json) == set(STATE)
    assert shown.json == without_script(played.json)
    earlier = holdfast("session", "replay", script, "--until", "1600", "--json").json
    then = holdfast("session", "show", session, "--practice", practice, "--until", "1600", "--json",
                    passphrase=PASSPHRASE).json  # fmt: skip
    assert then["participants"] == earlier["participants"]


def test_people_are_found_again_and_not_made_twice(holdfast: Terminal, practice: Path) -> None:
    script = holdfast.write("s.jsonl", script_text())
    for _ in range(2):
        assert holdfast("session", "replay", script, "--practice", practice, passphrase=PASSPHRASE).code == 0
    with unlocked(holdfast.program, practice) as desk, desk.store.read() as unit:
        clients = unit.clients.find("canary", Audience.clinic("test"))
        couples = unit.couples.find("canary", Audience.clinic("test"))
        sessions = unit.sessions.of_owner(couples[0].owner, Audience.clinic("test"))
        orders = unit.orders.of_client(sessions[0].people[0].client_id, Audience.clinic("test"))
        trail = [line.entry for line in unit.trail.lines(limit=1000)]
    assert (len(clients), len(couples), len(sessions), len(orders)) == (2, 1, 2, 2)
    assert {entry.detail for entry in trail if entry.act == "start"} == {"played from a script"}


def test_a_script_from_one_person_alone_belongs_to_that_person(holdfast: Terminal, practice: Path) -> None:
    alone = {"session": {**HEADER["session"], "participants": PEOPLE[:1]}}
    script = holdfast.write("s.jsonl", script_text({"t": 1, "do": "note", "text": "x"}, header=alone))
    played = holdfast("session", "replay", script, "--practice", practice, "--json", passphrase=PASSPHRASE)
    with unlocked(holdfast.program, practice) as desk, desk.store.read() as unit:
        session = unit.sessions.get(played.json["session_id"], Audience.clinic("test"))
    assert session.owner.id == session.people[0].client_id


def test_a_group_is_played_too_and_belongs_to_the_practice(holdfast: Terminal, practice: Path) -> None:
    four = [{**person, "key": f"{couple}{person['key']}", "name": f"{person['name']} {couple}"}
            for couple in (1, 2) for person in PEOPLE]  # fmt: skip
    header = {"session": {**HEADER["session"], "participants": four}}
    lines = ({"t": 1, "do": "observe", "who": "1a", "chip": "crying"}, {"t": 2, "do": "move", "to": "2b"})
    script = holdfast.write("s.jsonl", script_text(*lines, header=header))
    played = holdfast("session", "replay", script, "--practice", practice, "--json", passphrase=PASSPHRASE)
    assert played.code == 0, played.err
    assert played.json["refused"] == []
    assert [len(person["observations"]) for person in played.json["participants"].values()] == [0, 0, 0, 1]
    with unlocked(holdfast.program, practice) as desk, desk.store.read() as unit:
        session = unit.sessions.get(played.json["session_id"], Audience.clinic("test"))
        own = unit.events.of(session.id, Audience.person(session.people[3].client_id))
    assert session.owner.kind == "practice"
    assert [entry.seq for entry in own] == [2, 3]


@pytest.mark.parametrize(("order", "kept"), [({"max_single_mg": "200"}, 0), ({}, 0), (PEOPLE[0]["order"], 1)])
def test_an_order_is_kept_as_a_record_where_it_names_both_limits(
    holdfast: Terminal, practice: Path, order: dict[str, Any], kept: int
) -> None:
    header = {"session": {**HEADER["session"], "participants": [{**PEOPLE[0], "order": order}]}}
    dose = {"t": 9, "do": "dose", "who": "a", "route": "sublingual", "mg": "50"}
    script = holdfast.write("s.jsonl", script_text(dose, header=header))
    played = holdfast("session", "replay", script, "--practice", practice, "--json", passphrase=PASSPHRASE).json
    assert played["participants"]["a"]["total_mg"] == "50"
    with unlocked(holdfast.program, practice) as desk, desk.store.read() as unit:
        session = unit.sessions.get(played["session_id"], Audience.clinic("test"))
        orders = unit.orders.of_client(session.people[0].client_id, Audience.clinic("test"))
    assert len(orders) == kept
    assert [order.id for order in orders] == [person.order_id for person in session.people if person.order_id]


def test_without_a_prescriber_in_the_practice_no_order_is_kept(holdfast: Terminal, tmp_path: Path) -> None:
    made = ("practice", "create", tmp_path / "new", "--name", "P", "--member", "M", "--role", "therapist")
    assert holdfast(*made, passphrase=PASSPHRASE).code == 0
    script = holdfast.write("s.jsonl", script_text())
    played = holdfast("session", "replay", script, "--practice", tmp_path / "new", "--json", passphrase=PASSPHRASE)
    assert played.json["participants"]["a"]["total_mg"] == "100"


def test_an_assistant_does_not_play_scripts(holdfast: Terminal, tmp_path: Path) -> None:
    made = ("practice", "create", tmp_path / "new", "--name", "P", "--member", "M", "--role", "assistant")
    assert holdfast(*made, passphrase=PASSPHRASE).code == 0
    script = holdfast.write("s.jsonl", script_text())
    assert holdfast("session", "replay", script, "--practice", tmp_path / "new", passphrase=PASSPHRASE).code == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"protocol": "ketamine-by-owl"}, "no protocol of this name"),
        ({"start": "ten o'clock"}, "start: a time is needed"),
        ({"participants": []}, "participants"),
        ({"participants": [PEOPLE[0], PEOPLE[0]]}, "a letter of their own"),
        ({"participants": [{**PEOPLE[0], "born": "1850-01-01"}]}, "born:"),
    ],
)
def test_a_first_line_that_cannot_be_is_refused_and_leaves_nothing(
    holdfast: Terminal, practice: Path, change: dict[str, Any], said: str
) -> None:
    script = holdfast.write("s.jsonl", script_text(header={"session": {**HEADER["session"], **change}}))
    refused = holdfast("session", "replay", script, "--practice", practice, passphrase=PASSPHRASE)
    assert refused.code == 3
    assert said in refused.err
    assert "Canary" not in refused.err
    with unlocked(holdfast.program, practice) as desk, desk.store.read() as unit:
        assert unit.clients.find("", Audience.clinic("test")) == ()
        assert unit.sessions.running(Audience.clinic("test")) == ()


@pytest.mark.parametrize(
    ("text", "code"), [("", 3), ("not json\n", 3), ('{"t": 0, "do": "close"}\n', 3), ("[" * 5000, 3)]
)
def test_a_file_that_is_no_script_is_refused(holdfast: Terminal, text: str, code: int) -> None:
    refused = holdfast("session", "replay", holdfast.write("s.jsonl", text))
    assert refused.code == code
    assert "line 1" in refused.err


def test_a_file_that_is_not_there_or_no_text_ends_clearly(holdfast: Terminal, tmp_path: Path) -> None:
    assert holdfast("session", "replay", tmp_path / "nowhere.jsonl").code == 7
    assert holdfast("session", "replay", tmp_path).code == 7
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    assert holdfast("session", "replay", tmp_path / "bytes").code == 3


def test_a_session_that_is_not_there_is_refused(holdfast: Terminal, practice: Path) -> None:
    said = holdfast("session", "show", "nothing", "--practice", practice, passphrase=PASSPHRASE)
    assert said.code == 3


@pytest.mark.parametrize(
    "words", [("session", "show", "x"), ("session", "replay", "FILE", "--member", "M"), ("session", "replay", "FILE",
              "--until", "-1"), ("session", "replay", "FILE", "--until", "1e9")]
)  # fmt: skip
def test_options_that_do_not_go_together_end_with_two(holdfast: Terminal, words: tuple[str, ...]) -> None:
    script = str(holdfast.write("s.jsonl", script_text()))
    assert holdfast(*(script if word == "FILE" else word for word in words)).code == 2


def test_what_a_killed_program_left_is_swept_after_a_day(holdfast: Terminal) -> None:
    import os

    runtime = holdfast.program.folders.runtime
    now = holdfast.program.settings.clock.now().utc.timestamp()
    for name, age in (("throw-away-old", 90_000), ("throw-away-new", 60), ("other", 90_000)):
        (runtime / name).mkdir()
        os.utime(runtime / name, (now - age, now - age))
    assert holdfast("session", "replay", holdfast.write("s.jsonl", script_text())).code == 0
    assert {path.name for path in runtime.iterdir()} == {"throw-away-new", "other"}
