"""Knows the harness that kills a running session at random instants, and what must be true of the practice after it.

A forked child opens the encrypted practice, carries the session on and records entries of every kind. After record()
has come back it acknowledges the entry over a pipe. The parent kills it (SIGKILL), opens the practice and compares.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import select
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from desktop.domain.audience import Audience
from desktop.domain.errors import Refused
from desktop.live.clock import elapsed
from desktop.live.codec import entry_to_json
from desktop.live.corrections import owner_now
from desktop.live.events import Entry
from desktop.live.fold import fold
from desktop.live.state import LiveState
from desktop.services.live import LiveDesk
from desktop.storage.unit import SqlStore
from desktop.system.clock import MachineClock
from desktop.system.ids import MachineIds
from tests.campaigns.asks import next_ask
from tests.campaigns.report import Report
from tests.kit import House, furnish, plan

READY = b"ready\n"
LONGEST_S = 0.020  # between a child's first word and its end, drawn evenly
OPENING = 0.2  # so many are killed while they open the practice and replay the session
OPENING_S = 0.015
ENTRIES = 120  # a session with more than so many is left, so that replaying stays quick
CLINIC = Audience.clinic("kill campaign")


def token(entry: Entry) -> str:
    """An entry as it is acknowledged: its number and the digest of all that it says."""
    return f"{entry.seq} {hashlib.sha256(entry_to_json(entry).encode()).hexdigest()}"


@dataclass(slots=True)
class Acknowledged:
    """What the parent was told of a session, by entry number."""

    session_id: str
    tokens: dict[int, str]

    def take(self, text: str) -> int:
        """Note what a child said, whole lines only; how many entries."""
        lines = [line for line in text.split("\n")[:-1] if line != READY.decode().strip()]
        for line in lines:
            self.tokens[int(line.split()[0])] = line
        return len(lines)


def carry_on(live: LiveDesk, tell: int, by: Random) -> None:
    """Record by chance until the session is closed, acknowledging each entry; never ends by itself."""
    os.write(tell, "".join(f"{token(entry)}\n" for entry in live.state.entries[-2:]).encode() + READY)
    while not live.state.closed:
        before = live.state.next_seq
        with contextlib.suppress(Refused):
            live.record(next_ask(live.state, by))
        told = "".join(f"{token(entry)}\n" for entry in live.state.entries[before - 1 :])
        os.write(tell, told.encode())
    while True:
        signal.pause()


class Harness:
    """A practice whose sessions are killed."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.by = Random(report.seed)
        self.clock = MachineClock()
        self.home = House(folder, clock=self.clock, ids=MachineIds()).open()  # type: ignore[arg-type]
        furnish(self.home.desk())
        self.home.close()
        self.count = 0
        self.now: Acknowledged | None = None

    def session(self) -> Acknowledged:
        """The running session, or the next one."""
        if self.now is None:
            self.count += 1
            home = self.home.open()
            live = LiveDesk.begin(home.desk(), plan(home.desk(), f"session-{self.count}").id)
            self.now = Acknowledged(live.session.id, {1: token(live.state.entries[0])})
            home.close()
            self.report.add("sessions")
        return self.now

    def one(self) -> None:
        """One child, killed; then the practice is looked at."""
        told = self.session()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - the child is not measured
            try:
                os.close(reading)
                home = self.home.open()
                live = LiveDesk.resume(home.desk(), told.session_id)
                carry_on(live, writing, Random(self.by.random()))
            finally:
                os._exit(1)
        os.close(writing)
        early = self.by.random() < OPENING
        text = listen(child, reading, self.by.random() * (OPENING_S if early else LONGEST_S), wait=not early)
        self.report.add("kills while opening" if READY.decode() not in text else "kills while recording")
        self.report.add("acknowledged", told.take(text))
        self.look(told)

    def look(self, told: Acknowledged) -> None:
        """Open the practice and compare it with what was acknowledged."""
        home = self.home.open()
        try:
            with home.store.read() as unit:
                entries = unit.events.of(told.session_id, CLINIC)
            state = fold(entries)
            for problem in (*missing(told, entries), *half_kept(home, told.session_id, state), *self._time(state)):
                self.report.fault(f"kill {self.report.figures['kills']:g}, {told.session_id}: {problem}")
            self.report.add("entries kept beyond those acknowledged", max(0, len(entries) - max(told.tokens)))
            told.tokens |= {entry.seq: token(entry) for entry in entries[max(told.tokens) :]}
        finally:
            home.close()
        if state.closed:
            self.report.add("sessions closed")
        if state.closed or len(entries) > ENTRIES:
            self.now = None

    def _time(self, state: LiveState) -> list[str]:
        """Whether the clock of the session is the machine's: exact, since the machine was not started again."""
        now = self.clock.now()
        passed = now.boot_ms - state.entries[0].wall.boot_ms
        found = elapsed(state.entries[-1], now)
        return [] if (found.ms, found.estimated) == (passed, False) else [f"elapsed {found.ms} ms, not {passed} ms"]

    def end(self) -> None:
        """The whole trail once, at the end: every line, and a line for every entry."""
        home = self.home.open()
        state = home.store.verify()
        if not state.intact:
            self.report.fault(f"the trail does not hold: {state.reason}")
        self.report.add("lines of the trail", state.entries)
        entries = home.sql("SELECT session_id || '/' || seq FROM live_events ORDER BY 1")
        lines = home.sql("SELECT subject_id FROM audit WHERE subject_kind = 'entry' AND act = 'entry' ORDER BY 1")
        if entries != lines:
            self.report.fault("entries and their lines in the trail do not match")
        self.report.add("entries", len(entries))
        home.close()


def listen(child: int, reading: int, seconds: float, wait: bool) -> str:
    """What a child says until it is killed, so many seconds after its first word, or after now when not to wait."""
    text = b""
    deadline = None if wait else time.perf_counter() + seconds
    while True:
        left = 30.0 if deadline is None else deadline - time.perf_counter()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            break
        piece = os.read(reading, 1 << 16)
        if not piece:
            break
        if deadline is None:
            deadline = time.perf_counter() + seconds
        text += piece
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 1 << 16):
        text += piece
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself")
    return text.decode()


def missing(told: Acknowledged, entries: tuple[Entry, ...]) -> list[str]:
    """Acknowledged entries that are not there, or not as they were."""
    found = {entry.seq: token(entry) for entry in entries}
    gone = [f"entry {seq} was acknowledged and is gone" for seq in told.tokens if seq not in found]
    other = [f"entry {seq} is another" for seq in told.tokens if seq in found and found[seq] != told.tokens[seq]]
    gaps = [] if [entry.seq for entry in entries] == list(range(1, len(entries) + 1)) else ["the numbers have gaps"]
    return [*gone, *other, *gaps]


def half_kept(home: House, session_id: str, state: LiveState) -> list[str]:
    """What only a part of a transaction would explain: an owner, a session's state or a line that does not fit."""
    problems = []
    asked = "SELECT seq, owner_kind || ':' || owner_id FROM live_events WHERE session_id = ?"
    owners: dict[int, str] = dict(home.sql(asked, session_id))
    for entry in state.entries[1:]:
        seat = owner_now(state, entry.seq)
        wanted = "couple:couple-1" if seat is None else f"client:{state.people[seat].client_id}"
        if owners[entry.seq] != wanted:
            problems.append(f"entry {entry.seq} lies with the wrong person")
    kept = home.sql("SELECT state FROM sessions WHERE id = ?", session_id)[0][0]
    if kept != ("closed" if state.closed else "running"):
        problems.append(f"the session is kept as {kept}")
    if not last_lines_hold(home.store):
        problems.append("the end of the trail does not hold")
    return problems


def last_lines_hold(store: SqlStore) -> bool:
    """Whether the last line names the last entry that was kept; the whole chain is walked at the end."""
    with store.read() as unit:
        head = unit.head()
        lines = unit.trail.lines(max(0, head.number - 3))
    return bool(lines) and lines[-1].number == head.number and lines[-1].mac == head.mac


def run(report: Report, folder: Path) -> None:
    """Kill so many children."""
    harness = Harness(folder, report)
    for _ in report.rounds():
        report.add("kills")
        harness.one()
    harness.end()
