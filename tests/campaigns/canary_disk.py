"""Knows days of the whole program with a canary in everything that can be typed, ended at any time (R12).

Each round is a day of tests.canaries.flow in a sandbox: left, killed or aborted in the session, or killed (SIGKILL) or
aborted (SIGABRT) after so many of its words, by chance. Then every byte of the sandbox is searched.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.campaigns.report import Report
from tests.canaries import scan
from tests.canaries.flow import STEM
from tests.canaries.test_disk import OWN, PRACTICE, sandbox

ENDS = {"leave": 0, "kill": -signal.SIGKILL, "abort": -signal.SIGABRT}
BY_CHANCE = 0.5  # of the days end in the middle of anything
MOST_WORDS = 75
BEGUN = {f"{name}.new" for name in PRACTICE}  # what a kill may leave of a file that was being put in place


def day(place: Path, by: Random) -> tuple[list[str], int, int]:
    """A day's work; its canaries, how it ended, and how it should have."""
    here, environment = sandbox(place)
    end = by.choice(tuple(ENDS))
    chance = by.choice((signal.SIGKILL, signal.SIGABRT)) if by.random() < BY_CHANCE else None
    after, words = by.randrange(1, MOST_WORDS), list[str]()
    command = [sys.executable, "-m", "tests.canaries.flow", str(place / "home" / "practice"), end]
    with subprocess.Popen(
        command, cwd=here, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        encoding="utf-8",
    ) as child:  # fmt: skip
        assert child.stdout is not None
        for line in child.stdout:
            words += [line.strip()] if line.startswith(STEM) else []
            if chance is not None and len(words) >= after:
                child.send_signal(chance)
                chance, end = None, "chance"
    return words, child.returncode, ENDS.get(end, child.returncode)


def strange(place: Path, left: Sequence[Path]) -> list[str]:
    """Files that nobody accounts for."""
    return [path.relative_to(place).as_posix() for path in left if path.name not in PRACTICE | OWN | BEGUN]


def run(report: Report, folder: Path) -> None:
    """So many days."""
    by = Random(report.seed)
    (folder / "planted").mkdir()
    (folder / "planted" / "file").write_bytes(f"\0{STEM}000".encode("utf-16-le"))
    if not scan.found(folder / "planted", [STEM]):
        report.fault("the search does not find a canary that is there")
    for number in report.rounds():
        place = folder / str(number)
        place.mkdir()
        words, code, due = day(place, by)
        report.add("canaries", len(words))
        report.add({0: "left", -signal.SIGKILL: "killed", -signal.SIGABRT: "aborted"}.get(code, "ended otherwise"))
        if code != due:
            report.fault(f"day {number} (seed {report.seed}) ended with {code}")
        left = scan.files(place)
        report.add("bytes searched", sum(path.stat().st_size for path in left))
        for found in (*scan.found(place, [STEM]), *strange(place, left)):
            report.fault(f"day {number} (seed {report.seed}): {found}")
        shutil.rmtree(place)
