"""Knows the command line of the campaigns: NAME [--count N] [--seconds T] [--seed S] [--out FILE]."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.campaigns.report import Report


@dataclass(frozen=True, slots=True)
class Campaign:
    """module: whose run(report, folder) it is; count: how many rounds unless told otherwise."""

    module: str
    count: int
    about: str


CAMPAIGNS = {
    "kill": Campaign("kill", 10_000, "a running session is killed at random instants; nothing acknowledged is lost"),
    "kill-program": Campaign("kill_program", 200, "the full program is started, unlocked and killed"),
    "engine": Campaign("engine", 60, "the live engine's property tests, 25 examples of 80 steps a round"),
    "pages": Campaign("pages", 10_000, "pages, logs and whole databases are flipped, swapped, replayed; each is named"),
    "trail": Campaign("trail", 10_000, "lines of the trail are edited, removed, put in, reordered, cut; each is named"),
    "rekey": Campaign("rekey", 10_000, "removing a member is killed at random instants; who stays gets in, with all"),
    "power": Campaign("power", 1_000_000, "the power fails at any system call; what was not synced is lost or torn"),
    "migrations": Campaign("migrations", 1_000, "a change of the file's form is killed at any statement; all is there"),
    "clocks": Campaign("clocks", 1_000, "clocks are shaken in a session; no duration is negative, nothing disordered"),
    "two-programs": Campaign("two_programs", 1_000, "two processes want one practice; no change is lost"),
    "chance": Campaign("chance", 100_000, "whatever members can do, by chance, beside a plain model of the practice"),
    "disk-calls": Campaign("disk_calls", 1_200, "every call of the disk fails in turn; what opens is whole"),
    "memory": Campaign("memory", 20, "the real program is locked; no canary and no key is left in memory"),
    "sockets": Campaign("sockets", 3, "the real program under strace; no call names a network"),
    "archive-mutants": Campaign("archive_mutants", 1_000_000, "altered archives; none is taken for a whole one"),
    "archive-kill": Campaign("archive_kill", 500, "archives and restores are killed at random instants"),
    "archive-full": Campaign("archive_full", 200, "archives onto disks that fill up"),
    "full": Campaign("full", 2_000, "a session, a page, an export on disks that fill up; what was there stays whole"),
    "canary-disk": Campaign("canary_disk", 14, "days of the whole program, killed at any time; no canary on the disk"),
    "archive-drills": Campaign("archive_drills", 100, "practices restored on a clean profile"),
    "carry": Campaign("carry", 1_000, "carried sessions are killed on their way home; all comes, once, or nothing"),
    "canary": Campaign("canary", 200, "sessions by chance; no copy holds a word that is not for its reader"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one campaign; 0 when nothing was wrong, 1 when something was."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description="The long form of the tests.")
    about = "; ".join(f"{name}: {each.about} ({each.count})" for name, each in CAMPAIGNS.items())
    parser.add_argument("name", choices=CAMPAIGNS, metavar="NAME", help=about)
    parser.add_argument("--count", type=_number, help="how many rounds; without it the number above, or --seconds")
    parser.add_argument("--seconds", type=_number, help="begin no round after so many seconds")
    parser.add_argument("--seed", type=int, help="where chance begins; told in the report, for doing it again")
    parser.add_argument("--out", type=Path, help="keep the report in this file, as JSON")
    asked = parser.parse_args(words)
    campaign = CAMPAIGNS[asked.name]
    seed = secrets.randbelow(1 << 32) if asked.seed is None else asked.seed
    report = Report(asked.name, seed, _count(asked, campaign), asked.seconds, out=sys.stderr)
    run: Callable[[Report, Path], None] = import_module(f"tests.campaigns.{campaign.module}").run
    with tempfile.TemporaryDirectory(prefix="holdfast-campaign-") as folder:
        run(report, Path(folder))
    print(json.dumps(report.whole(), indent=1, ensure_ascii=False))
    if asked.out is not None:
        report.write(asked.out)
    return 1 if report.wrong else 0


def _number(word: str) -> int:
    if int(word) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return int(word)


def _count(asked: argparse.Namespace, campaign: Campaign) -> int | None:
    if asked.count is None and asked.seconds is None:
        return campaign.count
    return None if asked.count is None else int(asked.count)


if __name__ == "__main__":
    sys.exit(main())
