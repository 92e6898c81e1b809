"""Knows what keeps a client from being taken in, and that what is wrong with a field can be told and compared."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import Problem
from desktop.domain.people import NAME_LIMIT, OLDEST_YEARS, TEXT_LIMIT, ClientDraft, check_client, initials_of
from desktop.domain.words import tr, trn, use_catalogue

TODAY = date(2026, 3, 2)
GOOD = ClientDraft("Zoë Adler", "1990-02-28", "they", "555-0101", "de")


def fields(draft: ClientDraft) -> list[str]:
    return [problem.field for problem in check_client(draft, TODAY)]


@pytest.mark.parametrize(
    ("born", "taken"),
    [
        ("2026-03-02", True), ("2026-03-03", False), ("1900-01-01", False), (f"{2026 - OLDEST_YEARS}-01-01", True),
        ("1990-02-30", False), ("28.02.1990", False), ("", False),
    ],
)
def test_nobody_is_born_tomorrow_or_in_another_century(born: str, taken: bool) -> None:  # fmt: skip
    assert fields(ClientDraft("Zoë Adler", born)) == ([] if taken else ["born"])


def test_every_field_has_a_length_that_is_said() -> None:
    long = "x" * (TEXT_LIMIT + 1)
    assert fields(GOOD) == []
    assert fields(ClientDraft("x" * (NAME_LIMIT + 1), "1990-02-28")) == ["name"]
    assert fields(ClientDraft("Zoë", "1990-02-28", long, long, long)) == ["pronouns", "contact", "language"]
    (problem,) = check_client(ClientDraft("Zoë", "1990-02-28", contact=long), TODAY)
    assert str(TEXT_LIMIT) in problem.text


def test_two_problems_are_one_when_they_say_the_same_of_the_same_field() -> None:
    one, same, other = Problem("born", "too early"), Problem("born", "too early"), Problem("name", "too early")
    assert one == same
    assert {one, same, other} == {one, other}
    assert one != other
    assert one != "born"


def test_a_problem_that_is_logged_names_its_field_and_not_what_was_typed() -> None:
    assert repr(Problem("name", "Zoë Adler is taken")) == "Problem('name')"


def test_words_are_taken_from_the_catalogue_in_use_and_stand_in_english_where_it_has_none() -> None:
    use_catalogue({"one entry": "ein Eintrag", "{count} entries": "{count} Einträge", "Hello {name}": "Hallo {name}"})
    try:
        assert tr("Hello {name}", name="Zoë") == "Hallo Zoë"
        assert [trn("one entry", "{count} entries", count) for count in (1, 3)] == ["ein Eintrag", "3 Einträge"]
        assert tr("Nothing was changed.") == "Nothing was changed."
    finally:
        use_catalogue({})
    assert tr("Hello {name}", name="Zoë") == "Hello Zoë"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dr. Mara Köhler", "MK"), ("dr mara köhler", "MK"), ("Prof. Dr. med. Mara Köhler, MD, PhD", "MK"),
        ("Mara Köhler M.D.", "MK"), ("Ms Ana Lopes Ruiz", "ALR"), ("Md Rahman", "MR"), ("Yo-Yo Ma", "YM"),
        ("Nguyễn Văn Do", "NVD"), ("Dr.", "D"), ("李小龙", "李"), ("---", "?"),
    ],
)
def test_a_title_is_no_part_of_the_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials
