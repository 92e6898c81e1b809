"""Knows how amounts are read, computed and written: exact decimals, two places, no trailing zeros."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)
LONGEST = 24


def read_amount(text: str) -> Decimal | None:
    """The exact amount in plain decimal text such as `112.5`, or None.

    Refuses signs, exponents, infinities, naked decimals (`.5`, `5.`), and anything but ASCII digits and one point.
    """
    text = text.strip()
    whole, dot, part = text.partition(".")
    digits = whole + part
    if len(text) > LONGEST or not whole or (dot and not part) or not (digits.isascii() and digits.isdigit()):
        return None
    return Decimal(text)


def to_cents(amount: Decimal) -> Decimal:
    """The amount to two places, half up: 0.125 becomes 0.13."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def mg_of(ml: Decimal, mg_per_ml: Decimal) -> Decimal:
    """Milligrams in `ml` millilitres of `mg_per_ml`, to 0.01 mg, half up."""
    return to_cents(ml * mg_per_ml)


def strength_of(mg: Decimal, ml: Decimal) -> Decimal:
    """Milligrams per millilitre when `ml` (above zero) held `mg`, to 0.01, half up."""
    return to_cents(mg / ml)


def plain(amount: Decimal) -> str:
    """The amount as it is written: `100`, `112.5`, `0.5`; never `100.0`, `.5` or `1E+2`."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
