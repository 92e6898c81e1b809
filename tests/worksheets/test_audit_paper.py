"""The audit trail on paper: what each page says, that nothing is cut off, and that it is about nobody."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.paper import Fact
from desktop.domain.paper_audit import ArchiveList, AuditPaper, PrintedArchive, PrintedLine, PrintedPoint
from tests.worksheets import samples
from tests.worksheets.reading import pages
from tests.worksheets.test_paper import assert_inside

PRESS = samples.press()
GOLDEN = Path(__file__).parent / "golden" / "audit-report.txt"
LINES = tuple(
    PrintedLine(
        str(number), f"2026-03-02 10:{number % 60:02d}:00", ("Mara Köhler", "Nguyễn Thị Phượng")[number % 2],
        ("viewed", "changed", "saved as a file")[number % 3], "an entry of a session", "what a couple shares",
        ("the whole page", "", "2026-03-01 to 2026-03-02, 812 lines, csv")[number % 3],
    )
    for number in range(1, 61)
)  # fmt: skip
POINTS = (
    PrintedPoint("60", "1ccd 3e7e 8af9 d26a b015 8ebd c149 aa56", (
        Fact("Mara Köhler", "2026-03-02 18:42, key 0a1b 2c3d 4e5f 6071 8293 a4b5 c6d7 e8f9"),
        Fact("Paul Osei", "2026-03-09 09:01, key ffee ddcc bbaa 9988 7766 5544 3322 1100"),
    )),
)  # fmt: skip
PAPER = AuditPaper(
    title="Audit report", subtitle="2026-03-01 – 2026-03-02", practice="Harbor Practice",
    who_will_see="whoever this page is given to", printed_on="2026-03-02", program_version="0.1.0",
    facts=(
        Fact("Practice", "Harbor Practice · 0190a3c8-0000-7000-8000-00000000a001"), Fact("Lines", "60"),
        Fact("Digest of the lines", "ab" * 32),
    ),
    lines=LINES, points=POINTS,
)  # fmt: skip


LOG = replace(
    PAPER, title="Log of archives", subtitle="", lines=(), words=("Keep this page away from the computer.",),
    facts=(PAPER.facts[0], Fact("Highest number given", "12")),
    archives=ArchiveList(
        (
            PrintedArchive("12", "2026-03-02 18:40", "/media/Stick A", "61.3 MB",
                           "1ccd 3e7e 8af9 d26a b015 8ebd c149 aa56", "2026-03-02 18:40", "2026-03-02 18:44"),
            PrintedArchive("11", "2026-03-01 18:02", "/media/Stick A", "61.1 MB",
                           "0a1b 2c3d 4e5f 6071 8293 a4b5 c6d7 e8f9", "2026-03-02 09:00: NOT WHOLE", ""),
            PrintedArchive("11", "2026-03-01 18:02", "/mnt/second disk (not here)", "61.1 MB", "",
                           "2026-03-01 18:02", ""),
        ),
        "The code is the first half of the file's SHA-256.",
    ),
)  # fmt: skip


def test_the_log_of_archives_says_what_its_golden_file_says() -> None:
    golden = GOLDEN.with_name("archive-log.txt")
    said = "\n\n=== page ===\n".join(pages(PRESS.audit(LOG))) + "\n"
    if os.environ.get("HOLDFAST_WRITE_GOLDEN") == "1":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_no_character_of_the_log_of_archives_leaves_the_frame(size: str) -> None:
    assert LOG.archives is not None
    long = replace(LOG.archives.rows[0], where="/media/" + "a long name of a stick " * 9, verified="9" * 60)
    assert_inside(PRESS.audit(replace(LOG, archives=replace(LOG.archives, rows=(long,) * 40)), size), size)


def test_each_page_says_what_its_golden_file_says() -> None:
    said = "\n\n=== page ===\n".join(pages(PRESS.audit(PAPER))) + "\n"
    # Golden files are only written when somebody asks for it, and then read by a person before they are kept.
    if os.environ.get("HOLDFAST_WRITE_GOLDEN") == "1":
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_every_page_says_whose_it_is_and_no_person_is_at_its_head(size: str) -> None:
    found = pages(PRESS.audit(PAPER, size))
    assert len(found) > 1
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "Harbor Practice" in page
        assert "born" not in page
        assert "Detail" in page or "Signed checkpoints" in page


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_no_character_leaves_the_frame(size: str) -> None:
    long = replace(LINES[0], detail="x" * 300, who="Wolfeschlegelsteinhausenbergerdorff " * 3)
    assert_inside(PRESS.audit(replace(PAPER, lines=(long, *LINES)), size), size)


def test_the_same_lines_give_the_same_bytes() -> None:
    assert PRESS.audit(PAPER) == PRESS.audit(PAPER)


def test_what_the_page_is_for_stands_above_everything_else() -> None:
    (page,) = pages(PRESS.audit(replace(PAPER, lines=(), facts=(), words=("Keep this page.",))))
    assert page.index("Audit report") < page.index("Keep this page.") < page.index("Signed checkpoints")


def test_checkpoints_alone_make_a_page() -> None:
    (page,) = pages(PRESS.audit(replace(PAPER, lines=(), facts=())))
    assert "Paul Osei" in page
