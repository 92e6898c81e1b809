"""Knows that a draft becomes a record only when nothing is wrong with it, and that its text is tidied once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drafts import OrderDraft, clean_lines, order_from, read_whole
from desktop.domain.errors import Invalid

TODAY = date(2026, 3, 2)


def test_an_order_is_not_made_of_a_draft_with_faults() -> None:
    with pytest.raises(Invalid) as caught:
        order_from(OrderDraft(), "order-1", "m1", TODAY)
    assert {problem.field for problem in caught.value.problems} == {"client_id", "way", "single", "total", "until"}


@given(st.text(max_size=60))
def test_tidied_text_stays_as_it_is(text: str) -> None:
    once = clean_lines(text)
    assert clean_lines(once) == once
    assert not any(ch in once for ch in "\r\x00\x07\x7f")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), (" 45 ", 45), ("100", 100), ("101", None), ("-1", None), ("4.5", None), ("", None), ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_whole_numbers_are_plain_digits_within_their_limit(text: str, number: int | None) -> None:  # fmt: skip
    assert read_whole(text, 100) == number
