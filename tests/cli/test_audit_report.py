"""Knows that a report and its signature are written side by side, and checked again without a passphrase."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.report_signature import ReportSignature
from desktop.services.audit_csv import COLUMNS
from tests.cli.harness import OWNER, PASSPHRASE, Terminal, make_practice
from tests.cli.test_keys import PAUL, THEIRS, add_paul

DAYS = ("--from", "2026-05-01", "--to", "2026-05-31")


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_a_report_is_made_and_found_to_be_what_was_signed(
    holdfast: Terminal, practice: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"may.{kind}"
    said = holdfast("audit", "report", practice, *DAYS, f"--{kind}", out, "--json", passphrase=PASSPHRASE)
    assert said.code == 0, said.err
    assert Path(said.json["file"]) == out
    assert Path(said.json["signature_file"]) == tmp_path / f"may.{kind}.sig.json"
    assert out.read_bytes()
    checked = holdfast("audit", "verify-report", out, "--practice", practice, "--json")
    assert (checked.code, checked.json["ok"], checked.json["member_known"]) == (0, True, True)
    assert checked.json["member"] == OWNER
    assert "Compare it" in holdfast("audit", "verify-report", out).out


def test_a_report_that_was_altered_ends_with_five(holdfast: Terminal, practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "may.csv"
    holdfast("audit", "report", practice, *DAYS, "--csv", out, passphrase=PASSPHRASE)
    out.write_bytes(out.read_bytes().replace(b"unlock", b"export", 1))
    said = holdfast("audit", "verify-report", out, "--json")
    assert (said.code, said.json["file_unchanged"], said.json["signature_holds"]) == (5, False, True)


def test_a_signature_by_a_key_of_ones_own_is_not_a_members(
    holdfast: Terminal, practice: Path, tmp_path: Path
) -> None:
    make_practice(tmp_path / "other", tmp_path / "others-own")
    out = tmp_path / "may.csv"
    holdfast("audit", "report", tmp_path / "other", *DAYS, "--csv", out, passphrase=PASSPHRASE)
    said = holdfast("audit", "verify-report", out, "--practice", practice)
    assert said.code == 5
    assert "NOT that of a member" in said.out


def test_what_somebody_signed_who_was_removed_since_is_still_known_as_theirs(
    holdfast: Terminal, practice: Path, tmp_path: Path
) -> None:
    out = tmp_path / "may.csv"
    assert add_paul(holdfast, practice).code == 0
    signed = holdfast("audit", "report", practice, *DAYS, "--csv", out, "--member", PAUL, passphrase=THEIRS)
    assert signed.code == 0, signed.err
    holdfast("member", "remove", practice, PAUL, "--yes", "--member", OWNER, passphrase=PASSPHRASE)
    said = holdfast("audit", "verify-report", out, "--practice", practice, "--json")
    assert (said.code, said.json["member_known"], said.json["member"]) == (0, True, PAUL)


def test_nothing_is_written_over(holdfast: Terminal, practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "may.csv"
    beside = tmp_path / "may.csv.sig.json"
    beside.write_text("mine", encoding="utf-8")
    assert holdfast("audit", "report", practice, *DAYS, "--csv", out, passphrase=PASSPHRASE).code == 3
    assert beside.read_text(encoding="utf-8") == "mine"
    assert not out.exists()
    assert holdfast("audit", "report", practice, *DAYS, "--csv", out, "--force", passphrase=PASSPHRASE).code == 0
    assert json.loads(beside.read_text(encoding="utf-8"))["file"] == "may.csv"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*DAYS,), 2), ((*DAYS, "--csv", "a", "--pdf", "b"), 2),
        (("--from", "may", "--to", "2026-05-31", "--csv", "a"), 3),
    ],
)
def test_a_report_that_was_not_asked_for_rightly_is_not_made(
    holdfast: Terminal, practice: Path, words: tuple[str, ...], code: int
) -> None:
    assert holdfast("audit", "report", practice, *words, passphrase=PASSPHRASE).code == code


def test_a_report_without_a_signature_is_said_to_have_none(holdfast: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "may.csv"
    out.write_text("x", encoding="utf-8")
    assert holdfast("audit", "verify-report", out).code == 7
    (tmp_path / "may.csv.sig.json").write_text("{}", encoding="utf-8")
    assert holdfast("audit", "verify-report", out).code == 3


def test_the_page_tells_how_to_check_a_report_without_holdfast(
    holdfast: Terminal, practice: Path, tmp_path: Path
) -> None:
    page = (Path(__file__).parents[2] / "docs/audit-report.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found
    out = tmp_path / "may.csv"
    holdfast("audit", "report", practice, *DAYS, "--csv", out, passphrase=PASSPHRASE)
    done = subprocess.run([sys.executable, "-c", found[1], str(out)], capture_output=True, text=True, encoding="utf-8")
    assert f"signed by {OWNER}" in done.stdout, done.stderr
    out.write_bytes(out.read_bytes() + b" ")
    done = subprocess.run([sys.executable, "-c", found[1], str(out)], capture_output=True, text=True, encoding="utf-8")
    assert "the file is another" in done.stderr


def test_the_page_names_every_column_and_every_field_of_the_signature() -> None:
    page = (Path(__file__).parents[2] / "docs/audit-report.md").read_text(encoding="utf-8")
    for name in (*COLUMNS, *ReportSignature.__dataclass_fields__):
        assert f"`{name}`" in page
