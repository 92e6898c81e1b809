"""Knows archives onto a small disk that fills up (R3): the old one intact, the need named, nothing half left.

The disk is a tmpfs where this user may mount one; elsewhere a disk that counts bytes.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import IO, Any

from desktop.services.archives import add_place
from desktop.services.ports_archives import Reason
from desktop.storage.archive.shelf import MARK
from desktop.storage.disk import Disk
from tests.campaigns.report import Report
from tests.storage.archive.kit import House, found, nobody, opened


class Counting(Disk):
    """A disk with room for so many bytes more in files that are made piece by piece at a place."""

    def __init__(self, place: Path, room: int) -> None:
        self.place, self.room = place, room

    def create(self, path: Path) -> IO[bytes]:
        file = super().create(path)
        return _Filling(file, self) if path.parent == self.place else file  # type: ignore[return-value]


class _Filling:
    def __init__(self, file: IO[bytes], disk: Counting) -> None:
        self._file, self._disk = file, disk

    def __enter__(self) -> _Filling:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> int:
        if len(content) > self._disk.room:
            raise OSError(errno.ENOSPC, "full")
        self._disk.room -= len(content)
        return self._file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[bool]:
    """Mount a small disk over a folder; whether that was allowed."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        yield False
        return
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def run(report: Report, folder: Path) -> None:
    """So many sizes, by chance, from nothing to more than enough."""
    found(folder / "template")
    house, by = opened(folder / "template", folder / "house"), Random(report.seed)
    for name in ("kept", "refused", "on a real small disk"):
        report.add(name, 0)
    try:
        first = house.make()
        size = first.stat().st_size
        house.room.forget_place(house.place)
        for number in report.rounds():
            _round(report, house, by.randrange(4096, 3 * size + (2 << 20)), number)
    finally:
        house.leave()
        house.program.close()


def _round(report: Report, house: House, size: int, number: int) -> None:
    place = house.root / f"small-{number}"
    place.mkdir()
    with tmpfs(place, size) as real:
        report.add("on a real small disk", int(real))
        add_place(house.desk, house.room, place)
        opened_practice = house.room._opened
        usual = opened_practice.around
        # Half of them are not told of the little space before they begin.
        blind = replace(usual, disk=_Blind() if real else Counting(place, size))
        opened_practice.around = blind if number % 2 else usual
        try:
            (run_,) = house.room.make(Reason.ASKED, house.clock.now(), nobody)
        finally:
            opened_practice.around = usual
        left = sorted(path.name for path in place.iterdir())
        if run_.ok:
            report.add("kept")
            house.room.verify(place / run_.name, house.clock.now(), nobody)
            wanted = 3
        else:
            report.add("refused")
            wanted = 1
            if "MB" not in run_.said:
                report.fault(f"{number}: no space is named: {run_.said}")
        if len(left) != wanted or MARK not in left:
            report.fault(f"{number}: {left} is left")
        house.room.forget_place(place)


class _Blind(Disk):
    """A disk that says it has room."""

    def free(self, folder: Path) -> int:
        return 1 << 40
