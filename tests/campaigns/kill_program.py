"""Knows how the full program is killed: a real process with a passphrase, its lock, its log and its database.

Every other kill takes the command line that plays a script into the practice; nobody acknowledges there, so what is
asked is that what it left is whole: a beginning of the script, with a trail that holds.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from desktop.bootstrap import Program, Settings
from desktop.domain.audience import Audience
from desktop.domain.people import Role
from desktop.domain.records import Session
from desktop.live.clock import elapsed
from desktop.live.fold import fold
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from tests.campaigns.kill import READY, Acknowledged, listen, missing, token
from tests.campaigns.report import Report
from tests.kit import FULL, furnish, plan

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "violet harbour seven stones"
RESERVE = 1 << 20
STARTING = 0.3  # so many are killed while the program starts and unlocks
LONGEST_STARTING_S, LONGEST_S = 0.9, 0.25
CLINIC = Audience.clinic("kill campaign")
ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})


def script(lines: int) -> str:
    """A long evening, one observation every minute."""
    people = [
        {"key": key, "name": name, "born": "1984-05-01", "role": "sitting"}
        for key, name in (("a", "Ana Script"), ("b", "Bo Script"))
    ]
    head = {"session": {"protocol": FULL, "start": "2026-03-02T10:00:00-05:00", "participants": people}}
    rest = [{"t": 60 * n, "do": "observe", "who": "ab"[n % 2], "chip": "crying"} for n in range(lines)]
    return "\n".join(json.dumps(line) for line in (head, *rest))


class Programs:
    """A practice whose programs are killed."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.by = Random(report.seed)
        self.root = folder / "own"
        self.folder = folder / "practice"
        self.program = Program(Settings(root=self.root, cheap_keys=True, reserve=RESERVE))
        desk = self.program.door.create(self.folder, "Hollybrook", "Mara", ROLES, PASSPHRASE)
        self.member = desk.member.id
        furnish(desk)
        live = LiveDesk.begin(desk, plan(desk).id)
        self.told = Acknowledged("session-1", {1: token(live.state.entries[0])})
        self.program.door.leave(desk)
        self.script = folder / "script.jsonl"
        self.script.write_text(script(1500), "utf-8")  # longer than any program here lives
        self.looked_at = {self.told.session_id}

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Unlocked after a kill: the lock that the dead program held is taken over."""
        desk = self.program.door.unlock(self.folder, self.member, PASSPHRASE)
        try:
            yield desk
        finally:
            self.program.door.leave(desk)

    def live(self) -> None:
        """The program carries the session on and is killed."""
        command = ["tests.campaigns.program", str(self.folder), self.told.session_id, str(self.by.random())]
        starting = self.by.random() < STARTING
        seconds = self.by.random() * (LONGEST_STARTING_S if starting else LONGEST_S)
        text = self._killed([*command, str(self.root)], seconds, wait=not starting)
        self.report.add("killed while starting" if READY.decode() not in text else "killed while recording")
        self.report.add("acknowledged", self.told.take(text))

    def replay(self) -> None:
        """The command line plays a script into the practice and is killed."""
        command = ["desktop", "session", "replay", str(self.script), "--practice", str(self.folder)]
        seconds = 0.3 + self.by.random() * LONGEST_STARTING_S
        self._killed([*command, "--passphrase-fd", "0", "--json"], seconds, wait=False)
        self.report.add("killed while replaying")

    def _killed(self, words: list[str], seconds: float, wait: bool) -> str:
        environment = {**os.environ, "XDG_STATE_HOME": str(self.root), "XDG_RUNTIME_DIR": str(self.root)}
        reading, writing = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=writing,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        os.close(writing)
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(PASSPHRASE.encode() + b"\n")
        process.stdin.close()
        try:
            return listen(process.pid, reading, seconds, wait)
        finally:
            said = process.stderr.read().decode()
            process.stderr.close()
            process.returncode = -signal.SIGKILL  # listen() has waited for it
            if said:
                self.report.fault(f"the program said: {said}")

    def look(self) -> None:
        """Unlock and compare."""
        with self.desk() as desk:
            with desk.store.read() as unit:
                entries = unit.events.of(self.told.session_id, CLINIC)
                scripted = [each for each in unit.sessions.running(CLINIC) if each.id not in self.looked_at]
                scripts = [(session, unit.events.of(session.id, CLINIC)) for session in scripted]
                trail = unit.trail.verify()
            problems = missing(self.told, entries)
            state = fold(entries)
            now = desk.clock.now()
            if elapsed(state.entries[-1], now).ms != now.boot_ms - state.entries[0].wall.boot_ms:
                problems.append("the elapsed time is another")
            for session, kept in scripts:
                problems += _beginning(session, [entry.at_ms for entry in kept])
                self.looked_at.add(session.id)
            if not trail.intact:
                problems.append(f"the trail does not hold: {trail.reason}")
            if state.closed:
                live = LiveDesk.begin(desk, plan(desk, f"session-{trail.entries}").id)
                self.told = Acknowledged(live.session.id, {1: token(live.state.entries[0])})
                self.looked_at.add(live.session.id)
            else:
                self.told.tokens |= {entry.seq: token(entry) for entry in entries}
        for problem in problems:
            self.report.fault(f"kill {self.report.figures['kills']:g}: {problem}")


def _beginning(session: Session, times: list[int]) -> list[str]:
    wanted = [0, *(60_000 * n for n in range(len(times) - 1))]
    return [] if times == wanted else [f"{session.id} is no beginning of the script"]


def run(report: Report, folder: Path) -> None:
    """Kill so many programs."""
    programs = Programs(folder, report)
    for done in report.rounds():
        report.add("kills")
        (programs.replay if done % 4 == 0 else programs.live)()
        programs.look()
