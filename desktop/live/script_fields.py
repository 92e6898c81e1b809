"""Knows how one line of a script is read: strictly, and with a reason for everything that cannot be."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

from desktop.domain.amounts import plain, read_amount
from desktop.domain.people import clean
from desktop.domain.words import tr
from desktop.live.rules import refuse

E = TypeVar("E", bound=StrEnum)
TEXT_LIMIT = 8000
LINE_LIMIT = 100_000
NUMBER_LIMIT = 10**9
PRESSURE = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})", re.ASCII)


def parse_line(text: str) -> dict[str, object]:
    """The object in a line of JSON; Refused('json') when it is not exactly one, with every key once."""
    if len(text) > LINE_LIMIT:
        refuse("json", tr("The line is too long."))
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, ArithmeticError, RecursionError):
        refuse("json", tr("This is not a line of JSON."))
    if not isinstance(value, dict):
        refuse("json", tr("A JSON object is needed, with t and do."))
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key twice")
    return table


class Line:
    """The keys of one object. What nobody takes is kept in `rest()`: it is named in the log, not lost in silence."""

    def __init__(self, table: dict[str, object]) -> None:
        self.table = table
        self.taken: set[str] = set()

    def rest(self) -> tuple[str, ...]:
        """The keys that nobody took, in their order."""
        return tuple(key for key in self.table if key not in self.taken)

    def take(self, *names: str) -> object:
        """The value under the first of `names` that is there and not null; None without one."""
        self.taken.update(names)
        return next((self.table[name] for name in names if self.table.get(name) is not None), None)

    def text(self, *names: str) -> str:
        """Text that says something."""
        value = self.text_or_none(*names)
        if not value:
            refuse("field", tr("{field}: text is needed.", field=names[0]))
        return value

    def text_or_none(self, *names: str) -> str:
        """Text, or empty when it is not there."""
        value = self.take(*names)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > TEXT_LIMIT:
            refuse("field", tr("{field}: text is needed, of at most {n} characters.", field=names[0], n=TEXT_LIMIT))
        return clean(value)

    def name_or_none(self, name: str) -> str | None:
        """A participant's key, or None when the line is about the room."""
        return self.text(name) if self.table.get(name) is not None else None

    def yes_no(self, *names: str) -> bool:
        """true or false; false when it is not there."""
        value = self.take(*names)
        if value is not None and not isinstance(value, bool):
            refuse("field", tr("{field}: true or false is needed.", field=names[0]))
        return bool(value)

    def number(self, name: str) -> Decimal | None:
        """A number that is finite, not negative and not huge, or None when it is not there."""
        value = self.take(name)
        if value is None:
            return None
        number = _number(value)
        if number is None:
            refuse("field", tr("{field}: a number from zero on is needed.", field=name))
        return number

    def whole(self, name: str) -> int:
        """A whole number."""
        value = self.whole_or_none(name)
        if value is None:
            refuse("field", tr("{field}: a whole number is needed.", field=name))
        return value

    def whole_or_none(self, name: str) -> int | None:
        """A whole number from zero on, as a number or as digits, or None when it is not there."""
        value = self.take(name)
        if value is None:
            return None
        number = _number(read_amount(value) if isinstance(value, str) else value)
        if number is None or number % 1:
            refuse("field", tr("{field}: a whole number is needed.", field=name))
        return int(number)

    def amount(self, name: str) -> Decimal:
        """An exact amount, as decimal text or as a number."""
        value = self.amount_or_none(name)
        if value is None:
            refuse("field", tr("{field}: an amount is needed, such as 112.5.", field=name))
        return value

    def amount_or_none(self, name: str) -> Decimal | None:
        """An exact amount from zero on, or None when it is not there."""
        value = self.take(name)
        if value is None:
            return None
        number = _number(value)
        text = value if isinstance(value, str) else "" if number is None else plain(number)
        found = read_amount(text)
        if found is None:
            refuse("field", tr("{field}: an amount is needed, such as 112.5.", field=name))
        return found

    def pressure(self, name: str) -> tuple[int | None, int | None]:
        """A blood pressure as `128/82`, or (None, None) when it is not there."""
        value = self.take(name)
        if value is None:
            return None, None
        found = PRESSURE.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            refuse("field", tr("{field}: a pressure is needed, as 128/82.", field=name))
        return int(found[1]), int(found[2])

    def choice(self, name: str, kind: type[E], also: dict[str, E] | None = None) -> E:
        """One of the values of an enumeration."""
        value = self.text(name)
        if also and value in also:
            return also[value]
        if value not in set(kind):
            refuse("field", tr("{field}: one of {names} is needed.", field=name, names=", ".join(kind)))
        return kind(value)

    def said(self, name: str) -> str:
        """A value of any simple kind as text: yes and no for true and false."""
        return said(self.take(name), name)


def _number(value: object) -> Decimal | None:
    """A JSON number from zero on that is not huge; None for anything else, true and false among it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return None if number < 0 or number > NUMBER_LIMIT else number


def said(value: object, name: str) -> str:
    """A simple JSON value as text: yes and no for true and false, empty for null; Refused for lists and tables."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = _number(value)
    if number is not None:
        return plain(number)
    if not isinstance(value, str) or len(value) > TEXT_LIMIT:
        refuse("field", tr("{field}: a simple value is needed.", field=name))
    return clean(value)
