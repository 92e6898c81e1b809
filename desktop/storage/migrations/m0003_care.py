"""Knows how schema 3 keeps the records beside a live session: tables word for word, and what they refuse."""

from __future__ import annotations

# Sessions have a format and, for groups, a name; in a group everybody's couple is said. Older rows say nothing of it.
ADDED: tuple[str, ...] = (
    "ALTER TABLE sessions ADD COLUMN format TEXT",
    "ALTER TABLE sessions ADD COLUMN label TEXT",
    "ALTER TABLE session_people ADD COLUMN couple_id TEXT",
    "DROP TRIGGER notes_locked",  # and made again below: an addendum is a draft until it is signed
)

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE touch_plans (
        id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        permissions TEXT NOT NULL,
        clothing TEXT NOT NULL,
        stop_word TEXT NOT NULL,
        signal TEXT NOT NULL,
        silence INTEGER NOT NULL,
        if_more TEXT NOT NULL,
        practised_on TEXT,
        sober_on TEXT,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        made_by TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT touch_plans_number UNIQUE (client_id, number),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(made_by) REFERENCES members (id)
    )
    """,
    """
    CREATE TABLE safety_cards (
        id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        allergies TEXT NOT NULL,
        medicines TEXT NOT NULL,
        contact_name TEXT NOT NULL,
        contact_phone TEXT NOT NULL,
        other TEXT NOT NULL,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        made_by TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT safety_cards_number UNIQUE (client_id, number),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(made_by) REFERENCES members (id)
    )
    """,
    """
    CREATE TABLE adverse_events (
        id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        session_id TEXT,
        seq INTEGER,
        what TEXT NOT NULL,
        began TEXT NOT NULL,
        ended TEXT NOT NULL,
        severity INTEGER NOT NULL,
        serious TEXT NOT NULL,
        related TEXT NOT NULL,
        action TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reported_to TEXT NOT NULL,
        follow_up TEXT,
        note TEXT NOT NULL,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        made_by TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT adverse_events_entry UNIQUE (session_id, seq),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(session_id) REFERENCES sessions (id),
        FOREIGN KEY(made_by) REFERENCES members (id)
    )
    """,
    "CREATE INDEX adverse_events_by_client ON adverse_events (client_id)",
    "CREATE INDEX adverse_events_by_day ON adverse_events (follow_up)",
    """
    CREATE TABLE order_signatures (
        id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        client_id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        meaning TEXT NOT NULL,
        digest TEXT NOT NULL,
        signed_utc TEXT NOT NULL,
        signed_offset INTEGER NOT NULL,
        signed_boot_ms BIGINT NOT NULL,
        signed_boot_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(session_id, seq) REFERENCES live_events (session_id, seq),
        CONSTRAINT order_signatures_once UNIQUE (session_id, seq),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(member_id) REFERENCES members (id)
    )
    """,
    """
    CREATE TABLE followups (
        id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        due TEXT NOT NULL,
        state TEXT NOT NULL,
        made_utc TEXT NOT NULL,
        made_offset INTEGER NOT NULL,
        made_boot_ms BIGINT NOT NULL,
        made_boot_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT followups_state_known CHECK (state IN ('open', 'not_reached', 'done')),
        CONSTRAINT followups_once UNIQUE (session_id, client_id, kind),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(session_id) REFERENCES sessions (id)
    )
    """,
    "CREATE INDEX followups_by_client ON followups (client_id)",
    "CREATE INDEX followups_by_due ON followups (state, due)",
    """
    CREATE TABLE followup_steps (
        id TEXT NOT NULL,
        followup_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        how TEXT NOT NULL,
        note TEXT NOT NULL,
        answers TEXT NOT NULL,
        due TEXT,
        at_utc TEXT NOT NULL,
        at_offset INTEGER NOT NULL,
        at_boot_ms BIGINT NOT NULL,
        at_boot_id TEXT NOT NULL,
        done_by TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(followup_id) REFERENCES followups (id),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(done_by) REFERENCES members (id)
    )
    """,
    "CREATE INDEX followup_steps_by_followup ON followup_steps (followup_id)",
    """
    CREATE TABLE word_releases (
        id TEXT NOT NULL,
        couple_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        client_id TEXT NOT NULL,
        seat TEXT NOT NULL,
        text TEXT NOT NULL,
        said_ms BIGINT NOT NULL,
        asked TEXT NOT NULL,
        released_utc TEXT NOT NULL,
        released_offset INTEGER NOT NULL,
        released_boot_ms BIGINT NOT NULL,
        released_boot_id TEXT NOT NULL,
        released_by TEXT NOT NULL,
        withdrawn_utc TEXT,
        withdrawn_offset INTEGER,
        withdrawn_boot_ms BIGINT,
        withdrawn_boot_id TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(session_id, seq) REFERENCES live_events (session_id, seq),
        FOREIGN KEY(couple_id) REFERENCES couples (id),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(released_by) REFERENCES members (id)
    )
    """,
    "CREATE INDEX word_releases_by_session ON word_releases (session_id, couple_id)",
)

_KEPT = (
    "touch_plans", "safety_cards", "adverse_events", "order_signatures", "followups", "followup_steps", "word_releases",
)  # fmt: skip
_WRITTEN = ("touch_plans", "safety_cards", "order_signatures", "followup_steps")
_VERSIONS = ("touch_plans", "safety_cards")

LOCKS: dict[str, str] = {
    **{
        f"{table}_kept": f"""
    CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: kept');
    END
    """
        for table in _KEPT
    },
    **{
        f"{table}_written": f"""
    CREATE TRIGGER {table}_written BEFORE UPDATE ON {table}
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """
        for table in _WRITTEN
    },
    # What was written before a session's close stays as it was; a note on it that was begun later is a draft.
    "notes_locked": """
    CREATE TRIGGER notes_locked BEFORE UPDATE ON notes
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: signed') WHERE OLD.signed_utc IS NOT NULL;
        SELECT RAISE(ABORT, 'holdfast: owner')
        WHERE NEW.number IS NOT OLD.number OR NEW.id IS NOT OLD.id OR NEW.owner_kind IS NOT OLD.owner_kind
            OR NEW.owner_id IS NOT OLD.owner_id OR NEW.author_id IS NOT OLD.author_id;
        SELECT RAISE(ABORT, 'holdfast: closed')
        WHERE (
            NEW.session_id IS NOT OLD.session_id OR NEW.kind IS NOT OLD.kind
            OR NEW.written_utc IS NOT OLD.written_utc OR NEW.written_offset IS NOT OLD.written_offset
            OR NEW.written_boot_ms IS NOT OLD.written_boot_ms OR NEW.written_boot_id IS NOT OLD.written_boot_id
        ) AND EXISTS (SELECT 1 FROM sessions WHERE id IN (NEW.session_id, OLD.session_id) AND state = 'closed');
        SELECT RAISE(ABORT, 'holdfast: closed')
        WHERE NEW.text IS NOT OLD.text AND EXISTS (
            SELECT 1 FROM sessions
            WHERE id = OLD.session_id AND state = 'closed' AND closed_utc > OLD.written_utc
        );
    END
    """,
    # The next version and no other: whoever began from an older one is told so.
    **{
        f"{table}_next": f"""
    CREATE TRIGGER {table}_next BEFORE INSERT ON {table}
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM {table} WHERE client_id = NEW.client_id)
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: moved-on');
    END
    """
        for table in _VERSIONS
    },
    # The first plan permits nothing, unless it was agreed sober; what follows is compared by the program.
    "touch_plans_sober": """
    CREATE TRIGGER touch_plans_sober BEFORE INSERT ON touch_plans
    WHEN NEW.sober_on IS NULL AND NEW.permissions <> ''
        AND NOT EXISTS (SELECT 1 FROM touch_plans WHERE client_id = NEW.client_id AND sober_on IS NOT NULL)
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: not-sober');
    END
    """,
    "adverse_events_identity": """
    CREATE TRIGGER adverse_events_identity BEFORE UPDATE ON adverse_events
    WHEN NEW.id IS NOT OLD.id OR NEW.client_id IS NOT OLD.client_id OR NEW.session_id IS NOT OLD.session_id
        OR NEW.seq IS NOT OLD.seq OR NEW.made_utc IS NOT OLD.made_utc OR NEW.made_by IS NOT OLD.made_by
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: owner');
    END
    """,
    "followups_identity": """
    CREATE TRIGGER followups_identity BEFORE UPDATE ON followups
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: owner')
        WHERE NEW.id IS NOT OLD.id OR NEW.client_id IS NOT OLD.client_id OR NEW.session_id IS NOT OLD.session_id
            OR NEW.kind IS NOT OLD.kind OR NEW.made_utc IS NOT OLD.made_utc;
        SELECT RAISE(ABORT, 'holdfast: done') WHERE OLD.state = 'done';
    END
    """,
    # Words are given once the session is over, not a second time while they are given; and they may be taken back once.
    "word_releases_after": """
    CREATE TRIGGER word_releases_after BEFORE INSERT ON word_releases
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: running')
        WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE id = NEW.session_id AND state = 'closed');
        SELECT RAISE(ABORT, 'holdfast: released')
        WHERE EXISTS (
            SELECT 1 FROM word_releases
            WHERE couple_id = NEW.couple_id AND session_id = NEW.session_id AND seq = NEW.seq AND withdrawn_utc IS NULL
        );
    END
    """,
    "word_releases_withdrawn": """
    CREATE TRIGGER word_releases_withdrawn BEFORE UPDATE ON word_releases
    WHEN OLD.withdrawn_utc IS NOT NULL OR NEW.withdrawn_utc IS NULL OR NEW.id IS NOT OLD.id
        OR NEW.couple_id IS NOT OLD.couple_id OR NEW.session_id IS NOT OLD.session_id OR NEW.seq IS NOT OLD.seq
        OR NEW.client_id IS NOT OLD.client_id OR NEW.seat IS NOT OLD.seat OR NEW.text IS NOT OLD.text
        OR NEW.said_ms IS NOT OLD.said_ms OR NEW.asked IS NOT OLD.asked OR NEW.released_utc IS NOT OLD.released_utc
        OR NEW.released_by IS NOT OLD.released_by
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """,
}
