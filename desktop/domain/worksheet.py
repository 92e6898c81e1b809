"""Knows what a worksheet template may say, and how one becomes a sheet for one audience.

A template is a TOML file: `id`, `edition`, `title`, `subtitle` (`own`, `both`), `about`, `minutes`, `sees` (`own`,
`both`, and perhaps `released`), `basis`, and `block` tables in the order of printing. A block with `copies` is only in
those copies, a template with `copies` only printed for them; a block filled with `released-a` or `released-b` is only
where that partner gave words to both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors import Known
from desktop.domain.paper import (
    Block,
    Callout,
    Compartment,
    Grid,
    Heading,
    Paragraph,
    PersonLine,
    Quotes,
    Scale,
    Signature,
    TickList,
    WordsLine,
    WorksheetSheet,
    WriteLines,
)
from desktop.domain.words import tr

OWN = "own"
BOTH = "both"
RELEASED = "released"
LABEL_LIMIT = 240
TEXT_LIMIT = 2000
LINES_LIMIT = 40


class TemplateError(Known):
    """A worksheet file that cannot be used: says which file, where in it, and why."""

    def __init__(self, file: str, where: str, why: str) -> None:
        self.file = file
        self.where = where
        super().__init__(
            tr("The worksheet file {file} cannot be used: {where}: {why}", file=file, where=where, why=why),
            tr("No other worksheet is affected."),
            tr("Mend the file, or take it out of the folder."),
        )


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a clinical statement of a template comes from. kind: source, general knowledge or proposed."""

    what: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """A part of a template. copies: `own`, `both`; fill: `` or what the session adds to it."""

    copies: frozenset[str]
    block: Block
    fill: str = ""


@dataclass(frozen=True, slots=True)
class WorksheetTemplate:
    """A worksheet before it is filled. minutes: about how long it takes a person. copies: for whom there is one."""

    id: str
    edition: int
    title: str
    subtitles: Mapping[str, str]
    about: str
    minutes: int
    sees: Mapping[str, str]
    basis: tuple[Basis, ...]
    blocks: tuple[TemplateBlock, ...]
    copies: frozenset[str] = frozenset({OWN, BOTH})


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What fills a template. people: one, both, or none for a blank sheet.

    intention, words, and what was given, who takes them home and when they come again are one person's own and are
    taken only for that person's own copy. released: what each gave to both, as (`a` or `b`, words); taken only for the
    copy for both. contacts: whom to call, a line each.
    """

    practice: str
    compartment: Compartment
    people: tuple[PersonLine, ...] = ()
    session_on: str = ""
    facilitator: str = ""
    intention: str = ""
    words: tuple[WordsLine, ...] = ()
    released: tuple[tuple[str, WordsLine], ...] = ()
    contacts: tuple[str, ...] = ()
    given: str = ""
    escort: str = ""
    appointment: str = ""
    printed_on: str = ""
    program_version: str = ""


def fill(template: WorksheetTemplate, facts: SheetFacts) -> WorksheetSheet:
    """The sheet for one audience. A copy for both holds no intention and no words but those that were released."""
    copy = BOTH if facts.compartment is Compartment.BOTH else OWN
    filled = (_filled(part, facts) for part in template.blocks if copy in part.copies)
    blocks = tuple(block for block in filled if block is not None)
    sees = template.sees[copy]
    if copy == BOTH and facts.released:
        sees = template.sees.get(RELEASED, sees)
    return WorksheetSheet(
        title=template.title, subtitle=template.subtitles[copy], code=f"{template.id} {template.edition}",
        practice=facts.practice, people=facts.people, compartment=facts.compartment, session_on=facts.session_on,
        facilitator=facts.facilitator, who_will_see=sees, printed_on=facts.printed_on,
        program_version=facts.program_version, blocks=blocks,
    )


def _filled(part: TemplateBlock, facts: SheetFacts) -> Block | None:
    block = part.block
    if part.fill.startswith(RELEASED) and isinstance(block, Quotes):
        words = tuple(line for letter, line in facts.released if part.fill == f"{RELEASED}-{letter}")
        return Quotes(block.label, words, 0) if words else None
    if part.fill in OWN_LINES and isinstance(block, WriteLines):
        known = str(getattr(facts, part.fill))
        if part.fill != "intention":
            return WriteLines(block.label, 0, known or "_" * 44, own=False)
        return WriteLines(block.label, 0, known) if known else block
    if part.fill == "words" and isinstance(block, Quotes) and facts.words:
        return Quotes(block.label, facts.words, 0)
    if part.fill == "contacts" and isinstance(block, Callout):
        contacts = facts.contacts or ("_" * 36, "_" * 36)
        return Callout(block.title, block.lines, contacts)
    return block


# --- reading ----------------------------------------------------------------------------------------


def read_worksheet(text: str, file: str) -> WorksheetTemplate:
    """The template in a TOML text; TemplateError names `file`, the place in it and the reason."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(file, tr("the file's form"), str(error)) from error
    top = _Fields(table, file, tr("the top of the file"))
    known = {"id", "edition", "title", "subtitle", "about", "minutes", "sees", "basis", "block", "copies"}
    top.only(known)
    template_id = top.text("id", 60)
    if not all(ch.isascii() and (ch.isalnum() or ch == "-") for ch in template_id):
        top.fail("id", tr("only letters, digits and hyphens"))
    whose = _read_copies(top, frozenset({OWN, BOTH}))
    blocks = tuple(
        _read_block(_Fields(entry, file, tr("block {n}", n=n)), whose) for n, entry in enumerate(top.tables("block"), 1)
    )
    if not blocks:
        top.fail("block", tr("a worksheet needs at least one"))
    return WorksheetTemplate(
        id=template_id, edition=top.number("edition", 1, 9999), title=top.text("title", 80),
        subtitles=top.pair("subtitle"), about=top.text("about", LABEL_LIMIT), minutes=top.number("minutes", 1, 240),
        sees=top.pair("sees", RELEASED), blocks=blocks, copies=whose,
        basis=tuple(
            _read_basis(_Fields(entry, file, tr("basis {n}", n=n))) for n, entry in enumerate(top.tables("basis"), 1)
        ),
    )


def _read_basis(fields: _Fields) -> Basis:
    fields.only({"what", "kind", "source"})
    kind = fields.text("kind", 40)
    if kind not in ("source", "general knowledge", "proposed"):
        fields.fail("kind", tr("one of source, general knowledge, proposed"))
    return Basis(fields.text("what", LABEL_LIMIT), kind, fields.text("source", LABEL_LIMIT))


def _read_block(fields: _Fields, whose: frozenset[str]) -> TemplateBlock:
    kind = fields.text("kind", 20)
    fields.where = f"{fields.where} ({kind})"
    if kind not in _READERS:
        fields.fail("kind", tr("one of {kinds}", kinds=", ".join(sorted(_READERS))))
    reader, allowed, fills = _READERS[kind]
    fields.only({"kind", "copies", *allowed, *(("fill",) if fills else ())})
    copies = _read_copies(fields, whose)
    fill_with = fields.text("fill", 20) if fields.has("fill") else ("words" if kind == "words" else "")
    if fill_with and fill_with not in fills:
        fields.fail("fill", tr("one of {fills}", fills=", ".join(fills)))
    if fill_with in PRIVATE and BOTH in copies:
        fields.fail("copies", tr("a person's {what} may only be in their own copy", what=fill_with))
    if fill_with.startswith(RELEASED) and OWN in copies:
        fields.fail("copies", tr("released words are in the copy for both"))
    return TemplateBlock(copies, reader(fields), fill_with)


def _read_copies(fields: _Fields, default: frozenset[str]) -> frozenset[str]:
    copies = frozenset(fields.texts("copies", 4)) if fields.has("copies") else default
    if not copies or copies - {OWN, BOTH}:
        fields.fail("copies", tr("a list of own, both"))
    return copies


class _Fields:
    """One table of a file, read with checks; every refusal names the file, the place and the field."""

    def __init__(self, table: object, file: str, where: str) -> None:
        self.file = file
        self.where = where
        if not isinstance(table, dict):
            raise TemplateError(file, where, tr("a table is needed here"))
        self.table: dict[str, Any] = table

    def fail(self, field: str, why: str) -> None:
        """Refuse the file for one field."""
        raise TemplateError(self.file, f"{self.where}, {field}", why)

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.table

    def only(self, known: set[str]) -> None:
        """Refuse fields that nobody reads: a misspelt one would be lost in silence."""
        for field in sorted(set(self.table) - known):
            self.fail(field, tr("not a field that is known here"))

    def text(self, field: str, limit: int) -> str:
        """Text that is not empty and not too long."""
        value = self.table.get(field)
        if not isinstance(value, str) or not value.strip():
            self.fail(field, tr("text is needed"))
        found = str(value).strip()
        if len(found) > limit:
            self.fail(field, tr("at most {n} characters", n=limit))
        return found

    def number(self, field: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within limits, both included."""
        value = self.table.get(field, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fail(field, tr("a whole number from {low} to {high}", low=low, high=high))
        return int(str(value))

    def texts(self, field: str, most: int) -> tuple[str, ...]:
        """A list of texts."""
        value = self.table.get(field)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(field, tr("a list of texts is needed"))
        found = tuple(str(item).strip() for item in value or ())
        if not 0 < len(found) <= most or any(len(item) > TEXT_LIMIT for item in found):
            self.fail(field, tr("one to {n} texts, none longer than {limit} characters", n=most, limit=TEXT_LIMIT))
        return found

    def tables(self, field: str) -> Sequence[object]:
        """A list of tables; none when the field is missing."""
        value = self.table.get(field, [])
        if not isinstance(value, list):
            self.fail(field, tr("a list of tables is needed"))
        return list(value)

    def pair(self, field: str, *more: str) -> Mapping[str, str]:
        """A text for a person's own copy and one for both; `more` may be there."""
        inner = _Fields(self.table.get(field), self.file, field)
        inner.only({OWN, BOTH, *more})
        asked = (OWN, BOTH, *(name for name in more if inner.has(name)))
        return {copy: inner.text(copy, LABEL_LIMIT) for copy in asked}


def _grid(fields: _Fields) -> Block:
    head = fields.texts("head", 8)
    widths = fields.table.get("widths", [1] * len(head))
    shares = widths if isinstance(widths, list) else []
    if len(shares) != len(head) or not all(isinstance(share, int) and share > 0 for share in shares):
        fields.fail("widths", tr("a whole number above zero for each column"))
    return Grid(head, (), fields.number("blank", 1, LINES_LIMIT), tuple(shares))


def _scale(fields: _Fields) -> Block:
    low = fields.number("low", 0, 10, 0)
    high = fields.number("high", 1, 10, 10)
    if low >= high:
        fields.fail("high", tr("above low"))
    words = [fields.text(name, 40) if fields.has(name) else "" for name in ("low_word", "high_word")]
    return Scale(fields.text("label", LABEL_LIMIT), low, high, *words)


Reader = Callable[[_Fields], Block]
OWN_LINES = ("intention", "given", "escort", "appointment")
PRIVATE = (*OWN_LINES, "words")
_READERS: dict[str, tuple[Reader, tuple[str, ...], tuple[str, ...]]] = {
    "heading": (lambda f: Heading(f.text("text", LABEL_LIMIT)), ("text",), ()),
    "paragraph": (lambda f: Paragraph(f.text("text", TEXT_LIMIT)), ("text",), ()),
    "hint": (lambda f: Paragraph(f.text("text", TEXT_LIMIT), quiet=True), ("text",), ()),
    "write": (
        lambda f: WriteLines(f.text("label", LABEL_LIMIT), f.number("lines", 1, LINES_LIMIT)),
        ("label", "lines"), OWN_LINES,
    ),
    "ticks": (
        lambda f: TickList(f.text("label", LABEL_LIMIT), f.texts("items", 60), f.number("columns", 1, 3, 1)),
        ("label", "items", "columns"), (),
    ),
    "scale": (_scale, ("label", "low", "high", "low_word", "high_word"), ()),
    "grid": (_grid, ("head", "widths", "blank"), ()),
    "words": (
        lambda f: Quotes(f.text("label", LABEL_LIMIT), (), f.number("blank", 1, LINES_LIMIT, 3)),
        ("label", "blank"), ("words", f"{RELEASED}-a", f"{RELEASED}-b"),
    ),
    "callout": (
        lambda f: Callout(f.text("title", LABEL_LIMIT), f.texts("lines", 30)), ("title", "lines"), ("contacts",),
    ),
    "signature": (lambda f: Signature(f.texts("labels", 6)), ("labels",), ()),
}
