"""Chips and scales come from a file, and answer to every name they have."""

from __future__ import annotations

import pytest

from desktop.domain.checklist import read_checklist
from desktop.domain.protocol_fields import DataFileError
from tests.live.play import CHECKLIST


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("crying", "crying"), ("CR", "crying"), ("eyes open", "eyes-open"), ("eyes_open", "eyes-open"),
        ("Eyes-Open", "eyes-open"), ("regressed", "childlike"), ("cough/saliva", "cough"), ("dissociated", "far-away"),
    ],
)  # fmt: skip
def test_a_chip_answers_to_key_label_two_letters_and_older_names(name: str, key: str) -> None:
    chip = CHECKLIST.chip(name)
    assert chip is not None
    assert chip.key == key


def test_a_client_reads_childlike_and_never_regressed() -> None:
    labels = {chip.label for chip in CHECKLIST.chips}
    assert "childlike" in labels
    assert not labels & {"regressed", "sexualised", "dissociated"}


def test_unknown_names_are_nothing() -> None:
    assert CHECKLIST.chip("levitating") is None
    assert CHECKLIST.rating("levitation") is None


def test_a_scale_answers_to_its_names() -> None:
    for name in ("moaas", "MOAA/S", "sedation"):
        rating = CHECKLIST.rating(name)
        assert rating is not None
        assert (rating.low, rating.high) == (0, 5)
        assert len(rating.words) == 6


@pytest.mark.parametrize("phase", ["onset", "peak", "return", "afterglow"])
def test_every_phase_shows_eight_chips_first(phase: str) -> None:
    assert len(CHECKLIST.chips_of(phase)) == 8


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('short = "cr"', 'short = "cry"', "two small letters"),
        ('short = "cr"', 'short = "se"', "twice"),
        ('key = "crying"', 'key = "settled"', "twice"),
        ('key = "distress"', 'key = "moaas"', "twice"),
        ("high = 5", "high = 0", "whole number"),
        ('id = "observations"', 'id = "observations"\nx = 1', "not a field"),
    ],
)
def test_a_checklist_that_contradicts_itself_is_refused(old: str, new: str, why: str) -> None:
    assert old in CHECKLIST.text
    with pytest.raises(DataFileError) as caught:
        read_checklist(CHECKLIST.text.replace(old, new, 1), "mine.toml")
    assert why in caught.value.why
