"""Knows how clients, couples and notes are found by what somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.audience import Audience
from desktop.domain.people import Client
from desktop.storage.folding import fold, words
from tests.storage.records.kit import ANNA, BEN, NOTE, PAIR, Kept, fresh

CLINIC = Audience.clinic("test")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łukasz  Wiśniewski", "lukasz wisniewski"), ("Nguyễn Thị Phượng", "nguyen thi phuong"),
        ("STRASSE", "strasse"), ("Straße", "strasse"), ("Øystein Ærø", "oystein aero"), ("Þórður", "thordur"),
        ("İpek Işık", "ipek isik"), ("Đặng", "dang"), ("ﬁn", "fin"), ("Ｆｕｌｌ", "full"), ("", ""), (" \t ", ""),
    ],
)  # fmt: skip
def test_names_are_compared_without_case_and_accents(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(text) == tuple(fold(text).split())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", {"client-a", "client-b"}), ("n", {"client-a", "client-b"}), ("wisn", {"client-a"}),
        ("WIŚ łuk", {"client-a"}), ("phuong nguyen", {"client-b"}), ("wisniewski ben", set()),
        ("%", set()), ("_", set()), ("\\", set()), ("'", set()),
    ],
)  # fmt: skip
def test_clients_are_found_by_every_word_of_their_name(full: Kept, typed: str, found: set[str]) -> None:
    with full.store.read() as unit:
        assert {client.id for client in unit.clients.find(typed, CLINIC)} == found


def test_signs_in_a_name_are_found_as_they_are(kept: Kept) -> None:
    kept.add(replace(ANNA, name="100% O'Neil_x"), BEN)
    with kept.store.read() as unit:
        for typed in ("%", "_", "'", "0%", "l_x"):
            assert [client.id for client in unit.clients.find(typed, CLINIC)] == ["client-a"]


def test_clients_come_by_name_and_no_more_than_asked_for(kept: Kept) -> None:
    names = ("Émile", "emil", "Zoë", "Ábel")
    kept.add(*(Client(f"c{n}", name, date(1980, 1, 1)) for n, name in enumerate(names)))
    with kept.store.read() as unit:
        assert [client.name for client in unit.clients.find("", CLINIC)] == ["Ábel", "emil", "Émile", "Zoë"]
        assert len(unit.clients.find("", CLINIC, limit=2)) == 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", True), ("tuesday", True), ("wis phu", True), ("wisniewski tues", True),
        ("monday", False), ("wis monday", False),
    ],
)
def test_couples_are_found_by_label_and_by_either_name(full: Kept, typed: str, found: bool) -> None:  # fmt: skip
    with full.store.read() as unit:
        assert unit.couples.find(typed, CLINIC) == ((PAIR,) if found else ())


def test_a_changed_name_is_found_under_its_new_form_only(full: Kept) -> None:
    full.save(replace(ANNA, name="Łukasz Nowak"))
    full.save(replace(PAIR, label="Fridays"))
    with full.store.read() as unit:
        assert [len(unit.clients.find(text, CLINIC)) for text in ("nowak", "wisniewski")] == [1, 0]
        assert [len(unit.couples.find(text, CLINIC)) for text in ("fridays", "tuesday")] == [1, 0]


def find_notes(kept: Kept, typed: str) -> list[str]:
    with kept.store.read() as unit:
        return [note.id for note in unit.notes.search(typed, CLINIC)]


def test_notes_are_found_by_every_word_or_its_beginning(full: Kept) -> None:
    full.add(NOTE, replace(NOTE, id="note-2", text="Później płakała; the garden-house was LOUD."))
    assert find_notes(full, "summer") == ["note-1"]
    assert find_notes(full, "summ hou") == ["note-1"]
    assert set(find_notes(full, "house")) == {"note-1", "note-2"}
    assert find_notes(full, "pozniej PLAK") == []  # the stroke of ł is a letter of its own to the index
    assert find_notes(full, "pozniej PŁAK") == ["note-2"]
    assert find_notes(full, "garden-h") == ["note-2"]
    for nothing in ("", "  ", "winter", "summer winter", "house AND", "NOT house", "\x00", '"', "*", "(", "text:x"):
        assert find_notes(full, nothing) == [], nothing


def test_the_best_note_comes_first_and_no_more_than_asked_for(full: Kept) -> None:
    texts = ("house and garden and a long walk by the sea", "house house house", "the garden")
    full.add(*(replace(NOTE, id=f"n{n}", text=text) for n, text in enumerate(texts)))
    assert find_notes(full, "house") == ["n1", "n0"]
    with full.store.read() as unit:
        assert len(unit.notes.search("house", CLINIC, limit=1)) == 1


def test_an_edited_note_is_found_by_its_new_words_only(full: Kept) -> None:
    full.add(NOTE)
    full.save(replace(NOTE, text="They spoke of winter."))
    assert find_notes(full, "summer") == []
    assert find_notes(full, "winter") == ["note-1"]
    assert full.raw("INSERT INTO note_words (note_words, rank) VALUES ('integrity-check', 1)") == []


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    kept = fresh(tmp_path_factory.mktemp("searched"))
    kept.add(ANNA, BEN, PAIR, replace(NOTE, session_id=None))
    yield kept
    kept.close()


@settings(max_examples=60, deadline=None)
@given(typed=st.text(max_size=20))
def test_nothing_that_can_be_typed_breaks_a_search(searched: Kept, typed: str) -> None:
    with searched.store.read() as unit:
        for shelf in (unit.clients.find, unit.couples.find, unit.notes.search):
            assert isinstance(shelf(typed, CLINIC), tuple)
