"""Knows practices of chance content that are restored on a clean profile (R11), by passphrase and by kit in turn."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from desktop.bootstrap import Program
from desktop.domain.errors import Known
from desktop.domain.people import ClientDraft
from desktop.services.clients import make_client
from desktop.services.ports_archives import RestoreWish
from desktop.storage.archive.copying import as_it_lies, standing_still
from desktop.storage.archive.rows import TableDigest, digest_of, table_names
from tests.campaigns.report import Report
from tests.kit import HandClock
from tests.storage.archive.kit import KIT_TEXT, OWNER, PASSPHRASE, House, found, nobody, opened, program_at, ring_of

LETTERS = "aąbcčdeéfghiłmnñoöpqrsßtuvwxyzשملمحمد李 -'\"\\\n\t"


def run(report: Report, folder: Path) -> None:
    """Fill, archive, carry away, restore, compare: so many times."""
    found(folder / "template")
    by = Random(report.seed)
    for number in report.rounds():
        root = folder / f"{number}"
        house = opened(folder / "template", root / "house")
        try:
            _round(report, house, root, by, number)
        finally:
            house.leave()
            house.program.close()
            shutil.rmtree(root)


def _fill(house: House, by: Random) -> None:
    for _ in range(by.randrange(20)):
        name = "".join(by.choices(LETTERS, k=by.randrange(1, 60))).strip() or "x"
        try:
            make_client(house.desk, ClientDraft(name=name, born="1980-01-01", contact=name))
        except Known:  # the same name twice
            continue


def _digests(house: House) -> dict[str, TableDigest]:
    with standing_still(house.folder / "practice.db", ring_of(house.folder).page_key) as view:
        return {table: digest_of(view, table) for table in table_names(view)}


def _round(report: Report, house: House, root: Path, by: Random, number: int) -> None:
    _fill(house, by)
    before = _digests(house)
    archive = house.make()
    away = root / "away"
    away.mkdir()
    carried = Path(shutil.copy(archive, away))
    by_kit = number % 2 == 0
    if by_kit:
        wish = RestoreWish(carried, root / "restored", kit=KIT_TEXT)
    else:
        shutil.copy(archive.with_name(archive.name.replace(".age", ".keys.json")), away)
        wish = RestoreWish(carried, root / "restored", OWNER, PASSPHRASE)
    bare: Program = program_at(root / "bare", HandClock())
    try:
        done = bare.archives.restore(wish, nobody)
        desk = bare.door.unlock(root / "restored", OWNER, PASSPHRASE)
        bare.door.leave(desk)
    finally:
        bare.close()
    with as_it_lies(root / "restored" / "practice.db", ring_of(root / "restored").page_key) as copy:
        after = {table: digest_of(copy, table) for table in table_names(copy)}
    for table in sorted(set(before) | set(after)):
        # The trail goes on with where it was restored from, and that it was unlocked.
        same = before.get(table) == after.get(table)
        if not same and table != "audit":
            report.fault(f"{number}: {table} differs")
    if after["audit"].rows != before["audit"].rows + 3:
        report.fault(f"{number}: the trail has {after['audit'].rows} lines after {before['audit'].rows}")
    report.add("restored by kit" if by_kit else "restored by passphrase")
    report.add("rows", done.rows)
