"""Knows the commands around the archives of a practice: make, verify, list, drill, thin."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.cli import show
from desktop.cli.codes import Exit, Usage
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_unlocking, path
from desktop.domain.errors_archive import NobodyUnlocked, NoPlaces
from desktop.domain.errors_machine import AnotherInstance
from desktop.domain.words import tr
from desktop.services.archives import (
    add_place,
    answer_of,
    changed_since,
    drill_archive,
    forget_place,
    make_archive,
    make_if_due,
    newest,
    policy_of,
    standing,
    thin_archives,
    verify_archive,
)
from desktop.services.desk import Desk
from desktop.services.ports_archives import ArchiveLog, Archives, Checked, Listed, PlaceState, Reason, Run

MAKE = {
    "ok": "true when an archive was made and verified at every place",
    "counter": "the archive's number, 0 when none was made",
    "runs": "one for each place: a list of place, name, ok, bytes, seconds, code, text",
    "drilled": "true when a drill was due with --scheduled and was done",
}
CHECKED = {
    "file": "the archive, as a whole path",
    "counter": "its number",
    "made": "when it was made, in UTC",
    "program": "the version that made it",
    "schema": "the form of its database",
    "tables": "how many kinds of records it holds",
    "rows": "how many records",
    "audit_lines": "how long the audit trail is in it",
    "bytes": "how large it is",
    "seconds": "how long it took",
    "newest_known": "the highest number that this practice gave",
}
LIST = {
    "last_verified": "the last archive that was verified: place, name, counter, made, age_hours; or null",
    "old": "true when it is so old that another one is wanted, or there is none",
    "drill_due": "true when it is time to try one out",
    "changed": "true when something was changed since the last archive; null without unlocking",
    "last_drill": "when the last drill was done, in UTC, or null",
    "confirmed": "true when the log of archives is as the program wrote it; without unlocking it is not looked at",
    "places": "where archives go: a list of folder, ok, text, archives (file, counter, made, bytes, keys)",
}
THIN = {
    "removed": "the archives that were removed: a list of whole paths",
    "places": "where archives go from now on: a list of folders",
}


def add_to(families: Families) -> None:
    """Write the family down, but for restoring."""
    make = families.command("archive make", tr("make an archive at every place, and verify each"), run_make, MAKE)
    add_unlocking(make, folder=True)
    make.add_argument("--to", action="append", type=path, metavar="PLACE", help=tr(
        "take this folder as a place for archives from now on; may be given again"))  # fmt: skip
    make.add_argument("--scheduled", action="store_true", help=tr(
        "only what is due, an archive or a drill: for the system's scheduler; asks nothing"))  # fmt: skip
    verify = families.command("archive verify", tr("read an archive to its end and compare it with its signed list"),
                              run_verify, CHECKED)  # fmt: skip
    add_unlocking(verify, folder=True)
    _add_archive(verify)
    listed = families.command("archive list", tr("say where the archives lie and how old the last one is"), run_list,
                              LIST)  # fmt: skip
    add_unlocking(listed, folder=True)
    listed.add_argument("--locked", action="store_true", help=tr(
        "without unlocking: only what the file practice.archives says, which nobody has confirmed"))  # fmt: skip
    drill = families.command("archive drill", tr("restore an archive into a throw-away folder and compare every row"),
                             run_drill, CHECKED)  # fmt: skip
    add_unlocking(drill, folder=True)
    _add_archive(drill)
    thin = families.command("archive thin", tr("remove archives that the rules do not keep"), run_thin, THIN)
    add_unlocking(thin, folder=True)
    thin.add_argument("--forget", action="append", type=path, metavar="PLACE", help=tr(
        "make no more archives in this folder; what lies there stays; may be given again"))  # fmt: skip


def _add_archive(parser: Any) -> None:
    parser.add_argument("--archive", type=path, metavar="FILE", help=tr("the archive; without it, the newest one"))


@contextmanager
def telling() -> Iterator[Callable[[int, int, str], None]]:
    """Progress on a terminal, on one line; nothing elsewhere."""
    shown = sys.stderr is not None and sys.stderr.isatty()

    def report(done: int, total: int, words: str) -> None:
        if shown:
            percent = f"{100 * done // total:>3} %" if total else ""
            print(f"\r{words}  {percent}   ", end="", file=sys.stderr, flush=True)

    yield report
    if shown:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


@contextmanager
def unlocked(kit: Kit, arguments: Namespace) -> Iterator[tuple[Desk, Archives]]:
    """A desk at the folder that was named, and its archives."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        yield desk, kit.archives().of(desk)


def run_make(kit: Kit, arguments: Namespace) -> int:
    """Make an archive; with --scheduled only when one is due."""
    if arguments.scheduled:
        return _scheduled(kit, arguments)
    with unlocked(kit, arguments) as (desk, archives), telling() as report:
        for place in arguments.to or ():
            add_place(desk, archives, place)
        runs = make_archive(desk, archives, Reason.ASKED, report).value
    return _say_runs(runs, False, arguments.json)


def _scheduled(kit: Kit, arguments: Namespace) -> int:
    """Handed to the running program where there is one; without a passphrase there is no key to make one with."""
    if arguments.passphrase_fd is None:
        answer = kit.archives().hand_over(arguments.folder)
        if answer is None:
            raise NobodyUnlocked
        return _say_answer(answer, arguments.json)
    try:
        with unlocked(kit, arguments) as (desk, archives), telling() as report:
            if not archives.log().places:
                raise NoPlaces
            before = archives.log().drilled
            runs = make_if_due(desk, archives, report)
            drilled = archives.log().drilled != before
    except AnotherInstance:
        answer = kit.archives().hand_over(arguments.folder)
        if answer is None:
            raise
        return _say_answer(answer, arguments.json)
    return _say_runs(runs, drilled, arguments.json, scheduled=True)


def _say_answer(answer: dict[str, Any], as_json: bool) -> int:
    if not (answer["ok"] or answer["runs"]):
        raise NoPlaces
    if as_json:
        show.emit({name: answer.get(name) for name in MAKE})
    else:
        show.line(tr("Handed to the program that has the practice open."))
        for run in answer["runs"]:
            _say_run(bool(run["ok"]), str(run["place"]), str(run["name"]), str(run["text"]))
        if not answer["runs"]:
            show.line(tr("No archive is due."))
    return Exit.OK if answer["ok"] else Exit.MACHINE


def _say_run(ok: bool, place: str, name: str, text: str) -> None:
    show.line(f"{tr('ok') if ok else tr('NOT OK')}  {place}  {name if ok else text}")


def _say_runs(runs: tuple[Run, ...], drilled: bool, as_json: bool, scheduled: bool = False) -> int:
    ok = all(run.ok for run in runs) and (bool(runs) or scheduled)
    if as_json:
        show.emit(answer_of(runs, drilled))
    else:
        for run in runs:
            _say_run(run.ok, run.place, run.name, run.said)
        if not runs:
            show.line(tr("No archive is due."))
    return Exit.OK if ok else Exit.MACHINE


def checked_fields(found: Checked, newest_known: int) -> dict[str, Any]:
    """What --json prints of a whole archive."""
    return {
        "file": str(found.path.absolute()), "counter": found.counter, "made": found.made.isoformat(),
        "program": found.program, "schema": found.schema, "tables": found.tables, "rows": found.rows,
        "audit_lines": found.lines, "bytes": found.size, "seconds": round(found.seconds, 3),
        "newest_known": newest_known,
    }  # fmt: skip


def _say_checked(found: Checked, known: int, as_json: bool, words: str) -> int:
    if as_json:
        show.emit(checked_fields(found, known))
        return Exit.OK
    show.line(words)
    show.line(tr("number {n} of {made:%Y-%m-%d %H:%M} UTC, {rows} records in {tables} tables, {mb:.1f} MB, {s:.1f} s",
                 n=found.counter, made=found.made, rows=found.rows, tables=found.tables, mb=found.size / 1e6,
                 s=found.seconds))  # fmt: skip
    if found.counter < known:
        show.line(tr("A newer archive is known: number {n}.", n=known))
    return Exit.OK


def run_verify(kit: Kit, arguments: Namespace) -> int:
    """Read an archive to its end."""
    with unlocked(kit, arguments) as (desk, archives), telling() as report:
        found = verify_archive(desk, archives, arguments.archive or newest(archives), report).value
        known = archives.log().counter
    return _say_checked(found, known, arguments.json, tr("The archive is whole, and this practice made it."))


def run_drill(kit: Kit, arguments: Namespace) -> int:
    """Try an archive out."""
    with unlocked(kit, arguments) as (desk, archives), telling() as report:
        found = drill_archive(desk, archives, arguments.archive, report).value
        known = archives.log().counter
    return _say_checked(found, known, arguments.json, tr("The drill went well: every row came back as it was."))


def _listed(each: Listed) -> dict[str, object]:
    return {"file": str(each.path), "counter": each.counter, "made": each.made.isoformat(), "bytes": each.size,
            "keys": each.keys}  # fmt: skip


def _place(each: PlaceState) -> dict[str, object]:
    return {"folder": str(each.path), "ok": not each.problem, "text": each.problem,
            "archives": [_listed(one) for one in each.archives]}  # fmt: skip


def _looked_at(kit: Kit, arguments: Namespace) -> tuple[ArchiveLog, tuple[PlaceState, ...], bool | None]:
    if arguments.locked:
        log = kit.archives().known(arguments.folder)
        return log, tuple(PlaceState(Path(place), ()) for place in log.places), None
    with unlocked(kit, arguments) as (desk, archives):
        log = archives.log()
        return log, archives.places(), changed_since(desk, log.lines)


def unconfirmed(log: ArchiveLog) -> str:
    """What to say where the log of archives is not as the program wrote it."""
    if log.runs or log.places:
        return tr("practice.archives, which holds this list, was changed by another program, or is of an earlier time.")
    return tr(
        "Nothing is known of archives and their places: practice.archives was not written yet, is missing, or is "
        "damaged. Archives that lie elsewhere are untouched; name their places with `archive make --to`."
    )


def run_list(kit: Kit, arguments: Namespace) -> int:
    """Say how the practice stands with its archives."""
    log, places, changed = _looked_at(kit, arguments)
    stands = standing(log, kit.clock.now().utc, policy_of(kit.resources()))
    made = stands.verified
    if arguments.json:
        last = None if made is None or stands.age is None else {
            "place": made.place, "name": made.name, "counter": made.counter, "made": made.at.isoformat(),
            "age_hours": round(stands.age.total_seconds() / 3600, 2),
        }  # fmt: skip
        show.emit({
            "last_verified": last, "old": stands.old, "drill_due": stands.drill_due, "changed": changed,
            "last_drill": None if log.drilled is None else log.drilled.at.isoformat(), "confirmed": log.confirmed,
            "places": [_place(each) for each in places],
        })  # fmt: skip
        return Exit.OK
    show.line(stands.words)
    if stands.old:
        show.line(tr("That is too old: make an archive now."))
    if changed and made is not None:
        show.line(tr("Something was changed since then and is in no archive yet."))
    if not (arguments.locked or log.confirmed):
        show.line(unconfirmed(log))
    for place in places:
        show.line(f"{place.path}  {place.problem}".rstrip())
        rows = [(f"{each.counter}", f"{each.made:%Y-%m-%d %H:%M} UTC", f"{each.size / 1e6:.1f} MB", each.path.name)
                for each in place.archives]  # fmt: skip
        show.table(rows, indent="  ")
    return Exit.OK


def run_thin(kit: Kit, arguments: Namespace) -> int:
    """Remove what the rules do not keep."""
    with unlocked(kit, arguments) as (desk, archives):
        for place in arguments.forget or ():
            if str(place.absolute()) not in archives.log().places:
                raise Usage(
                    tr("No archives go to {place}.", place=place), tr("No archive was removed."),
                    tr("`archive list` shows where they go; write the place as it stands there."),
                )  # fmt: skip
            forget_place(desk, archives, place)
        removed: tuple[Path, ...] = thin_archives(desk, archives).value
        places = archives.log().places
    if arguments.json:
        show.emit({"removed": [str(each) for each in removed], "places": list(places)})
    else:
        for each in removed:
            show.line(str(each))
        show.line(tr("{n} archives removed.", n=len(removed)))
        for place in arguments.forget or ():
            show.line(tr("No more archives go to {place}; what lies there stays.", place=place.absolute()))
    return Exit.OK
