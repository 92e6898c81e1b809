"""Knows the names that may be used in one file only, and the shortcuts that tests may not take."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT, name_of, sources

CLOCK = "desktop/system/clock.py"
IDS = "desktop/system/ids.py"
TIMERS = "desktop/views/ui/timers.py"

BANNED = {
    "from datetime import datetime\n\ndatetime.now()\n": CLOCK,
    "import datetime\n\ndatetime.datetime.now(datetime.UTC)\n": CLOCK,
    "from datetime import datetime\n\ndatetime.utcnow()\n": CLOCK,
    "from datetime import date\n\ndate.today()\n": CLOCK,
    "import time\n\ntime.time()\n": CLOCK,
    "from time import time\n": CLOCK,
    "import uuid\n\nuuid.uuid4()\n": IDS,
    "from uuid import uuid1\n": IDS,
    "from PySide6.QtCore import QTimer\n\nQTimer.singleShot(0, print)\n": TIMERS,
}
ANYWHERE = ("desktop/services/some.py", "desktop/views/board/some.py", "desktop/storage/some.py", "desktop/cli/some.py")


def refusals(source: str, file: str) -> set[str]:
    """The codes that ruff gives a source that stood in `file`."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "json"]
    command += ["--stdin-filename", file, "-"]
    done = subprocess.run(command, cwd=ROOT, input=source, capture_output=True, text=True, encoding="utf-8")
    return {each["code"] for each in json.loads(done.stdout)}


@pytest.mark.parametrize("file", ANYWHERE)
@pytest.mark.parametrize("source", BANNED)
def test_a_banned_name_is_caught_in_any_room(source: str, file: str) -> None:
    assert "TID251" in refusals(source, file)


@pytest.mark.parametrize("source", BANNED)
def test_a_banned_name_is_allowed_in_its_one_file(source: str) -> None:
    assert not refusals(source, BANNED[source]) & {"TID251", "DTZ005", "DTZ011", "DTZ003"}


# Tests that may replace a part of the program from outside, each by how often. May only shrink.
REPLACING: dict[str, int] = {}
SHORTCUTS = {
    "a mock": re.compile(r"unittest\.mock|\bmocker\b|monkeypatch\.setattr"),
    "a skip": re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail)\b|importorskip"),
    "a sleep": re.compile(r"\btime\.sleep\(|\bqWait\(|\bqtbot\.wait\("),
}


def uses(pattern: re.Pattern[str]) -> dict[str, int]:
    counts = {name_of(path): len(pattern.findall(path.read_text("utf-8"))) for path in sources("tests/")}
    return {name: count for name, count in counts.items() if count and name != "tests/house/test_bans.py"}


def test_no_test_replaces_parts_of_the_program_but_those_counted_here() -> None:
    assert uses(SHORTCUTS["a mock"]) == REPLACING


@pytest.mark.parametrize("shortcut", ["a skip", "a sleep"])
def test_no_test_skips_or_sleeps(shortcut: str) -> None:
    assert not uses(SHORTCUTS[shortcut])


@pytest.mark.parametrize(
    ("shortcut", "line"),
    [
        ("a mock", "from unittest.mock import Mock"),
        ("a mock", "monkeypatch.setattr(thing, 'name', 1)"),
        ("a skip", "@pytest.mark.skipif(True)"),
        ("a skip", "pytest.skip('later')"),
        ("a sleep", "time.sleep(1)"),
        ("a sleep", "qtbot.wait(10)"),
    ],
)
def test_a_shortcut_is_recognised(shortcut: str, line: str) -> None:
    assert SHORTCUTS[shortcut].search(line)
