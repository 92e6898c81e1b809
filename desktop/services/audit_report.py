"""Knows how a period of the audit trail leaves the practice: signed, as CSV or on paper, and itself in the trail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import PurePath

from desktop.domain.audience import Owner
from desktop.domain.checkpoints import Checkpoint, Countersignature, SignedPoint, fingerprint
from desktop.domain.errors import Problem, Refused
from desktop.domain.paper import Fact
from desktop.domain.paper_audit import AuditPaper, PrintedLine, PrintedPoint
from desktop.domain.people import Role, read_date, require
from desktop.domain.records import Act, AuditLine, AuditState
from desktop.domain.report_signature import ENDING, ReportSignature
from desktop.domain.trailfilter import Period, TrailFilter
from desktop.domain.words import tr
from desktop.services.audit_csv import cells, csv_bytes
from desktop.services.audit_words import act_words, detail_words, owner_words, subject_words
from desktop.services.checkpoints import signer_of
from desktop.services.desk import Desk
from desktop.services.ports import Trail
from desktop.services.trail import verify_trail

KIND = "audit report"
PAGE = 5000
MOST_PRINTED = 20_000


class Form(StrEnum):
    """How a report leaves."""

    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Report:
    """A report and its signature, ready to be kept side by side under a name and that name with `.sig.json`."""

    content: bytes
    signature: ReportSignature

    @property
    def beside(self) -> bytes:
        """The file with the signature."""
        return self.signature.file_content


def signature_name(name: str) -> str:
    """How the file with the signature of a report is called."""
    return name + ENDING


def read_period(first: str, last: str) -> tuple[Period | None, tuple[Problem, ...]]:
    """Two days as typed, `YYYY-MM-DD`, or what is wrong with them."""
    from_day, to_day = read_date(first), read_date(last)
    problems = [
        Problem(name, tr("A day is needed, as year-month-day: 2026-05-01."))
        for name, day in (("first", from_day), ("last", to_day))
        if day is None
    ]
    if from_day is not None and to_day is not None and to_day < from_day:
        problems.append(Problem("last", tr("The last day is before the first.")))
    if problems or from_day is None or to_day is None:
        return None, tuple(problems)
    return Period(from_day, to_day), ()


def audit_report(desk: Desk, period: Period, form: Form, name: str, page_size: str = "A4") -> Report:
    """Every line of these days, signed by the member; the trail says so before this returns. For owners.

    name: how the file will be called, without a folder. Refused('too_long') for a PDF of more than MOST_PRINTED lines.
    """
    require(desk.member, Role.OWNER)
    signer = signer_of(desk)
    state = verify_trail(desk)
    with desk.store.read() as unit:
        lines = tuple(_lines(unit.trail, period))
        names = {member.id: member.name for member in unit.members.all()}
        points = unit.checkpoints.all()
    if form is Form.PDF and len(lines) > MOST_PRINTED:
        raise Refused(
            "too_long", tr("These days have {n} lines, too many for paper.", n=len(lines)),
            next_step=tr("Choose fewer days, or take the CSV."),
        )  # fmt: skip
    rows = [cells(line, names) for line in lines]
    digest = hashlib.sha256(json.dumps(rows, separators=(",", ":"), ensure_ascii=False).encode("utf-8")).hexdigest()
    unsigned = ReportSignature(
        PurePath(name).name, "", digest, desk.store.practice_id, desk.practice_name, desk.member.id, desk.member.name,
        period.first.isoformat(), period.last.isoformat(), len(lines), state.entries, state.head, state.intact,
        desk.clock.now().utc.isoformat(timespec="seconds"), signer.public_key.hex(),
    )  # fmt: skip
    if form is Form.CSV:
        content = csv_bytes(rows)
    else:
        content = desk.press.audit(_paper(desk, unsigned, lines, names, points, state), page_size)
    told = replace(unsigned, sha256=hashlib.sha256(content).hexdigest())
    signed = replace(told, signature=signer.sign(told.text).hex())
    with desk.store.write() as unit:
        owner = Owner.practice(desk.store.practice_id)
        detail = tr("{period}, {n} lines, {form}", period=period, n=len(lines), form=form.value)
        unit.audit(desk.line(Act.EXPORT, KIND, desk.store.practice_id, owner, detail))
    return Report(content, signed)


def _lines(trail: Trail, period: Period) -> Iterator[AuditLine]:
    """The lines of these days, in order; a day as the clock on the wall had it where the line was written."""
    midnight = datetime.min.time()
    wanted = TrailFilter(
        since=datetime.combine(period.first - timedelta(days=1), midnight, UTC),
        until=datetime.combine(period.last + timedelta(days=2), midnight, UTC), descending=False,
    )  # fmt: skip
    after = 0
    while page := trail.find(replace(wanted, first=after + 1), limit=PAGE):
        yield from (line for line in page if period.first <= line.entry.at.local.date() <= period.last)
        after = page[-1].number


def checkpoint_page(desk: Desk, page_size: str = "A4") -> bytes:
    """Every signed checkpoint on paper, to keep beside the log of archives; the trail says that it was printed."""
    require(desk.member, *Role)
    with desk.store.read() as unit:
        names = {member.id: member.name for member in unit.members.all()}
        points = unit.checkpoints.all()
    page = _head_of_page(desk, tr("Checkpoints of the audit trail"), points, names)
    pdf = desk.press.audit(replace(page, words=_what_checkpoints_are_for()), page_size)
    with desk.store.write() as unit:
        owner = Owner.practice(desk.store.practice_id)
        unit.audit(desk.line(Act.PRINT, "checkpoint", desk.store.practice_id, owner, tr("all of them")))
    return pdf


def _what_checkpoints_are_for() -> tuple[str, ...]:
    return (
        tr("The audit trail says who did what in this practice, line by line. Whoever signs a checkpoint vouches for "
           "every line up to the one that is named: were any of them written anew, the code of that line would be "
           "another one."),
        tr("Keep this page away from the computer. To compare, print the checkpoints again: each line of this page "
           "must stand there with the same code. If one does not, copy the whole folder of the practice to a safe "
           "place, and compare it with an archive."),
    )  # fmt: skip


def printed_points(points: tuple[SignedPoint, ...], names: Mapping[str, str]) -> tuple[PrintedPoint, ...]:
    """Checkpoints as they stand on paper, newest first."""
    out = []
    for point in reversed(points):
        signed: tuple[Checkpoint | Countersignature, ...] = (point.checkpoint, *point.countersignatures)
        facts = tuple(
            Fact(names.get(each.member_id, each.member_id), tr("{time}, key {key}", time=_when(each.signed.local),
                                                                key=fingerprint(each.public_key)))
            for each in signed
        )  # fmt: skip
        out.append(PrintedPoint(str(point.checkpoint.number), fingerprint(point.checkpoint.mac), facts))
    return tuple(out)


def _when(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}"


def _head_of_page(
    desk: Desk, title: str, points: tuple[SignedPoint, ...], names: Mapping[str, str]
) -> AuditPaper:
    return AuditPaper(
        title=title, subtitle="", practice=desk.practice_name, who_will_see=tr("whoever this page is given to"),
        printed_on=desk.clock.now().local.date().isoformat(), program_version=desk.program_version,
        points=printed_points(points, names),
    )  # fmt: skip


def _paper(
    desk: Desk, report: ReportSignature, lines: tuple[AuditLine, ...], names: Mapping[str, str],
    points: tuple[SignedPoint, ...], state: AuditState,
) -> AuditPaper:  # fmt: skip
    inside = {line.number for line in lines}
    mine = tuple(point for point in points if point.checkpoint.number in inside)
    signed_at = report.signed_at[:16].replace("T", " ")
    found = tr("whole: {n} lines", n=state.entries) if state.intact else " ".join(each.what for each in state.flaws)
    facts = (
        Fact(tr("Practice"), f"{report.practice} · {report.practice_id}"),
        Fact(tr("Days"), f"{report.first} – {report.last}"), Fact(tr("Lines"), str(report.lines)),
        Fact(tr("The whole trail then"), found),
        Fact(tr("Its last line"), f"{report.trail_number} · {fingerprint(report.trail_mac)}"),
        Fact(tr("Made and signed by"), tr("{name}, {time} UTC", name=report.member, time=signed_at)),
        Fact(tr("Key of the signature"), fingerprint(report.public_key)),
        Fact(tr("Digest of the lines"), report.rows_sha256),
        Fact(tr("The signature"), tr("lies beside this page's file, under its name with {ending}", ending=ENDING)),
    )  # fmt: skip
    page = _head_of_page(desk, tr("Audit report"), mine, names)
    printed = tuple(_printed(line, names) for line in lines)
    return replace(page, subtitle=f"{report.first} – {report.last}", facts=facts, lines=printed)


def _printed(line: AuditLine, names: Mapping[str, str]) -> PrintedLine:
    entry = line.entry
    who = names.get(entry.member_id, entry.member_id)
    return PrintedLine(
        str(line.number), f"{entry.at.local:%Y-%m-%d %H:%M:%S}", who, act_words(entry.act),
        subject_words(entry.subject_kind), owner_words(entry.owner.kind), detail_words(entry.detail, {}),
    )  # fmt: skip
