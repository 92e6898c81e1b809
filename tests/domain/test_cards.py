"""The emergency card is seven short steps from a file, one of which is the partner."""

from __future__ import annotations

import pytest

from desktop.domain.cards import read_card
from desktop.domain.protocol_fields import DataFileError
from tests.live.play import ROOT

TEXT = (ROOT / "resources/cards/emergency.toml").read_text("utf-8")
CARD = read_card(TEXT, "emergency.toml")


def test_the_card_has_seven_steps_in_words_short_enough_for_big_type() -> None:
    assert [step.key for step in CARD.steps] == ["call", "airway", "oxygen", "breathe", "sheet", "partner", "times"]
    assert max(len(step.words) for step in CARD.steps) <= 36


def test_one_step_names_the_number_one_the_sheet_and_one_the_partner() -> None:
    marks = [(step.key, step.number, step.sheet, step.partner) for step in CARD.steps]
    assert [key for key, number, _, _ in marks if number] == ["call"]
    assert [key for key, _, sheet, _ in marks if sheet] == ["sheet"]
    assert [key for key, _, _, partner in marks if partner] == ["partner"]
    assert CARD.number
    assert CARD.step("partner") is CARD.steps[5]
    assert CARD.step("prayer") is None


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('key = "oxygen"', 'key = "call"', "twice"), ("number = true", "number = false", "exactly one"),
        ("partner = true", "partner = true\nnumber = true", "exactly one"),
        ('number = "911"', 'number = ""', "text of 1"),
        ('id = "emergency"', 'id = "emergency"\nphone = "1"', "not a field"),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_followed_is_refused(old: str, new: str, why: str) -> None:
    assert old in TEXT
    with pytest.raises(DataFileError) as caught:
        read_card(TEXT.replace(old, new, 1), "mine.toml")
    assert why in caught.value.why
