"""A period of the trail leaves the practice whole, signed, harmless to spreadsheets, and is itself in the trail."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.errors import NotAllowed, Refused
from desktop.domain.records import Act
from desktop.domain.report_signature import NotASignature, ReportSignature, read_signature, report_holds
from desktop.domain.trailfilter import Period
from desktop.services import audit_report as reporting
from desktop.services.audit_csv import COLUMNS, csv_bytes, harmless
from desktop.services.audit_report import Form, Report, audit_report, checkpoint_page, read_period
from desktop.services.checkpoints import countersign, sign_checkpoint
from desktop.storage.vault.primitives import signed_by
from tests.kit import ANNA, MARA, PAUL, House, house
from tests.worksheets.reading import text

DAY = Period(date(2026, 3, 2), date(2026, 3, 2))
NEXT = Period(date(2026, 3, 3), date(2026, 3, 3))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        yield made


def rows(report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(report.content.decode("utf-8"), newline="")))


def test_every_line_of_the_days_is_there_in_order_and_none_of_another(home: House) -> None:
    home.clock.forward(86_400)
    with home.store.write() as unit:
        unit.audit(home.desk().line(Act.VIEW, "client", ANNA.id, ANNA.owner, "page"))
    before = [line for line in home.lines() if line.entry.at.local.date() == DAY.first]
    found = rows(audit_report(home.desk(), DAY, Form.CSV, "march.csv"))
    assert found[0] == list(COLUMNS)
    assert [row[0] for row in found[1:]] == [str(line.number) for line in before]
    assert [row[-1] for row in found[1:]] == [line.mac for line in before]
    (row,) = rows(audit_report(home.desk(), NEXT, Form.CSV, "next.csv"))[1:2]
    assert (row[3], row[5], row[6], row[7]) == (MARA.name, "view", "client", ANNA.id)


def test_a_day_is_that_of_the_clock_on_the_wall_where_the_line_was_written(home: House) -> None:
    home.clock.forward(11 * 3600)  # 21:00 there, the next day in UTC
    with home.store.write() as unit:
        unit.audit(home.desk().line(Act.VIEW, "client", ANNA.id, ANNA.owner, "late"))
    assert rows(audit_report(home.desk(), DAY, Form.CSV, "a.csv"))[-1][12] == "late"


def test_a_long_period_is_read_a_page_at_a_time(home: House) -> None:
    whole = len(home.lines())
    kept, reporting.PAGE = reporting.PAGE, 3
    try:
        assert len(rows(audit_report(home.desk(), DAY, Form.CSV, "a.csv"))) == whole + 1
    finally:
        reporting.PAGE = kept


def test_the_report_is_a_line_of_the_trail_that_says_who_which_days_and_how_many(home: House) -> None:
    count = len(home.lines())
    audit_report(home.desk(), DAY, Form.CSV, "a.csv")
    last = home.lines()[-1].entry
    assert (last.act, last.member_id, last.subject_kind) == (Act.EXPORT, MARA.id, "audit report")
    assert last.detail == f"2026-03-02 to 2026-03-02, {count} lines, csv"


def test_only_an_owner_takes_the_trail_out(home: House) -> None:
    with pytest.raises(NotAllowed):
        audit_report(home.desk(PAUL), DAY, Form.CSV, "a.csv")


@pytest.mark.parametrize("form", list(Form))
def test_the_signature_is_the_members_over_this_file(home: House, form: Form) -> None:
    report = audit_report(home.desk(), DAY, form, "/somewhere/a.csv")
    signature = read_signature(report.beside)
    assert signature == report.signature
    assert signature.file == "a.csv"
    assert signature.sha256 == hashlib.sha256(report.content).hexdigest()
    assert bytes.fromhex(signature.public_key) == home.signers[MARA.id].public_key
    assert report_holds(report.content, signature, signed_by) == (True, True)
    assert report_holds(report.content + b" ", signature, signed_by) == (False, True)


@pytest.mark.parametrize(
    "change",
    [{"member": "Somebody Else"}, {"lines": 1}, {"whole": False}, {"first": "2020-01-01"}, {"signature": "00" * 64}],
)
def test_nothing_of_a_signature_can_be_altered(home: House, change: dict[str, object]) -> None:
    report = audit_report(home.desk(), DAY, Form.CSV, "a.csv")
    altered = replace(report.signature, **change)  # type: ignore[arg-type]
    assert report_holds(report.content, altered, signed_by) == (True, False)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b"x" * 20_000, b'{"format": "holdfast-report-signature-1"}']
)
def test_what_is_no_signature_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotASignature):
        read_signature(content)


@pytest.mark.parametrize(
    "change", [("lines", "3"), ("sha256", "xyz"), ("member", 7), ("whole", 1), ("format", "other")]
)
def test_a_signature_with_values_of_another_kind_is_none(home: House, change: tuple[str, object]) -> None:
    report = audit_report(home.desk(), DAY, Form.CSV, "a.csv")
    said = {**json.loads(report.beside), change[0]: change[1]}
    with pytest.raises(NotASignature):
        read_signature(json.dumps(said).encode())


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(begin: str) -> None:
    text = f'{begin}HYPERLINK("http://x","y")'
    assert harmless(text) == f"'{text}"
    assert harmless("plain - text") == "plain - text"
    content = csv_bytes([tuple(text if n == 12 else "x" for n in range(len(COLUMNS)))])
    (_, row) = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    assert row[12] == f"'{text}"


def test_the_csv_is_as_the_standard_says(home: House) -> None:
    content = csv_bytes([('a"b', "c,d", "e\nf", *(["Ł"] * (len(COLUMNS) - 3)))])
    assert content.split(b"\r\n", 1)[1].startswith(b'"a""b","c,d","e\nf",\xc5\x81')
    assert content.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")


def test_the_page_says_who_made_it_what_was_found_and_the_digest_of_its_lines(home: House) -> None:
    sign_checkpoint(home.desk(MARA))
    countersign(home.desk(PAUL))
    report = audit_report(home.desk(), DAY, Form.PDF, "a.pdf")
    shown = text(report.content)
    assert report.signature.rows_sha256 in shown.replace("\n", "")
    for words in ("Audit report", MARA.name, PAUL.name, "Signed checkpoints", "whole:", "Page 1 of"):
        assert words in shown
    assert ANNA.name not in shown
    csv_report = audit_report(home.desk(), DAY, Form.CSV, "a.csv")
    assert len(rows(csv_report)) - 1 == report.signature.lines + 1  # the report itself


def test_the_page_says_so_when_the_trail_was_not_whole(home: House) -> None:
    home.sql("UPDATE clients SET contact = 'x'")
    report = audit_report(home.desk(), DAY, Form.PDF, "a.pdf")
    assert not report.signature.whole
    assert "Altered without the program" in text(report.content)


def test_too_many_lines_for_paper_are_refused_before_the_trail_says_anything(home: House) -> None:
    count = len(home.lines())
    kept, reporting.MOST_PRINTED = reporting.MOST_PRINTED, 3
    try:
        with pytest.raises(Refused):
            audit_report(home.desk(), DAY, Form.PDF, "a.pdf")
    finally:
        reporting.MOST_PRINTED = kept
    assert len(home.lines()) == count


def test_checkpoints_are_printed_and_the_trail_says_so(home: House) -> None:
    made = sign_checkpoint(home.desk(MARA)).value
    shown = text(checkpoint_page(home.desk(PAUL)))
    assert made.mac[:4] in shown
    assert MARA.name in shown
    last = home.lines()[-1].entry
    assert (last.act, last.subject_kind, last.member_id) == (Act.PRINT, "checkpoint", PAUL.id)


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [("2026-03-01", "2026-03-02", []), ("x", "2026-03-02", ["first"]), ("2026-03-02", "2026-03-01", ["last"]),
     ("", "", ["first", "last"])],
)  # fmt: skip
def test_days_that_make_no_period_are_named(first: str, last: str, wrong: list[str]) -> None:
    period, problems = read_period(first, last)
    assert [problem.field for problem in problems] == wrong
    assert (period is None) == bool(wrong)


def test_a_signature_tells_its_fields_by_name() -> None:
    assert ReportSignature.__dataclass_fields__["format"].default == "holdfast-report-signature-1"
