"""Knows how a frozen dataclass becomes a row and comes back, column by column, from its type hints alone."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from desktop.domain.amounts import to_cents
from desktop.domain.audience import Owner, OwnerKind
from desktop.domain.moment import Moment

T = TypeVar("T")
Plain = str | int | bytes | None
Row = dict[str, Plain]

MOMENT_PARTS = ("utc", "offset", "boot_ms", "boot_id")
OWNER_PARTS = ("kind", "id")


def utc_text(utc: datetime) -> str:
    """An instant as text of one width, so that text order is time order: `2026-03-02T15:00:00.000000Z`."""
    return utc.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read_utc(text: str) -> datetime:
    """The instant in such a text."""
    return datetime.fromisoformat(text)


# Made once: json.dumps with settings makes one for each call.
_SPELL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: object) -> bytes:
    """The one way in which plain values are spelt when a digest or a MAC is taken over them."""
    return _SPELL(value).encode("utf-8")


def digest(kind: str, content: Mapping[str, object]) -> str:
    """SHA-256, hex, of a record's canonical form.

    What is null is left out: a column that a later version adds does not change the digest of older records.
    """
    kept = {name: value for name, value in content.items() if value is not None}
    return hashlib.sha256(canonical([kind, kept])).hexdigest()


@dataclass(frozen=True, slots=True)
class _Field:
    """One field: its columns, and how its value becomes theirs and comes back."""

    name: str
    columns: tuple[str, ...]
    write: Callable[[Any], tuple[Plain, ...]]
    read: Callable[[tuple[Any, ...]], Any]


def _one(write: Callable[[Any], Plain], read: Callable[[Any], Any]) -> tuple[Any, Any]:
    return (lambda value: (write(value),)), (lambda plain: read(plain[0]))


def _same(value: Any) -> Any:
    return value


def _as_text(value: Any) -> str:
    return str(value)


def hundredths(amount: Decimal) -> int:
    """An amount as a whole number of 0.01, half up."""
    return int(to_cents(amount).scaleb(2))


def _from_hundredths(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)


def _write_moment(moment: Moment) -> tuple[Plain, ...]:
    return utc_text(moment.utc), moment.offset_minutes, moment.boot_ms, moment.boot_id


def _read_moment(plain: tuple[Any, ...]) -> Moment:
    return Moment(read_utc(plain[0]), plain[1], plain[2], plain[3])


def _write_owner(owner: Owner) -> tuple[Plain, ...]:
    return owner.kind.value, owner.id


def _read_owner(plain: tuple[Any, ...]) -> Owner:
    return Owner(OwnerKind(plain[0]), plain[1])


def _set_of(kind: type[StrEnum]) -> tuple[Any, Any]:
    def write(values: frozenset[StrEnum]) -> str:
        return json.dumps(sorted(each.value for each in values))

    def read(text: str) -> frozenset[StrEnum]:
        return frozenset(kind(each) for each in json.loads(text))

    return _one(write, read)


_SIMPLE: dict[type[Any], tuple[Callable[[Any], Plain], Callable[[Any], Any]]] = {
    str: (_same, _same),
    int: (_same, _same),
    bool: (int, bool),
    Decimal: (hundredths, _from_hundredths),
    date: (date.isoformat, date.fromisoformat),
    datetime: (utc_text, read_utc),
}


def _optional(field: _Field) -> _Field:
    nothing = (None,) * len(field.columns)

    def write(value: Any) -> tuple[Plain, ...]:
        return nothing if value is None else field.write(value)

    def read(plain: tuple[Any, ...]) -> Any:
        return None if plain[0] is None else field.read(plain)

    return _Field(field.name, field.columns, write, read)


def _field(name: str, hint: Any) -> _Field:
    if typing.get_origin(hint) is types.UnionType:
        inner = next(part for part in typing.get_args(hint) if part is not type(None))
        return _optional(_field(name, inner))
    if typing.get_origin(hint) is frozenset:
        return _Field(name, (name,), *_set_of(typing.get_args(hint)[0]))
    if hint is Moment:
        return _Field(name, tuple(f"{name}_{part}" for part in MOMENT_PARTS), _write_moment, _read_moment)
    if hint is Owner:
        return _Field(name, tuple(f"{name}_{part}" for part in OWNER_PARTS), _write_owner, _read_owner)
    if hint in _SIMPLE:
        return _Field(name, (name,), *_one(*_SIMPLE[hint]))
    return _Field(name, (name,), *_one(_as_text, hint))  # what is left is an enumeration of words


class Mapper(Generic[T]):
    """Rows of one dataclass. Fields in `apart` live in tables of their own and are given and taken beside the row."""

    def __init__(self, cls: type[T], apart: tuple[str, ...] = ()) -> None:
        self._cls: Callable[..., T] = cls
        hints = typing.get_type_hints(cls)
        names = [each.name for each in dataclasses.fields(cls) if each.name not in apart]  # type: ignore[arg-type]
        self._fields = tuple(_field(name, hints[name]) for name in names)
        self.columns = tuple(column for field in self._fields for column in field.columns)

    def row(self, record: T) -> Row:
        """The record's columns and their plain values."""
        return {
            column: value
            for field in self._fields
            for column, value in zip(field.columns, field.write(getattr(record, field.name)), strict=True)
        }

    def record(self, row: Mapping[str, Any], **apart: object) -> T:
        """The record in a row, with the fields that live elsewhere."""
        found = {field.name: field.read(tuple(row[column] for column in field.columns)) for field in self._fields}
        return self._cls(**found, **apart)
