"""Knows the part of schema 3 that carried sessions need: two tables, and what must not happen while one is away."""

from __future__ import annotations

TABLES = (
    """
    CREATE TABLE carried (
        id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        expires_utc TEXT NOT NULL,
        expires_offset INTEGER NOT NULL,
        expires_boot_ms BIGINT NOT NULL,
        expires_boot_id TEXT NOT NULL,
        epoch BIGINT NOT NULL,
        bundle_digest TEXT NOT NULL,
        given_digest TEXT NOT NULL,
        state TEXT NOT NULL,
        settled_utc TEXT,
        settled_offset INTEGER,
        settled_boot_ms BIGINT,
        settled_boot_id TEXT,
        settled_by TEXT,
        return_digest TEXT NOT NULL,
        entries INTEGER NOT NULL,
        reason TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT owner_kind_known CHECK (owner_kind IN ('client', 'couple', 'practice')),
        CONSTRAINT carried_state_known CHECK (state IN ('out', 'returned', 'taken_back')),
        FOREIGN KEY(session_id) REFERENCES sessions (id),
        FOREIGN KEY(made_by) REFERENCES members (id),
        FOREIGN KEY(settled_by) REFERENCES members (id)
    )
    """,
    "CREATE INDEX carried_by_session ON carried (session_id)",
    """
    CREATE TABLE travelling (
        id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        practice_id TEXT NOT NULL,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        expires_utc TEXT NOT NULL,
        expires_offset INTEGER NOT NULL,
        expires_boot_ms BIGINT NOT NULL,
        expires_boot_id TEXT NOT NULL,
        epoch BIGINT NOT NULL,
        home_public TEXT NOT NULL,
        secret TEXT NOT NULL,
        given TEXT NOT NULL,
        bundle_digest TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(session_id) REFERENCES sessions (id)
    )
    """,
)

# What a travelling practice holds was written with it: its board adds entries, and nobody anything else.
_STILL = ("members", "clients", "couples", "orders", "sessions", "notes", "carried", "travelling")
_OUT = "SELECT 1 FROM carried WHERE session_id = {of} AND state = 'out'"

LOCKS: dict[str, str] = {
    **{
        f"{table}_kept": f"""
    CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: kept');
    END
    """
        for table in ("carried", "travelling")
    },
    "carried_given": f"""
    CREATE TRIGGER carried_given BEFORE INSERT ON carried
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: carried')
        WHERE NEW.state <> 'out' OR EXISTS ({_OUT.format(of="NEW.session_id")});
        SELECT RAISE(ABORT, 'holdfast: begun')
        WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE id = NEW.session_id AND state = 'planned');
    END
    """,
    "carried_settled": """
    CREATE TRIGGER carried_settled BEFORE UPDATE ON carried
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: settled') WHERE OLD.state <> 'out';
        SELECT RAISE(ABORT, 'holdfast: append-only')
        WHERE NEW.state = 'out' OR NEW.id IS NOT OLD.id OR NEW.session_id IS NOT OLD.session_id
            OR NEW.owner_kind IS NOT OLD.owner_kind OR NEW.owner_id IS NOT OLD.owner_id
            OR NEW.made_by IS NOT OLD.made_by OR NEW.made_utc IS NOT OLD.made_utc
            OR NEW.expires_utc IS NOT OLD.expires_utc OR NEW.epoch IS NOT OLD.epoch
            OR NEW.bundle_digest IS NOT OLD.bundle_digest OR NEW.given_digest IS NOT OLD.given_digest;
    END
    """,
    "sessions_carried": f"""
    CREATE TRIGGER sessions_carried BEFORE UPDATE ON sessions WHEN EXISTS ({_OUT.format(of="OLD.id")})
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: carried');
    END
    """,
    "live_events_carried": f"""
    CREATE TRIGGER live_events_carried BEFORE INSERT ON live_events WHEN EXISTS ({_OUT.format(of="NEW.session_id")})
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: carried');
    END
    """,
    "travelling_written": """
    CREATE TRIGGER travelling_written BEFORE UPDATE ON travelling
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """,
    **{
        f"{table}_still": f"""
    CREATE TRIGGER {table}_still BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM travelling)
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: travelling');
    END
    """
        for table in _STILL
    },
}
