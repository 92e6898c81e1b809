"""Printed pages: what they say, who may read them, and that nothing on them is cut off."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import Known
from desktop.domain.paper import Compartment, DoseLine, LogLine, PersonLine, VitalsPoint, WordsLine
from desktop.worksheets.frame import BOTTOM, RIGHT, STRIP, TOP
from desktop.worksheets.pen import PAGE_SIZES
from tests.worksheets import samples
from tests.worksheets.reading import boxes, pages, text

PRESS = samples.press()
GOLDEN = Path(__file__).parent / "golden"
SHEETS: dict[str, Callable[[], bytes]] = {
    "worksheet-a": lambda: PRESS.worksheet(samples.for_lukasz()),
    "worksheet-b-letter": lambda: PRESS.worksheet(
        samples.sheet(Compartment.B, samples.PHUONG, intention="To be softer with myself."), "Letter"
    ),
    "worksheet-both": lambda: PRESS.worksheet(samples.for_both()),
    "worksheet-blank": lambda: PRESS.worksheet(samples.sheet(Compartment.ALONE)),
    "flowsheet-a": lambda: PRESS.flowsheet(samples.flowsheet()),
    "flowsheet-a-letter": lambda: PRESS.flowsheet(samples.flowsheet(), "Letter"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_each_page_says_what_its_golden_file_says(name: str) -> None:
    said = "\n\n=== page ===\n".join(pages(SHEETS[name]())) + "\n"
    file = GOLDEN / f"{name}.txt"
    # Golden files are only written when somebody asks for it, and then read by a person before they are kept.
    if os.environ.get("HOLDFAST_WRITE_GOLDEN") == "1":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHEETS)
def test_every_page_has_two_identifiers_its_number_the_day_and_who_will_see_it(name: str) -> None:
    found = pages(SHEETS[name]())
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "printed 2026-03-02" in page
        assert "Who will see this:" in page
        assert "born" in page
        assert "Harbor Practice" in page
    if "-a" in name:
        assert all("Łukasz Wiśniewski" in page and "1984-05-01" in page for page in found)
    if "both" in name:
        assert all("Łukasz Wiśniewski" in page and "Nguyễn Thị Phượng" in page for page in found)


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_a_blank_sheet_asks_for_name_and_date_of_birth_on_one_line(size: str) -> None:
    for page in pages(PRESS.worksheet(samples.sheet(Compartment.ALONE), size)):
        (line,) = [line for line in page.splitlines() if line.startswith("Name ")]
        assert re.match(r"Name _+ +born _+", line)


@pytest.mark.parametrize("name", SHEETS)
def test_no_character_leaves_the_frame(name: str) -> None:
    assert_inside(SHEETS[name](), "Letter" if "letter" in name else "A4")


def assert_inside(pdf: bytes, size: str) -> None:
    width, height = PAGE_SIZES[size]
    for page in boxes(pdf):
        for box in page:
            assert box.left >= STRIP - 1, box
            assert box.right <= width - RIGHT + 2, box
            assert box.top >= TOP - 4, box
            assert box.bottom <= height - BOTTOM + 4, box


@pytest.mark.parametrize("name", SHEETS)
def test_body_text_never_reaches_into_the_foot(name: str) -> None:
    for page in boxes(SHEETS[name]()):
        seen = [box for box in page if box.char == "W" and box.left < 70]
        foot = max(seen, key=lambda box: box.top)
        below = [box for box in page if box.top > foot.top - 6 and box.left > 60]
        assert "".join(box.char for box in below).startswith("Whowillseethis:")


def test_names_are_page_text_in_reading_order_for_two_readers_of_pdf() -> None:
    names = ("Łukasz Wiśniewski", "Nguyễn Thị Phượng", "李小龙", "שרה", "محمد", "김민수", "Ελένη")
    for name in names:
        pdf = PRESS.worksheet(samples.sheet(Compartment.A, PersonLine(name, "1984-05-01", "A")))
        assert name in text(pdf)
        assert name in pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()


def first_page(name: str) -> pypdf.PageObject:
    pdf = PRESS.worksheet(samples.sheet(Compartment.A, PersonLine(name, "1984-05-01", "A")))
    return pypdf.PdfReader(BytesIO(pdf)).pages[0]


@pytest.mark.parametrize("name", ["مُحَمَّد", "שָׁלוֹם", "สมชายที่", "x\u0323\u0301"])
def test_marks_above_and_below_letters_are_read_back(name: str) -> None:
    assert set(name) <= set(first_page(name).extract_text())


def test_marks_are_raised_to_their_place() -> None:
    assert b" Ts" not in first_page("Ana").get_contents().get_data()  # type: ignore[union-attr]
    assert b" Ts" in first_page("مُحَمَّد").get_contents().get_data()  # type: ignore[union-attr]


def test_a_document_has_no_form_fields_no_client_in_its_properties_and_only_embedded_fonts() -> None:
    reader = pypdf.PdfReader(BytesIO(PRESS.worksheet(samples.for_lukasz())))
    assert reader.get_fields() in (None, {})
    assert "Wi" not in str(reader.metadata)
    for page in reader.pages:
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()


CANARIES = ("canary-a-intention", "canary-a-words", "canary-a-log")


def test_nothing_of_a_is_on_a_page_for_both_or_for_b() -> None:
    words = (WordsLine(10, "10:10", CANARIES[1]),)
    own = PRESS.worksheet(samples.for_lukasz(intention=CANARIES[0], words=words))
    both = PRESS.worksheet(samples.for_both(intention=CANARIES[0], words=words))
    other = PRESS.worksheet(samples.sheet(Compartment.B, samples.PHUONG))
    assert CANARIES[0] in text(own)
    assert CANARIES[1] in text(own)
    for pdf in (both, other):
        assert not [canary for canary in CANARIES if canary in text(pdf)]
    assert "Łukasz" not in text(other)


def test_a_flowsheet_names_nobody_but_its_person() -> None:
    said = text(PRESS.flowsheet(samples.flowsheet()))
    assert "Nguyễn" not in said
    assert "Łukasz Wiśniewski" in said


def test_what_was_struck_is_still_readable_with_its_reason() -> None:
    said = text(PRESS.flowsheet(samples.flowsheet()))
    for needed in ("93/61", "struck: cuff had slipped", "struck: entered twice", "late entry, written 10:41"):
        assert needed in said


def test_a_level_is_said_in_a_word_and_a_missing_reading_with_its_reason() -> None:
    said = text(PRESS.flowsheet(samples.flowsheet()))
    levels = ("164/98 amber", "94 amber", "160 amber", "180 red")
    for needed in (*levels, "refused", "did not want the cuff", "failed", "cold fingers"):
        assert needed in said


def test_a_session_with_nothing_entered_says_so() -> None:
    empty = samples.flowsheet(
        doses=(), vitals=(), log=(), words=(), phases=(), due=(), checks=(), observations=(), scales=(), discharge=(),
        staff=(), missing=(), order=(), totals=(), ended_minute=None, bands=(), protocol_title="", medicine="",
        route="", role="",
    )  # fmt: skip
    said = text(PRESS.flowsheet(empty))
    for what in ("vitals were", "medicine was", "discharge was"):
        assert f"No {what} entered." in said
    assert "Nothing is noted as missing." in said


def test_a_long_log_runs_on_with_its_head_on_every_page_and_no_line_lost() -> None:
    log = tuple(LogLine(n, "10:00", "MK", f"entry number {n:03d} " + "and so on " * (n % 40)) for n in range(200))
    pdf = PRESS.flowsheet(samples.flowsheet(log=log))
    said = pages(pdf)
    assert_inside(pdf, "A4")
    assert all(f"entry number {n:03d}" in "\n".join(said) for n in range(200))
    with_log = [page for page in said if "entry number" in page]
    assert len(with_log) > 4
    assert all("Entry" in page for page in with_log)


def test_a_single_entry_longer_than_a_page_is_not_cut() -> None:
    long = " ".join(f"w{n}" for n in range(3000))
    pdf = PRESS.flowsheet(samples.flowsheet(log=(LogLine(1, "10:01", "MK", long),)))
    said = text(pdf).split()
    assert all(f"w{n}" in said for n in range(3000))
    assert_inside(pdf, "A4")


def test_two_hundred_readings_and_thirty_doses_still_make_a_sheet() -> None:
    levels = (("bp", "red"), ("hr", "amber"))
    vitals = tuple(
        VitalsPoint(n, "10:00", 120 + n % 90, 60 + n % 50, 60 + n % 80, 88 + n % 12, levels=levels)
        for n in range(200)
    )
    doses = tuple(DoseLine(n * 3, "10:00", "a medicine with a rather long name", "100") for n in range(30))
    assert_inside(PRESS.flowsheet(samples.flowsheet(vitals=vitals, doses=doses)), "A4")


def test_readings_far_outside_the_usual_range_stay_in_the_frame() -> None:
    wild = (VitalsPoint(-300, "05:00", 290, 10, 230, 40, 70), VitalsPoint(2000, "19:20", 60, 30, 20, 100, 2))
    assert_inside(PRESS.flowsheet(samples.flowsheet(vitals=wild)), "A4")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("0", "\xad", "A4")
@given(st.text(min_size=1, max_size=120), st.text(max_size=400), st.sampled_from(["A4", "Letter"]))
@example("😀" * 120, "x" * 400, "A4")
@example("\u202eabc\u2067\u0600", "ﷺ" * 50, "Letter")
@example("W" * 120, "\n\n\u2028", "A4")
def test_any_name_and_any_words_print_inside_the_frame(name: str, words: str, size: str) -> None:
    person = PersonLine(name, "1984-05-01", "A")
    kept = (WordsLine(3, "10:03", words),)
    assert_inside(PRESS.worksheet(samples.sheet(Compartment.A, person, words=kept, intention=words), size), size)
    both = (person, replace(person, seat="B"))
    assert_inside(PRESS.worksheet(samples.sheet(Compartment.BOTH, *both), size), size)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=80))
def test_any_text_in_a_flowsheet_prints_inside_the_frame(anything: str) -> None:
    sheet = samples.flowsheet(
        medicine=anything, route=anything, protocol_title=anything, missing=(anything,),
        log=(LogLine(1, "10:01", anything[:8], anything, struck=True, reason=anything),),
        doses=(DoseLine(5, "10:05", anything, "1", anything[:20], anything[:20], "MK", "JO", reason=anything),),
    )  # fmt: skip
    assert_inside(PRESS.flowsheet(sheet), "A4")


def test_the_preview_shows_the_real_pages_as_packed_rgb() -> None:
    pdf = PRESS.worksheet(samples.for_both())
    images = PRESS.preview(pdf, 72)
    assert len(images) == len(pages(pdf))
    for image in images:
        assert (image.width, image.height) == (596, 842)
        assert len(image.rgb) == image.width * image.height * 3
        left = image.rgb[(421 * image.width + 27) * 3 :][:3]
        assert left[2] > left[0]  # A's bar is blue in red-green-blue order


def test_a_paper_size_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(Known, match="A4 or Letter"):
        PRESS.worksheet(samples.for_both(), "A3")


def test_the_offset_of_the_place_is_printed() -> None:
    assert "10:00 (UTC-05:00)" in text(PRESS.flowsheet(samples.flowsheet()))
