"""Knows how schema 3 keeps a practice's own editions of its protocols: the table word for word, and what it refuses."""

from __future__ import annotations

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE practice_protocols (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        number INTEGER NOT NULL,
        done TEXT NOT NULL,
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        based_on TEXT NOT NULL,
        reason TEXT NOT NULL,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        made_by TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT practice_protocols_kind_known CHECK (kind IN ('protocol', 'card')),
        CONSTRAINT practice_protocols_number UNIQUE (kind, name, number),
        FOREIGN KEY(made_by) REFERENCES members (id)
    )
    """,
)

LOCKS: dict[str, str] = {
    "practice_protocols_kept": """
    CREATE TRIGGER practice_protocols_kept BEFORE DELETE ON practice_protocols
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: kept');
    END
    """,
    "practice_protocols_written": """
    CREATE TRIGGER practice_protocols_written BEFORE UPDATE ON practice_protocols
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """,
    # The next edition and no other: whoever began from an older one is told so.
    "practice_protocols_next": """
    CREATE TRIGGER practice_protocols_next BEFORE INSERT ON practice_protocols
    WHEN NEW.number IS NOT (
        SELECT coalesce(max(number), 0) + 1 FROM practice_protocols WHERE kind = NEW.kind AND name = NEW.name
    )
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: moved-on');
    END
    """,
    "practice_protocols_reason": """
    CREATE TRIGGER practice_protocols_reason BEFORE INSERT ON practice_protocols
    WHEN trim(NEW.reason) = ''
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: no-reason');
    END
    """,
}
