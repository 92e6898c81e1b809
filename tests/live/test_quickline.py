"""The quick line keeps what was meant, names whose it is, and files no sentence with anybody by guessing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.protocol import Sign
from desktop.live.asks import (
    Ask,
    AskAway,
    AskBack,
    AskCheck,
    AskLost,
    AskNote,
    AskObserve,
    AskPhase,
    AskReading,
    AskRound,
    AskScale,
    AskTaken,
    AskVitals,
    AskWords,
)
from desktop.live.events import Missed
from desktop.live.quickline import Parsed, owned, parse
from tests.live.play import CHECKLIST

PEOPLE = {"a": "Łukasz", "b": "Phượng"}


def read(text: str) -> Parsed:
    return parse(text, PEOPLE, CHECKLIST, ("onset", "peak"))


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("a 128/84 76 98 14", AskVitals("a", 128, 84, 76, 98, 14)),
        ("a128/84 76 98 14", AskVitals("a", 128, 84, 76, 98, 14)),
        ("A 128/84", AskVitals("a", 128, 84)),
        ("a 205/121", AskVitals("a", 205, 121)),
        ("a 128/84 76", AskVitals("a", 128, 84, 76)),
        ("a 128/84 76 98", AskVitals("a", 128, 84, 76, 98)),
        ("a 14 128/84", AskVitals("a", 128, 84, rr=14)),
        ("a 14", AskVitals("a", rr=14)),
        ("a 180", AskVitals("a", hr=180)),
        ("a 180 14", AskVitals("a", hr=180, rr=14)),
        ("a hr 76 bp 128/84", AskVitals("a", 128, 84, 76)),
        ("a spo2 65", AskVitals("a", spo2=65)),
        ("a spo298", AskVitals("a", spo2=98)),
        ("a 98%", AskVitals("a", spo2=98)),
        ("a hr200", AskVitals("a", hr=200)),
        ("a t36.8", AskVitals("a", temp=Decimal("36.8"))),
        ("a 128/84 spo2 97 76", AskVitals("a", 128, 84, 76, 97)),
        ("b crying", AskObserve("b", "crying")),
        ("b cr", AskObserve("b", "crying")),
        ("b cry", AskObserve("b", "crying")),
        ("b tense 2", AskObserve("b", "tense", "2")),
        ("a eyes open", AskObserve("a", "eyes-open")),
        ("a regressed", AskObserve("a", "childlike")),
        ("a nausea", AskObserve("a", "nausea")),
        ("a nausea 4", AskScale("a", "nausea", 4)),
        ("a moaa/s 5", AskScale("a", "moaas", 5)),
        ("a +", AskTaken("a")),
        ("a+", AskTaken("a")),
        ("a - 50 vomited", AskLost("a", Decimal(50), "vomited")),
        ("a -12.5mg spat early", AskLost("a", Decimal("12.5"), "spat early")),
        ("a - 50 mg dropped", AskLost("a", Decimal(50), "dropped")),
        ('a "I never told you"', AskWords("a", "I never told you")),
        ('a "I never told you', AskWords("a", "I never told you")),
        ("a “Łódź, 128/84”", AskWords("a", "Łódź, 128/84")),
        ('a "', AskWords("a", "")),
        ("a away", AskAway("a")),
        ("b back", AskBack("b")),
        ("a spit", AskCheck("spit", "yes", "a")),
        ("a phase peak", AskPhase("a", "peak")),
        ("a bp?", AskReading("a", Missed.REFUSED, (Sign.BP,))),
        ("a bp!", AskReading("a", Missed.FAILED, (Sign.BP,))),
        ("a ?", AskReading("a", Missed.REFUSED)),
        ("a hr? rr?", AskReading("a", Missed.REFUSED, (Sign.HR, Sign.RR))),
        (".", AskRound()),
    ],
)
def test_a_line_means_one_thing(text: str, ask: Ask) -> None:
    found = read(text)
    assert found.asks == (ask,)
    assert found.ready
    assert found.preview


def test_a_set_with_a_refused_part_keeps_both() -> None:
    found = read("a 128/84 hr?")
    assert found.asks == (AskVitals("a", 128, 84), AskReading("a", Missed.REFUSED, (Sign.HR,)))
    assert found.preview == "A Łukasz: BP 128/84, heart rate refused"


def test_the_preview_names_the_person_author_and_minute() -> None:
    for text in ("@MK -10 a 150/95", "-10 @mk a 150/95"):
        found = read(text)
        assert found.preview == "A Łukasz: BP 150/95, 10 min ago, by @mk"
        assert (found.author, found.ago_min, found.who) == ("mk", 10, "a")


@pytest.mark.parametrize(
    "text",
    [
        "a long silence", "always", "a no", "b back hurts", "a away game", "c crying", "3a crying", "asked for water",
        "a phase moon", "a 128/84 and calm", "a 12.5", "a %", "a hr", "a hr fast", "bp 128/84", "a bp 128", "a e",
        "a bp?3", "a spo2", "a hr 1234", "music", "-5 quiet", "@mk quiet", "a bp 1/2/3", "a t 36.8.1",
    ],
)  # fmt: skip
def test_everything_else_is_text_and_belongs_to_nobody_yet(text: str) -> None:
    found = read(text)
    assert not found.ready
    assert found.asks == ()
    assert found.wants == "owner"
    assert found.text in text
    assert owned(found, "b") == AskNote(found.text, "b")
    assert owned(found, None) == AskNote(found.text, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a 98", "which is which"),
        ("a 98 128/84", "which is which"),
        ("a 128/84 98 14", "which is which"),
        ("a 128/84 76 98 14 20", "which is which"),
        ("a 80/120", "above the diastolic"),
        ("a 301/84", "can be read"),
        ("a spo2 101", "can be read"),
        ("a hr 70 hr 80", "twice"),
        ("a distress 11", "only 0 to 10"),
        ("a distress", "0 to 10?"),
        ("a -", "How much"),
        ("a - 50", "How much"),
        ("a - some vomited", "How much"),
        ("a", "What about"),
    ],
)
def test_what_is_not_clear_is_asked_back(text: str, problem: str) -> None:
    found = read(text)
    assert not found.ready
    assert problem in found.problem
    assert found.who == "a"
    assert found.wants in ("", "lost")


def test_the_beginning_of_several_chips_offers_them() -> None:
    found = read("a rea")
    assert found.completions == ("reaches out",) or found.completions == ("reaches out", "reassured")
    found = read("a eyes")
    assert found.completions == ("eyes open", "eyes closed")
    assert not found.ready
    assert read("a cr").completions == ("crying",)
    assert "crying" in read("b").completions


def test_an_empty_line_is_nothing() -> None:
    for text in ("", "  ", "@mk", "-10"):
        found = read(text)
        assert not found.ready
        assert (found.preview, found.problem, found.wants) == ("", "", "")


def test_prefixes_count_once_and_nothing_is_zero_minutes_ago() -> None:
    assert read("-0 a 14").ago_min == 0
    assert read("-5 -6 a 14").text == "-6 a 14"
    assert read("@mk @ab a 14").text == "@ab a 14"


def test_in_a_group_the_letter_takes_the_couples_number() -> None:
    people = {"1a": "Ann", "1b": "Bo", "3a": "Cy"}
    found = parse("3a 128/84", people, CHECKLIST)
    assert found.asks == (AskVitals("3a", 128, 84),)
    assert found.preview.startswith("3A Cy")
    assert parse("a 128/84", people, CHECKLIST).wants == "owner"


@given(st.text(max_size=30), st.sampled_from(["", "a ", "b", "@mk ", "-3 a "]))
def test_no_line_at_all_breaks_the_line_or_is_filed_with_the_wrong_person(text: str, start: str) -> None:
    line = start + text
    found = read(line)
    for ask in found.asks:
        assert getattr(ask, "who", found.who) == found.who
    assert found.ready == (bool(found.asks) and not found.problem)
    if found.wants == "owner":
        assert not found.asks


@pytest.mark.parametrize(("text", "digit"), [("b tense light", "1"), ("b te medium", "2"), ("b crying STRONG", "3")])
def test_how_strong_may_be_said_in_a_word(text: str, digit: str) -> None:
    found = read(text)
    assert found.ready
    (ask,) = found.asks
    assert isinstance(ask, AskObserve)
    assert ask.intensity == digit
    assert text.rsplit(" ", maxsplit=1)[1].casefold() in found.preview


def test_a_phase_without_its_name_is_asked_for_and_a_sentence_stays_a_sentence() -> None:
    assert read("a phase").completions == ("phase onset", "phase peak")
    assert read("a phase p").completions == ("phase peak",)
    assert not read("a phase p").ready
    assert read("a phase of silence").wants == "owner"
    assert read("a phase over").wants == "owner"
    assert read("a came on strong").wants == "owner"
