"""Knows the checks of the room, on arrival and at leaving: what is asked, of whom, and which answers want a look.

They are read from TOML text. An item whose key is that of a protocol's gate answers the gate; `part_of` names the gate
that an item belongs to as a detail.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.amounts import read_amount
from desktop.domain.protocol import Basis, Figure
from desktop.domain.protocol_fields import Fields, load
from desktop.domain.words import tr


class CheckClass(StrEnum):
    """What a no means: no override, the prescriber, a reason; a note stops nothing."""

    DECLINE = "decline"
    MEDICAL = "medical"
    LOGISTIC = "logistic"
    NOTE = "note"


class Asked(StrEnum):
    """Of the room, of a person where the partner may hear it, or of a person alone."""

    ROOM = "room"
    SHARED = "shared"
    ALONE = "alone"


class ValueKind(StrEnum):
    """What an answer is."""

    YES_NO = "yes_no"
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


class Look(StrEnum):
    """What an answer asks for: nothing, somebody's look, or that nothing is given before it is settled."""

    FINE = "fine"
    LOOK = "look"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that can be chosen."""

    key: str
    label: str
    look: Look = Look.FINE


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing that is asked.

    note: what a few words beside the answer say, empty when none are asked for. look: which of yes and no wants a look.
    unit, low, high, at_least, at_most: of a number; below `at_least` or above `at_most` it wants a look.
    """

    key: str
    label: str
    group: str
    kind: CheckClass
    asked: Asked
    value: ValueKind
    part_of: str = ""
    hint: str = ""
    note: str = ""
    look: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    decimals: bool = False
    at_least: Figure | None = None
    at_most: Figure | None = None

    def number(self, value: str) -> Decimal | None:
        """What was typed as a number of this item, or None when it is none or out of its limits."""
        found = read_amount(value.strip())
        if found is None or not self.low <= found <= self.high or (not self.decimals and found % 1):
            return None
        return found

    def looked(self, value: str) -> Look:
        """What an answer asks for; fine for texts, and for what cannot be read as an answer of this kind."""
        plain = value.strip().casefold()
        if self.value is ValueKind.YES_NO:
            return Look.LOOK if plain == self.look and plain else Look.FINE
        if self.value is ValueKind.CHOICE:
            return next((choice.look for choice in self.choices if choice.key == plain), Look.FINE)
        found = self.number(value) if self.value is ValueKind.NUMBER else None
        low = found is not None and self.at_least is not None and found < self.at_least.value
        high = found is not None and self.at_most is not None and found > self.at_most.value
        return Look.LOOK if low or high else Look.FINE


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score; words[n] says what n points are."""

    key: str
    label: str
    words: tuple[str, ...]
    basis: Basis
    source: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A score made of parts; from `enough` points upwards it is met."""

    key: str
    title: str
    enough: Figure
    parts: tuple[ScorePart, ...]

    @property
    def most(self) -> int:
        """The highest sum there can be."""
        return sum(len(part.words) - 1 for part in self.parts)


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """The checks of one occasion, with the very text they were read from and that text's sha256 in hex."""

    id: str
    edition: int
    title: str
    items: tuple[CheckItem, ...]
    score: Score | None
    text: str
    sha256: str

    def item(self, key: str) -> CheckItem | None:
        """The item of that key, or None."""
        return next((item for item in self.items if item.key == key), None)

    def groups(self) -> tuple[tuple[str, tuple[CheckItem, ...]], ...]:
        """The items under their headings, both in the file's order."""
        names = list(dict.fromkeys(item.group for item in self.items))
        return tuple((name, tuple(item for item in self.items if item.group == name)) for name in names)

    def asked(self, *how: Asked) -> tuple[CheckItem, ...]:
        """The items that are asked so, in the file's order."""
        return tuple(item for item in self.items if item.asked in how)


def read_checks(text: str, file: str) -> CheckSheet:
    """The checks in a TOML text; DataFileError names the file, the line, the field and the reason."""
    top = load(text, file)
    found = CheckSheet(
        id=top.key("id"), edition=top.whole("edition", 1, 9999), title=top.text("title", 80),
        items=top.parts("item", _item), score=_score(top.part("score")) if top.has("score") else None,
        text=text, sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    top.done()
    keys = [item.key for item in found.items]
    for number, item in enumerate(found.items, 1):
        if item.key in keys[: number - 1]:
            top.fail(f"item[{number}].key", tr("stands there twice"))
        whole = found.item(item.part_of) if item.part_of else None
        if item.part_of and (whole is None or whole.part_of or whole is item):
            top.fail(f"item[{number}].part_of", tr("there is no item of this name that it could be a part of"))
    return found


def _item(fields: Fields) -> CheckItem:
    value = fields.choice("value", ValueKind)
    look = fields.text_or_none("look")
    if look and (value is not ValueKind.YES_NO or look not in ("yes", "no")):
        fields.fail("look", tr("yes or no is needed, and only for an answer of yes or no"))
    choices = fields.parts("choice", _choice) if fields.has("choice") else ()
    keys = [choice.key for choice in choices]
    if (value is ValueKind.CHOICE) != (len(keys) > 1) or len(set(keys)) != len(keys):
        fields.fail("choice", tr("two or more different ones are needed for a choice, and only there"))
    return _with_number(fields, CheckItem(
        key=fields.key("key"), label=fields.text("label", 80), group=fields.text("group", 40),
        kind=fields.choice("kind", CheckClass), asked=fields.choice("asked", Asked), value=value,
        part_of=fields.key("part_of") if fields.has("part_of") else "", hint=fields.text_or_none("hint"),
        note=fields.text("note", 40) if fields.has("note") else "", look=look, choices=choices,
    ))  # fmt: skip


def _with_number(fields: Fields, item: CheckItem) -> CheckItem:
    """The item with what belongs to a number; a field of a number in another item is refused as unknown."""
    if item.value is not ValueKind.NUMBER:
        return item
    low = fields.whole("low", 0, 100_000)
    high = fields.whole("high", low + 1, 100_000)
    return CheckItem(
        item.key, item.label, item.group, item.kind, item.asked, item.value, item.part_of, item.hint, item.note,
        unit=fields.text("unit", 12) if fields.has("unit") else "", low=low, high=high,
        decimals=fields.yes_no("decimals"),
        at_least=fields.figure_or_none("at_least", low, high), at_most=fields.figure_or_none("at_most", low, high),
    )  # fmt: skip


def _choice(fields: Fields) -> Choice:
    look = fields.choice("look", Look) if fields.has("look") else Look.FINE
    return Choice(fields.key("key"), fields.text("label", 80), look)


def _score(fields: Fields) -> Score:
    found = Score(
        fields.key("key"), fields.text("title", 80), fields.figure("enough", 0, 100), fields.parts("part", _score_part)
    )
    keys = [part.key for part in found.parts]
    if len(set(keys)) != len(keys):
        fields.fail("part", tr("stands there twice"))
    if found.enough.value > found.most:
        fields.fail("enough", tr("is more than all parts together"))
    fields.done()
    return found


def _score_part(fields: Fields) -> ScorePart:
    words = fields.texts("words")
    if len(words) < 2:
        fields.fail("words", tr("words for 0 and for each further point are needed"))
    basis = fields.choice("basis", Basis)
    source = fields.text_or_none("source")
    if (basis is Basis.SOURCE) != bool(source):
        fields.fail("source", tr("is needed for the basis 'source', and only there"))
    return ScorePart(fields.key("key"), fields.text("label", 60), words, basis, source)
