"""The list of couples and clients with real widgets on a real practice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.people import ClientDraft
from desktop.services.clients import change_client
from desktop.views.people.facts import PersonRow
from desktop.views.people.forms import ClientForm, ConflictCard, CoupleForm
from desktop.views.people.view import PeopleScreen
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import COUPLE, PEOPLE, Place
from tests.kit import ANNA, PAIR, House, house
from tests.views.hands import focused, main_buttons, opened, pressed, settle, written


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, home: House) -> PeopleScreen:
    made = PeopleScreen(home.desk(), ops)
    opened(qtbot, made)
    made.take_keyboard()
    settle(qtbot, ops)
    return made


def titles(screen: PeopleScreen) -> list[str]:
    return [row.title for row in screen.table.rows.rows()]


def test_typing_searches_and_enter_opens_what_is_first(qtbot: QtBot, ops: Ops, screen: PeopleScreen) -> None:
    assert len(titles(screen)) == 3
    written("phuong")
    qtbot.waitUntil(lambda: len(titles(screen)) == 2)
    with qtbot.waitSignal(screen.go) as told:
        pressed(Qt.Key.Key_Return)
    assert told.args == [Place(COUPLE, PAIR.id)]


def test_down_goes_into_the_list(qtbot: QtBot, ops: Ops, screen: PeopleScreen) -> None:
    pressed(Qt.Key.Key_Down)
    assert focused() is screen.table


def test_what_nobody_is_called_is_said_and_escape_shows_all_again(
    qtbot: QtBot, ops: Ops, screen: PeopleScreen
) -> None:
    written("zzz")
    qtbot.waitUntil(screen.none.isVisible)
    assert not screen.empty.isVisible()
    pressed(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(screen)) == 3)


def test_a_list_without_anybody_teaches(qtbot: QtBot, ops: Ops, tmp_path_factory: pytest.TempPathFactory) -> None:
    with house(tmp_path_factory.mktemp("empty"), furnished=False) as empty:
        screen = PeopleScreen(empty.desk(), ops)
        opened(qtbot, screen)
        settle(qtbot, ops)
        assert screen.empty.isVisible()
        button = screen.empty.button
        assert button is not None
        button.click()
        assert isinstance(screen.panel.held, ClientForm)


def test_a_client_is_made_with_the_keyboard(qtbot: QtBot, ops: Ops, screen: PeopleScreen) -> None:
    screen.show_part(Place(PEOPLE, part="new-client"))
    form = screen.panel.held
    assert isinstance(form, ClientForm)
    written("李小龙")
    pressed(Qt.Key.Key_Return)
    assert form.field("born").problem
    assert focused() is form.field("born").edit
    written("1979-11-27")
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert "李小龙" in titles(screen)
    assert not screen.panel.isVisible()
    assert focused() is screen.search


def test_escape_gives_a_form_up(qtbot: QtBot, ops: Ops, screen: PeopleScreen) -> None:
    screen.show_part(Place(PEOPLE, part="new-client"))
    written("Somebody")
    pressed(Qt.Key.Key_Escape)
    assert screen.panel.held is None
    assert len(titles(screen)) == 3


def test_a_conflict_shows_both_versions_beside_the_form(
    qtbot: QtBot, ops: Ops, screen: PeopleScreen, home: House
) -> None:
    screen.show_part(Place(PEOPLE, part=f"edit/{ANNA.id}"))
    settle(qtbot, ops)
    change_client(home.desk(), ANNA.id, ClientDraft("Łukasz Nowak", "1984-05-01"), 1)
    form = screen.panel.held
    assert isinstance(form, ClientForm)
    form.field("name").show_value("Łukasz W.")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert screen.panel.banner.isVisible()
    (card,) = screen.panel.held.findChildren(ConflictCard) if screen.panel.held is not None else [None]
    assert card is not None
    names = {(row[1], row[2]) for row in card.table.rows.rows()}
    assert ("Łukasz W.", "Łukasz Nowak") in names
    card.mine.click()
    settle(qtbot, ops)
    assert "Łukasz W." in titles(screen)


def test_a_list_that_was_cut_says_so(qtbot: QtBot, ops: Ops, screen: PeopleScreen) -> None:
    rows = tuple(PersonRow("client", str(n), f"Person {n}", "1980-01-01") for n in range(3))
    screen.show_rows(rows, "", True)
    assert "first 3" in screen._count.text()


def test_a_couple_is_asked_for_with_both_letters_and_marked_when_it_is_one_person(
    qtbot: QtBot, ops: Ops, screen: PeopleScreen
) -> None:
    screen.show_part(Place(PEOPLE, part="new-couple"))
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, CoupleForm)
    for name in ("a", "b"):
        form.form.field(name).show_value(ANNA.id)
    screen.panel.save.click()
    assert form.form.field("b").problem
    assert focused() is form.form.field("b").edit


def test_with_fewer_than_two_clients_a_couple_is_explained(
    qtbot: QtBot, ops: Ops, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with house(tmp_path_factory.mktemp("empty"), furnished=False) as empty:
        screen = PeopleScreen(empty.desk(), ops)
        opened(qtbot, screen)
        screen.show_part(Place(PEOPLE, part="new-couple"))
        settle(qtbot, ops)
        assert "two clients" in screen.banner.accessibleName()
        assert screen.panel.held is None


def test_a_change_elsewhere_is_shown_at_once(qtbot: QtBot, ops: Ops, screen: PeopleScreen, home: House) -> None:
    ops.run(lambda: change_client(home.desk(), ANNA.id, ClientDraft("Łukasz Nowak", "1984-05-01"), 1), screen)
    qtbot.waitUntil(lambda: "Łukasz Nowak" in titles(screen))


def test_a_half_filled_form_survives_asking_for_somebody_new(
    qtbot: QtBot, ops: Ops, screen: PeopleScreen
) -> None:
    screen.show_part(Place(PEOPLE, part="new-client"))
    written("Half a Name")
    form = screen.panel.held
    assert isinstance(form, ClientForm)
    for part in ("new-client", "new-couple", f"edit/{ANNA.id}"):
        screen.show_part(Place(PEOPLE, part=part))
        settle(qtbot, ops)
        assert screen.panel.held is form
    screen.new_client.click()
    assert screen.panel.held is form
    assert form.field("name").value() == "Half a Name"
    assert "not saved yet" in screen.panel.banner.accessibleName()
    pressed(Qt.Key.Key_Escape)
    screen.show_part(Place(PEOPLE, part="new-client"))
    fresh = screen.panel.held
    assert isinstance(fresh, ClientForm)
    assert fresh.field("name").value() == ""


def test_a_form_that_nobody_touched_gives_way(qtbot: QtBot, ops: Ops, screen: PeopleScreen) -> None:
    screen.show_part(Place(PEOPLE, part="new-client"))
    screen.show_part(Place(PEOPLE, part="new-couple"))
    settle(qtbot, ops)
    assert isinstance(screen.panel.held, CoupleForm)


@pytest.mark.parametrize("what", ["plan", "order"])
def test_choosing_for_whom_goes_on_with_what_was_asked_for(
    qtbot: QtBot, ops: Ops, screen: PeopleScreen, what: str
) -> None:
    screen.show_part(Place(PEOPLE, part=f"choose/{what}"))
    assert "Enter" in screen.banner.accessibleName()
    with qtbot.waitSignal(screen.go) as told:
        pressed(Qt.Key.Key_Return)
    assert told.args == [Place(COUPLE, PAIR.id, what)]
    assert not screen.banner.isVisible()
    with qtbot.waitSignal(screen.go) as told:
        pressed(Qt.Key.Key_Return)
    assert told.args == [Place(COUPLE, PAIR.id)]


def test_an_empty_practice_has_one_main_button_with_a_form_and_without(
    qtbot: QtBot, ops: Ops, tmp_path: Path
) -> None:
    with house(tmp_path, furnished=False) as bare:
        screen = PeopleScreen(bare.desk(), ops)
        opened(qtbot, screen)
        settle(qtbot, ops)
        assert [each.text() for each in main_buttons(screen)] == ["Make the first client"]
        screen.presenter.new_client()
        assert [each.text() for each in main_buttons(screen)] == ["Save"]
        form = screen.panel.held
        assert isinstance(form, ClientForm)
        written("Zoë Adler")
        form.field("born").edit.setFocus()
        written("1990-02-28")
        pressed(Qt.Key.Key_Return)
        settle(qtbot, ops)
        assert [each.text() for each in main_buttons(screen)] == ["New client"]
