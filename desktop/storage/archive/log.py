"""Knows the file beside the database that remembers a practice's archives: places, numbers, and what was done.

It can be read before unlocking, and survives a restore; its MAC is looked at once the keys are there.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.domain.errors_archive import ArchiveDiffers, DamagedArchive, ForeignArchive, NoArchive, NotAnArchive
from desktop.domain.errors_practice import DamagedKeyFile
from desktop.services.ports_archives import ArchiveLog, Run, RunKind
from desktop.storage.disk import Disk, write_atomically
from desktop.storage.faults import explained
from desktop.storage.mapper import utc_text
from desktop.storage.practice_layout import ARCHIVES
from desktop.storage.vault.canonical import Fields, JsonObject, read, spell
from desktop.storage.vault.keyring import KeyRing, Label

FORMAT = "holdfast-archives-1"
MOST_RUNS = 200
MOST_PLACES = 20
BAD = frozenset({DamagedArchive.code, NotAnArchive.code, ForeignArchive.code, ArchiveDiffers.code, NoArchive.code})
_MOST_BYTES = 512 * 1024
_MOST = 1 << 60
_RUN = "kind at ok place name counter ms size code said"


def _spelt_run(run: Run | None) -> JsonObject | None:
    if run is None:
        return None
    return {
        "kind": run.kind.value, "at": utc_text(run.at), "ok": run.ok, "place": run.place, "name": run.name,
        "counter": run.counter, "ms": round(run.seconds * 1000), "size": run.size, "code": run.code, "said": run.said,
    }  # fmt: skip


def _words(fields: Fields, name: str, most: int) -> str:
    return "" if fields.anything(name) == "" else fields.text(name, most)


def _read_run(value: object) -> Run:
    fields = Fields(value, _RUN)
    return Run(
        RunKind(fields.text("kind", 20)), datetime.fromisoformat(fields.text("at", 40)), fields.flag("ok"),
        _words(fields, "place", 4096), _words(fields, "name", 255), fields.whole("counter", 0, _MOST),
        fields.whole("ms", 0, _MOST) / 1000, fields.whole("size", 0, _MOST), _words(fields, "code", 60),
        _words(fields, "said", 2000),
    )  # fmt: skip


def _body(log: ArchiveLog, practice_id: str, epoch: int) -> JsonObject:
    return {
        "format": FORMAT, "practice": practice_id, "epoch": epoch, "counter": log.counter, "lines": log.lines,
        "places": list(log.places), "runs": [_spelt_run(run) for run in log.runs[-MOST_RUNS:]],
        "verified": _spelt_run(log.verified), "drilled": _spelt_run(log.drilled),
    }  # fmt: skip


def _parsed(content: bytes) -> tuple[ArchiveLog, str, int, bytes]:
    fields = Fields(read(content), "format practice epoch counter lines places runs verified drilled mac")
    if fields.text("format", 40) != FORMAT:
        raise DamagedKeyFile
    verified, drilled = fields.anything("verified"), fields.anything("drilled")
    places = fields.many("places", MOST_PLACES)
    log = ArchiveLog(
        fields.whole("counter", 0, _MOST), fields.whole("lines", 0, _MOST), tuple(str(each) for each in places),
        tuple(_read_run(each) for each in fields.many("runs", MOST_RUNS)),
        None if verified is None else _read_run(verified), None if drilled is None else _read_run(drilled),
    )  # fmt: skip
    if any(run.at.tzinfo is None for run in (*log.runs, log.verified, log.drilled) if run is not None):
        raise DamagedKeyFile
    return log, fields.text("practice", 64), fields.whole("epoch", 1, 1 << 31), fields.raw("mac", 32)


def read_log(folder: Path, ring: KeyRing | None = None) -> ArchiveLog:
    """What the side file says; an empty log where it is missing or damaged. Without a ring it is not confirmed."""
    try:
        with (folder / ARCHIVES).open("rb") as file:
            content = file.read(_MOST_BYTES)
        log, practice_id, epoch, found = _parsed(content)
    except (OSError, DamagedKeyFile, ValueError):
        return ArchiveLog()
    if ring is None:
        return log
    of = next((each for each in ring.earlier if each.epoch == epoch), None)
    mine = ring.mac(Label.ARCHIVE_LOG, spell(_body(log, ring.practice_id, epoch)), of)
    ours = practice_id == ring.practice_id and (of is not None or epoch == ring.epoch)
    return replace(log, confirmed=ours and hmac.compare_digest(mine, found))


def write_log(folder: Path, log: ArchiveLog, ring: KeyRing, disk: Disk) -> ArchiveLog:
    """Keep a log, in one step, down to the disk. Known errors; the old file stays if anything fails."""
    log = replace(log, runs=log.runs[-MOST_RUNS:], confirmed=True)
    body = _body(log, ring.practice_id, ring.epoch)
    content = spell({**body, "mac": ring.mac(Label.ARCHIVE_LOG, spell(body)).hex()})
    with explained():
        write_atomically(disk, folder / ARCHIVES, content)
    return log


def with_verified(log: ArchiveLog, run: Run, made: datetime) -> ArchiveLog:
    """The log after an archive was found whole. Its age is that of what it holds, not of the look at it."""
    if run.kind is RunKind.DRILL:
        log = replace(log, drilled=run)
    if log.verified is None or run.counter > log.verified.counter:
        log = replace(log, verified=replace(run, at=made))
    return log


def without_verified(log: ArchiveLog, run: Run) -> ArchiveLog:
    """The log after an archive was found bad: when it was the last verified one, that is the one before again."""
    bad = (run.place, run.name)
    if run.code not in BAD or log.verified is None or (log.verified.place, log.verified.name) != bad:
        return log
    before = [each for each in log.runs if each.ok and each.kind is RunKind.MAKE and (each.place, each.name) != bad]
    return replace(log, verified=before[-1] if before else None)
