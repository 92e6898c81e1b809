"""Knows what the real program asks the kernel of networks: every system call of a start, an unlock and a lock, traced.

Needs strace. A socket of this machine's file system (the desktop's buses, the screen) is no network.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.campaigns.memory import Watched
from tests.campaigns.memory_scan import adopt_orphans
from tests.campaigns.report import Report

TRACE = ("strace", "-f", "-qq", "-e", "trace=socket,connect,bind,sendto,sendmsg", "-o")
LOCAL = re.compile(r"\b(AF_UNIX|PF_UNIX|AF_LOCAL)\b")
FAMILY = re.compile(r"\b[AP]F_[A-Z0-9]+\b")


def networks(trace: str) -> list[str]:
    """The calls of a trace that name another address family than this machine's own."""
    return [line for line in trace.splitlines() if FAMILY.search(line) and not LOCAL.search(line)]


def run(report: Report, folder: Path) -> None:
    """So many starts under strace, each from the unlock to what follows after the lock."""
    if shutil.which(TRACE[0]) is None:
        report.fault("strace is not on this machine")
        return
    adopt_orphans()
    for done in report.rounds():
        place = folder / str(done)
        place.mkdir()
        trace = place / "trace"
        Watched(place, report, (*TRACE, str(trace))).round()
        text = trace.read_text("utf-8", "replace")
        report.add("network calls traced", len(text.splitlines()))
        for line in networks(text):
            report.fault(f"a network: {line}")
        shutil.rmtree(place)
