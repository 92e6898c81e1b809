"""What the welcome screen decides, without Qt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.domain.errors import Invalid, Problem
from desktop.domain.errors_practice import MissingKeyFile, TooManyTries, WrongPassphrase
from desktop.domain.people import Role
from desktop.views.welcome.draft import NewPractice, check_new
from desktop.views.welcome.presenter import WelcomePresenter
from tests.kit import House
from tests.views.hands import FakeDoor, Hands, Noted

FOLDER = Path("/practices/one")
WORDS = "correct horse battery staple"


class Case:
    """A presenter with everything around it faked."""

    def __init__(self, door: FakeDoor, waiting: bool = False) -> None:
        self.door, self.view, self.hands = door, Noted(), Hands(waiting)
        self.came: list[Any] = []
        self.presenter = WelcomePresenter(door, self.hands, self.view, lambda *what: self.came.append(what))


def test_without_a_practice_there_are_two_ways_in() -> None:
    case = Case(FakeDoor())
    case.presenter.begin(None)
    assert case.view.last("show_start") == ()


def test_the_practice_used_last_is_offered_with_who_used_it_last() -> None:
    case = Case(FakeDoor())
    case.presenter.begin(FOLDER, "m2")
    (facts,) = case.view.last("show_unlock")
    assert facts.members == (("m1", "Mara Köhler"), ("m2", "Paul Osei"))
    assert facts.chosen == "m2"


def test_somebody_who_is_no_member_any_more_is_not_offered() -> None:
    case = Case(FakeDoor())
    case.presenter.begin(FOLDER, "gone")
    assert case.view.last("show_unlock")[0].chosen == "m1"


def test_a_practice_that_cannot_be_opened_leaves_both_ways_in_and_says_why() -> None:
    error = MissingKeyFile()
    case = Case(FakeDoor(refusal=error))
    case.presenter.begin(FOLDER)
    assert case.view.last("show_start") == (str(FOLDER),)
    assert case.view.last("show_error") == (error,)


def test_a_chosen_folder_without_a_practice_says_why_and_stays_where_it_was() -> None:
    error = MissingKeyFile()
    case = Case(FakeDoor(refusal=error))
    case.presenter.open_folder(FOLDER)
    assert case.view.last("show_error") == (error,)
    assert not case.view.count("show_unlock")


def test_a_wrong_passphrase_says_how_long_to_wait_and_empties_the_line() -> None:
    error = WrongPassphrase(8)
    case = Case(FakeDoor())
    case.presenter.begin(FOLDER)
    case.door.refusal = error
    case.presenter.unlock("m1", WORDS)
    assert case.view.last("show_error") == (error, 8)
    assert case.view.said[-1] == ("clear_secret", ())
    assert not case.came


def test_a_try_that_came_too_early_says_the_seconds_that_are_left() -> None:
    case = Case(FakeDoor())
    case.presenter.begin(FOLDER)
    case.door.refusal = TooManyTries(30)
    case.presenter.unlock("m1", WORDS)
    assert case.view.last("show_error")[1] == 30


def test_the_right_passphrase_lets_in(home: House) -> None:
    desk = home.desk()
    case = Case(FakeDoor(desk=desk))
    case.presenter.begin(FOLDER)
    case.presenter.unlock("m1", WORDS)
    assert case.came == [(desk, FOLDER)]


def test_an_empty_passphrase_is_not_tried() -> None:
    case = Case(FakeDoor())
    case.presenter.begin(FOLDER)
    case.presenter.unlock("m1", "")
    assert not case.door.tried


def test_pressing_twice_tries_once(home: House) -> None:
    case = Case(FakeDoor(desk=home.desk()), waiting=True)
    case.presenter.begin(FOLDER)
    case.hands.do_all()
    case.presenter.unlock("m1", WORDS)
    case.presenter.unlock("m1", WORDS)
    case.hands.do_all()
    assert len(case.door.tried) == 1
    assert len(case.came) == 1


def test_while_the_keys_are_made_nobody_leaves_the_page() -> None:
    case = Case(FakeDoor(), waiting=True)
    case.presenter.create(NewPractice("/p", "P", "M", WORDS, WORDS))
    case.presenter.start_page()
    case.presenter.create_page()
    assert not case.view.count("show_start")
    assert not case.view.count("show_create")
    assert case.view.last("show_busy")[0]


def test_who_makes_a_practice_owns_it_beside_what_they_ticked(home: House) -> None:
    case = Case(FakeDoor(desk=home.desk()))
    case.presenter.create(NewPractice("/p", " The  Clinic ", "Mara", WORDS, WORDS, frozenset({Role.PRESCRIBER})))
    assert case.door.tried == [("create", Path("/p"), "The Clinic", "Mara", frozenset({Role.OWNER, Role.PRESCRIBER}))]
    assert case.came


def test_fields_that_the_service_refuses_are_marked() -> None:
    problems = (Problem("practice", "no"),)
    case = Case(FakeDoor(refusal=Invalid(problems)))
    case.presenter.create(NewPractice("/p", "P", "M", WORDS, WORDS))
    assert case.view.last("show_problems") == (problems,)


def test_a_new_practice_needs_a_whole_path() -> None:
    fields = {problem.field for problem in check_new(NewPractice("practice", "P", "M", WORDS, WORDS))}
    assert fields == {"folder"}
    assert not check_new(NewPractice("/practice", "P", "M", WORDS, WORDS))


def test_an_empty_page_for_a_new_practice_marks_every_field_that_is_needed() -> None:
    fields = {problem.field for problem in check_new(NewPractice())}
    assert fields == {"folder", "practice", "member", "passphrase"}
