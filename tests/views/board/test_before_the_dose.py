"""The room, the arrival, go and no-go, other medicine by phone, leaving: what they ask, keep, show, and how."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.domain.protocol import GateOn
from desktop.live.asks import AskCheck
from desktop.live.events import Ending, OverrideHow, PersonRole
from desktop.live.labels import PERSON_ITEMS, ROOM_ITEMS
from desktop.services.ports import Resources
from desktop.views.board.checkwords import CheckWords
from desktop.views.board.panels_medicine import mg_note
from desktop.views.ui.theme import Tone
from tests.views.board.conftest import Put, Stage
from tests.views.board.played import Play

Key = Qt.Key
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown(play: Play) -> str:
    """Everything where both may look."""
    return repr((play.view.board, play.view.sides, play.view.top, play.view.banner, play.view.panel))


def names(play: Play) -> list[str]:
    assert play.view.panel is not None
    return [field.name for field in play.view.panel.fields]


def texts(play: Play) -> str:
    assert play.view.panel is not None
    return " / ".join(field.words for field in play.view.panel.fields)


def test_every_item_of_the_check_files_has_its_words_in_the_log_and_on_paper(resources: Resources) -> None:
    words = CheckWords.read(resources)
    assert {item.key: item.label for item in words.room.items}.items() <= ROOM_ITEMS.items()
    both = {item.key: item.label for sheet in (words.arrival, words.leaving) for item in sheet.items}
    assert both == PERSON_ITEMS


def test_the_room_check_asks_the_files_items_and_keeps_one_entry_each(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("room")
    play.presenter.panel_saved({"bvm": "yes", "second_person": "yes", "note second_person": "Ina", "aed": "no"})
    kept = [(line.item, line.value, line.note) for line in play.live.state.room.checks[-3:]]
    assert kept == [("bvm", "yes", ""), ("aed", "no", ""), ("second_person", "yes", "Ina")]
    play.presenter.acted("room")
    before = len(play.live.state.entries)
    play.presenter.panel_saved({"bvm": "yes", "suction": "yes"})
    assert len(play.live.state.entries) == before + 1


def test_the_downtime_sheets_are_wanted_on_paper_and_what_was_answered_is_kept_first(put: Put) -> None:
    stage = put("before")
    stage.screen.acted.emit("room")
    panel = stage.screen.right.panel
    yes_no, row = panel.field("bvm").yes_no, panel.field("paper").row
    assert yes_no is not None
    assert row is not None
    yes_no.yes.click()
    row.buttons()[1].click()
    stage.settle()
    assert stage.told[-1] == (stage.state.opened.session_id, "downtime:b")
    assert stage.state.room.checks[-1].item == "bvm"


def test_what_is_asked_alone_is_on_its_own_page_and_never_comes_back_to_the_screen(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("checks:b")
    assert not {"willing", "safe_today", "pregnancy", "fight"} & set(names(play))
    play.presenter.panel_saved({"sleep": "5", "own": "own"})
    assert play.live.state.people["b"].checks[-1].item == "sleep"
    assert {"willing", "safe_today", "pregnancy", "plan 0"} & set(names(play)) >= {"willing", "safe_today", "pregnancy"}
    slip = {"fight": "yes", "note fight": "CANARY", "thoughts_of_death": "plan", "mood": "2"}
    play.presenter.panel_saved(slip | {"safe_today": "yes"})
    assert [problem.field for problem in play.view.problems] == ["thoughts_of_death"]
    play.presenter.panel_saved(slip | {"safe_today": "no"})
    assert play.live.state.people["b"].check("fight").note == "CANARY"  # type: ignore[union-attr]
    play.presenter.acted("alone:b")
    assert play.view.panel is not None
    values = {field.name: field.value for field in play.view.panel.fields}
    assert values["fight"] == values["note fight"] == ""
    assert values["thoughts_of_death"] == "-"
    assert "(answered)" in texts(play)
    assert "CANARY" not in shown(play)


@pytest.mark.parametrize(("item", "value"), [("mood", "11"), ("weight", "heavy"), ("weight", "5")])
def test_a_number_that_cannot_be_is_marked_and_not_kept(resources: Resources, item: str, value: str) -> None:
    play = Play(resources, "before")
    play.presenter.acted("alone:a")
    before = len(play.live.state.entries)
    play.presenter.panel_saved({item: value})
    assert [problem.field for problem in play.view.problems] == [item]
    assert len(play.live.state.entries) == before


@pytest.mark.parametrize(("item", "values"), [
    ("willing", ("yes", "no")), ("clearance", ("yes", "no")), ("safe_today", ("yes", "no")), ("fight", ("yes", "no")),
])  # fmt: skip
def test_two_sessions_that_differ_in_one_private_answer_show_the_same_go_page(
    resources: Resources, item: str, values: tuple[str, str]
) -> None:
    seen = []
    for value in values:
        play = Play(resources, "before")
        for gate in play.live.state.protocol.gates_on(GateOn.DOSE):
            play.live.record(AskCheck(gate.key, "yes", "b"))
        play.presenter.acted("alone:b")
        play.presenter.panel_saved({item: value})
        play.presenter.acted("gates:b")
        seen.append(shown(play))
        play.presenter.acted("checks:b")
        seen[-1] += shown(play)
    assert seen[0] == seen[1]


def test_a_decline_has_no_override_and_says_what_is_possible(resources: Resources) -> None:
    play = Play(resources, "before")
    play.live.record(AskCheck("willing", "no", "b"))
    play.presenter.core.show(play.live.state)
    play.presenter.acted("gates:b")
    play.presenter.panel_saved({"own": "own"})
    assert play.view.panel is not None
    options = {field.name: dict(field.options) for field in play.view.panel.fields}
    assert "willing" not in options["item"]
    assert "nobody can override this" in texts(play)
    assert list(options["way"]) == ["sits", "talk", "not_dosed"]
    play.presenter.panel_saved({"way": "sits", "item": ""})
    assert play.live.state.people["b"].role is PersonRole.SITTING


def test_talk_only_and_not_dosed_are_reached_from_the_persons_own_page(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("gates:a")
    play.presenter.panel_saved({"own": "own"})
    play.presenter.panel_saved({"way": "talk", "item": ""})
    assert play.live.state.room.talk_only_ms is not None
    play.presenter.acted("gates:a")
    play.presenter.panel_saved({"own": "own"})
    play.presenter.panel_saved({"way": "not_dosed", "item": ""})
    play.presenter.panel_saved({"escort": "Marta"})
    ending = play.live.state.people["a"].ending
    assert ending is not None
    assert ending.ending is Ending.NOT_DOSED


def test_the_prescriber_answers_for_a_medical_item_by_phone_and_a_therapist_for_a_logistic_one(
    resources: Resources,
) -> None:
    play = Play(resources, "before")
    play.live.record(AskCheck("clearance", "no", "b"))
    for item, answers in (
        ("clearance", {"by": "m2", "how": "phone", "read_back_by": "m1", "reason": "seen last week"}),
        ("escort", {"reason": "called, comes at five"}),
    ):
        play.presenter.acted("gates:b")
        play.presenter.panel_saved({"own": "own"})
        play.presenter.panel_saved({"item": item, "way": ""})
        play.presenter.panel_saved({"reason": ""} | ({"how": "phone"} if item == "clearance" else {}))
        assert [problem.field for problem in play.view.problems] == ["reason"]
        play.presenter.panel_saved(answers)
    first, second = play.live.state.people["b"].overrides
    assert (first.item, first.by, first.how, first.read_back_by) == ("clearance", "m2", OverrideHow.PHONE, "m1")
    assert (second.item, second.by, second.how) == ("escort", "m1", OverrideHow.REASON)


def test_other_medicine_by_phone_keeps_the_order_that_waits_and_what_was_given(put: Put) -> None:
    stage = put("onset")
    keys = stage.keys
    stage.type("a")
    stage.ctrl(Key.Key_G)
    stage.type("ondansetron")
    stage.key(Key.Key_Tab)
    stage.type("4")
    stage.enter()
    stage.key(Key.Key_1)
    person = stage.state.people["a"]
    order = person.phone_orders[-1]
    assert (order.text, order.prescriber, order.read_back_by) == ("ondansetron 4 mg oral", "m2", "m1")
    assert (person.others[-1].medicine, person.others[-1].order) == ("ondansetron", "Dr Jonas Ode")
    assert not stage.screen.right.panel_open
    assert stage.keys - keys == len("a") + 1 + len("ondansetron") + 1 + 1 + 1 + 1


def test_taken_now_is_one_key(put: Put) -> None:
    stage: Stage = put("before")
    keys = stage.keys
    stage.key(Key.Key_F3)
    assert stage.keys - keys == 1
    assert stage.state.people["a"].doses


def test_a_lost_dose_is_three_keys(put: Put) -> None:
    stage = put("onset")
    keys = stage.keys
    stage.ctrl(Key.Key_O)
    stage.type("a")
    stage.type("v")
    stage.settle()
    assert stage.keys - keys == 3
    loss = stage.state.people["a"].losses[-1]
    assert (loss.mg, loss.why) == (Decimal(100), "vomited")


def test_a_person_who_leaves_early_is_discharged_in_a_few_keys(put: Put) -> None:
    stage = put("peak")
    keys = stage.keys
    stage.type("a")
    stage.ctrl(Key.Key_E)
    stage.type("3yynyy")
    stage.type("Marta")
    stage.enter()
    stage.enter()
    ending = stage.state.people["a"].ending
    assert ending is not None
    assert (ending.ending, ending.escort, ending.missing) == (Ending.LEFT, "Marta", ("escort_called",))
    assert stage.keys - keys == 15


def test_a_dosed_partner_is_refused_as_escort_in_the_field_where_they_were_named(resources: Resources) -> None:
    play = Play(resources, "peak")
    name = play.live.state.people["b"].name
    play.presenter.acted("discharge:a")
    play.presenter.panel_saved({"ending": "left"})
    play.presenter.panel_saved({"escort": f" {name.upper()} "})
    assert [problem.field for problem in play.view.problems] == ["escort"]
    assert play.live.state.people["a"].ending is None


def test_the_score_counts_up_and_is_kept_with_the_discharge(resources: Resources) -> None:
    play = Play(resources, "discharged")
    play.presenter.acted("discharge:b")
    play.presenter.panel_saved({"ending": "met"})
    panel = play.view.panel
    assert panel is not None
    assert panel.note_of is not None
    parts = [name for name in names(play) if name.startswith("score ")]
    assert "0 so far, 0 of 5" in panel.note
    assert "4 so far, 2 of 5" in panel.note_of(dict.fromkeys(parts[:2], "2"))[0]
    full = dict.fromkeys(parts, "2") | {parts[0]: "1"}
    assert "9 of 10" in panel.note_of(full)[0]
    assert "below 9" in panel.note_of(full | {parts[1]: "1"})[0]
    play.presenter.panel_saved(full | {"escort": "Marta"})
    ending = play.live.state.people["b"].ending
    assert ending is not None
    assert dict(ending.items)["aldrete"] == "9"


def test_milligrams_are_shown_while_volume_and_strength_are_typed() -> None:
    assert mg_note("Order", Tone.PLAIN, {"ml": "1.8", "strength": ""})[0] == "Order"
    assert "1.8 mL \u00d7 50 mg/mL = 90 mg." in mg_note("Order", Tone.PLAIN, {"ml": "1.8", "strength": "50"})[0]


def test_what_is_left_in_the_clients_container_is_kept_with_the_dose(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("dose:a")
    values = {"mg": "50", "source": "own", "by": "m1", "checked_by": "m3"}
    play.presenter.panel_saved(values | {"remaining": "x"})
    assert [problem.field for problem in play.view.problems] == ["remaining"]
    play.presenter.panel_saved(values | {"remaining": "7"})
    assert play.live.state.people["a"].doses[-1].remaining == 7


def test_a_booster_says_what_is_missing_and_leaves_private_checks_unnamed(resources: Resources) -> None:
    play = Play(resources, "peak")
    play.presenter.acted("dose:a")
    assert play.view.panel is not None
    assert "Missing before a booster:" in play.view.panel.note
    assert "a check, see A's own page" in play.view.panel.note
    labels = [gate.label for gate in play.live.state.protocol.gates_on(GateOn.BOOSTER)]
    assert not any(label in play.view.panel.note for label in labels)


@pytest.mark.parametrize("page", ["room", "checks:a", "alone:a", "gates:a"])
def test_what_is_touched_is_large_enough_for_a_thumb(put: Put, page: str) -> None:
    stage = put("before")
    stage.screen.acted.emit(page)
    panel = stage.screen.right.panel
    fields = [panel.field(one.name) for one in panel.facts.fields] if panel.facts is not None else []
    buttons = [each for field in fields for each in field.findChildren(QAbstractButton)]
    assert buttons
    assert min(each.height() for each in buttons) >= 44


@pytest.mark.parametrize("page", ["room", "checks:b", "alone:b", "gates:b"])
def test_no_field_of_a_check_is_wider_than_the_page(put: Put, page: str) -> None:
    stage = put("before")
    stage.screen.acted.emit(page)
    panel = stage.screen.right.panel
    assert panel.facts is not None
    wide = [one.name for one in panel.facts.fields if panel.field(one.name).minimumSizeHint().width() > panel.width()]
    assert wide == []
