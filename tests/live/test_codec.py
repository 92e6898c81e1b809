"""Entries survive being written and read, and what is not known is refused, never guessed at."""

from __future__ import annotations

import json
import typing
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.live import events as ev
from desktop.live.codec import (
    KINDS,
    CodecError,
    entry_from_json,
    entry_to_json,
    event_from_json,
    event_to_json,
    kind_of,
)
from tests.live.play import FULL, Play, dose, protocol_text
from tests.live.strategies import ENTRIES, EVENTS


@given(ENTRIES)
def test_an_entry_survives_being_written_and_read(entry: ev.Entry) -> None:
    text = entry_to_json(entry)
    assert entry_from_json(text) == entry
    assert entry_to_json(entry_from_json(text)) == text


@given(EVENTS)
def test_an_event_survives_being_written_and_read(event: ev.Event) -> None:
    assert event_from_json(event_to_json(event)) == event
    assert json.loads(event_to_json(event))["kind"] == kind_of(event)


def test_every_kind_of_event_has_its_entry_in_the_codec() -> None:
    kinds = set(typing.get_args(ev.Event))
    assert {kind for kind, _ in KINDS.values()} == kinds
    assert len(KINDS) == len(kinds)
    names = {field.name for kind, _ in KINDS.values() for field in fields(kind)}
    assert not names & {"kind", "v"}


def test_amounts_are_text_without_trailing_zeros_and_the_protocol_is_carried_whole() -> None:
    play = Play()
    play.ask(300, dose(mg="112.50"))
    assert '"mg":"112.5"' in entry_to_json(play.entries[1])
    opened = json.loads(entry_to_json(play.entries[0]))["event"]
    assert opened["protocol_text"] == protocol_text(FULL)


GOOD = event_to_json(ev.StaffMoved("m1", True))


@pytest.mark.parametrize(
    "text",
    [
        "", "3", "[]", "null", "{", "NaN", '{"kind":"levitate","v":1}', '{"v":1}', GOOD.replace('"v":1', '"v":2'),
        GOOD.replace("true", "1"), GOOD.replace('"m1"', "1"), GOOD.replace("member", "person"),
        GOOD.replace("}", ',"more":1}'), "[" * 100_000,
        event_to_json(ev.CameBack("a")).replace('"a"', "null"),
        event_to_json(ev.RoundDone(("a",))).replace('["a"]', '"a"'),
        event_to_json(ev.Discharged("a", ev.Ending.MET, (("x", "y"),))).replace('["x","y"]', '["x"]'),
        event_to_json(ev.PhaseMarked("a", "peak")).replace('"peak"', "false"),
        event_to_json(ev.DialogueStepped(ev.Step.SEND, "a")).replace('"send"', '"sing"'),
        event_to_json(ev.Moved(2, "b", ev.CameBack("b"))).replace('"kind":"back"', '"kind":"close"'),
        event_to_json(ev.Moved(2, "b", ev.NoteMade("b"))).replace(
            event_to_json(ev.NoteMade("b")), event_to_json(ev.Closed())
        ),
    ],
    ids=range(21),
)  # fmt: skip
def test_what_is_damaged_or_not_known_is_refused(text: str) -> None:
    with pytest.raises(CodecError) as caught:
        event_from_json(text)
    assert "kept as it is" in str(caught.value)


@pytest.mark.parametrize("mg", ["NaN", "sNaN", "Infinity", "ten", ""])
def test_an_amount_that_is_no_number_is_refused(mg: str) -> None:
    text = event_to_json(ev.DoseLost("a", ev.Decimal(5), "x")).replace('"5"', f'"{mg}"')
    with pytest.raises(CodecError):
        event_from_json(text)


def test_an_entry_of_another_form_is_refused_and_says_nothing_of_what_stands_in_it() -> None:
    play = Play()
    text = entry_to_json(play.entries[0])
    for broken in (text[:-1], text.replace('"v":1,"wall"', '"v":9,"wall"'), text.replace("+00:00", "+01:00")):
        with pytest.raises(CodecError) as caught:
            entry_from_json(broken)
        assert "Łukasz" not in str(caught.value)


@given(st.text(max_size=40))
def test_no_text_at_all_gives_anything_but_an_event_or_a_refusal(text: str) -> None:
    try:
        event_from_json(text)
    except CodecError:
        return
    raise AssertionError("random text became an event")
