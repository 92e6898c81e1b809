"""Knows the long form of the engine's property tests: the same tests with many more and longer examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.campaigns.report import Report

ROOT = Path(__file__).resolve().parents[2]
PROFILE = "HOLDFAST_PROFILE"


def run(report: Report, folder: Path) -> None:
    """Run tests/live under the campaign profile, so many times with seeds of their own. folder: for its own files."""
    for done in range(1, report.count + 1):
        command = [sys.executable, "-m", "pytest", "tests/live", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
        command += [f"--hypothesis-seed={report.seed + done}", f"--basetemp={folder / 'engine'}"]
        environment = {**os.environ, PROFILE: "campaign"}
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")
        found = re.search(r"(\d+) passed", ended.stdout)
        report.add("tests passed", int(found[1]) if found else 0)
        if ended.returncode:
            report.fault(f"seed {report.seed + done}: " + "\n".join(ended.stdout.splitlines()[-15:]))
        report.step(done)
