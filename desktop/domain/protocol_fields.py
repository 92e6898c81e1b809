"""Knows how one table of a clinical data file is read: every refusal names the file, the line, the field and why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

from desktop.domain.errors import Known
from desktop.domain.protocol import Basis, Figure, Mark
from desktop.domain.words import tr

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
TEXT_LIMIT = 600
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class DataFileError(Known):
    """A protocol or checklist file that cannot be used. line: 0 where the text has no single line to name."""

    def __init__(self, file: str, line: int, where: str, why: str) -> None:
        self.file = file
        self.line = line
        self.where = where
        self.why = why
        super().__init__(
            tr("The file {file} cannot be used: line {line}, {at}: {why}.", file=file, line=line, at=where, why=why),
            tr("No session and no other file is affected."),
            tr("Mend the file, or take it out of the folder."),
        )


def load(text: str, file: str) -> Fields:
    """The top table of a TOML text; DataFileError with the line of a mistake in its form."""
    try:
        return Fields(tomllib.loads(text, parse_float=Decimal), file, text, "")
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise DataFileError(file, line, tr("the file's form"), str(error)) from error


class Fields:
    """One table of a file. Every field must be taken by a reader: `done()` refuses what nobody read."""

    def __init__(self, table: object, file: str, text: str, where: str) -> None:
        self.file = file
        self.source = text
        self.where = where
        if not isinstance(table, dict):
            self.fail("", tr("a table is needed here"))
        self.table: dict[str, object] = table
        self.taken: set[str] = set()

    def fail(self, field: str, why: str) -> NoReturn:
        """Refuse the file for one field."""
        path = ".".join(part for part in (self.where, field) if part)
        raise DataFileError(self.file, _line_of(self.source, path), path or tr("the top of the file"), why)

    def done(self) -> None:
        """Refuse fields that nobody read: a misspelt one would be lost in silence."""
        for field in sorted(set(self.table) - self.taken):
            self.fail(field, tr("not a field that is known here"))

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.table

    def _get(self, field: str) -> object:
        self.taken.add(field)
        if field not in self.table:
            self.fail(field, tr("is missing"))
        return self.table[field]

    def text(self, field: str, limit: int = TEXT_LIMIT) -> str:
        """Text that is neither empty nor too long."""
        value = self._get(field)
        if not isinstance(value, str) or not value.strip() or len(value) > limit:
            self.fail(field, tr("text of 1 to {n} characters is needed", n=limit))
        return value.strip()

    def text_or_none(self, field: str) -> str:
        """Like text(), or empty when the field is not there."""
        return self.text(field) if self.has(field) else ""

    def key(self, field: str) -> str:
        """A short name in small letters, digits, `-` and `_`."""
        value = self.text(field)
        if not KEY.fullmatch(value):
            self.fail(field, tr("only small letters, digits, - and _ are allowed"))
        return value

    def yes_no(self, field: str) -> bool:
        """true or false; false when the field is not there."""
        value = self._get(field) if self.has(field) else False
        if not isinstance(value, bool):
            self.fail(field, tr("true or false is needed"))
        return value

    def whole(self, field: str, low: int, high: int) -> int:
        """A whole number within limits, both included."""
        value = self._get(field)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fail(field, tr("a whole number from {low} to {high} is needed", low=low, high=high))
        return value

    def choice(self, field: str, kind: type[E]) -> E:
        """One of the values of an enumeration."""
        value = self._get(field)
        return self._member(field, value, kind)

    def choices(self, field: str, kind: type[E]) -> tuple[E, ...]:
        """A list of values of an enumeration, none twice."""
        found = tuple(self._member(field, value, kind) for value in self._list(field))
        if len(set(found)) != len(found):
            self.fail(field, tr("one value stands there twice"))
        return found

    def _member(self, field: str, value: object, kind: type[E]) -> E:
        if not isinstance(value, str) or value not in set(kind):
            self.fail(field, tr("one of {names} is needed", names=", ".join(kind)))
        return kind(value)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty when the field is not there."""
        values = self._list(field) if self.has(field) else []
        for value in values:
            if not isinstance(value, str) or not value.strip() or len(value) > TEXT_LIMIT:
                self.fail(field, tr("a list of texts is needed"))
        return tuple(str(value).strip() for value in values)

    def _list(self, field: str) -> list[object]:
        value = self._get(field)
        if not isinstance(value, list):
            self.fail(field, tr("a list is needed"))
        return value

    def number(self, field: str) -> Decimal:
        """A number that is finite."""
        value = self._get(field)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            self.fail(field, tr("a number is needed"))
        return Decimal(value)

    def figure(self, field: str, low: int = 0, high: int = 2000) -> Figure:
        """A clinical number `{ value, basis, source? }` within limits; a source is named exactly when it is sourced."""
        inner = self.part(field)
        number = inner.number("value")
        if not low <= number <= high:
            inner.fail("value", tr("a number from {low} to {high} is needed", low=low, high=high))
        basis = inner.choice("basis", Basis)
        source = inner.text_or_none("source")
        if (basis is Basis.SOURCE) != bool(source):
            inner.fail("source", tr("is needed for the basis 'source', and only there"))
        found = Figure(number, basis, source, _changed(inner), _mark(inner, "confirmed"))
        inner.done()
        return found

    def figure_or_none(self, field: str, low: int = 0, high: int = 2000) -> Figure | None:
        """Like figure(), or None when the field is not there."""
        return self.figure(field, low, high) if self.has(field) else None

    def part(self, field: str) -> Fields:
        """A table inside this one."""
        return Fields(self._get(field), self.file, self.source, f"{self.where}.{field}".strip("."))

    def parts(self, field: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """A list of at least one table, each read by `read` and then checked for fields that nobody read."""
        values = self._list(field)
        if not values:
            self.fail(field, tr("at least one is needed"))
        found = []
        for number, value in enumerate(values, 1):
            inner = Fields(value, self.file, self.source, f"{self.where}.{field}[{number}]".strip("."))
            found.append(read(inner))
            inner.done()
        return tuple(found)


def read_day(fields: Fields, field: str) -> date:
    """A day such as "2026-03-01" in a field."""
    value = fields.text(field, 10)
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        fields.fail(field, tr("a day such as 2026-03-01 is needed"))
    return found


def _mark(fields: Fields, what: str) -> Mark | None:
    """Who and when, as `<what>_by` and `<what>_on`; None when neither is there."""
    by, on = f"{what}_by", f"{what}_on"
    if not fields.has(by) and not fields.has(on):
        return None
    return Mark(fields.text(by, 120), read_day(fields, on).isoformat())


def _changed(fields: Fields) -> Mark | None:
    """Who set a number, when, why, and what it was before; all of it or nothing."""
    mark = _mark(fields, "changed")
    return None if mark is None else replace(mark, why=fields.text("why"), was=fields.number("was"))


def _line_of(text: str, path: str) -> int:
    """The line a path such as `band[3].limit.value` points at, or the nearest table above it; 1 at the least."""
    lines = text.splitlines()
    start = 0
    parent = ""
    for step in path.split("."):
        name, _, number = step.rstrip("]").partition("[")
        table = f"{parent}.{name}".strip(".")
        wanted = int(number) if number else 1
        heads = (f"[[{table}]]",) if number else (f"[{table}]",)
        seen = 0
        for index in range(start, len(lines)):
            line = lines[index].strip()
            if line in heads:
                seen += 1
                if seen == wanted:
                    start = index
                    break
            elif not number and re.match(rf"{re.escape(name)}\s*=", line):
                start = index
                break
        parent = table
    return start + 1
