"""Knows the harness in which two real processes want one practice, and what must be true of it afterwards.

Who comes second is refused with a sentence, or waits, or takes over from a first one that was killed. Both change the
same record, each with the version that they read before: one of them is told of it, and no change that was
acknowledged is lost. No passphrase is derived on the way in: the keys are in hand.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.domain.audience import Audience
from desktop.domain.errors import Conflict
from desktop.domain.errors_machine import AnotherInstance
from desktop.domain.people import Client, ClientDraft, Role
from desktop.domain.records import Act
from desktop.services.clients import change_client, make_client
from desktop.services.desk import Desk
from desktop.storage import practice_folder
from desktop.storage.practice_layout import LOCK, Layout
from desktop.storage.vault.keyfile import read_key_file
from desktop.storage.vault.keyring import KeyRing, unlock
from tests.campaigns.report import Report
from tests.campaigns.swift import swift
from tests.storage.practice_kit import hashes

MEMBER, PASSPHRASE = "Mara", "violet harbour seven stones"
ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
CLINIC = Audience.clinic("two programs")
HOLDING = 0.25  # so many rounds are about one who holds the practice; the others about two who change a record
KILLED = 0.4  # in so many of those one of the two is killed
A_PRACTICE = 25  # rounds; then a copy of the first day's, so that no trail grows without end
LONGEST_S = 0.080  # between the start of the two and the kill, drawn evenly
PATIENCE_S = 20.0


@dataclass(slots=True)
class Child:
    """A process of its own, and what it said: whole lines."""

    pid: int
    reading: int
    text: bytes = b""
    over: bool = False

    @property
    def said(self) -> list[str]:
        """Its lines."""
        return self.text.decode().split("\n")[:-1]

    def hear(self, seconds: float) -> None:
        """Wait for a word so long, or for its end."""
        if not self.over and select.select([self.reading], [], [], max(0.0, seconds))[0]:
            piece = os.read(self.reading, 1 << 12)
            self.text += piece
            self.over = not piece

    def end(self, kill: bool) -> bool:
        """Kill it where that is wanted, and hear it out; whether it was killed before it ended by itself."""
        if kill:
            os.kill(self.pid, signal.SIGKILL)
        while not self.over:
            self.hear(PATIENCE_S)
        os.close(self.reading)
        return os.WIFSIGNALED(os.waitpid(self.pid, 0)[1])


def child(work: Callable[[Callable[[str], None]], None]) -> Child:
    """Do something in a process of its own, which may tell what it did."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:  # pragma: no cover - the child is not measured
        code = 1
        try:
            os.close(reading)
            work(lambda word: _told(writing, word))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    return Child(pid, reading)


def _told(writing: int, word: str) -> None:  # pragma: no cover - in the child
    os.write(writing, f"{word}\n".encode())


class Harness:
    """A practice that two programs want."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.by = Random(report.seed)
        self.root = folder
        self.folder = folder / "practice"
        self.program = Program(Settings(root=folder / "own", cheap_keys=True, reserve=SMALL_RESERVE))
        desk = self.program.door.create(self.folder, "Hollybrook", MEMBER, ROLES, PASSPHRASE)
        self.client_id = make_client(desk, draft("")).value.id
        self.program.door.leave(desk)
        self.ring: KeyRing = unlock(read_key_file(self.folder), desk.member.id, PASSPHRASE)
        self.first_day = shutil.copytree(self.folder, folder / "first day")

    def fresh(self, number: int) -> None:
        """Go on with the practice as it was on its first day, in another folder."""
        shutil.rmtree(self.folder)
        self.folder = shutil.copytree(self.first_day, self.root / f"practice-{number}")

    def enter(self) -> Desk:
        """Unlock, with the keys in hand. AnotherInstance."""
        door = self.program.door

        def unlocking() -> tuple[practice_folder.KeyFile, KeyRing]:
            own = self.ring.at(self.ring.epoch)
            assert own is not None
            return read_key_file(self.folder), own

        return door._entered(practice_folder._open(Layout(self.folder), door.around(), unlocking))

    def wait_in(self, tell: Callable[[str], None]) -> Desk:
        """Unlock as soon as the other one lets it; AnotherInstance after a long time."""
        until = time.perf_counter() + PATIENCE_S
        refused = False
        while True:
            try:
                return self.enter()
            except AnotherInstance:
                if not refused:
                    tell("refused")
                refused = True
                if time.perf_counter() > until:
                    raise
                select.select([], [], [], 0.004)

    def kept(self, desk: Desk) -> Client:
        """The record that both want to change."""
        with desk.store.read() as unit:
            return unit.clients.get(self.client_id, CLINIC)

    def change(self, desk: Desk, words: str, version: int) -> Client:
        """Write into it, with the version that was read before. Conflict."""
        return change_client(desk, self.client_id, draft(words), version).value

    def held(self) -> None:
        """One holds the practice; who comes meanwhile is refused, and gets in once it is left, or its holder killed."""
        number = f"{self.by.randrange(1 << 32):08x}"
        left = os.pipe()

        def hold(tell: Callable[[str], None]) -> None:
            os.close(left[1])
            desk = self.enter()
            self.change(desk, number, self.kept(desk).version)
            tell("saved")
            os.read(left[0], 1)
            self.program.door.leave(desk)

        holder = child(hold)
        os.close(left[0])
        while not holder.said and not holder.over:
            holder.hear(PATIENCE_S)
        before = hashes(self.folder, ())
        try:
            self.program.door.leave(self.enter())
            self.report.fault("a second program got in")
        except AnotherInstance as error:
            self.report.add("refused while another held it")
            if error.pid != holder.pid or not (str(error) and error.safe and error.next_step):
                self.report.fault("the refusal does not say who holds it, what is safe and what to do")
        if hashes(self.folder, ()) != before:
            self.report.fault("a refusal changed the folder")
        kill = self.by.random() < 0.5
        if not kill:
            os.close(left[1])
        holder.end(kill)
        if kill:
            os.close(left[1])
            self._stale(holder.pid)
        desk = self.enter()
        if self.kept(desk).contact != number:
            self.report.fault("what the first one saved is not there")
        self.program.door.leave(desk)

    def _stale(self, pid: int) -> None:
        """Count a lock whose file still names a dead process; the next one in must take it over at once."""
        if f"process {pid} " in (self.folder / LOCK).read_text("ascii"):
            self.report.add("stale locks taken over")

    def both(self) -> None:
        """Two programs start at once and change the same record, which both read before."""
        desk = self.enter()
        first = self.change(desk, "start", self.kept(desk).version)
        self.program.door.leave(desk)
        gate = os.pipe()

        def writer(name: str) -> Callable[[Callable[[str], None]], None]:
            def work(tell: Callable[[str], None]) -> None:
                os.close(gate[1])
                os.read(gate[0], 1)
                desk = self.wait_in(tell)
                try:
                    self.change(desk, f"start {name}", first.version)
                except Conflict:
                    tell("conflict")
                    now = self.kept(desk)
                    self.change(desk, f"{now.contact} {name}", now.version)
                tell("saved")
                self.program.door.leave(desk)

            return work

        children = {name: child(writer(name)) for name in ("one", "two")}
        os.close(gate[0])
        os.close(gate[1])
        victim = self.by.choice(("one", "two")) if self.by.random() < KILLED else ""
        killed = set()
        if victim:
            until = time.perf_counter() + self.by.random() * LONGEST_S
            while (left := until - time.perf_counter()) > 0 and not children[victim].over:
                children[victim].hear(left)
            if children[victim].end(kill=True):
                killed.add(victim)
                self._stale(children[victim].pid)
        for name, each in children.items():
            if name != victim and each.end(kill=False):
                self.report.fault("a program was killed that nobody killed")
        self.report.add("killed", len(killed))
        for problem in self.look(first, {name: each.said for name, each in children.items()}, killed):
            self.report.fault(f"round {self.report.done + 1}: {problem}")

    def look(self, first: Client, said: dict[str, list[str]], killed: set[str]) -> list[str]:
        """What is not as it must be. said: by each of the two; killed: which of them was."""
        desk = self.enter()
        now = self.kept(desk)
        with desk.store.read() as unit:
            lines = [each.entry for each in unit.trail.about("client")]
            intact = unit.trail.verify().intact
        self.program.door.leave(desk)
        words = now.contact.split()
        conflicts = [name for name, each in said.items() if "conflict" in each]
        self.report.add("conflicts told", len(conflicts))
        self.report.add("waited for the other", sum("refused" in each for each in said.values()))
        self.report.add("changes acknowledged", sum("saved" in each for each in said.values()))
        problems = [
            f"{name} was told that it is saved, and it is lost" for name, each in said.items()
            if "saved" in each and name not in words
        ]  # fmt: skip
        problems += [f"{name} did not come to its end" for name in set(said) - killed if "saved" not in said[name]]
        if not killed and len(conflicts) != 1:
            problems.append(f"{len(conflicts)} of two were told that the record had changed")
        if words[0] != "start" or sorted(set(words)) != sorted(words):
            problems.append("the record is neither one's nor the other's")
        if now.version != first.version + len(words) - 1:
            problems.append("the version does not count the changes")
        changes = [each for each in lines if each.act is Act.CHANGE]
        if not intact or changes[-1].version != now.version or len(changes) != now.version - 1:
            problems.append("the trail does not hold a line for every change")
        return problems


def draft(contact: str) -> ClientDraft:
    """The record as it is typed."""
    return ClientDraft(name="Łukasz Wiśniewski", born="1984-05-01", contact=contact)


def run(report: Report, folder: Path) -> None:
    """Let two programs want the practice so many times."""
    with swift(folder) as place:
        harness = Harness(place, report)
        for number in report.rounds():
            held = harness.by.random() < HOLDING
            report.add("rounds with one who holds it" if held else "rounds with two who change a record")
            (harness.held if held else harness.both)()
            if number % A_PRACTICE == 0:
                harness.fresh(number)
