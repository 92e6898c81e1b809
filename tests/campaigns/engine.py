"""Knows the long form of the engine's property tests: the same tests, round after round, each with another seed."""

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
    """Run the property tests of tests/live under the campaign profile, round after round. folder: for their files."""
    for done in report.rounds():
        command = [sys.executable, "-m", "pytest", "tests/live", "-m", "hypothesis", "-q", "-p", "no:cacheprovider"]
        command += ["-p", "no:randomly", f"--hypothesis-seed={report.seed + done}", f"--basetemp={folder / 'engine'}"]
        environment = {**os.environ, PROFILE: "campaign"}
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")
        found = re.search(r"(\d+) passed", ended.stdout)
        report.add("tests passed", int(found[1]) if found else 0)
        if ended.returncode:
            report.fault(f"seed {report.seed + done}: " + "\n".join(ended.stdout.splitlines()[-15:]))
