"""Knows how the program's memory is searched from outside: canaries and keys are there before the lock, none after it.

The real program is started without a screen, unlocks a practice with 500 canaries, opens their pages and is locked.
Before, the search must find what it looks for; after, no process of the program may hold any of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from desktop.bootstrap import Program, Settings
from desktop.domain.drafts import NoteDraft
from desktop.domain.people import ClientDraft, Role
from desktop.services.clients import make_client
from desktop.services.notes import write_note
from tests.campaigns.memory_scan import (
    adopt_orphans,
    canaries_on_disk,
    canary,
    command_line,
    descendants,
    look_into,
    network_sockets,
)
from tests.campaigns.report import Report
from tests.campaigns.windowed import MASK, TYPED

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "amber lantern quiet river"
CANARIES, CLIENTS = 500, 25
ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
OWN = ("HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")
LEAST_FOUND = 0.9
"""So many of the canaries must be found before the lock, or the search is blind."""


def make(folder: Path, root: Path) -> list[str]:
    """A practice with 500 canaries in 25 clients' records, and the program's memory of it; the clients' ids."""
    program = Program(Settings(root=root / "Holdfast", cheap_keys=True, reserve=1 << 20))
    desk = program.door.create(folder, "Hollybrook", "Mara", ROLES, PASSPHRASE)
    numbers, made = iter(range(CANARIES)), []
    for _ in range(CLIENTS):
        draft = ClientDraft(f"Ana {canary(next(numbers))}", "1984-05-01", "", canary(next(numbers)), "")
        client = make_client(desk, draft).value
        made.append(client.id)
        for _ in range(CANARIES // CLIENTS - 2):
            write_note(desk, NoteDraft(client.owner, f"She said {canary(next(numbers))} twice."))
    program.door.leave(desk)
    program.close()
    return made


class Watched:
    """One start of the program, from unlock to what follows after the lock."""

    def __init__(self, folder: Path, report: Report, under: tuple[str, ...] = ()) -> None:
        """under: a command that runs the program, such as a tracer; what is read then is the program all the same."""
        self._under = under
        self.report, self.root = report, folder / "own"
        self.practice = folder / "practice"
        clients = make(self.practice, self.root)
        state = self.root / "Holdfast"
        state.mkdir(parents=True, exist_ok=True)
        (state / "window.json").write_text(json.dumps({"folder": str(self.practice)}), "utf-8")
        self.opened = "closed" if os.geteuid() == 0 else "open"
        self.process = self._start(clients)

    def _start(self, clients: list[str]) -> subprocess.Popen[str]:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        environment |= {name: str(self.root) for name in OWN}
        command = [sys.executable, "-m", "tests.campaigns.windowed", str(self.root), self.opened, ",".join(clients)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            [*self._under, *command], cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
        )
        assert process.stdin is not None
        process.stdin.write(PASSPHRASE + "\n")
        process.stdin.flush()
        return process

    def round(self) -> None:
        """Look before, lock, look after."""
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            told = process.stdout.readline().split()
            if told[:1] != ["keys"]:
                self.report.fault(f"the program did not come so far: {told}")
                return
            wanted = _spellings(told[1:])
            if not self._under:
                self._before(wanted)
            process.stdin.write("lock\n")
            process.stdin.flush()
            if self._under:
                self._seen_through()
                return
            self.report.add("ended with 0" if process.wait(60) == 0 else "ended otherwise")
            self._after(wanted)
        finally:
            process.kill()
            process.wait()
            for pid in descendants(os.getpid()):
                with contextlib.suppress(ProcessLookupError, ChildProcessError):
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
            process.stdin.close()
            process.stdout.close()

    def _seen_through(self) -> None:
        """Under a tracer, which lives on with what followed: wait until that has replaced the program."""
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            others = [pid for pid in descendants(os.getpid()) if pid != self.process.pid]
            told = [command_line(pid) for pid in others]
            if len(told) == 1 and b"windowed" not in told[0]:
                self.report.add("followed")
                return
            threading.Event().wait(0.1)
        self.report.fault("nothing followed")

    def _before(self, wanted: dict[str, list[bytes]]) -> None:
        numbers, found, size = look_into(self.process.pid, wanted)
        self.report.add("canaries found before", len(numbers))
        self.report.add("keys and passphrases found before", len(found))
        self.report.add("megabytes searched", size >> 20)
        if TYPED not in numbers or len(numbers) < CANARIES * LEAST_FOUND or len(found) < len(wanted) - 1:
            self.report.fault(f"the search is blind: {len(numbers)} canaries, {sorted(found)}")
        self._outward(self.process.pid)

    def _after(self, wanted: dict[str, list[bytes]]) -> None:
        for each in canaries_on_disk(self.root.parent):
            self.report.fault(f"on the disk: {each}")
        if not (self.practice / "practice.drafts").exists():
            self.report.fault("what was half typed was not kept")
        left = descendants(os.getpid())
        self.report.add("processes after the lock", len(left))
        if len(left) != 1:
            self.report.fault(f"not one process followed, but {len(left)}")
        for pid in left:
            control = {"the folder": [str(self.practice).encode(), str(self.practice).encode("utf-16-le")]}
            numbers, found, size = look_into(pid, wanted | control)
            self.report.add("canaries found after", len(numbers))
            self.report.add("keys and passphrases found after", len(found - set(control)))
            self.report.add("megabytes searched", size >> 20)
            if numbers or found != set(control):
                self.report.fault(f"after the lock: canaries {sorted(numbers)}, {sorted(found)}, {size} bytes")
            self._outward(pid)
            words = command_line(pid).split(b"\0")
            if self.opened == "closed" and words[1:3] != [b"-m", b"desktop"]:
                self.report.fault(f"another program followed: {words}")

    def _outward(self, pid: int) -> None:
        """No way to a network, and no core dump."""
        limits = Path(f"/proc/{pid}/limits").read_text("ascii")
        if self.opened == "closed" and not re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE):
            self.report.fault("a core dump could be written")
        for each in network_sockets(pid):
            self.report.fault(f"a network socket: {each}")


def _spellings(keys: list[str]) -> dict[str, list[bytes]]:
    """What is looked for besides canaries, and how it may be spelt."""
    wanted = {"the passphrase": [PASSPHRASE.encode(), PASSPHRASE.encode("utf-16-le")]}
    for at, key in enumerate(keys):
        raw = bytes(byte ^ MASK for byte in bytes.fromhex(key))
        wanted[f"key {at}"] = [raw, raw.hex().encode(), raw.hex().upper().encode()]
    return wanted


def run(report: Report, folder: Path) -> None:
    """So many starts."""
    adopt_orphans()
    for done in report.rounds():
        place = folder / str(done)
        place.mkdir()
        Watched(place, report).round()
        shutil.rmtree(place)
