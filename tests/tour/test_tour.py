"""Knows what a tour leaves behind, and that the same seed leaves the same papers anywhere."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.bootstrap import Program, Settings
from desktop.cli.main import run
from desktop.tour.cast import PAIRS, cast_for
from desktop.tour.command import add_to
from desktop.tour.report import FIELDS

ROOT = Path(__file__).parents[2]
OWN = ("after-medicine-keep", "downtime", "flowsheet", "handover", "leaving-instructions", "prescriber", "touch")
KEEPING = {"recovery-kit.pdf", "archive-log.pdf"}  # what belongs in a safe
PAPERS = {
    *(f"{name}-{seat}.pdf" for name in OWN for seat in "ab"), "after-medicine-keep-both.pdf", "flowsheet-clinic.pdf",
    "emergency-card.pdf",
}  # fmt: skip


def tour(root: Path, *words: str) -> int:
    """A tour without pictures, in this process."""
    program = Program(Settings(root=root))
    try:
        return run(["tour", "--no-pictures", *words], program.kit(), (add_to(program),))
    finally:
        program.close()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished tour; its own places lie beside it."""
    folder = tmp_path_factory.mktemp("tour")
    assert tour(folder / "own", "--out", str(folder / "out")) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def report(played: Path) -> Any:
    return json.loads((played / "report.json").read_text(encoding="utf-8"))


def text_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def test_a_tour_leaves_its_papers_and_a_report_of_them(played: Path, report: Any) -> None:
    assert {path.name for path in (played / "papers").iterdir()} == PAPERS | KEEPING
    assert report["kit"]["pages"] == 1
    log = text_of(played / report["archive"]["log"])
    assert "Log of archives" in log
    assert "In ink" in log
    assert report["kit"]["kit"] in text_of(played / report["kit"]["file"]).replace("\n", "")
    assert set(report) == set(FIELDS)
    assert report["finished"] is True
    assert {paper["file"].removeprefix("papers/") for paper in report["papers"]} == PAPERS
    for paper in report["papers"]:
        assert paper["bytes"] == (played / paper["file"]).stat().st_size
        assert paper["pages"] == len(PdfReader(played / paper["file"]).pages)
    assert report["figures"]["pages"] == sum(paper["pages"] for paper in report["papers"])
    assert report["took_s"] < 60


def test_the_story_has_everything_in_it(report: Any) -> None:
    session, figures = report["session"], report["figures"]
    a, b = session["participants"]["a"], session["participants"]["b"]
    assert b["first_dose_s"] - a["first_dose_s"] == 600, "staggered doses"
    assert [(one["item"], one["level"]) for one in a["out_of_band"]] == [("bp", "amber")]
    assert [due["state"] for due in a["due"] if due["item"].startswith("repeat")] == ["done"]
    assert (b["given_mg"], b["lost_mg"], b["total_mg"]) == ("100", "50", "50")
    assert len(a["words"]) == len(b["words"]) == 2
    assert any(entry.get("moved") for entry in session["log"])
    assert {"dialogue", "close", "discharge", "lost", "reading"} <= {entry["do"] for entry in session["log"]}
    assert (a["ending"], b["ending"]) == ("met", "met")
    assert [entry["missing"] for entry in session["log"] if entry.get("missing")] == []
    assert not {due["state"] for person in (a, b) for due in person["due"]} & {"due", "late", "upcoming", "failed"}
    assert figures["trail_intact"] is True
    assert figures["trail_lines"] > figures["entries"] == session["events"] + 1


@pytest.mark.parametrize(("own", "other"), [("a", "b"), ("b", "a")])
def test_a_partners_papers_hold_their_words_and_nothing_of_the_others(played: Path, own: str, other: str) -> None:
    pair = cast_for(1).pair
    people = {"a": pair.a, "b": pair.b}
    for name in OWN:
        text = text_of(played / "papers" / f"{name}-{own}.pdf")
        assert people[own].name in text
        assert people[other].name not in text
        if name in ("after-medicine-keep", "flowsheet"):
            assert all(words in text for words in people[own].words)
        for words in (*people[other].words, people[other].intention):
            assert words not in text


def test_the_paper_for_both_holds_nobodys_words(played: Path) -> None:
    text = text_of(played / "papers" / "after-medicine-keep-both.pdf")
    for person in (cast_for(1).pair.a, cast_for(1).pair.b):
        assert person.name in text
        for words in (*person.words, person.intention):
            assert words not in text


def test_the_same_seed_gives_the_same_papers_in_another_zone_language_and_with_another_hash_seed(
    tmp_path: Path, report: Any
) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    places = {name: str(tmp_path / name) for name in ("HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}
    odd = {"TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "tour", "--no-pictures", "--json", "--out", str(tmp_path / "out")],
        env={**kept, **places, **odd, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, stdin=subprocess.DEVNULL,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["papers"] == report["papers"]


def test_another_seed_gives_another_couple_and_other_papers(tmp_path: Path, report: Any) -> None:
    assert tour(tmp_path / "own", "--out", str(tmp_path / "out"), "--seed", "3") == 0
    other = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert not {paper["sha256"] for paper in other["papers"]} & {paper["sha256"] for paper in report["papers"]}
    assert other["session"]["participants"]["a"]["words"][0]["text"] == PAIRS[2].a.words[0]


def test_every_couple_is_in_every_cast() -> None:
    for seed in range(1, 12):
        cast = cast_for(seed)
        assert {pair.a.name for pair in (cast.pair, *cast.others)} == {pair.a.name for pair in PAIRS}


def test_a_tour_may_go_over_an_earlier_one_and_leaves_no_practice(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert tour(tmp_path / "own", "--out", str(out)) == 0
        (out / "papers" / "old.pdf").write_text("of an earlier tour", encoding="utf-8")
    assert tour(tmp_path / "own", "--out", str(out)) == 0
    assert {path.name for path in (out / "papers").iterdir()} == PAPERS | KEEPING
    assert not list((tmp_path / "own" / "runtime").iterdir())


@pytest.mark.parametrize("report_text", [None, "not json", "[]", '{"holdfast_tour": 2}'])
def test_a_folder_that_holds_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], report_text: str | None
) -> None:
    out = tmp_path / "mine"
    (out / "papers").mkdir(parents=True)
    (out / "papers" / "letter.txt").write_text("mine", encoding="utf-8")
    if report_text is not None:
        (out / "report.json").write_text(report_text, encoding="utf-8")
    before = sorted((path, path.stat().st_mtime_ns) for path in out.rglob("*"))
    assert tour(tmp_path / "own", "--out", str(out)) == 3
    assert sorted((path, path.stat().st_mtime_ns) for path in out.rglob("*")) == before
    assert "not an earlier tour" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert tour(tmp_path / "own", "--out", str(tmp_path / "file" / "out")) == 7
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("--out", "x", "--seed", "-1"), ("--out", "x", "--seed", "one")])
def test_a_tour_that_was_not_asked_for_properly_ends_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert tour(tmp_path / "own", *words) == 2
