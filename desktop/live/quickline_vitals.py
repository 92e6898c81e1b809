"""Knows how numbers on the quick line become a reading: by their place, by their name, or by being the only fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from desktop.domain.amounts import read_amount
from desktop.domain.bands import PLAUSIBLE
from desktop.domain.protocol import Sign
from desktop.domain.words import tr
from desktop.live.asks import Ask, AskReading, AskVitals
from desktop.live.describe import sign_words
from desktop.live.events import Missed
from desktop.live.quickline_parsed import Parsed

PRESSURE = re.compile(r"(\d{2,3})/(\d{2,3})", re.ASCII)
NAMES = {
    "bp": Sign.BP, "hr": Sign.HR, "p": Sign.HR, "spo2": Sign.SPO2, "o2": Sign.SPO2, "sat": Sign.SPO2, "rr": Sign.RR,
    "t": Sign.TEMP, "temp": Sign.TEMP,
}
MISSED = {"?": Missed.REFUSED, "!": Missed.FAILED}
# What a number without a name may be. Only for telling them apart: a named one may be anything an instrument shows.
USUAL = {Sign.HR: (30, 220), Sign.SPO2: (70, 100), Sign.RR: (4, 45)}
PLACES = (Sign.HR, Sign.SPO2, Sign.RR)
NAMED = "|".join(sorted(NAMES, key=len, reverse=True))
TOKEN = re.compile(rf"({NAMED})?([0-9][0-9/.]*)?([?!%])?", re.ASCII)


def read_vitals(who: str, rest: str) -> Parsed | None:
    """The readings in what follows a letter; None when it is not about readings at all."""
    named = _tokens(rest)
    if named is None:
        return None
    values: dict[Sign, str] = {}
    missed: dict[Missed, list[Sign]] = {}
    loose: list[int] = []
    pressure_first = False
    for sign, value, mark in named:
        if mark:
            missed.setdefault(MISSED[mark], []).extend([] if sign is None else [sign])
        elif sign is None:
            loose.append(int(value))
        elif sign in values:
            return Parsed(problem=tr("{sign} stands there twice.", sign=sign_words(sign)))
        else:
            pressure_first = pressure_first or (sign is Sign.BP and not values and not loose)
            values[sign] = value
    placed = _place(loose, [sign for sign in PLACES if sign not in values], pressure_first)
    if placed is None:
        return Parsed(problem=tr("Say which is which: hr 76, spo2 98, rr 14."))
    values.update({sign: str(number) for sign, number in placed.items()})
    return _parsed(who, values, missed)


def _tokens(rest: str) -> list[tuple[Sign | None, str, str]] | None:
    """(sign, value, mark) for each token, or None when one of them is something else."""
    words = rest.casefold().split()
    found: list[tuple[Sign | None, str, str]] = []
    while words:
        token = TOKEN.fullmatch(words.pop(0))
        if token is None:
            return None
        name, value, mark = token[1] or "", token[2] or "", token[3] or ""
        sign = NAMES.get(name)
        if sign is not None and not value and not mark:
            if not words or not re.fullmatch(r"[0-9][0-9/.]*", words[0], re.ASCII):
                return None
            value = words.pop(0)
        if mark == "%":
            sign, mark = Sign.SPO2 if sign is None else sign, ""
        if PRESSURE.fullmatch(value):
            sign = sign or Sign.BP
        if not _fits(sign, value, mark):
            return None
        found.append((sign, value, mark))
    return found


def _fits(sign: Sign | None, value: str, mark: str) -> bool:
    """Whether a token can be what it says: a mark has no number, a number has the form of its sign."""
    if mark:
        return not value
    if sign is Sign.BP:
        return PRESSURE.fullmatch(value) is not None
    if sign is Sign.TEMP:
        return read_amount(value) is not None
    return value.isdigit() and len(value) <= 3


def _place(loose: list[int], free: list[Sign], in_order: bool) -> dict[Sign, int] | None:
    """Which sign each loose number is: in order after the pressure where all fit, else only if there is one way."""
    def usual(pairs: tuple[tuple[Sign, int], ...]) -> bool:
        return all(USUAL[sign][0] <= number <= USUAL[sign][1] for sign, number in pairs)

    if len(loose) > len(free):
        return None
    first = tuple(zip(free, loose, strict=False))
    if in_order and usual(first):
        return dict(first)
    ways = {tuple(zip(signs, loose, strict=True)) for signs in permutations(free, len(loose))}
    fitting = [way for way in ways if usual(way)]
    return dict(fitting[0]) if len(fitting) == 1 else None


def _parsed(who: str, values: dict[Sign, str], missed: dict[Missed, list[Sign]]) -> Parsed:
    asks: list[Ask] = []
    parts = [f"{sign_words(sign)} {values[sign]}" for sign in Sign if sign in values]
    problem = next(_problems(values), "")
    if values and not problem:
        systolic, _, diastolic = values.get(Sign.BP, "").partition("/")
        hr, spo2, rr = (int(values[sign]) if sign in values else None for sign in PLACES)
        temp = Decimal(values[Sign.TEMP]) if Sign.TEMP in values else None
        upper, lower = (int(part) if part else None for part in (systolic, diastolic))
        asks.append(AskVitals(who, upper, lower, hr, spo2, rr, temp))
    for outcome, signs in missed.items():
        asks.append(AskReading(who, outcome, tuple(signs)))
        what = ", ".join(sign_words(sign) for sign in signs) or tr("vitals")
        parts.append(f"{what} {tr(outcome.value)}")
    return Parsed(tuple(asks), ", ".join(parts), problem)


def _problems(values: dict[Sign, str]) -> Iterator[str]:
    for sign, text in values.items():
        low, high = PLAUSIBLE[sign]
        numbers = [Decimal(part) for part in text.split("/")]
        if any(not low <= number <= high for number in numbers):
            yield tr("{sign}: only {low} to {high} can be read.", sign=sign_words(sign), low=low, high=high)
        if sign is Sign.BP and numbers[0] <= numbers[1]:
            yield tr("The systolic pressure must be above the diastolic.")
