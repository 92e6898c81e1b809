"""Knows that worksheets are listed and made from the command line, each for its audience and written with care."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.cli.worksheet import LIST, MAKE
from tests.cli.harness import PASSPHRASE, Terminal, script_text

SHEET = "after-medicine-keep"


def text_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


@pytest.fixture
def session(holdfast: Terminal, practice: Path) -> str:
    """A session that was kept in the practice."""
    script = holdfast.write("s.jsonl", script_text({"t": 60, "do": "words", "who": "a", "text": "canaryword"}))
    played = holdfast("session", "replay", script, "--practice", practice, "--json", passphrase=PASSPHRASE)
    return str(played.json["session_id"])


def test_the_worksheets_are_listed(holdfast: Terminal) -> None:
    listed = holdfast("worksheet", "list", "--json")
    assert set(listed.json) == set(LIST)
    assert SHEET in [sheet["id"] for sheet in listed.json["worksheets"]]
    assert all(set(sheet) == {"id", "title", "about", "minutes"} for sheet in listed.json["worksheets"])
    assert SHEET in holdfast("worksheet", "list").out


def test_a_blank_sheet_needs_no_practice(holdfast: Terminal, tmp_path: Path) -> None:
    made = holdfast("worksheet", "make", SHEET, "--out", tmp_path / "blank.pdf", "--json")
    assert made.code == 0, made.err
    assert set(made.json) == set(MAKE)
    assert made.json["copy"] == "blank"
    assert made.json["bytes"] == (tmp_path / "blank.pdf").stat().st_size
    assert (tmp_path / "blank.pdf").stat().st_mode & 0o077 == 0
    assert "After a medicine session" in text_of(tmp_path / "blank.pdf")


@pytest.mark.parametrize(("copy", "holds"), [("a", True), ("b", False), ("both", False)])
def test_a_sheet_holds_a_partners_words_only_in_their_own_copy(
    holdfast: Terminal, practice: Path, session: str, tmp_path: Path, copy: str, holds: bool
) -> None:
    out = tmp_path / "sheet.pdf"
    made = holdfast(
        "worksheet", "make", SHEET, "--out", out, "--practice", practice, "--session", session, "--copy", copy,
        passphrase=PASSPHRASE,
    )  # fmt: skip
    assert made.code == 0, made.err
    assert made.out.strip() == str(out.resolve())
    assert ("canaryword" in text_of(out)) is holds


def test_a_flowsheet_is_made_for_one_person(holdfast: Terminal, practice: Path, session: str, tmp_path: Path) -> None:
    out = tmp_path / "flow.pdf"
    words = ("worksheet", "make", "flowsheet", "--out", out, "--practice", practice, "--session", session)
    assert holdfast(*words, "--copy", "a", "--page", "Letter", passphrase=PASSPHRASE).code == 0
    assert "Wiśniewski" in text_of(out)
    assert "Phượng" not in text_of(out)
    assert holdfast(*words, "--force", "--copy", "both", passphrase=PASSPHRASE).code == 3


@pytest.mark.parametrize("page", ["handover", "downtime", "touch", "prescriber", "flowsheet", "leaving-instructions"])
def test_a_page_of_a_kept_session_is_printed_for_one_person(
    holdfast: Terminal, practice: Path, session: str, tmp_path: Path, page: str
) -> None:
    out = tmp_path / "page.pdf"
    words = ("session", "print", session, page, "--out", out, "--practice", practice)
    made = holdfast(*words, "--copy", "b", "--page", "Letter", "--json", passphrase=PASSPHRASE)
    assert made.code == 0, made.err
    assert (made.json["worksheet"], made.json["copy"]) == (page, "b")
    assert "Phượng" in text_of(out)
    assert "Wiśniewski" not in text_of(out)
    assert "canaryword" not in text_of(out)
    assert holdfast(*words, "--force", "--copy", "c", passphrase=PASSPHRASE).code == 3


def test_the_clinics_own_flowsheet_holds_both(holdfast: Terminal, practice: Path, session: str, tmp_path: Path) -> None:
    out = tmp_path / "flow.pdf"
    words = ("session", "print", session, "flowsheet", "--out", out, "--practice", practice, "--copy", "clinic")
    assert holdfast(*words, passphrase=PASSPHRASE).code == 0
    assert all(word in text_of(out) for word in ("Wiśniewski", "Phượng", "canaryword"))


def test_the_emergency_card_needs_no_practice_and_names_nobody(holdfast: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    assert holdfast("worksheet", "make", "emergency", "--out", out).code == 0
    assert "Call 911" in text_of(out)
    assert "born" not in text_of(out)
    assert holdfast("session", "print", "s", "handover", "--out", out, "--copy", "a").code == 2


@pytest.mark.parametrize("words", [("no-such-sheet",), ("../protocols/ketamine-im",), ("",)])
def test_a_sheet_that_there_is_not_is_refused(holdfast: Terminal, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = holdfast("worksheet", "make", *words, "--out", tmp_path / "x.pdf")
    assert said.code == 3
    assert not (tmp_path / "x.pdf").exists()


def test_nothing_is_written_over_unless_asked(holdfast: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "mine.pdf"
    out.write_text("mine", encoding="utf-8")
    assert holdfast("worksheet", "make", SHEET, "--out", out).code == 3
    assert out.read_text(encoding="utf-8") == "mine"
    assert holdfast("worksheet", "make", SHEET, "--out", out, "--force").code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert holdfast("worksheet", "make", SHEET, "--out", tmp_path, "--force").code == 3
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_place_that_cannot_be_written_ends_with_seven(holdfast: Terminal, tmp_path: Path) -> None:
    assert holdfast("worksheet", "make", SHEET, "--out", tmp_path / "no" / "folder" / "x.pdf").code == 7
    assert holdfast("worksheet", "make", SHEET, "--out", "null\0byte.pdf").code == 2
    assert holdfast("worksheet", "make", SHEET, "--out", "").code == 2


@pytest.mark.parametrize(
    "words",
    [
        (SHEET, "--out", "x.pdf", "--copy", "a"),
        ("flowsheet", "--out", "x.pdf"),
        (SHEET, "--out", "x.pdf", "--session", "s"),
        (SHEET, "--out", "x.pdf", "--copy", "everyone"),
        (SHEET,),
    ],
)
def test_options_that_do_not_go_together_end_with_two(holdfast: Terminal, words: tuple[str, ...]) -> None:
    assert holdfast("worksheet", "make", *words).code == 2
