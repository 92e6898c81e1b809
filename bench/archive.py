"""Knows what an archive of a large practice costs, beside a plain copy, age and restic on the same file in one run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Aim, Result, Spread
from bench.records import practice_of

SIZE, ROUNDS = 1_000_000_000, 2
ROOT = Path(__file__).resolve().parents[1]
MEBIBYTE = 1 << 20


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _run(*words: str | Path, **environment: str) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True, env={**os.environ, **environment})


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing, MEBIBYTE)
        writing.flush()
        os.fsync(writing.fileno())


def _child(*words: str | Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.archiving", *(str(word) for word in words)]
    ended = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    found: dict[str, float] = json.loads(ended.stdout)
    return found


@contextmanager
def _idle_beside(stalls: list[float]) -> Iterator[None]:
    """A process beside the block that does nothing but beat; how long it was kept waiting at most, into `stalls`."""
    command = [sys.executable, "-m", "bench.archiving", "beat"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as idle:
        yield
        said, _ = idle.communicate()
        stalls.append(json.loads(said)["stall_ms"])


class Bench:
    """The practice, and every way of copying it."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.practice, self.root = folder, folder / "practice", folder / "own"
        practice_of(self.practice, self.root, size)
        self.database = self.practice / "practice.db"
        _run("age-keygen", "-o", folder / "key.txt")
        made = subprocess.run(["age-keygen", "-y", folder / "key.txt"], check=True, capture_output=True, text=True)
        self.recipient = made.stdout.strip()

    def copy(self) -> float:
        """A plain copy, down to the disk."""
        return _timed(lambda: _copy(self.database, self._fresh("copy.db")))

    def age(self) -> float:
        """age's own tool, encrypting the database."""
        return _timed(lambda: _run("age", "-r", self.recipient, "-o", self._fresh("copy.age"), self.database))

    def restic(self) -> tuple[float, float]:
        """restic: a first backup with a full check; a restore."""
        repository = self._fresh("restic")
        secret = {"RESTIC_PASSWORD": "made up", "RESTIC_CACHE_DIR": str(self._fresh("cache"))}
        words = ("restic", "--quiet", "-r", repository)
        _run(*words, "init", **secret)

        def backup() -> None:
            _run(*words, "backup", self.database, **secret)
            _run(*words, "check", "--read-data", **secret)

        made = _timed(backup)
        target = self._fresh("restored-by-restic")
        back = _timed(lambda: _run(*words, "restore", "latest", "--target", target, **secret))
        for path in (repository, target):
            shutil.rmtree(path)
        return made, back

    def ours(self) -> tuple[dict[str, float], dict[str, float], int]:
        """An archive made and verified; restored and compared; its bytes."""
        place = self._fresh("place")
        place.mkdir()
        made = _child("make", self.root, self.practice, place)
        (archive,) = place.glob("*.age")
        size = archive.stat().st_size
        target = self._fresh("restored")
        back = _child("restore", self.root, archive, target)
        for path in (place, target):
            shutil.rmtree(path)
        return made, back, size

    def _fresh(self, name: str) -> Path:
        path = self.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        return path


def run(folder: Path, size: int = SIZE, rounds: int = ROUNDS) -> Result:
    """In turns: copy, age, restic, ours."""
    bench = Bench(folder, size)
    times: dict[str, list[float]] = {}
    stalls, peaks, bytes_ = [], [], 0
    for _ in range(rounds):
        backup, restored = [0.0], [0.0]
        times.setdefault("plain copy", []).append(bench.copy())
        times.setdefault("age", []).append(bench.age())
        backup[0], restored[0] = bench.restic()
        times.setdefault("restic: backup and full check", []).append(backup[0])
        times.setdefault("restic: restore", []).append(restored[0])
        with _idle_beside(times.setdefault("an idle process beside ours: its longest wait", [])):
            made, back, bytes_ = bench.ours()
        times.setdefault("archive: made and verified", []).append(made["ms"])
        times.setdefault("archive: restored and compared", []).append(back["ms"])
        stalls += [made["stall_ms"], back["stall_ms"]]
        peaks += [made["peak_mb"], back["peak_mb"]]
    spreads = {name: Spread.of(each) for name, each in times.items()}
    ratio = spreads["archive: made and verified"].middle / spreads["restic: backup and full check"].middle
    aims = (
        Aim("made and verified, beside restic's backup and full check", ratio, 1.5, "x"),
        Aim("longest stall of a thread beside it", max(stalls), 100, "ms"),
        Aim("peak of memory", max(peaks), 200, "MB"),
    )
    megabytes = bench.database.stat().st_size / 1e6
    return Result("archive", spreads, aims, (f"database {megabytes:.0f} MB, archive {bytes_ / 1e6:.0f} MB",))
