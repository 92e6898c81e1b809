"""What the list of couples and clients decides, on a real practice, without Qt."""

from __future__ import annotations

import pytest

from desktop.domain.drafts import CoupleDraft
from desktop.domain.errors import Conflict, Invalid
from desktop.domain.people import ClientDraft
from desktop.domain.records import Act
from desktop.services.clients import change_client
from desktop.views.people.presenter import PeoplePresenter
from desktop.views.ui.place import BACK, CLIENT, COUPLE, Place
from tests.kit import ANNA, BEN, PAIR, House
from tests.views.hands import Hands, Noted

NEW = ClientDraft("Ingrid Ørsted", "1967-01-30", "she", "", "da")


class Case:
    """A presenter over a real desk, with a view that notes what it is told."""

    def __init__(self, home: House, waiting: bool = False) -> None:
        self.home, self.view, self.hands = home, Noted(), Hands(waiting)
        self.presenter = PeoplePresenter(home.desk(), self.hands, self.view)
        self.searching = self.presenter.searching


@pytest.fixture
def case(home: House) -> Case:
    return Case(home)


def test_everybody_is_listed_with_two_identifiers_couples_first(case: Case) -> None:
    case.searching.search("")
    rows, text, capped = case.view.last("show_rows")
    assert [row.kind for row in rows] == ["couple", "client", "client"]
    assert rows[0].title == f"{ANNA.name} & {BEN.name}"
    assert rows[0].born == "A 1984-05-01 · B 1986-11-23"
    assert {row.born for row in rows[1:]} == {"1984-05-01", "1986-11-23"}
    assert (text, capped) == ("", False)


def test_an_answer_that_was_overtaken_is_dropped(home: House) -> None:
    case = Case(home, waiting=True)
    case.searching.search("luk")
    case.searching.search("nguyen")
    case.hands.do_all(last_first=True)
    assert case.view.count("show_rows") == 1
    assert case.view.last("show_rows")[1] == "nguyen"


def test_a_settled_search_is_one_line_in_the_trail_without_what_was_typed(case: Case) -> None:
    for text in ("n", "ng", "nguyen"):
        case.searching.search(text)
    assert not case.home.acts("people")
    case.searching.settled()
    case.searching.settled()
    (line,) = case.home.acts("people")
    assert line[0] is Act.SEARCH
    assert "nguyen" not in line[2]


def test_an_empty_search_is_no_search(case: Case) -> None:
    case.searching.search("  ")
    case.searching.settled()
    assert not case.home.acts("people")


def test_a_new_client_is_kept_and_listed(case: Case) -> None:
    case.presenter.new_client()
    case.presenter.save_client(NEW)
    assert case.view.count("close_form") == 1
    assert "Ingrid Ørsted" in case.view.last("show_banner")[0].what
    assert any(row.title == "Ingrid Ørsted" for row in case.view.last("show_rows")[0])


def test_the_same_person_is_not_made_twice(case: Case) -> None:
    case.presenter.new_client()
    case.presenter.save_client(ClientDraft(ANNA.name, ANNA.born.isoformat()))
    error, problems = case.view.last("show_form_error")
    assert isinstance(error, Invalid)
    assert [problem.field for problem in problems] == ["born"]
    assert not case.view.count("close_form")


def test_a_change_goes_back_to_where_it_was_asked_from(case: Case) -> None:
    case.presenter.edit_client(ANNA.id)
    assert case.view.last("show_client_form")[1].name == ANNA.name
    case.presenter.save_client(ClientDraft("Łukasz W.", "1984-05-01"))
    assert case.view.last("leave") == (Place(BACK),)


def test_two_people_who_change_one_record_see_both_versions(case: Case) -> None:
    case.presenter.edit_client(ANNA.id)
    change_client(case.home.desk(), ANNA.id, ClientDraft("Łukasz Nowak", "1984-05-01", "he"), 1)
    case.presenter.save_client(ClientDraft("Łukasz W.", "1984-05-01", "he"))
    assert isinstance(case.view.last("show_form_error")[0], Conflict)
    (found,) = case.view.last("show_conflict")
    assert [(each.field, each.mine, each.theirs) for each in found] == [("name", "Łukasz W.", "Łukasz Nowak")]


def test_keeping_mine_after_a_conflict_saves_it(case: Case) -> None:
    case.presenter.edit_client(ANNA.id)
    change_client(case.home.desk(), ANNA.id, ClientDraft("Łukasz Nowak", "1984-05-01"), 1)
    case.presenter.save_client(ClientDraft("Łukasz W.", "1984-05-01"))
    case.presenter.keep_mine()
    case.searching.search("")
    names = [row.title for row in case.view.last("show_rows")[0]]
    assert "Łukasz W." in names
    assert "Łukasz Nowak" not in names


def test_taking_theirs_after_a_conflict_fills_the_form_with_it(case: Case) -> None:
    case.presenter.edit_client(ANNA.id)
    change_client(case.home.desk(), ANNA.id, ClientDraft("Łukasz Nowak", "1984-05-01"), 1)
    case.presenter.save_client(ClientDraft("Łukasz W.", "1984-05-01"))
    case.presenter.take_theirs()
    assert case.view.last("show_client_form")[1].name == "Łukasz Nowak"


def test_a_couple_is_made_of_two_clients_and_opened(case: Case) -> None:
    case.presenter.save_client(NEW)
    case.presenter.new_couple()
    (choices,) = case.view.last("show_couple_form")
    ingrid = next(choice.id for choice in choices if "Ingrid" in choice.words)
    case.presenter.save_couple(CoupleDraft(ingrid, ANNA.id, "Thursdays"))
    (place,) = case.view.last("leave")
    assert place.screen == COUPLE
    assert place.id not in ("", PAIR.id)


def test_two_who_are_a_couple_already_are_not_made_one_again(case: Case) -> None:
    case.presenter.save_couple(CoupleDraft(BEN.id, ANNA.id))
    assert [problem.field for problem in case.view.last("show_form_error")[1]] == ["b"]


def test_opening_a_row_goes_to_its_page(case: Case) -> None:
    case.searching.search("")
    rows = case.view.last("show_rows")[0]
    for row in rows[:2]:
        case.presenter.open(row)
    places = [values[0] for told, values in case.view.said if told == "leave"]
    assert places == [Place(COUPLE, PAIR.id), Place(CLIENT, rows[1].id)]


def test_giving_up_a_new_client_stays_in_the_list(case: Case) -> None:
    case.presenter.new_client()
    case.presenter.leave_form()
    assert not case.view.count("leave")
