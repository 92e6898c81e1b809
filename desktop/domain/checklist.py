"""Knows the observation chips and the scales: what can be seen and rated, in words a client may read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from desktop.domain.protocol_fields import Fields, load
from desktop.domain.words import tr


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that can be seen. short: the two letters that reach it; also: other names it answers to.

    phases: where it stands among the first eight.
    """

    key: str
    label: str
    short: str
    phases: tuple[str, ...] = ()
    intensity: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """A scale with whole numbers from low to high; words name its ends, or its steps from low upwards."""

    key: str
    label: str
    low: int
    high: int
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """Chips and scales of one file, with the very text it was read from and that text's sha256 in hex."""

    id: str
    edition: int
    chips: tuple[Chip, ...]
    ratings: tuple[Rating, ...]
    text: str
    sha256: str

    def chip(self, name: str) -> Chip | None:
        """The chip of that key, label, two letters or other name, whatever its case, blanks and hyphens; or None."""
        wanted = fold_name(name)
        return next((c for c in self.chips if wanted in {fold_name(c.label), *map(fold_name, _names(c))}), None)

    def rating(self, name: str) -> Rating | None:
        """The scale of that key, label or other name; or None."""
        wanted = fold_name(name)
        return next((r for r in self.ratings if wanted in {fold_name(r.label), *map(fold_name, _names(r))}), None)

    def chips_of(self, phase: str) -> tuple[Chip, ...]:
        """The chips that a phase shows first, in the file's order."""
        return tuple(chip for chip in self.chips if phase in chip.phases)


def fold_name(text: str) -> str:
    """A name for comparing: small letters without accents, blanks, hyphens, slashes and underscores."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(ch for ch in spread if ch.isalnum())


def read_checklist(text: str, file: str) -> Checklist:
    """The checklist in a TOML text; DataFileError names the file, the line, the field and the reason."""
    top = load(text, file)
    found = Checklist(
        id=top.key("id"), edition=top.whole("edition", 1, 9999), chips=top.parts("chip", _read_chip),
        ratings=top.parts("scale", _read_rating), text=text, sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    for place, things in (("chip", found.chips), ("scale", found.ratings)):
        names = [fold_name(name) for thing in things for name in _names(thing)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            top.fail(place, tr("the name {name} stands there twice", name=name))
    top.done()
    return found


def _names(thing: Chip | Rating) -> set[str]:
    short = {thing.short} if isinstance(thing, Chip) else set()
    return {thing.key, *thing.also, *short}


def _read_chip(fields: Fields) -> Chip:
    if not re.fullmatch("[a-z]{2}", fields.key("short")):
        fields.fail("short", tr("two small letters are needed"))
    return Chip(
        key=fields.key("key"), label=fields.text("label", 40), short=fields.key("short"), phases=fields.texts("phases"),
        intensity=fields.yes_no("intensity"), also=fields.texts("also"),
    )


def _read_rating(fields: Fields) -> Rating:
    low = fields.whole("low", 0, 100)
    return Rating(
        key=fields.key("key"), label=fields.text("label", 40), low=low, high=fields.whole("high", low + 1, 100),
        words=fields.texts("words"), also=fields.texts("also"),
    )
