"""Worksheet files: what ships is valid, and what is not valid says where and why."""

from __future__ import annotations

import pytest

from desktop.domain.paper import Callout, Compartment, Paragraph, PersonLine, Quotes, WordsLine, WriteLines
from desktop.domain.worksheet import SheetFacts, TemplateError, fill, read_worksheet
from tests.worksheets.samples import Files, template

TOP = """
id = "small"
edition = 2
title = "Small"
about = "A small sheet"
minutes = 5
[subtitle]
own = "mine"
both = "ours"
[sees]
own = "you"
both = "both of you"
"""
BLOCK = """
[[block]]
kind = "paragraph"
text = "Hello"
"""
A = PersonLine("Ana", "1980-01-01", "A")


def test_every_worksheet_that_ships_is_valid_and_named_like_its_file() -> None:
    names = Files().names("worksheets", ".toml")
    assert names
    for name in names:
        assert read_worksheet(Files().text(f"worksheets/{name}"), name).id + ".toml" == name


def test_every_clinical_statement_of_the_worksheet_names_its_basis() -> None:
    assert {basis.kind for basis in template().basis} <= {"source", "general knowledge", "proposed"}
    assert any("72 hours" in basis.what for basis in template().basis)


REFUSED = [
    ("id = ", "the file's form", ""),
    (TOP, "the top of the file, block", "at least one"),
    (TOP.replace('id = "small"', 'id = "../x"') + BLOCK, "the top of the file, id", "letters, digits"),
    (TOP.replace("edition = 2", 'edition = "2"') + BLOCK, "the top of the file, edition", "a whole number"),
    (TOP.replace("minutes = 5", "minutes = true") + BLOCK, "the top of the file, minutes", "a whole number"),
    (TOP.replace('title = "Small"', f'title = "{"x" * 81}"') + BLOCK, "title", "at most 80"),
    (TOP.replace('both = "ours"', "") + BLOCK, "subtitle, both", "text is needed"),
    (TOP.replace('about = "A small sheet"', "") + BLOCK, "about", "text is needed"),
    ('color = "red"\n' + TOP + BLOCK, "the top of the file, color", "not a field"),
    ("block = 3\n" + TOP, "block", "a list of tables"),
    ("sees = 3\n" + TOP.replace("[sees]", "[seen]") + BLOCK, "seen", "not a field"),
    (TOP + '[[block]]\nkind = "poem"\ntext = "x"', "block 1 (poem), kind", "one of callout"),
    (TOP + BLOCK + 'txet = "x"', "block 1 (paragraph), txet", "not a field"),
    (TOP + BLOCK + BLOCK + 'copies = ["everyone"]', "block 2 (paragraph), copies", "own, both"),
    (TOP + '[[block]]\nkind = "write"\nlabel = "x"\nlines = 0', "block 1 (write), lines", "from 1 to 40"),
    (TOP + '[[block]]\nkind = "ticks"\nlabel = "x"\nitems = []', "block 1 (ticks), items", "one to 60"),
    (TOP + '[[block]]\nkind = "ticks"\nlabel = "x"\nitems = "a"', "block 1 (ticks), items", "a list of texts"),
    (TOP + '[[block]]\nkind = "scale"\nlabel = "x"\nlow = 5\nhigh = 5', "block 1 (scale), high", "above low"),
    (TOP + '[[block]]\nkind = "grid"\nhead = ["a"]\nblank = 1\nwidths = [1, 2]', "(grid), widths", "each column"),
    (TOP + '[[block]]\nkind = "words"\nlabel = "x"', "block 1 (words), copies", "only be in their own copy"),
    (TOP + '[[block]]\nkind = "write"\nlabel = "x"\nlines = 1\nfill = "intention"', "copies", "own copy"),
    (TOP + '[[block]]\nkind = "write"\nlabel = "x"\nlines = 1\nfill = "words"', "fill", "one of intention"),
    (TOP + BLOCK + '[[basis]]\nwhat = "x"\nkind = "rumour"\nsource = "y"', "basis 1, kind", "one of source"),
    ("block = [3]\n" + TOP, "block 1", "a table is needed"),
]


@pytest.mark.parametrize(("text", "where", "why"), REFUSED)
def test_a_file_that_cannot_be_used_names_itself_the_place_and_the_reason(text: str, where: str, why: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read_worksheet(text, "small.toml")
    assert caught.value.file == "small.toml"
    assert where in caught.value.where
    assert why in caught.value.what
    assert "small.toml" in str(caught.value)


def test_a_copy_for_both_never_takes_ones_intention_or_words() -> None:
    words = (WordsLine(3, "10:03", "canary"),)
    facts = SheetFacts("P", Compartment.BOTH, (A,), intention="canary", words=words)
    assert "canary" not in repr(fill(template(), facts))


def test_an_own_copy_takes_intention_words_and_contacts() -> None:
    words = (WordsLine(3, "10:03", "I am here"),)
    facts = SheetFacts("P", Compartment.A, (A,), intention="softly", words=words, contacts=("555 0100",))
    blocks = fill(template(), facts).blocks
    assert any(isinstance(block, WriteLines) and block.text == "softly" and block.lines == 0 for block in blocks)
    assert any(isinstance(block, Quotes) and block.words == words for block in blocks)
    assert any(isinstance(block, Callout) and block.strong == ("555 0100",) for block in blocks)


def test_a_blank_sheet_has_room_for_what_is_not_known() -> None:
    blocks = fill(template(), SheetFacts("P", Compartment.ALONE)).blocks
    assert any(isinstance(block, WriteLines) and "intention" in block.label and block.lines == 2 for block in blocks)
    assert any(isinstance(block, Quotes) and block.blank and not block.words for block in blocks)
    assert any(isinstance(block, Callout) and block.strong and set(block.strong[0]) == {"_"} for block in blocks)


def test_a_part_without_copies_is_in_both_kinds_of_copy() -> None:
    small = read_worksheet(TOP + BLOCK + '[[block]]\nkind = "hint"\ncopies = ["own"]\ntext = "Psst"', "small.toml")
    own = fill(small, SheetFacts("P", Compartment.B))
    both = fill(small, SheetFacts("P", Compartment.BOTH))
    assert own.blocks == (Paragraph("Hello"), Paragraph("Psst", quiet=True))
    assert both.blocks == (Paragraph("Hello"),)
    assert (own.subtitle, both.subtitle) == ("mine", "ours")
    assert (own.who_will_see, both.who_will_see) == ("you", "both of you")
