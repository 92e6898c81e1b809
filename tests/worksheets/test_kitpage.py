"""The recovery kit's page: what it says, that nothing on it is cut off, and that its code can be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.domain.paper import KitSheet
from desktop.storage.vault.kit import START, groups, read_kit
from desktop.worksheets.kitpage import commands, squares
from desktop.worksheets.pen import PAGE_SIZES
from tests.worksheets import samples
from tests.worksheets.codes import read_code
from tests.worksheets.reading import boxes, pages, text

GOLDEN = Path(__file__).parent / "golden"
# The key of 32 bytes 0, 1, 2 ... 31: for tests only.
TEXT = "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG"
SHEET = KitSheet(
    practice="Praxis Łódź", practice_id="0190a3c8-0000-7000-8000-00000000a001", text=TEXT, groups=groups(TEXT),
    public="age1" + "q" * 58, made_on="2026-03-02", program_version="0.1.0",
)  # fmt: skip
PRESS = samples.press()


@pytest.mark.parametrize("size", PAGE_SIZES)
def test_the_page_says_what_its_golden_file_says(size: str) -> None:
    said = "\n\n=== page ===\n".join(pages(PRESS.recovery_kit(SHEET, size))) + "\n"
    file = GOLDEN / f"kit-{size.lower()}.txt"
    # Golden files are only written when somebody asks for it, and then read by a person before they are kept.
    if os.environ.get("HOLDFAST_WRITE_GOLDEN") == "1":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", PAGE_SIZES)
def test_it_is_one_page_and_nothing_is_cut_off(size: str) -> None:
    found = boxes(PRESS.recovery_kit(SHEET, size))
    assert len(found) == 1
    width, height = PAGE_SIZES[size]
    for box in found[0]:
        assert 20 < box.left < box.right < width - 20
        assert 20 < box.top < box.bottom < height - 20


def test_the_groups_on_the_page_are_the_secret() -> None:
    said = text(PRESS.recovery_kit(SHEET))
    assert all(group in said for group in SHEET.groups)
    assert read_kit("".join(SHEET.groups)).same_as(bytes(range(32)))
    assert SHEET.groups[0] == START


def test_the_code_reads_as_the_secret() -> None:
    assert read_code(squares(TEXT)) == TEXT


def test_the_steps_are_printed_as_they_are_typed() -> None:
    said = text(PRESS.recovery_kit(SHEET))
    assert "age -d -i kit.txt ARCHIVE.age | zstd -d | tar -x" in said
    assert all(command in said for command in commands())


def test_the_practice_and_the_day_stand_on_it_and_the_secret_is_in_no_property_of_the_file() -> None:
    from io import BytesIO

    import pypdf

    pdf = PRESS.recovery_kit(SHEET)
    said = text(pdf)
    assert SHEET.practice_id in said
    assert "Praxis Łódź" in said
    assert "2026-03-02" in said
    information = pypdf.PdfReader(BytesIO(pdf)).metadata
    assert TEXT[20:] not in str(information)
    assert TEXT not in repr(SHEET)
    assert TEXT.encode() not in pdf
