"""Knows the harness that kills a change of keys at random instants, and what must be true of the practice after it.

A forked child removes a member: new keys, every page written anew. The parent kills it (SIGKILL) and looks.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
from pathlib import Path
from random import Random

from desktop.domain.errors_practice import DamagedDatabase, NoSuchMember
from desktop.storage import practice_folder
from desktop.storage.engine import read_schema
from desktop.storage.opened import Opened
from desktop.storage.peeking import peek
from desktop.storage.practice_layout import DATABASE, KEYS, Layout
from desktop.storage.rekeying import change_keys
from desktop.storage.vault.epochs import Change, TrailEnd, next_epoch
from desktop.storage.vault.keyfile import parse, read_key_file
from desktop.storage.vault.kit import draw_kit, open_with_kit, with_kit
from tests.campaigns.report import Report
from tests.storage.practice_kit import NAME, PASSPHRASE, SCHEMA, add_note, make, notes, surroundings

GOING = "member-who-goes"
GOING_NAME = "Somebody Who Goes"
THEIR_PASSPHRASE = "bến sông vắng người qua"
READY = b"ready"
NOTES = 60
NOTE_BYTES = 16_000
LONGEST_S = 0.030  # between a child's first word and its end, drawn evenly


class Harness:
    """A practice whose member is removed again and again, and whose remover is killed."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.by = Random(report.seed)
        self.folder = folder / "practice"
        self.kit = draw_kit("kit-1")
        made = make(self.folder)
        for number in range(NOTES):
            add_note(made, f"{number} " + self.by.randbytes(NOTE_BYTES // 2).hex())
        made.keep(with_kit(made.keys, made.ring, self.kit))
        self.kept = notes(made)
        made.close()
        self._add()

    def open(self) -> Opened:
        """As whoever holds the kit: no passphrase has to be derived for each kill."""
        layout, around = Layout(self.folder), surroundings()

        def unlocking() -> tuple[practice_folder.KeyFile, practice_folder.KeyRing]:
            keys = read_key_file(self.folder)
            ring = open_with_kit(keys, self.kit.secret)
            return practice_folder.finish(layout, keys, ring, around), ring

        return practice_folder._open(layout, around, unlocking)

    def _add(self) -> None:
        opened = self.open()
        if opened.keys.member(GOING) is None:
            opened.add_member(GOING, GOING_NAME, THEIR_PASSPHRASE)
        opened.close()

    def remove(self, tell: int) -> None:
        """What the child does; never ends by itself."""
        opened = self.open()
        end = TrailEnd(self.by.randrange(1000), bytes(32))
        following, ring = next_epoch(opened.keys, opened.ring, end, Change(without=GOING))
        os.write(tell, READY)
        change_keys(opened, following, ring)
        os.write(tell, b" done")
        while True:
            signal.pause()

    def one(self) -> None:
        """One child, killed; then the practice is looked at."""
        before = read_key_file(self.folder)
        old = (self.folder / KEYS).read_bytes()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - the child is not measured
            try:
                os.close(reading)
                self.remove(writing)
            finally:
                os._exit(1)
        os.close(writing)
        said = killed_after(child, reading, self.by.random() * LONGEST_S)
        left = read_key_file(self.folder)
        self.report.add(self.how_far(before.epoch))
        if b"done" in said and left.epoch == before.epoch:
            self.report.fault("a removal that was acknowledged did not happen")
        begun = left.pending is not None or left.epoch > before.epoch
        for problem in self.look(begun, old):
            self.report.fault(f"kill {self.report.figures['kills']:g}: {problem}")
        self._add()

    def how_far(self, epoch: int) -> str:
        """Where the kill fell, told from the files."""
        keys = read_key_file(self.folder)
        if keys.epoch > epoch:
            return "killed after the change"
        if keys.pending is None:
            return "killed before it began"
        ring = open_with_kit(keys, self.kit.secret)
        try:
            read_schema(self.folder / DATABASE, ring.page_key)
        except DamagedDatabase:
            return "killed with the pages under the old keys"
        return "killed with the pages under the new keys"

    def look(self, begun: bool, old: bytes) -> list[str]:
        """Open the practice; what is not as it must be."""
        problems = []
        opened = self.open()
        try:
            if notes(opened) != self.kept:
                problems.append("notes are missing or altered")
            with opened.engines.readers.connect() as connection:
                if connection.exec_driver_sql("PRAGMA quick_check").fetchall() != [("ok",)]:
                    problems.append("the structure of the database does not hold")
        finally:
            opened.close()
        keys = read_key_file(self.folder)
        if keys.pending is not None or json.loads((self.folder / KEYS).read_bytes())["pending"] is not None:
            problems.append("the change was not finished")
        there = GOING in [each.id for each in peek(self.folder).members]
        if begun and (there or self.opens_with(old)):
            problems.append("who was removed gets in")
        if not begun and not there:
            problems.append("somebody was removed by a change that had not begun")
        return problems

    def opens_with(self, old: bytes) -> bool:
        """Whether the key file from before opens the database, for whoever could open it then."""
        ring = open_with_kit(parse(old), self.kit.secret)
        try:
            return read_schema(self.folder / DATABASE, ring.page_key) == SCHEMA
        except DamagedDatabase:
            return False

    def end(self) -> None:
        """At the end by passphrase: the owner gets in; who was removed last does not."""
        opened = practice_folder.open_practice(self.folder, NAME, PASSPHRASE, surroundings())
        following, ring = next_epoch(opened.keys, opened.ring, TrailEnd(0, bytes(32)), Change(without=GOING))
        change_keys(opened, following, ring)
        opened.close()
        opened = practice_folder.open_practice(self.folder, NAME, PASSPHRASE, surroundings())
        if notes(opened) != self.kept:
            self.report.fault("the owner finds notes missing or altered")
        opened.close()
        try:
            practice_folder.open_practice(self.folder, GOING, THEIR_PASSPHRASE, surroundings()).close()
            self.report.fault("who was removed gets in by passphrase")
        except NoSuchMember:
            pass


def killed_after(child: int, reading: int, seconds: float) -> bytes:
    """What a child says until it is killed, so many seconds after its first word."""
    said = b""
    deadline = None
    while b"done" not in said:
        left = 30.0 if deadline is None else deadline - time.perf_counter()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            break
        piece = os.read(reading, 100)
        if not piece:
            break
        deadline = deadline or time.perf_counter() + seconds
        said += piece
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 100):
        said += piece
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself")
    return said


def run(report: Report, folder: Path) -> None:
    """Kill so many children."""
    harness = Harness(folder, report)
    for _ in report.rounds():
        report.add("kills")
        harness.one()
    harness.end()
