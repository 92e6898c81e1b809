"""Knows what the log of archives says on paper, so that somebody can keep it away from the computer and sign it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.audience import Owner
from desktop.domain.checkpoints import fingerprint
from desktop.domain.moment import Moment
from desktop.domain.paper import Fact
from desktop.domain.paper_audit import ArchiveList, AuditPaper, PrintedArchive
from desktop.domain.people import Role, require
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.archives import ARCHIVE, policy_of, standing
from desktop.services.audit_report import printed_points
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Report
from desktop.services.ports_archives import Archives, Listed, PlaceState, Run, RunKind

Digest = Callable[[Path, Report], str]
"""The SHA-256 of a file, in hex; '' where it cannot be read."""

_LOOKED = frozenset({RunKind.MAKE, RunKind.VERIFY, RunKind.DRILL, RunKind.RESTORE})  # each reads to the end
SHORT = 32  # of the digest's 64 figures


@dataclass(frozen=True, slots=True)
class ArchiveLogPage:
    """The page, and how many archives stand on it."""

    pdf: bytes
    archives: int


def archive_log_page(
    desk: Desk, archives: Archives, digest: Digest, report: Report, page_size: str = "A4"
) -> Outcome[ArchiveLogPage]:
    """Every archive with its file's code, and every checkpoint, on paper; the trail says so. Any member may.

    Reads each archive to its end for its code: as long as reading them takes; report may stop it.
    """
    require(desk.member, *Role)
    sheet, count = _sheet(desk, archives, digest, report)
    pdf = desk.press.audit(sheet, page_size)
    practice_id = desk.store.practice_id
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.PRINT, ARCHIVE, practice_id, Owner.practice(practice_id), "log"))
    return Outcome(ArchiveLogPage(pdf, count))


def _sheet(desk: Desk, archives: Archives, digest: Digest, report: Report) -> tuple[AuditPaper, int]:
    log, now = archives.log(), desk.clock.now()
    with desk.store.read() as unit:
        names = {member.id: member.name for member in unit.members.all()}
        points = unit.checkpoints.all()
        number, mac = unit.trail.end()
    rows = [row for place in archives.places() for row in _rows(place, log.runs, now, digest, report)]
    rows.sort(key=lambda row: (-int(row.number), row.where))
    stands = standing(log, now.utc, policy_of(desk.resources))
    confirmed = log.confirmed or not log.runs
    facts = (
        Fact(tr("Practice"), f"{desk.practice_name} · {desk.store.practice_id}"),
        Fact(tr("State"), stands.words if confirmed else tr("not certain: the log was changed by another program")),
        Fact(tr("Highest number given"), str(log.counter)),
        Fact(tr("Last line of the audit trail"), f"{number} · {fingerprint(mac)}"),
        Fact(tr("Printed by"), tr("{name}, {time}", name=desk.member.name, time=f"{now.local:%Y-%m-%d %H:%M}")),
    )  # fmt: skip
    sheet = AuditPaper(
        title=tr("Log of archives"), subtitle="", practice=desk.practice_name,
        who_will_see=tr("whoever this page is given to"), printed_on=now.local.date().isoformat(),
        program_version=desk.program_version, words=_what_it_is_for(), facts=facts,
        points=printed_points(points, names), archives=ArchiveList(tuple(rows), _to_compare()),
    )  # fmt: skip
    return sheet, len(rows)


def _what_it_is_for() -> tuple[str, ...]:
    return (
        tr("Keep this page away from the computer and from the archives. It says which archives there were on that day "
           "and what the audit trail was then: an archive that was put in the place of another one, or a trail that "
           "was written anew, does not fit what stands here in ink."),
    )  # fmt: skip


def _to_compare() -> str:
    return tr(
        "The code is the first half of the file's SHA-256. To compare, type sha256sum and the file's name (on Windows "
        "certutil -hashfile NAME SHA256), or print this page again: an archive that is still there has its code still."
    )


def _rows(
    place: PlaceState, runs: tuple[Run, ...], now: Moment, digest: Digest, report: Report
) -> list[PrintedArchive]:
    mine = [run for run in runs if run.place == str(place.path) and run.kind in _LOOKED]
    if place.problem:  # a stick that is away: what is known of it
        made = {run.name: run for run in mine if run.ok and run.kind is RunKind.MAKE}
        where = tr("{place} (not here)", place=place.path)
        return [
            PrintedArchive(str(run.counter), _when(run.at, now), where, _size(run.size), "",
                           _last(mine, run.name, _LOOKED, now), _last(mine, run.name, {RunKind.DRILL}, now))
            for run in made.values()
        ]  # fmt: skip
    return [_row(each, place, mine, now, digest(each.path, report)) for each in place.archives]


def _row(each: Listed, place: PlaceState, runs: list[Run], now: Moment, sha256: str) -> PrintedArchive:
    name = each.path.name
    half = sha256[:SHORT]
    code = " ".join(half[at : at + 4] for at in range(0, len(half), 4)) if half else tr("cannot be read")
    # It got its name only after it was read to its end.
    verified = _last(runs, name, _LOOKED, now) or _when(each.made, now)
    drilled = _last(runs, name, {RunKind.DRILL}, now)
    return PrintedArchive(
        str(each.counter), _when(each.made, now), str(place.path), _size(each.size), code, verified, drilled
    )


def _last(runs: list[Run], name: str, kinds: set[RunKind] | frozenset[RunKind], now: Moment) -> str:
    """When something of these kinds was last done with an archive, and whether it went well; '' for never."""
    found = [run for run in runs if run.name == name and run.kind in kinds]
    if not found:
        return ""
    when = _when(found[-1].at, now)
    return when if found[-1].ok else tr("{when}: NOT WHOLE", when=when)


def _when(at: datetime, now: Moment) -> str:
    return f"{at.astimezone(now.local.tzinfo):%Y-%m-%d %H:%M}"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
