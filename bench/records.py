"""Knows a practice of a chosen size, filled with made-up entries and their lines in the trail."""

from __future__ import annotations

from pathlib import Path
from random import Random

from desktop.bootstrap import Program, Settings
from desktop.domain.people import Role
from desktop.storage.engine import lone_connection
from desktop.storage.vault.keyfile import read_key_file
from desktop.storage.vault.keyring import unlock

OWNER, PASSPHRASE = "Mara Köhler", "violet harbour seven stones"
AT_ONCE = 20_000
_SESSION = """
    INSERT INTO sessions (id, owner_kind, owner_id, kind, protocol_id, planned_for, state, version)
    VALUES (?, 'couple', 'couple-1', 'dosing', 'ketamine-sl-full', '2026-03-02', 'running', 1)
"""
_ENTRY = """
    INSERT INTO live_events VALUES
    (?, ?, 'words', 1, 'client', 'client-a', 'a', ?, ?, '2026-03-02T15:00:00.000000Z', -300, ?, 'boot-1', ?, ?, ?)
"""
_LINE = """
    INSERT INTO audit VALUES
    (?, 'entry', 'm-1', 'entry', ?, 'client', 'client-a', '2026-03-02T15:00:00.000000Z', -300, ?, 'boot-1', 1, ?, '', ?)
"""


def program_at(root: Path) -> Program:
    """A program with its own places and quick keys."""
    return Program(Settings(root=root, cheap_keys=True, reserve=1 << 20))


def practice_of(folder: Path, root: Path, size: int) -> None:
    """Make a practice whose database has about `size` bytes; its trail's MACs are made up."""
    program = program_at(root)
    door = program.door
    door.leave(door.create(folder, "Hollybrook", OWNER, frozenset({Role.OWNER, Role.THERAPIST}), PASSPHRASE))
    program.close()
    database = folder / "practice.db"
    ring = unlock(read_key_file(folder), OWNER, PASSPHRASE)
    connection = lone_connection(database, ring.page_key, "mode=rw")
    by, me = Random(1), ring.member_id
    words = ["".join(by.choices("aeioulnrstmdk", k=by.randrange(2, 11))) for _ in range(5000)]
    number = 1 + int(connection.execute("SELECT max(number) FROM audit").fetchone()[0])
    connection.execute("PRAGMA foreign_keys = OFF")
    while database.stat().st_size < size:
        session = f"session-{number}"
        connection.execute("BEGIN")
        connection.execute(_SESSION, (session,))
        for seq in range(1, AT_ONCE + 1):
            text = '{"text":"' + " ".join(by.choices(words, k=by.randrange(10, 60))) + '"}'
            connection.execute(_ENTRY, (session, seq, me, me, 1000 * seq, 1000 * seq, 1000 * seq, text))
            digest, mac = by.randbytes(32).hex(), by.randbytes(32)
            connection.execute(_LINE, (number, f"{session}/{seq}", 1000 * seq, digest, mac))
            number += 1
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
