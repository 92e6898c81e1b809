"""Knows how items of a check are asked for on a page, and how their answers become one entry each."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.checks import CheckItem, ValueKind
from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.live.asks import AskCheck
from desktop.live.lines import CheckLine
from desktop.views.board.asking import AskField, FieldKind, Values

NOTE = "note "
"""Begins the name of the field with the few words beside an answer."""
Answered = Callable[[str], CheckLine | None]


def fields_of(items: tuple[CheckItem, ...], answered: Answered, shown: bool = True) -> tuple[AskField, ...]:
    """The items under their headings. shown: earlier answers may stand here; else only that there is one."""
    found: list[AskField] = []
    group = ""
    for item in items:
        if item.group != group:
            group = item.group
            found.append(AskField(f"group {group}", tr(group), FieldKind.HEADING))
        line = answered(item.key)
        found.append(_field(item, line, shown))
        if item.note:
            note = line.note if line is not None and shown else ""
            found.append(AskField(f"{NOTE}{item.key}", tr(item.note), value=note))
    return tuple(found)


def _field(item: CheckItem, line: CheckLine | None, shown: bool) -> AskField:
    words, value = tr(item.label), line.value if line is not None and shown else ""
    if item.unit:
        words = tr("{item}, {unit}", item=words, unit=item.unit)
    if line is not None and not shown:
        words = tr("{item} (answered)", item=words)
    if item.value is ValueKind.YES_NO:
        return AskField(item.key, words, FieldKind.YES_NO, value)
    if item.value is ValueKind.CHOICE:
        options = tuple((choice.key, tr(choice.label)) for choice in item.choices)
        return AskField(item.key, words, FieldKind.BUTTONS, value or "-", options)
    kind = FieldKind.NUMBER if item.value is ValueKind.NUMBER else FieldKind.LINE
    return AskField(item.key, words, kind, value)


def answers_of(
    items: tuple[CheckItem, ...], values: Values, answered: Answered, who: str | None, shown: bool = True
) -> tuple[AskCheck, ...] | tuple[Problem, ...]:
    """One entry for each new answer, or what is wrong with the first one that cannot be read."""
    asks: list[AskCheck] = []
    for item in items:
        value, note = values.get(item.key, "").strip(), values.get(f"{NOTE}{item.key}", "").strip()
        if value == "-" or not value:
            if note:
                return (Problem(item.key, tr("The answer is needed beside the note.")),)
            continue
        if item.value is ValueKind.NUMBER and item.number(value) is None:
            return (Problem(item.key, tr("A number from {low} to {high} is needed.", low=item.low, high=item.high)),)
        line = answered(item.key)
        if not shown or line is None or (line.value, line.note) != (value, note):
            asks.append(AskCheck(item.key, value, who, note))
    return tuple(asks)
