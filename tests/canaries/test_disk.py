"""No word about anybody is in clear on the disk: not after a day's work, nor after a kill or an abort in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.canaries import scan
from tests.canaries.flow import STEM

ROOT = Path(__file__).resolve().parents[2]
# Everything that a practice and the program may leave. A file of another name is a leak or a surprise: say what it is.
PRACTICE = {
    "practice.db", "practice.db-wal", "practice.db-shm", "practice.keys.json", "practice.reserve", "practice.lock",
    "practice.attempts", "practice.head",
}
OWN = {"holdfast.log", "window.json"}


@dataclass(frozen=True, slots=True)
class Day:
    """What a day's work left. place: the sandbox; words: the canaries; code: how the program ended."""

    place: Path
    words: tuple[str, ...]
    code: int
    said: str


def sandbox(place: Path) -> tuple[Path, dict[str, str]]:
    """Every folder that a program may think of in one place: where it starts, and its environment."""
    home, temp, here = place / "home", place / "temp", place / "here"
    for folder in (home, temp, here, place / "run"):
        folder.mkdir(mode=0o700)
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8",
        "HOME": str(home), "TMPDIR": str(temp), "XDG_RUNTIME_DIR": str(place / "run"), "QT_QPA_PLATFORM": "offscreen",
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")},
    }
    return here, environment


def work(place: Path, end: str) -> Day:
    """A day's work."""
    here, environment = sandbox(place)
    command = [sys.executable, "-m", "tests.canaries.flow", str(place / "home" / "practice"), end]
    done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, encoding="utf-8")
    words = tuple(line for line in done.stdout.splitlines() if line.startswith(STEM))
    return Day(place, words, done.returncode, done.stderr + done.stdout[-200:])


@pytest.fixture(scope="module", params=[("leave", 0), ("kill", -signal.SIGKILL), ("abort", -signal.SIGABRT)],
                ids=["left", "killed", "aborted"])  # fmt: skip
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Day:
    end, code = request.param
    found = work(tmp_path_factory.mktemp("sandbox"), end)
    assert found.code == code, found.said
    assert "in the session" in found.said
    assert len(found.words) > 66  # three days: more than 200 of them
    return found


def test_no_canary_is_in_clear_in_any_file(day: Day) -> None:
    assert scan.found(day.place, [STEM]) == []  # with which every canary begins


def test_nothing_is_left_but_the_practice_and_the_programs_own_log(day: Day) -> None:
    left = {path.relative_to(day.place).as_posix() for path in scan.files(day.place)}
    assert {name for name in left if Path(name).name not in PRACTICE | OWN} == set()
    assert {Path(name).parent.as_posix() for name in left if Path(name).name in PRACTICE} == {"home/practice"}
    assert {Path(name).name for name in left} >= OWN


def test_nobody_else_on_the_machine_may_read_what_is_left(day: Day) -> None:
    assert [path.name for path in scan.files(day.place) if path.stat().st_mode & 0o077] == []


def test_the_log_says_that_something_failed_and_not_what_it_held(day: Day) -> None:
    log = next(path for path in scan.files(day.place) if path.name == "holdfast.log").read_text("utf-8")
    assert log.count("ValueError") == 2
    assert log.count("__main__:") == 3  # where in the code, and that is all


def test_a_script_that_is_played_and_thrown_away_leaves_nothing(tmp_path: Path) -> None:
    here, environment = sandbox(tmp_path)
    person = {"key": "a", "name": f"{STEM} one", "born": "1984-05-01", "role": "sitting", "intention": f"{STEM} two"}
    head = {"protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", "participants": [person]}
    lines = [{"session": head}, {"t": 5, "do": "words", "who": "a", "text": f"{STEM} three"}, {"t": 6, "do": STEM}]
    command = [sys.executable, "-m", "desktop", "session", "replay", "-", "--json"]
    done = subprocess.run(
        command, cwd=here, env=environment, capture_output=True, text=True, encoding="utf-8",
        input="\n".join(json.dumps(line) for line in lines),
    )  # fmt: skip
    assert done.returncode == 0
    assert f"{STEM} three" in done.stdout
    assert done.stderr == ""
    assert scan.found(tmp_path, [STEM]) == []
    assert [path.name for path in scan.files(tmp_path) if path.name not in OWN] == []


@pytest.mark.parametrize("encoding", scan.ENCODINGS)
def test_the_search_finds_a_canary_that_is_there(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\x00\xff" * 500 + f"{STEM}007éax".encode(encoding) + b"\x00" * 7)
    assert scan.found(tmp_path, [f"{STEM}007éax"]) == [f"deep/file: {STEM}007éax"]
    assert scan.found(tmp_path, [f"{STEM}008éax"]) == []


def test_the_search_finds_a_canary_in_a_name_and_in_capitals(tmp_path: Path) -> None:
    (tmp_path / f"{STEM}009").write_bytes(f"{STEM}010".upper().encode())
    found = scan.found(tmp_path, [f"{STEM}009", f"{STEM}010"])
    assert found == [f"{STEM}009: {STEM}009 in its name", f"{STEM}009: {STEM}010"]
