"""Somebody comes to a running session, on the board: by keys, by touch, and never out of a list of names."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from desktop.live.events import Participant, PersonRole
from desktop.services.joining import Newcomer
from desktop.services.ports import Resources
from tests.views.board.conftest import Put
from tests.views.board.played import Play

Key = Qt.Key
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_partner_comes_with_two_keys_and_gets_the_other_side(put: Put) -> None:
    stage = put("before", alone=True)
    before = stage.screen.sides["a"].width()
    keys = stage.keys
    stage.key(Key.Key_J, BOTH)
    assert "Phượng" in stage.screen.right.panel.field("person").asks.words
    stage.type("1")
    stage.settle()
    assert stage.keys - keys == 2
    assert stage.state.people["b"].role is PersonRole.SITTING
    sides = stage.screen.sides
    assert sides["b"].isVisible()
    assert sides["a"].width() < before * 0.7
    assert sides["a"].geometry().right() < sides["b"].geometry().left()
    assert not stage.screen.right.panel_open


def test_when_both_are_there_the_page_says_so_and_offers_nobody(put: Put) -> None:
    stage = put("onset")
    stage.screen.acted.emit("join")
    stage.settle()
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.note.startswith("Nobody can come")
    assert not facts.fields


def test_in_a_group_nobody_is_listed_until_three_letters_of_a_name_are_typed(resources: Resources) -> None:
    play = Play(resources, "before", alone=True)
    people = tuple(
        Newcomer(Participant(key, f"c{key}", name, date(1980, 1, 1), PersonRole.SITTING))
        for key, name in (("3a", "Eli North"), ("3b", "Elin South"))
    )
    play.presenter.core.newcomers = people
    play.presenter.open("join", None, None)
    assert "North" not in repr(play.view.panel)
    for typed in ("", "el", "nobody"):
        play.presenter.panel_saved({"name": typed})
        assert [problem.field for problem in play.view.problems] == ["name"]
        assert "North" not in repr(play.view.panel)
    play.presenter.panel_saved({"name": "eli"})
    assert play.view.panel is not None
    assert [words for _, words in play.view.panel.fields[0].options] == [
        "3A: Eli North, born 1980-01-01", "3B: Elin South, born 1980-01-01",
    ]  # fmt: skip
    play.presenter.panel_saved({"who": "c3b"})
    play.presenter.panel_saved({"who": "c3b", "part": "sits"})
    assert play.live.state.people["3b"].brought == people[1].sitting


def test_without_an_order_somebody_can_only_sit_and_the_page_says_why(resources: Resources) -> None:
    play = Play(resources, "before", alone=True)
    play.presenter.acted("join")
    assert play.view.panel is not None
    assert [key for key, _ in play.view.panel.fields[-1].options] == ["sits"]
    assert "no order" in play.view.panel.note
