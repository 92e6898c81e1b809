"""Pages around a session: one page in big type, every script inside the frame, the same bytes for the same facts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.domain.paper import PersonLine
from desktop.domain.paper_live import GivenLine, StepDone, TrendLine
from tests.worksheets import samples
from tests.worksheets.page_samples import handover, page
from tests.worksheets.reading import boxes, pages, text
from tests.worksheets.test_paper import assert_inside

PRESS = samples.press()
SIZES = ("A4", "Letter")
NAMES = ("Łukasz Wiśniewski", "李小龙", "שרה כהן", "محمد العلي", "김민수", "สมชาย ใจดี", "हिन्दी नाम", "Արամ", "გიორგი")


@pytest.mark.parametrize("size", SIZES)
def test_the_dose_and_its_minutes_stand_in_the_largest_type_after_the_name(size: str) -> None:
    pdf = PRESS.page(handover(), size)
    (page_boxes,) = boxes(pdf)
    tall = sorted({round(box.bottom - box.top) for box in page_boxes if box.char in "10mg"}, reverse=True)
    assert tall[0] >= 12
    assert "100 mg 62 min ago" in text(pdf)
    assert_inside(pdf, size)


@pytest.mark.parametrize("size", SIZES)
def test_what_does_not_fit_in_big_type_is_set_smaller_and_never_left_out(size: str) -> None:
    others = tuple(GivenLine("10:50", n, f"medicine number {n}", "2.5 mg", "by mouth") for n in range(12))
    trend = tuple(TrendLine("10:45", n, f"{130 + n}/80", "90", "97", "16", note=f"remark {n}") for n in range(8))
    full = handover(others=others, trend=trend, steps=tuple(StepDone(f"step {n}") for n in range(9)))
    (only,) = pages(PRESS.page(full, size))
    for needed in (*(one.what for one in others), *(line.bp for line in trend), "step 8", "penicillin"):
        assert needed in only


def test_a_level_is_said_in_a_word_and_what_is_not_known_is_said_to_be_asked() -> None:
    said = text(PRESS.page(handover()))
    for needed in ("164/98 amber", "MOAA/S): 2 red", "not entered: ask", "11:05 Call for help", "__:__ Airway"):
        assert needed in said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_name_of_any_script_is_on_every_page_and_inside_the_frame(name: str, size: str) -> None:
    person = PersonLine(name, "1984-05-01", "3A")
    for pdf in (PRESS.page(handover(person=person, allergies=name, contact=name), size),
                PRESS.page(page(name, person=person), size)):  # fmt: skip
        assert_inside(pdf, size)
        assert all("born 1984-05-01" in each for each in pages(pdf))
        assert "".join(name.split())[:2] in "".join(text(pdf).split())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=160), st.sampled_from(SIZES))
@example("😀" * 60, "A4")
@example("W" * 160, "Letter")
@example("\u202eabc\u2067\u0600", "A4")
def test_any_words_print_inside_the_frame(words: str, size: str) -> None:
    assert_inside(PRESS.page(page(words), size), size)
    assert_inside(PRESS.page(handover(allergies=words, medicines=words, contact=words, over=words), size), size)


def test_a_page_that_is_to_be_one_page_shrinks_its_chart_first() -> None:
    loose, tight = (len(pages(PRESS.page(page(tight=tight)))) for tight in (False, True))
    assert tight <= loose
    many = replace(page(), blocks=page().blocks * 4, tight=True)
    assert len(pages(PRESS.page(many))) > 1
