"""Knows the command line of the campaigns: NAME [--count N] [--seed S] [--out FILE]; 1 when something is wrong."""

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
    "engine": Campaign("engine", 1, "the live engine's property tests, long"),
    "archive-mutants": Campaign("archive_mutants", 1_000_000, "altered archives; none is taken for a whole one"),
    "archive-kill": Campaign("archive_kill", 500, "archives and restores are killed at random instants"),
    "archive-full": Campaign("archive_full", 200, "archives onto disks that fill up"),
    "archive-drills": Campaign("archive_drills", 100, "practices restored on a clean profile"),
    "canary": Campaign("canary", 200, "sessions by chance; no copy holds a word that is not for its reader"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one campaign; 0 when nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description="The long form of the tests.")
    about = "; ".join(f"{name}: {each.about} ({each.count})" for name, each in CAMPAIGNS.items())
    parser.add_argument("name", choices=CAMPAIGNS, metavar="NAME", help=about)
    parser.add_argument("--count", type=int, help="how many rounds")
    parser.add_argument("--seed", type=int, help="where chance begins; told in the report, for doing it again")
    parser.add_argument("--out", type=Path, help="keep the report in this file, as JSON")
    asked = parser.parse_args(words)
    campaign = CAMPAIGNS[asked.name]
    seed = secrets.randbelow(1 << 32) if asked.seed is None else asked.seed
    report = Report(asked.name, seed, asked.count or campaign.count, out=sys.stderr)
    run: Callable[[Report, Path], None] = import_module(f"tests.campaigns.{campaign.module}").run
    with tempfile.TemporaryDirectory(prefix="holdfast-campaign-") as folder:
        run(report, Path(folder))
    print(json.dumps(report.whole(), indent=1, ensure_ascii=False))
    if asked.out is not None:
        report.write(asked.out)
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
