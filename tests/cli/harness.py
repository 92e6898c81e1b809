"""Knows how a test starts commands in this process, as somebody at a terminal would."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.cli.main import AddTo, run
from desktop.domain.people import Role
from desktop.services.desk import Desk
from desktop.services.handclock import HandClock
from desktop.tour import command, rehearsing

OWNER = "Marta Kowalczyk"
PRACTICE = "Praxis Łódź"
PASSPHRASE = "violet harbour seven stones"
WRONG = "violet harbour seven stonez"
START = "2026-05-04T09:00:00+02:00"
PEOPLE = [
    {"key": "a", "name": "Łukasz Canary-Wiśniewski", "born": "1984-05-01", "role": "dosed",
     "order": {"max_single_mg": "200", "max_total_mg": "300", "boosters": 1, "booster_after_min": 45}},
    {"key": "b", "name": "Nguyễn Canary Phượng", "born": "1986-11-23", "role": "sitting"},
]  # fmt: skip
HEADER = {"session": {"protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", "participants": PEOPLE}}
LINES = (
    {"t": 0, "do": "vitals", "who": "a", "bp": "128/82", "hr": 76, "spo2": 98, "rr": 14},
    {"t": 300, "do": "dose", "who": "a", "route": "sublingual", "mg": "100", "lot": "L1", "by": "m1",
     "checked_by": "m2"},
    {"t": 1500, "do": "observe", "who": "a", "chip": "crying"},
    {"t": 1600, "do": "fly", "who": "a"},
    {"t": 1710, "do": "note", "text": "the boat does not sink"},
    {"t": 1720, "do": "undo"},
    {"t": 8000, "do": "discharge", "who": "a", "ending": "met"},
    {"t": 9000, "do": "close"},
)  # fmt: skip


def script_text(*lines: dict[str, Any], header: dict[str, Any] | None = None) -> str:
    """A script; without lines, the one above."""
    whole = (HEADER if header is None else header, *(lines or LINES))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in whole)


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Terminal:
    """Starts commands. more: commands beside the program's own."""

    program: Program
    capsys: pytest.CaptureFixture[str]
    folder: Path
    more: tuple[AddTo, ...] = field(default=())

    def __call__(self, *words: str | Path, passphrase: str | None = None) -> Said:
        spoken = [str(word) for word in words]
        if passphrase is None:
            return self._run(spoken)
        with descriptor(passphrase) as number:
            return self._run([*spoken, "--passphrase-fd", str(number)])

    def _run(self, words: list[str]) -> Said:
        self.capsys.readouterr()
        more = (command.add_to(self.program), rehearsing.add_to(self.program), *self.more)
        code = run(words, self.program.kit(), more)
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)

    def write(self, name: str, text: str) -> Path:
        """A file for a command to read."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@contextmanager
def descriptor(text: str) -> Iterator[int]:
    """A descriptor that holds a line of text."""
    reading, writing = os.pipe()
    os.write(writing, text.encode("utf-8") + b"\n")
    os.close(writing)
    try:
        yield reading
    finally:
        os.close(reading)


def program_at(root: Path) -> Program:
    """A program with its own places, a clock moved by hand, and quick keys."""
    clock = HandClock(datetime.fromisoformat(START))
    return Program(Settings(clock=clock, root=root, cheap_keys=True, reserve=SMALL_RESERVE))


def make_practice(folder: Path, root: Path) -> None:
    """A practice with one member, locked."""
    door = program_at(root).door
    roles = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
    door.leave(door.create(folder, PRACTICE, OWNER, roles, PASSPHRASE))


@contextmanager
def unlocked(program: Program, folder: Path) -> Iterator[Desk]:
    """The practice, open."""
    desk = program.door.unlock(folder, OWNER, PASSPHRASE)
    try:
        yield desk
    finally:
        program.door.leave(desk)


def copied(template: Path, folder: Path) -> Path:
    """A practice of one's own."""
    return Path(shutil.copytree(template, folder))
