"""The checks of room, arrival and leaving come from files, agree with the protocols, and say what wants a look."""

from __future__ import annotations

import pytest

from desktop.domain.checks import Asked, CheckClass, CheckSheet, Look, ValueKind, read_checks
from desktop.domain.protocol import Basis, GateOn
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.protocol_file import read_protocol
from tests.live.play import ROOT, protocol_text

SHIPPED = sorted(path.stem for path in (ROOT / "resources/protocols").glob("*.toml"))


def sheet(name: str) -> CheckSheet:
    """A shipped sheet."""
    return read_checks((ROOT / f"resources/checks/{name}.toml").read_text("utf-8"), f"{name}.toml")


ROOM, ARRIVAL, LEAVING = sheet("room"), sheet("arrival"), sheet("leaving")


@pytest.mark.parametrize("protocol", SHIPPED)
def test_every_gate_of_a_protocol_is_asked_on_a_sheet_with_the_same_kind(protocol: str) -> None:
    found = read_protocol(protocol_text(protocol), protocol)
    for on, place in ((GateOn.DOSE, ARRIVAL), (GateOn.DISCHARGE, LEAVING)):
        for gate in found.gates_on(on):
            item = place.item(gate.key)
            assert item is not None, gate.key
            assert (item.kind.value, item.part_of) == (gate.kind.value, ""), gate.key


@pytest.mark.parametrize("key", ["willing", "thoughts_of_death", "safe_today", "fight", "pregnancy", "mood", "consent"])
def test_what_a_partner_may_not_hear_is_asked_alone(key: str) -> None:
    item = ARRIVAL.item(key)
    assert item is not None
    assert item.asked is Asked.ALONE


def test_both_questions_of_safety_at_leaving_are_asked_alone() -> None:
    assert {item.key for item in LEAVING.asked(Asked.ALONE)} == {"safety_question", "partner_safety"}
    assert {item.asked for item in ROOM.items} == {Asked.ROOM}


def test_only_answers_with_no_override_are_declines() -> None:
    declines = {item.key for item in ARRIVAL.items if item.kind is CheckClass.DECLINE}
    assert declines == {"identity", "willing", "safe_today", "consent", "order"}


@pytest.mark.parametrize(
    ("key", "value", "look"),
    [
        ("willing", "no", Look.LOOK), ("willing", "yes", Look.FINE), ("fight", "yes", Look.LOOK),
        ("thoughts_of_death", "plan", Look.STOP), ("thoughts_of_death", "thoughts", Look.LOOK),
        ("thoughts_of_death", "none", Look.FINE), ("thoughts_of_death", "something else", Look.FINE),
        ("last_food", "3.5", Look.LOOK), ("last_food", "4", Look.FINE), ("last_food", "a lot", Look.FINE),
        ("medicines_taken", "no", Look.FINE),
    ],
)  # fmt: skip
def test_an_answer_says_whether_it_wants_a_look(key: str, value: str, look: Look) -> None:
    item = ARRIVAL.item(key)
    assert item is not None
    assert item.looked(value) is look


@pytest.mark.parametrize(("value", "kept"), [("72.5", "72.5"), ("19", "None"), ("401", "None"), ("x", "None")])
def test_a_number_is_read_within_its_limits(value: str, kept: str) -> None:
    item = ARRIVAL.item("weight")
    assert item is not None
    assert str(item.number(value)) == kept
    mood = ARRIVAL.item("mood")
    assert mood is not None
    assert mood.number("2.5") is None


def test_the_score_has_five_parts_of_up_to_two_points_and_asks_for_nine() -> None:
    score = LEAVING.score
    assert score is not None
    assert [len(part.words) for part in score.parts] == [3] * 5
    assert (score.most, score.enough.whole, score.enough.basis) == (10, 9, Basis.SOURCE)
    assert ARRIVAL.score is None


def test_a_detail_belongs_to_what_it_is_a_part_of() -> None:
    assert {item.key for item in ARRIVAL.items if item.part_of == "fasting"} == {"last_food", "last_drink"}
    assert [name for name, _ in ARRIVAL.groups()][:2] == ["Who", "Asked alone"]
    assert sum(len(items) for _, items in ARRIVAL.groups()) == len(ARRIVAL.items)


@pytest.mark.parametrize("place", [ROOM, ARRIVAL, LEAVING])
def test_every_number_says_where_it_comes_from_and_every_label_fits_a_line(place: CheckSheet) -> None:
    for item in place.items:
        for figure in (item.at_least, item.at_most):
            assert figure is None or (figure.basis is Basis.SOURCE) == bool(figure.source)
        assert len(item.label) <= 70
        assert (item.value is ValueKind.CHOICE) == bool(item.choices)


@pytest.mark.parametrize(
    ("old", "new", "field", "why"),
    [
        ('kind = "decline"', 'kind = "maybe"', "item[1].kind", "one of"),
        ('key = "willing"', 'key = "identity"', "item[2].key", "twice"),
        ('part_of = "fasting"', 'part_of = "feast"', "part_of", "no item of this name"),
        ('part_of = "fasting"', 'part_of = "last_food"', "part_of", "no item of this name"),
        ('look = "no"', 'look = "often"', "item[1].look", "yes or no"),
        ('value = "yes_no"', 'value = "number"', "item[1].look", "yes or no"),
        ("low = 0\nhigh = 10", "low = 10\nhigh = 10", "high", "whole number"),
        ('key = "plan"', 'key = "thoughts"', "choice", "different"),
        ('unit = "kg"', 'units = "kg"', "units", "not a field"),
        ('basis = "proposed"', 'basis = "source"', "source", "is needed for the basis"),
        ('basis = "proposed"', "basis = 7", "basis", "one of"),
    ],
)  # fmt: skip
def test_a_sheet_that_contradicts_itself_is_refused_by_line(old: str, new: str, field: str, why: str) -> None:
    assert old in ARRIVAL.text
    with pytest.raises(DataFileError) as caught:
        read_checks(ARRIVAL.text.replace(old, new, 1), "mine.toml")
    assert why in caught.value.why
    assert caught.value.where.endswith(field)
    assert caught.value.line > 1
    assert "mine.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("value = 9", "value = 11", "more than all parts"), ('key = "gait"', 'key = "oriented"', "twice"),
        ('key = "activity"', 'key = "respiration"', "twice"),
        ('label = "Moves"', 'label = "Moves"\nx = 1', "not a field"),
        ('words = ["no limb when asked", "two limbs when asked", "all four limbs when asked"]', "words = []", "each"),
    ],
)  # fmt: skip
def test_a_score_that_contradicts_itself_is_refused(old: str, new: str, why: str) -> None:
    assert old in LEAVING.text
    with pytest.raises(DataFileError) as caught:
        read_checks(LEAVING.text.replace(old, new, 1), "mine.toml")
    assert why in caught.value.why
