"""Knows how entries are written: canonical JSON, every kind with its version, amounts as text.

The same entry always gives the same text: keys sorted, no blanks, characters as they are. A kind or version that this
program does not know is refused, never guessed at.
"""

from __future__ import annotations

import functools
import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from desktop.domain.amounts import plain
from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.live import events
from desktop.live.events import Entry, Event

# A kind's version rises when its fields change; the reader of the older version stays for ever. No field may be called
# `kind` or `v`: those stand around the fields.
KINDS: dict[str, tuple[type[Any], int]] = {
    "opened": (events.Opened, 2),
    "check": (events.Checked, 1),
    "staff": (events.StaffMoved, 1),
    "vitals": (events.VitalsTaken, 1),
    "reading": (events.ReadingMissed, 1),
    "taken": (events.Taken, 1),
    "dose": (events.DoseGiven, 2),
    "lost": (events.DoseLost, 1),
    "given": (events.OtherGiven, 1),
    "phase": (events.PhaseMarked, 1),
    "observe": (events.Observed, 1),
    "scale": (events.Scaled, 1),
    "words": (events.WordsKept, 1),
    "words_text": (events.WordsWritten, 1),
    "note": (events.NoteMade, 1),
    "dialogue": (events.DialogueStepped, 1),
    "away": (events.WentAway, 1),
    "back": (events.CameBack, 1),
    "round": (events.RoundDone, 1),
    "move": (events.Moved, 1),
    "strike": (events.Struck, 1),
    "undo": (events.Undone, 1),
    "discharge": (events.Discharged, 1),
    "close": (events.Closed, 1),
    "clock": (events.ClockNoted, 1),
    "order": (events.PhoneOrdered, 1),
    "touch": (events.TouchNarrowed, 1),
    "safe": (events.SafeSignalled, 1),
    "emergency": (events.EmergencyCalled, 1),
    "emergency_step": (events.EmergencyStepped, 1),
    "emergency_end": (events.EmergencyEnded, 1),
    "adverse": (events.AdverseOpened, 1),
    "override": (events.Overridden, 1),
    "join": (events.Joined, 1),
    "role": (events.RoleChanged, 1),
    "talk": (events.TalkOnly, 1),
}
# What the first version of a kind did not have yet; it is read as not said.
ADDED: dict[type[Any], frozenset[str]] = {
    events.Opened: frozenset({"format"}),
    events.DoseGiven: frozenset({"remaining"}),
    events.OrderLimits: frozenset({"bands"}),
    events.Participant: frozenset({"touch", "allergies", "medicines", "contact", "consents", "couple", "couple_id"}),
}
NAMES: dict[type[Any], str] = {kind: name for name, (kind, _) in KINDS.items()}
ENTRY_VERSION = 1
T = TypeVar("T")


class CodecError(Known):
    """An entry that this program cannot read. It says which kind, never what stands in it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            what, tr("The entry is kept as it is."), tr("Open the practice with the program version that wrote it.")
        )


def kind_of(event: Event) -> str:
    """The name of an event's kind, as it is written and as a script spells it."""
    return NAMES[type(event)]


def event_to_json(event: Event) -> str:
    """An event as canonical JSON text."""
    return _dump(_write_event(event))


def event_from_json(text: str) -> Event:
    """The event in a JSON text; CodecError when it is not one that this program knows."""
    found: Event = _guarded(lambda: _read_event(json.loads(text)))
    return found


def entry_to_json(entry: Entry) -> str:
    """An entry as canonical JSON text."""
    body = {field.name: _write(getattr(entry, field.name)) for field in fields(entry) if field.name != "event"}
    return _dump({"v": ENTRY_VERSION, **body, "event": _write_event(entry.event)})


def entry_from_json(text: str) -> Entry:
    """The entry in a JSON text; CodecError when it is not one that this program knows."""
    return _guarded(lambda: _read_entry(json.loads(text)))


def thing_to_json(thing: Any) -> str:
    """Any frozen dataclass of plain fields as canonical JSON text: for what travels around a session's entries."""
    return _dump(_write_fields(thing))


def thing_from_json(kind: type[T], text: str) -> T:
    """The dataclass in a JSON text; CodecError when it is not of this kind."""
    return _guarded(lambda: _build(kind, _table(json.loads(text))))


def _guarded(read: Callable[[], T]) -> T:
    try:
        return read()
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        kind = type(error).__name__
    # Outside the block: the cause's own text may hold what somebody said, and it must not travel along.
    raise CodecError(tr("An entry is damaged or unknown: {kind}.", kind=kind))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _write_event(event: Event) -> dict[str, object]:
    name = NAMES[type(event)]
    return {"kind": name, "v": KINDS[name][1], **_write_fields(event)}


def _write_fields(thing: Any) -> dict[str, object]:
    return {field.name: _write(getattr(thing, field.name)) for field in fields(thing)}


def _write(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_write(item) for item in value]
    return _write_event(value) if type(value) in NAMES else _write_fields(value)  # type: ignore[arg-type]


def _read_entry(table: object) -> Entry:
    body = _table(table)
    if body.pop("v", None) != ENTRY_VERSION:
        raise CodecError(tr("An entry has a form that this program does not know."))
    return _build(Entry, body)


def _read_event(table: object) -> Any:
    body = _table(table)
    name, version = body.pop("kind", None), body.pop("v", None)
    if not isinstance(name, str) or name not in KINDS:
        raise CodecError(tr("An entry is of a kind that this program does not know."))
    kind, known = KINDS[name]
    if known == 2 and version == 1:
        return _build(kind, body, first=True)
    if version != known:
        raise CodecError(tr("An entry of the kind {kind} has a version that this program does not know.", kind=name))
    return _build(kind, body)


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        _wrong()
    return dict(value)


def _build(kind: type[T], body: dict[str, object], first: bool = False) -> T:
    """first: the text is of a kind's first version, which had fewer fields."""
    hints = _hints(typing.cast(typing.Hashable, kind))
    late = ADDED.get(kind, frozenset()) if first else frozenset()
    if set(body) != set(hints) - late:
        _wrong()
    return kind(**{name: _read(hints[name], body[name], first) for name in hints if name in body})


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(hint: Any, value: object, first: bool = False) -> Any:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        parts = typing.get_args(hint)
        if type(None) in parts:
            return None if value is None else _read(next(p for p in parts if p is not type(None)), value, first)
        found = _read_event(value)
        return found if isinstance(found, hint) else _wrong()
    if origin is tuple:
        return _read_tuple(typing.get_args(hint), value, first)
    if is_dataclass(hint):
        return _build(typing.cast(type[Any], hint), _table(value), first)
    if hint in (int, bool):
        return value if type(value) is hint else _wrong()
    if not isinstance(value, str):
        _wrong()
    if hint is Decimal:
        return Decimal(value) if Decimal(value).is_finite() else _wrong()
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return hint(value) if issubclass(hint, StrEnum) else value


def _read_tuple(parts: tuple[Any, ...], value: object, first: bool) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _wrong()
    if parts[-1] is Ellipsis:
        return tuple(_read(parts[0], item, first) for item in value)
    return tuple(_read(part, item, first) for part, item in zip(parts, value, strict=True))


def _wrong() -> NoReturn:
    raise ValueError("not of the expected form")
