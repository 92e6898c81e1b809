"""A script plays through the real engine; every impossible line is refused by its number, and the rest goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Refused
from desktop.live.events import Entry, NoteMade
from desktop.live.fold import fold
from desktop.live.script import read_script
from desktop.live.script_header import ScriptError
from desktop.live.snapshot import snapshot
from desktop.live.state import LiveState
from tests.live.play import ROOT
from tests.live.scripts import DOSE, HEADER, LUKASZ, ORDER, PHUONG, played, refused, script, shown

GOLDEN = ROOT / "tests/live/golden"
VITALS = {"t": 0, "do": "vitals", "who": "a", "bp": "128/82", "hr": 76, "spo2": 98, "rr": 14}


@pytest.mark.parametrize(("name", "until"), [("spine", None), ("spine-3000", "3000")])
def test_the_golden_session_says_what_it_always_said(name: str, until: str | None) -> None:
    text = (GOLDEN / "spine.jsonl").read_text("utf-8")
    assert shown(text, until) == json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def test_the_example_of_both_partners_plays_whole() -> None:
    found = shown(
        script(
            VITALS, DOSE, {"t": 1500, "do": "observe", "who": "a", "chip": "crying"},
            {"t": 1710, "do": "note", "text": "..."}, {"t": 1720, "do": "undo"},
            {"t": 8000, "do": "discharge", "who": "a", "ending": "met"}, {"t": 9000, "do": "close"},
        )
    )
    person = found["participants"]["a"]
    assert found["refused"] == []
    assert (found["events"], found["struck"]) == (7, 1)
    assert (person["first_dose_s"], person["since_last_dose_s"], person["phase"]) == (300, 8700, "afterglow")
    assert (person["given_mg"], person["lost_mg"], person["total_mg"]) == ("100", "0", "100")
    assert person["last_vitals"]["bp"] == "128/82"
    assert person["observations"] == [{"t": 1500, "chip": "crying", "intensity": None}]
    assert (person["ending"], person["words"], person["touch"]) == ("met", [], "planned")
    assert {"item": "vitals 40", "due_s": 2700, "state": "late"} in person["due"]
    assert found["participants"]["b"]["first_dose_s"] is None
    assert set(person) == {
        "first_dose_s", "since_last_dose_s", "given_mg", "lost_mg", "total_mg", "phase", "last_vitals", "due",
        "out_of_band", "observations", "words", "touch", "ending", "doses", "role", "touch_places", "safe_signals",
        "phone_orders", "overrides", "adverse", "emergency",
    }  # fmt: skip
    assert set(found) == {"participants", "events", "struck", "refused", "log"}


def test_the_state_is_that_of_the_moment_asked_for() -> None:
    text = script(DOSE, {"t": 2000, "do": "note", "text": "x"}, {"t": 400, "do": "note", "text": "back"}, "{")
    found = shown(text, "1800")
    assert found["events"] == 1
    assert found["refused"] == []
    assert found["participants"]["a"]["since_last_dose_s"] == 1500
    assert {"item": "vitals 20", "due_s": 1500, "state": "due"} in found["participants"]["a"]["due"]
    assert shown(text, "300.5")["participants"]["a"]["since_last_dose_s"] == 0.5
    assert [one["line"] for one in shown(text)["refused"]] == [4, 5]


IMPOSSIBLE = [line.split(maxsplit=1) for line in (GOLDEN / "impossible.txt").read_text("utf-8").splitlines()]
HUGE = [
    ["json", '{"t": 1' + "0" * 5000 + ', "do": "round"}'], ["json", "[" * 5000],
    ["json", '{"x": "' + "y" * 100_001 + '"}'], ["field", '{"t": 1, "do": "note", "text": "' + "x" * 8001 + '"}'],
]  # fmt: skip


@pytest.mark.parametrize(("code", "line"), [*IMPOSSIBLE, *HUGE], ids=range(len(IMPOSSIBLE) + len(HUGE)))
def test_an_impossible_line_is_refused_and_the_rest_goes_on(code: str, line: str) -> None:
    found = played(script(line, {"t": 2, "do": "note", "text": "still here"}))
    assert [(one.line, one.code) for one in found.refused] == [(2, code)], line
    assert found.refused[0].reason
    assert [note.text for note in found.state.room.notes] == ["still here"]


def test_time_may_stand_still_but_not_run_back_and_a_refused_line_does_not_move_it() -> None:
    note = {"do": "note", "text": "x"}
    lines = [{"t": seconds, **note} for seconds in (10, 10, 9.5, 11)]
    assert refused(*lines) == [(4, "time_backwards")]
    assert refused({"t": 99, "do": "levitate"}, {"t": 10, **note}) == [(2, "kind")]


def test_the_state_is_that_of_the_last_line_also_when_it_is_refused() -> None:
    assert played(script(DOSE, {"t": 4000, "do": "touch", "who": "a", "to": "none"})).now_ms == 4_000_000
    assert played(script(DOSE, {"t": 4000, "do": "touch", "who": "a"}, {"t": 500, "do": "round"})).now_ms == 500_000


def test_late_entries_keep_when_it_happened_and_when_it_was_written() -> None:
    lines = [
        DOSE,
        {"t": 3000, "do": "vitals", "who": "a", "bp": "150/90", "ago": 600},
        {"t": 1500, "do": "vitals", "who": "a", "bp": "140/90", "ago": 1600},
        {"t": 2000, "do": "vitals", "who": "a", "hr": 80, "ago": 10},
    ]
    found = played(script(*lines))
    assert [(entry.at_ms, entry.entered_ms) for entry in found.state.entries[2:]] == [
        (2_400_000, 3_000_000), (1_500_000, 3_100_000), (2_000_000, 3_100_000),
    ]
    log = [(one["t"], one.get("written_s")) for one in shown(script(*lines))["log"][1:]]
    assert log == [(300, None), (2400, 3000), (1500, 3100), (2000, 3100)]


def test_amounts_may_be_text_or_numbers_and_stay_exact() -> None:
    for mg, given_mg in [("112.50", "112.5"), (112.5, "112.5"), (100, "100"), ("100.00", "100"), (33.33, "33.33")]:
        assert shown(script({**DOSE, "mg": mg}))["participants"]["a"]["given_mg"] == given_mg


def test_what_nobody_understands_on_a_line_is_named_in_the_log_and_not_lost() -> None:
    log = shown(script({**DOSE, "colour": "blue"}))["log"]
    assert log[1]["ignored"] == ["colour"]
    assert "ignored" not in log[0]


def test_other_spellings_mean_the_same() -> None:
    text = script(
        {"t": 1, "do": "reading", "who": "a", "of": ["bp", "hr"], "outcome": "failed", "why": "cuff"},
        {"t": 2, "do": "reading", "who": "a", "of": "all", "outcome": "refused"},
        {"t": 3, "do": "check", "item": "oxygen", "value": True},
        {"t": 4, "do": "check", "item": "door", "value": False},
        {"t": 5, "do": "check", "item": "weight", "who": "a", "value": 72.5},
        {"t": 6, "do": "staff", "member": "m2", "in": True},
        {"t": 7, "do": "vitals", "who": "a", "hr": "76", "temp": 36.80, "author": "mk"},
        {"t": 8, "do": "words", "who": "a"},
        {"t": 9, "do": "scale", "who": "a", "of": "MOAA/S", "value": 5.0},
        {**DOSE, "route": "SL", "lot": None, "own": True, "checked_by": "a"},
        {"t": 310, "do": "observe", "who": "a", "chip": "regressed", "intensity": "strong"},
        {"t": 320, "do": "dialogue", "step": "empathize", "sender": "a"},
        {"t": 330, "do": "note", "who": "b", "text": "first\r\n  second"},
        {"t": 340, "do": "move", "to": "a", "line": 14},
        {"t": 350, "do": "discharge", "who": "a", "ending": "left", "items": ["keys"], "risks_told": True, "by": "N"},
        {"t": 360, "do": "discharge", "who": "b", "ending": "left", "items": {"keys": "no"}, "mood": 4, "touch": None},
        "",
    )  # fmt: skip
    found = played(text)
    assert found.refused == ()
    a, b = found.state.people["a"], found.state.people["b"]
    assert [line.value for line in found.state.room.checks] == ["yes", "no"]
    assert a.checks[0].value == "72.5"
    assert str(a.vitals[0].temp) == "36.8"
    assert found.state.entries[7].author == "mk"
    assert found.state.entries[7].attested_by == "m1"
    assert (a.observations[0].chip, a.notes[0].text) == ("childlike", "first second")
    assert a.ending is not None
    assert b.ending is not None
    assert a.ending.items == (("keys", "yes"), ("risks_told", "yes"))
    assert a.ending.statement_by == "N"
    assert b.ending.items == (("keys", "no"), ("mood", "4"), ("touch", ""))


@pytest.mark.parametrize(
    "header",
    [
        "", "{", "[]", {}, {"session": 3}, {"session": {}},
        {"session": {**HEADER["session"], "start": "2026-03-02T10:00:00"}},
        {"session": {**HEADER["session"], "start": "today"}},
        {"session": {**HEADER["session"], "start": "0001-01-01T00:00:00+00:00"}},
        {"session": {**HEADER["session"], "participants": []}},
        {"session": {**HEADER["session"], "participants": ["a"]}},
        {"session": {**HEADER["session"], "staff": "m1"}},
        {"session": {**HEADER["session"], "protocol": 4}},
        *(
            {"session": {**HEADER["session"], "participants": [{**LUKASZ, **wrong}]}}
            for wrong in [
                {"key": ""}, {"name": None}, {"name": "x" * 121}, {"born": "May"}, {"born": "2027-01-01"},
                {"role": "host"}, {"order": 3}, {"order": {**ORDER, "max_single_mg": "lots"}},
                {"order": {**ORDER, "boosters": -1}},
                {"order": {**ORDER, "valid_until": "soon"}}, {"order": {**ORDER, "schedule": [15, True]}},
            ]
        ),
    ],
)  # fmt: skip
def test_a_script_that_does_not_say_what_session_it_is_is_not_played(header: dict[str, Any] | str) -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(header if isinstance(header, str) else script(header=header))
    assert caught.value.line == 1
    assert "Łukasz" not in str(caught.value)


def test_the_header_may_say_more() -> None:
    more = {"schedule": [30, 15], "valid_until": "2026-05-01", "route": "sublingual", "id": "o7", "boosters": None}
    people = [
        {**LUKASZ, "order": {**ORDER, **more}, "intention": "to listen"},
        {**LUKASZ, "key": "b", "order": {**ORDER, "schedule": "light"}},
    ]
    text = script(DOSE, header={"session": {**HEADER["session"], "participants": people, "staff": ["m1"]}})
    found = played(text)
    limits = found.state.people["a"].order
    assert limits is not None
    assert (limits.schedule, str(limits.valid_until)) == ("30,15", "2026-05-01")
    assert (limits.order_id, limits.boosters) == ("o7", 0)
    assert found.state.people["a"].intention == "to listen"
    assert found.state.room.staff == ("m1",)
    assert found.state.entries[0].wall.offset_minutes == -300
    due = shown(text)["participants"]["a"]["due"]
    assert [one["due_s"] for one in due if one["item"].startswith("vitals")] == [1200, 2100]


def test_an_order_without_limits_is_an_order() -> None:
    people = [{**LUKASZ, "order": {}}, PHUONG]
    found = played(script(DOSE, header={"session": {**HEADER["session"], "participants": people}}))
    assert found.refused == ()


def test_people_whom_the_engine_refuses_are_refused_before_anything_is_played() -> None:
    with pytest.raises(Refused) as caught:
        played(script(header={"session": {**HEADER["session"], "participants": [LUKASZ, LUKASZ]}}))
    assert caught.value.code == "keys"


def test_every_entry_is_handed_over_before_it_counts_and_a_refusal_there_is_the_lines() -> None:
    kept: list[tuple[int, int]] = []

    def record(entry: Entry, before: LiveState | None, after: LiveState) -> None:
        if isinstance(entry.event, NoteMade) and entry.event.text == "full":
            raise Refused("disk", "The disk is full.")
        kept.append((entry.seq, 0 if before is None else len(before.entries)))
        assert after.entries[-1] is entry

    lines = [{"t": 1, "do": "note", "text": text} for text in ("one", "full", "two")]
    found = played(script(*lines), record=record)
    assert kept == [(1, 0), (2, 1), (3, 2)]
    assert [(one.line, one.code) for one in found.refused] == [(3, "disk")]
    assert found.lines == {1: 1, 2: 2, 3: 4}


def test_the_state_of_a_kept_session_needs_no_script() -> None:
    state = played(script(VITALS, DOSE)).state
    found = snapshot(fold(state.entries), 600_000)
    assert found["refused"] == []
    assert "line" not in json.loads(json.dumps(found))["log"][1]


def test_the_log_says_what_was_struck_moved_late_and_missing() -> None:
    log = json.loads((GOLDEN / "spine.json").read_text("utf-8"))["log"]
    by_line = {one.get("line"): one for one in log}
    assert by_line[10]["missing"] == ["safe_today", "clearance", "fasting", "medicines", "touch_plan", "escort"]
    assert by_line[18]["undone"]
    assert by_line[18]["reason"] == "not yet"
    assert by_line[20]["moved"]
    assert by_line[20]["who"] == "b"
    assert by_line[36]["struck"]
    assert by_line[30]["written_s"] == 3400


def test_above_the_order_stands_in_the_log_and_on_the_dose() -> None:
    found = shown(script({**DOSE, "mg": "250"}))
    assert found["log"][1]["above_order"] == ["max_single_mg"]
    (dose,) = found["participants"]["a"]["doses"]
    assert dose["above_order"] == ["max_single_mg"]
    assert "second_entry" in dose["missing"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from("vitals dose lost check discharge strike move scale words reading given".split())
KEYS = st.sampled_from("t ago who bp hr mg ml route own item value ending line to of text why".split())


@given(st.lists(st.tuples(KINDS, st.dictionaries(KEYS, JSON, max_size=6)), max_size=6))
def test_no_line_at_all_breaks_the_player(lines: list[tuple[str, dict[str, Any]]]) -> None:
    body = [json.dumps({"t": number, "who": "a", **fields, "do": kind}) for number, (kind, fields) in enumerate(lines)]
    found = played(script(DOSE, *body))
    assert len(found.refused) + len(found.lines) == len(lines) + 2
    json.dumps(snapshot(found.state, found.now_ms, found), allow_nan=False)
    assert fold(found.state.entries) == found.state


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    found = played(script(text.replace("\n", " ")))
    assert len(found.refused) == bool(text.strip())
