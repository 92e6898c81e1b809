"""Knows how schema 2 is made of schema 1: signed checkpoints of the audit trail, their locks, and one more for it."""

from __future__ import annotations

from typing import Any

from desktop.storage.migrations.m0001_locks import TRIGGERS as BEFORE
from desktop.storage.migrations.step import Step

_TABLES = (
    """
    CREATE TABLE checkpoints (
        id TEXT NOT NULL,
        number INTEGER NOT NULL,
        mac TEXT NOT NULL,
        member_id TEXT NOT NULL,
        signed_utc TEXT NOT NULL,
        signed_offset INTEGER NOT NULL,
        signed_boot_ms BIGINT NOT NULL,
        signed_boot_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        signature TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(member_id) REFERENCES members (id)
    )
    """,
    "CREATE INDEX checkpoints_by_number ON checkpoints (number)",
    """
    CREATE TABLE countersignatures (
        id TEXT NOT NULL,
        checkpoint_id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        signed_utc TEXT NOT NULL,
        signed_offset INTEGER NOT NULL,
        signed_boot_ms BIGINT NOT NULL,
        signed_boot_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        signature TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT countersignatures_once UNIQUE (checkpoint_id, member_id),
        FOREIGN KEY(checkpoint_id) REFERENCES checkpoints (id),
        FOREIGN KEY(member_id) REFERENCES members (id)
    )
    """,
)

_LOCKS: dict[str, str] = {
    **{
        f"{table}_kept": f"""
    CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: kept');
    END
    """
        for table in ("checkpoints", "countersignatures")
    },
    **{
        f"{table}_written": f"""
    CREATE TRIGGER {table}_written BEFORE UPDATE ON {table}
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """
        for table in ("checkpoints", "countersignatures")
    },
    # The next line and no other: none before the first, none in the middle, none far behind the last.
    "audit_next": """
    CREATE TRIGGER audit_next BEFORE INSERT ON audit
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit)
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """,
    "checkpoints_line": """
    CREATE TRIGGER checkpoints_line BEFORE INSERT ON checkpoints
    WHEN NOT EXISTS (SELECT 1 FROM audit WHERE number = NEW.number AND lower(hex(mac)) = NEW.mac)
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: no-line');
    END
    """,
    "countersignatures_other": """
    CREATE TRIGGER countersignatures_other BEFORE INSERT ON countersignatures
    WHEN EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.checkpoint_id AND member_id = NEW.member_id)
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: same-member');
    END
    """,
}


def _apply(connection: Any) -> None:
    for statement in (*_TABLES, *_LOCKS.values()):
        connection.execute(statement)


STEP = Step(2, _apply, BEFORE | frozenset(_LOCKS))
