"""Glyphs: the names of the people whom this program serves come out right, in every script that ships."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.worksheets.bidi import levels
from desktop.worksheets.fonts import Shelf, Weight, invisible
from desktop.worksheets.setting import Line, Setter, segments
from desktop.worksheets.shaping import GlyphRun, Ink, Shaper
from tests.worksheets.samples import Files

SHAPER = Shaper(Shelf(Files().path))
SETTER = Setter(SHAPER)
INK = Ink(Weight.REGULAR, 10.0)
NAMES = {
    "Łukasz Wiśniewski": "SourceSans3-Regular", "Nguyễn Thị Phượng": "SourceSans3-Regular",
    "Ελένη": "SourceSans3-Regular", "Иван": "SourceSans3-Regular", "李小龙": "DroidSansFallbackFull",
    "שרה": "NotoSansHebrew-Regular", "محمد": "NotoSansArabic-Regular", "김민수": "NotoSansKRHangul-Regular",
    "สมชาย": "NotoSansThai-Regular", "हिन्दी": "NotoSansDevanagari-Regular", "Արամ": "NotoSansArmenian-Regular",
    "გიორგი": "NotoSansGeorgian-Regular",
}  # fmt: skip


def runs_of(text: str, base: int = 0) -> tuple[GlyphRun, ...]:
    return SHAPER.line(text, [INK] * len(text), levels(text, base), base)


def said(runs: tuple[GlyphRun, ...]) -> str:
    return "".join(glyph.text for run in runs for glyph in run.glyphs)


@pytest.mark.parametrize(("name", "font"), NAMES.items())
def test_each_name_is_set_whole_in_one_font_that_has_it(name: str, font: str) -> None:
    runs = runs_of(name)
    assert {run.face.name for run in runs} == {font}
    assert said(runs) == name
    assert all(glyph.id != 0 for run in runs for glyph in run.glyphs)


def test_arabic_letters_take_their_joined_forms() -> None:
    (run,) = runs_of("محمد")
    alone = [runs_of(letter)[0].glyphs[0].id for letter in "محمد"]
    joined = [glyph.id for glyph in run.glyphs]
    assert run.rtl
    assert all(a != b for a, b in zip(alone, joined, strict=True))
    assert joined[0] != joined[2]  # the first and the middle meem differ


def test_right_to_left_names_stand_in_order_among_digits_and_brackets() -> None:
    runs = runs_of("(محمد 12) [שרה 1984-05-01]")
    shown = "|".join("".join(glyph.text for glyph in run.glyphs).strip() for run in runs if said((run,)).strip())
    assert shown == "(|12|محمد|) [|1984-05-01|שרה|]"


def test_a_bracket_in_right_to_left_text_is_mirrored() -> None:
    plain = runs_of("(")[0].glyphs[0].id
    turned = next(run for run in runs_of("(שר)", base=1) if "(" in said((run,)))
    assert turned.rtl
    assert next(glyph.id for glyph in turned.glyphs if glyph.text == "(") != plain


def test_digits_are_of_one_width_in_every_cut() -> None:
    for weight in Weight:
        face = SHAPER._shelf.face(SHAPER._shelf.choose("0", weight) or "")
        assert len({face.advance(face.hb_font.get_nominal_glyph(ord(digit))) for digit in "0123456789"}) == 1


def test_what_no_font_has_is_printed_by_its_number() -> None:
    assert SHAPER.drawable("a😀b", Weight.REGULAR) == "a[U+1F600]b"
    assert SHAPER.drawable("\ud800\x07", Weight.REGULAR) == "[U+D800] "


def test_a_mark_without_a_ready_letter_is_still_set() -> None:
    (run,) = runs_of(SHAPER.drawable("x\u0323\u0301", Weight.REGULAR))
    assert said((run,)) == "x\u0323\u0301"


def test_letters_composed_or_not_give_the_same_page() -> None:
    assert SHAPER.drawable("Nguye\u0302\u0303n", Weight.REGULAR) == "Nguy\u1ec5n"


def visible(text: str) -> list[str]:
    return sorted(ch for ch in text if not ch.isspace() and not invisible(ch))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.floats(24, 300), st.sampled_from([0, 1, None]))
@example("W" * 200, 30.0, 0)
@example("محمدمحمدمحمدمحمدمحمدمحمدمحمد", 24.0, None)
def test_any_text_breaks_into_lines_that_fit_and_lose_nothing(text: str, width: float, base: int | None) -> None:
    lines = SETTER.lines([(text, INK)], width, base)
    assert visible("".join(said(line.runs) for line in lines)) == visible(SHAPER.drawable(text, INK.weight))
    for line in lines:
        single = len(said(line.runs).strip()) == 1
        assert line.width <= width + 1.0 or single or is_one_cluster(line)


def is_one_cluster(line: Line) -> bool:
    """Whether a line holds a single letter with its marks: it cannot be broken further."""
    return len(segments(said(line.runs))) <= 1 and sum(g.advance > 0 for run in line.runs for g in run.glyphs) <= 2


def test_a_date_and_a_negative_number_are_never_broken() -> None:
    assert segments("on 1984-05-01 at -5") == [(0, 3), (3, 14), (14, 17), (17, 19)]


def test_chinese_breaks_between_characters_but_no_line_begins_with_a_full_stop() -> None:
    assert segments("你好。再见") == [(0, 1), (1, 3), (3, 4), (4, 5)]


def test_a_label_that_is_too_long_ends_in_dots() -> None:
    line = SETTER.short("a very long label for a very short place", INK, 60)
    assert line.width <= 60
    assert said(line.runs).endswith("…")
