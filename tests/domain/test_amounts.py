"""Amounts are exact, to a hundredth, and written without trailing zeros."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.amounts import mg_of, plain, read_amount, strength_of, to_cents


@pytest.mark.parametrize(
    ("text", "written"),
    [("100", "100"), ("100.0", "100"), ("112.50", "112.5"), ("0.5", "0.5"), ("0", "0"), ("0.00", "0"), ("007", "7")],
)
def test_an_amount_is_written_without_trailing_zeros(text: str, written: str) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert plain(amount) == written


@pytest.mark.parametrize(
    "text",
    ["", ".", ".5", "5.", "-1", "+1", "1e3", "NaN", "Infinity", "1,5", "١٢", "1_000", "0x10", "1.2.3", "1" * 25],
)
def test_what_is_not_plain_decimal_text_is_no_amount(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("ml", "strength", "mg"),
    [("1.8", "50", "90.00"), ("0.75", "50", "37.50"), ("0.333", "50", "16.65"), ("0.1025", "50", "5.13")],
)
def test_milligrams_are_millilitres_times_strength_half_up_to_a_hundredth(ml: str, strength: str, mg: str) -> None:
    assert mg_of(Decimal(ml), Decimal(strength)) == Decimal(mg)


def test_half_a_hundredth_is_rounded_up_and_a_strength_is_found_from_what_was_drawn() -> None:
    assert to_cents(Decimal("0.125")) == Decimal("0.13")
    assert strength_of(Decimal(90), Decimal("1.8")) == Decimal(50)


def test_no_exponent_and_no_minus_zero_are_ever_written() -> None:
    assert plain(Decimal("1E+2")) == "100"
    assert plain(Decimal("-0")) == "0"
    assert plain(Decimal("-0.0")) == "0"


@settings(deadline=None, database=None)
@given(st.decimals(min_value=0, max_value=10_000, places=2))
def test_an_amount_survives_being_written_and_read(amount: Decimal) -> None:
    assert read_amount(plain(amount)) == amount
