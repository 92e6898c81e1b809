"""Knows the program whose system calls are recorded: it works in a real practice, and says what it has acknowledged.

    python -m tests.campaigns.power_program PRACTICE OWN TELL SEED ENTRIES SYNCHRONOUS   (passphrase on standard input)
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from random import Random

from desktop.domain.errors import Refused
from desktop.domain.people import Role
from desktop.services.archives import make_archive
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.services.ports_archives import Reason
from desktop.services.practice import MemberDraft, add_member
from tests.campaigns.asks import next_ask
from tests.campaigns.kill import CLINIC, token
from tests.kit import HandClock, plan
from tests.storage.archive.kit import OWNER, nobody, program_at

THEIR_PASSPHRASE = "copper lantern under snow"
PARTS = 3


class Work:
    """A member at work, telling each thing once it is done."""

    def __init__(self, practice: Path, own: Path, tell: Path, passphrase: str, synchronous: str) -> None:
        self.practice, self.passphrase, self.synchronous = practice, passphrase, synchronous
        self.clock = HandClock()
        self.program = program_at(own, self.clock)
        self.tell = os.open(tell, os.O_WRONLY | os.O_CREAT, 0o600)

    def say(self, *words: object) -> None:
        """Acknowledge: from now on it must be there whatever happens."""
        os.write(self.tell, (" ".join(str(word) for word in words) + "\n").encode())

    def unlock(self) -> Desk:
        """Unlocked; where something was wrong with what was found, it ends here."""
        desk = self.program.door.unlock(self.practice, OWNER, self.passphrase)
        if flaws := self.program.door.found_at_unlock(desk):
            raise RuntimeError(", ".join(flaw.code for flaw in flaws))
        if self.synchronous != "FULL":
            self.weaken(desk)
        self.lines(desk)
        return desk

    def weaken(self, desk: Desk) -> None:
        """What the program never does: for the harness to be seen to notice it."""
        connection = desk.store._writer.raw_connection()  # type: ignore[attr-defined]
        connection.driver_connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        connection.close()

    def lines(self, desk: Desk) -> None:
        """Acknowledge the trail as long as it is."""
        with desk.store.read() as unit:
            self.say("lines", unit.head().number)

    def session(self, desk: Desk, by: Random, name: str, count: int) -> None:
        """Carry a session on, or begin it, by so many entries."""
        with desk.store.read() as unit:
            running = [each.id for each in unit.sessions.running(CLINIC)]
        live = LiveDesk.resume(desk, running[0]) if running else LiveDesk.begin(desk, plan(desk, name).id)
        for entry in live.state.entries:
            self.say("entry", live.session.id, token(entry))
        done = 0
        while done < count and not live.state.closed:
            before = live.state.next_seq
            self.clock.forward(20)
            with contextlib.suppress(Refused):
                live.record(next_ask(live.state, by, end=0.002))
            for entry in live.state.entries[before - 1 :]:
                self.say("entry", live.session.id, token(entry))
                done += 1
            self.lines(desk)

    def whole(self, by: Random, count: int) -> None:
        """A day: sessions, an archive, a new member, locked and unlocked in between."""
        for part in range(PARTS):
            desk = self.unlock()
            self.session(desk, by, f"session-{by.randrange(10**9)}", count // (2 * PARTS))
            if part == 0:
                (run,) = make_archive(desk, self.program.door.archives(desk), Reason.ASKED, nobody).value
                assert run.ok, run.said
            elif part == 1:
                words, name = THEIR_PASSPHRASE, f"Tess {by.randrange(10**9)}"
                add_member(desk, self.program.door, MemberDraft(name, words, words, frozenset({Role.ASSISTANT})))
            self.lines(desk)
            self.say("files")
            self.session(desk, by, f"session-{by.randrange(10**9)}", count // (2 * PARTS))
            self.program.door.leave(desk)
            self.say("files")
        self.program.close()

    def short(self, by: Random, count: int) -> None:
        """What follows a power loss: unlocked, a few entries, locked."""
        desk = self.unlock()
        self.session(desk, by, f"session-{by.randrange(10**9)}", count)
        self.program.door.leave(desk)
        self.program.close()
        self.say("files")


def main() -> None:
    """A day, or what follows a power loss where there are few entries."""
    practice, own, tell, seed, entries, synchronous = sys.argv[1:]
    passphrase = sys.stdin.readline().rstrip("\n")
    work = Work(Path(practice), Path(own), Path(tell), passphrase, synchronous)
    kind = work.whole if int(entries) >= 2 * PARTS * 2 else work.short
    kind(Random(seed), int(entries))


if __name__ == "__main__":
    main()
