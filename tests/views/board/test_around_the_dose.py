"""Orders by phone, answers that want a look, the hold of a lozenge, readings before, and what is settled at leaving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.live.asks import AskCheck
from desktop.services.ports import Resources
from desktop.views.board.doing import ALL
from tests.views.board.conftest import Put
from tests.views.board.played import Play
from tests.views.board.test_before_the_dose import BOTH, names, texts

Key = Qt.Key


def test_an_order_by_phone_is_kept_by_itself_in_few_keys_and_waits_for_its_signature(put: Put) -> None:
    stage = put("onset")
    keys = stage.keys
    stage.type("a")
    stage.key(Key.Key_P, BOTH)
    stage.type("no booster")
    stage.enter()
    stage.type("1")
    stage.settle()
    order = stage.state.people["a"].phone_orders[-1]
    assert (order.text, order.prescriber, order.read_back_by) == ("no booster", "m2", "m1")
    assert stage.keys - keys == len("no booster") + 4
    assert not stage.screen.right.panel_open


@pytest.mark.parametrize(("values", "field"), [
    ({"text": ""}, "text"), ({"text": "x", "from": "-"}, "from"),
    ({"text": "x", "from": "m2", "read_back_by": "m2"}, "read_back_by"),
    ({"text": "x", "from": "m2", "read_back_by": "m1", "ago": "x"}, "ago"),
])  # fmt: skip
def test_an_order_by_phone_needs_its_text_its_prescriber_and_somebody_else_who_read_it_back(
    resources: Resources, values: dict[str, str], field: str
) -> None:
    play = Play(resources, "onset")
    play.presenter.acted("order:a")
    play.presenter.panel_saved(values)
    assert [problem.field for problem in play.view.problems] == [field]
    assert not play.live.state.people["a"].phone_orders


def test_answers_that_are_no_gate_and_want_a_look_stand_on_the_persons_own_page_with_who_decides(
    resources: Resources,
) -> None:
    play = Play(resources, "before")
    for item, value in (("pregnancy", "unsure"), ("mood", "2"), ("thoughts_of_death", "plan"), ("sleep", "7")):
        play.live.record(AskCheck(item, value, "b"))
    play.presenter.core.show(play.live.state)
    play.presenter.acted("gates:b")
    assert "regnant" not in texts(play)
    play.presenter.panel_saved({"own": "own"})
    said = texts(play)
    assert "Pregnant or breastfeeding, or could be: not sure \u2013 for the prescriber" in said
    assert "Mood today, 0 to 10: 2 \u2013 worth a look" in said
    assert "a plan, an intent, or something done lately \u2013 stops today" in said
    assert "slept" not in said


def test_while_a_lozenge_is_held_its_timer_stands_in_the_header_with_what_is_left(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("dose:a")
    values = {"mg": "50", "source": "own", "by": "m1", "checked_by": "m3", "remaining": "7"}
    play.presenter.panel_saved(values)
    play.live.now_s += 5 * 60 - 20
    play.presenter.tick()
    assert play.view.sides["a"].person.dose == "50 mg \u00b7 spit in 8 min \u00b7 7 left"
    play.live.now_s += 8 * 60
    play.presenter.tick()
    assert "spit now" in play.view.sides["a"].person.dose
    play.presenter.acted("spit:a")
    assert play.view.sides["a"].person.dose == "50 mg, 12 min ago \u00b7 7 left"


def test_readings_before_the_dose_are_shown_and_the_repeat_after_rest_is_named(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("checks:b")
    assert "No readings yet" in texts(play)
    assert "baseline" not in names(play)
    play.line("b 150/95 80 98")
    play.presenter.acted("checks:b")
    assert "BP 150/95" in texts(play) or "150/95" in texts(play)
    assert "Again after rest, at 0:14" in texts(play)
    play.live.now_s += 6 * 60
    play.line("b 128/80")
    play.presenter.acted("checks:b")
    assert "Again" not in texts(play)


def test_an_item_answered_for_with_a_reason_is_asked_for_again_before_leaving(resources: Resources) -> None:
    for settled in ("yes", ""):
        play = Play(resources, "before")
        play.presenter.acted("gates:b")
        play.presenter.panel_saved({"own": "own"})
        play.presenter.panel_saved({"item": "escort", "way": ""})
        play.presenter.panel_saved({"reason": "comes at five"})
        play.presenter.acted("taken:b")
        play.presenter.acted("discharge:b")
        play.presenter.panel_saved({"ending": "met"})
        assert "comes at five" not in texts(play)
        play.presenter.panel_saved({"own": "own"})
        assert "settled by now? The reason was: comes at five" in texts(play)
        play.presenter.panel_saved({"item escort": settled, "escort": "Marta"})
        ending = play.live.state.people["b"].ending
        assert ending is not None
        assert ("escort" in ending.missing) == (not settled)


def test_time_and_readings_are_filled_in_at_leaving_and_points_are_given_by_their_digits(put: Put) -> None:
    stage = put("discharged")
    stage.type("b")
    stage.ctrl(Key.Key_E)
    stage.type("1")
    facts = stage.screen.right.panel.facts
    assert facts is not None
    said = [field.words for field in facts.fields if field.name.startswith("measured")]
    assert said == ["119 of 120 minutes since the last dose", "Pressure 128/82, at 2:18", "Oxygen 98, at 2:18",
                    "MOAA/S 5, at 1:42"]  # fmt: skip
    circulation = next(field.words for field in facts.fields if field.name == "score circulation")
    assert circulation == "Blood pressure against their own: 128/82, before 134/86"
    stage.screen.right.panel.field("score activity").take_keyboard()
    stage.type("21")
    note = stage.screen.right.panel.note
    assert note is not None
    assert "3 so far, 2 of 5" in note.text
    stage.screen.right.panel.field("score activity").row.buttons()[2].click()  # type: ignore[union-attr]
    assert "1 so far, 2 of 5" in note.text


def test_no_two_things_have_the_same_key() -> None:
    keys = [doing.key for doing in ALL if doing.key]
    assert len(keys) == len(set(keys))
