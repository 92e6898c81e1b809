"""Knows that a passphrase which would be guessed is refused with its reason, and that plain good ones are taken."""

from __future__ import annotations

import gzip

import pytest

from desktop.domain.guessing import Kind, clinic_words, guess
from desktop.services.passphrases import LIST, common, why_not
from desktop.system.resources import Resources

RESOURCES = Resources()
PEOPLE = ("Praxis Łódź", "Marta Kowalczyk", "Paul Osei")


def test_the_list_has_more_than_100_000_entries_and_says_where_they_come_from() -> None:
    text = gzip.decompress(RESOURCES.path(LIST).read_bytes()).decode("utf-8")
    assert "zxcvbn" in text[:400]
    assert "MIT" in text[:400]
    entries = [line for line in text.split("\n") if line and not line.startswith("# ")]
    assert len(entries) == len(set(entries)) > 100_000
    assert sum(len(entry) >= 15 for entry in entries) > 25_000
    assert len(common(RESOURCES)) > 100_000


@pytest.mark.parametrize("passphrase", [
    "violet harbour seven stones", "another harbour nine stones", "bến sông vắng người qua", "x7#qLp9!vR2m$Kd",
    "schmale Leiter unter rotem Schnee", "שלום לכל העולם!", "correct-harbour-battery-staple",
    "雨に濡れた石橋を静かに渡る猫と月",
])  # fmt: skip
def test_a_good_one_is_taken(passphrase: str) -> None:
    assert why_not(passphrase, RESOURCES, PEOPLE) == ""


@pytest.mark.parametrize(("passphrase", "said"), [
    ("passwordpassword", "list"), ("correct horse battery staple", "list"), ("qwertzuiopasdfgh", "list"),
    ("Ｐａｓｓｗｏｒｄ１２３４５６７", "list"), ("  password1234567  ", "list"),
    ("Passw0rd!Passw0rd!", "repeats"), ("the the the the the", "repeats"),
    ("abcabcabcabcabcabc", "repeats"), ("x" * 1024, "repeats"),
    ("aaaaaaaaaaaaaaa", "alphabet"), (" " * 20, "alphabet"), ("letmein!!!!!!!!", "alphabet"),
    ("marta kowalczyk 2026", "practice"), ("Praxis Łódź ketamine", "practice"), ("imago therapy holdfast", "practice"),
    ("sunshine monkey dragon", "few common words"), ("iloveyouforeverandever", "few common words"),
])  # fmt: skip
def test_one_that_would_be_guessed_is_refused_with_its_reason(passphrase: str, said: str) -> None:
    reason = why_not(passphrase, RESOURCES, PEOPLE)
    assert said in reason
    assert not passphrase.strip() or passphrase.strip().casefold() not in reason.casefold()


@pytest.mark.parametrize("word", ["password", "dragon", "elizabeth", "understanding"])
@pytest.mark.parametrize("pattern", ["{w}{w}", "{w} {w} {w}", "12345{w}12345", "{w}!!!!!!!!!!!!", "{W}{w}"])
def test_a_common_word_doubled_or_padded_stays_a_common_word(word: str, pattern: str) -> None:
    assert guess(pattern.format(w=word, W=word.upper()), common(RESOURCES)).soon


def test_the_words_of_the_practice_and_of_its_people_count_as_nothing() -> None:
    words = clinic_words(["Praxis Zwölfender", "Ottilie Zwiebelhuber"])
    assert {"zwölfender", "ottilie", "zwiebelhuber", "ketamine"} <= words
    text = "zwölfender zwiebelhuber"
    assert guess(text, common(RESOURCES), words).kind is Kind.CLINIC
    assert guess(text, common(RESOURCES), words).soon
    assert not guess(text, common(RESOURCES)).soon


def test_more_words_never_make_it_cheaper() -> None:
    ranks = common(RESOURCES)
    words = "violet harbour seven stones borrow eleven quiet ladders".split()
    bits = [guess(" ".join(words[:count]), ranks).bits for count in range(1, len(words) + 1)]
    assert bits == sorted(bits)


def test_nothing_at_all_costs_nothing() -> None:
    assert guess("", {}).bits == 0.0
