"""Reading directions: our algorithm against what an independent one gave, and the cases that a name brings."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.worksheets.bidi import first_strong, isolate, levels, settle_line, visual_order

CASES = Path(__file__).parent / "golden" / "directions.json"


def displayed(text: str, base: int) -> str:
    settled = settle_line(text, levels(text, base), base)
    return "".join(text[n] for n in visual_order(settled))


def test_lines_read_in_the_order_that_an_independent_program_gave() -> None:
    # Four hundred mixed lines as python-bidi 0.6.12 (the Rust unicode-bidi) laid them out.
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    assert len(cases) == 400
    assert [case for case in cases if displayed(case[0], case[1]) != case[2]] == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from([0, 1]))
def test_every_character_of_any_text_stands_exactly_once(text: str, base: int) -> None:
    found = settle_line(text, levels(text, base), base)
    assert sorted(visual_order(found)) == list(range(len(text)))


def test_a_name_in_isolation_does_not_pull_the_numbers_after_it() -> None:
    loose = displayed("Name: محمد 12 mg", 0)
    held = displayed(f"Name: {isolate('محمد')} 12 mg", 0).replace("\u2068", "").replace("\u2069", "")
    assert loose == "Name: 12 دمحم mg"
    assert held == "Name: دمحم 12 mg"


def test_an_isolate_inside_a_name_cannot_break_out() -> None:
    assert isolate("a\u2069b\u2068c") == "\u2068abc\u2069"
    assert isolate("") == ""


def test_the_first_strong_letter_outside_isolates_gives_the_direction() -> None:
    assert first_strong("12 שלום abc") == 1
    assert first_strong(f"{isolate('שלום')} abc") == 0
    assert first_strong("12 ()") is None


def test_nested_isolates_without_end_do_not_stop_the_press() -> None:
    text = "\u2067" * 400 + "a" + "\u2069" * 400
    assert len(levels(text, 0)) == len(text)


def test_brackets_go_with_the_words_they_hold() -> None:
    settled = settle_line("a (שר) b", levels("a (שר) b", 0), 0)
    assert settled == [0, 0, 0, 1, 1, 0, 0, 0]
