"""Knows the tables of schema 1, word for word; never edited again, whatever today's tables look like."""

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE practice (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        format INTEGER NOT NULL,
        created_utc TEXT NOT NULL,
        created_offset INTEGER NOT NULL,
        created_boot_ms BIGINT NOT NULL,
        created_boot_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE members (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        initials TEXT NOT NULL,
        roles TEXT NOT NULL,
        active INTEGER NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT members_initials UNIQUE (initials)
    )
    """,
    """
    CREATE TABLE clients (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        name_folded TEXT NOT NULL,
        born TEXT NOT NULL,
        pronouns TEXT NOT NULL,
        contact TEXT NOT NULL,
        language TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX clients_by_name ON clients (name_folded, born, id)",
    """
    CREATE TABLE couples (
        id TEXT NOT NULL,
        partner_a TEXT NOT NULL,
        partner_b TEXT NOT NULL,
        label TEXT NOT NULL,
        label_folded TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT couples_of_two CHECK (partner_a <> partner_b),
        FOREIGN KEY(partner_a) REFERENCES clients (id),
        FOREIGN KEY(partner_b) REFERENCES clients (id)
    )
    """,
    "CREATE INDEX couples_by_a ON couples (partner_a)",
    "CREATE INDEX couples_by_b ON couples (partner_b)",
    """
    CREATE TABLE orders (
        id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        prescriber_id TEXT NOT NULL,
        medicine TEXT NOT NULL,
        route TEXT NOT NULL,
        max_single_mg INTEGER NOT NULL,
        max_total_mg INTEGER NOT NULL,
        boosters INTEGER NOT NULL,
        booster_after_min INTEGER,
        valid_from TEXT NOT NULL,
        valid_until TEXT NOT NULL,
        schedule TEXT NOT NULL,
        remarks TEXT NOT NULL,
        withdrawn INTEGER NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(prescriber_id) REFERENCES members (id)
    )
    """,
    "CREATE INDEX orders_by_client ON orders (client_id, valid_from)",
    """
    CREATE TABLE sessions (
        id TEXT NOT NULL,
        owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        protocol_id TEXT NOT NULL,
        planned_for TEXT NOT NULL,
        state TEXT NOT NULL,
        started_utc TEXT,
        started_offset INTEGER,
        started_boot_ms BIGINT,
        started_boot_id TEXT,
        closed_utc TEXT,
        closed_offset INTEGER,
        closed_boot_ms BIGINT,
        closed_boot_id TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT owner_kind_known CHECK (owner_kind IN ('client', 'couple', 'practice')),
        CONSTRAINT sessions_state_known CHECK (state IN ('planned', 'running', 'closed'))
    )
    """,
    "CREATE INDEX sessions_by_owner ON sessions (owner_kind, owner_id)",
    "CREATE INDEX sessions_by_state ON sessions (state)",
    """
    CREATE TABLE session_people (
        session_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        place INTEGER NOT NULL,
        seat TEXT NOT NULL,
        role TEXT NOT NULL,
        order_id TEXT,
        intention TEXT NOT NULL,
        PRIMARY KEY (session_id, client_id),
        CONSTRAINT session_people_seat UNIQUE (session_id, seat),
        FOREIGN KEY(session_id) REFERENCES sessions (id),
        FOREIGN KEY(client_id) REFERENCES clients (id),
        FOREIGN KEY(order_id) REFERENCES orders (id)
    )
    """,
    "CREATE INDEX session_people_by_client ON session_people (client_id)",
    """
    CREATE TABLE live_events (
        session_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        seat TEXT,
        author TEXT NOT NULL,
        attested_by TEXT NOT NULL,
        entered_utc TEXT NOT NULL,
        entered_offset INTEGER NOT NULL,
        entered_boot_ms BIGINT NOT NULL,
        entered_boot_id TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        entered_ms BIGINT NOT NULL,
        payload TEXT NOT NULL,
        PRIMARY KEY (session_id, seq),
        CONSTRAINT owner_kind_known CHECK (owner_kind IN ('client', 'couple', 'practice')),
        FOREIGN KEY(session_id) REFERENCES sessions (id),
        FOREIGN KEY(attested_by) REFERENCES members (id)
    )
    """,
    """
    CREATE TABLE notes (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        session_id TEXT,
        author_id TEXT NOT NULL,
        text TEXT NOT NULL,
        written_utc TEXT NOT NULL,
        written_offset INTEGER NOT NULL,
        written_boot_ms BIGINT NOT NULL,
        written_boot_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        signed_utc TEXT,
        signed_offset INTEGER,
        signed_boot_ms BIGINT,
        signed_boot_id TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT owner_kind_known CHECK (owner_kind IN ('client', 'couple', 'practice')),
        CONSTRAINT notes_id UNIQUE (id),
        FOREIGN KEY(session_id) REFERENCES sessions (id),
        FOREIGN KEY(author_id) REFERENCES members (id)
    )
    """,
    "CREATE INDEX notes_by_owner ON notes (owner_kind, owner_id)",
    "CREATE INDEX notes_by_session ON notes (session_id)",
    """
    CREATE TABLE audit (
        number INTEGER NOT NULL,
        act TEXT NOT NULL,
        member_id TEXT NOT NULL,
        subject_kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        at_utc TEXT NOT NULL,
        at_offset INTEGER NOT NULL,
        at_boot_ms BIGINT NOT NULL,
        at_boot_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        digest TEXT NOT NULL,
        detail TEXT NOT NULL,
        mac BLOB NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT owner_kind_known CHECK (owner_kind IN ('client', 'couple', 'practice'))
    )
    """,
    "CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id)",
)
