"""Knows the whole program in a process of its own: unlocks with a passphrase, carries a session on, acknowledges.

    python -m tests.campaigns.program FOLDER SESSION SEED ROOT    (the passphrase is a line on standard input)
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from desktop.bootstrap import Program, Settings
from desktop.services.live import LiveDesk
from desktop.system.hardening import harden
from tests.campaigns.kill import carry_on


def main() -> None:
    """Never ends by itself."""
    harden()
    folder, session, seed, root = sys.argv[1:]
    program = Program(Settings(root=Path(root)))
    member = program.door.peek(Path(folder)).members[0].id
    desk = program.door.unlock(Path(folder), member, sys.stdin.readline().rstrip("\n"))
    carry_on(LiveDesk.resume(desk, session), sys.stdout.fileno(), Random(seed))


if __name__ == "__main__":
    main()
