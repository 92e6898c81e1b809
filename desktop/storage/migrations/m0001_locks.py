"""Knows the locks and the word index of schema 1, word for word: what the database itself refuses."""

# Rows that are kept for good.
_KEPT = ("practice", "members", "clients", "couples", "orders", "sessions", "live_events", "notes", "audit")

_NO_DELETE: dict[str, str] = {
    f"{table}_kept": f"""
    CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: kept');
    END
    """
    for table in _KEPT
}

_LOCKS: dict[str, str] = {
    "audit_written": """
    CREATE TRIGGER audit_written BEFORE UPDATE ON audit
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: append-only');
    END
    """,
    "live_events_next": """
    CREATE TRIGGER live_events_next BEFORE INSERT ON live_events
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed')
        WHERE EXISTS (SELECT 1 FROM sessions WHERE id = NEW.session_id AND state = 'closed');
        SELECT RAISE(ABORT, 'holdfast: sequence')
        WHERE NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM live_events WHERE session_id = NEW.session_id);
    END
    """,
    "live_events_written": """
    CREATE TRIGGER live_events_written BEFORE UPDATE ON live_events
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed')
        WHERE EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session_id AND state = 'closed');
        SELECT RAISE(ABORT, 'holdfast: append-only')
        WHERE NEW.session_id IS NOT OLD.session_id OR NEW.seq IS NOT OLD.seq OR NEW.kind IS NOT OLD.kind
            OR NEW.version IS NOT OLD.version OR NEW.seat IS NOT OLD.seat OR NEW.author IS NOT OLD.author
            OR NEW.attested_by IS NOT OLD.attested_by OR NEW.entered_utc IS NOT OLD.entered_utc
            OR NEW.entered_offset IS NOT OLD.entered_offset OR NEW.entered_boot_ms IS NOT OLD.entered_boot_ms
            OR NEW.entered_boot_id IS NOT OLD.entered_boot_id OR NEW.at_ms IS NOT OLD.at_ms
            OR NEW.entered_ms IS NOT OLD.entered_ms OR NEW.payload IS NOT OLD.payload;
    END
    """,
    "sessions_begun": """
    CREATE TRIGGER sessions_begun BEFORE INSERT ON sessions
    WHEN NEW.state = 'closed'
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed');
    END
    """,
    "sessions_closed": """
    CREATE TRIGGER sessions_closed BEFORE UPDATE ON sessions
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed') WHERE OLD.state = 'closed';
        SELECT RAISE(ABORT, 'holdfast: owner')
        WHERE NEW.id IS NOT OLD.id OR NEW.owner_kind IS NOT OLD.owner_kind OR NEW.owner_id IS NOT OLD.owner_id;
        SELECT RAISE(ABORT, 'holdfast: begun') WHERE OLD.state = 'running' AND NEW.state = 'planned';
    END
    """,
    "session_people_add": """
    CREATE TRIGGER session_people_add BEFORE INSERT ON session_people
    WHEN EXISTS (SELECT 1 FROM sessions WHERE id = NEW.session_id AND state = 'closed')
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed');
    END
    """,
    "session_people_change": """
    CREATE TRIGGER session_people_change BEFORE UPDATE ON session_people
    WHEN EXISTS (SELECT 1 FROM sessions WHERE id IN (NEW.session_id, OLD.session_id) AND state = 'closed')
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed');
    END
    """,
    "session_people_remove": """
    CREATE TRIGGER session_people_remove BEFORE DELETE ON session_people
    WHEN EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session_id AND state = 'closed')
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: closed');
    END
    """,
    "notes_locked": """
    CREATE TRIGGER notes_locked BEFORE UPDATE ON notes
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: signed') WHERE OLD.signed_utc IS NOT NULL;
        SELECT RAISE(ABORT, 'holdfast: owner')
        WHERE NEW.number IS NOT OLD.number OR NEW.id IS NOT OLD.id OR NEW.owner_kind IS NOT OLD.owner_kind
            OR NEW.owner_id IS NOT OLD.owner_id OR NEW.author_id IS NOT OLD.author_id;
        SELECT RAISE(ABORT, 'holdfast: closed')
        WHERE (
            NEW.text IS NOT OLD.text OR NEW.session_id IS NOT OLD.session_id OR NEW.kind IS NOT OLD.kind
            OR NEW.written_utc IS NOT OLD.written_utc OR NEW.written_offset IS NOT OLD.written_offset
            OR NEW.written_boot_ms IS NOT OLD.written_boot_ms OR NEW.written_boot_id IS NOT OLD.written_boot_id
        ) AND EXISTS (SELECT 1 FROM sessions WHERE id IN (NEW.session_id, OLD.session_id) AND state = 'closed');
    END
    """,
    "orders_written": """
    CREATE TRIGGER orders_written BEFORE UPDATE ON orders
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: written')
        WHERE NEW.id IS NOT OLD.id OR NEW.client_id IS NOT OLD.client_id
            OR NEW.prescriber_id IS NOT OLD.prescriber_id OR NEW.medicine IS NOT OLD.medicine
            OR NEW.route IS NOT OLD.route OR NEW.max_single_mg IS NOT OLD.max_single_mg
            OR NEW.max_total_mg IS NOT OLD.max_total_mg OR NEW.boosters IS NOT OLD.boosters
            OR NEW.booster_after_min IS NOT OLD.booster_after_min OR NEW.valid_from IS NOT OLD.valid_from
            OR NEW.valid_until IS NOT OLD.valid_until OR NEW.schedule IS NOT OLD.schedule
            OR NEW.remarks IS NOT OLD.remarks OR NEW.withdrawn < OLD.withdrawn;
    END
    """,
    "couples_partners": """
    CREATE TRIGGER couples_partners BEFORE UPDATE ON couples
    WHEN NEW.id IS NOT OLD.id OR NEW.partner_a IS NOT OLD.partner_a OR NEW.partner_b IS NOT OLD.partner_b
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: owner');
    END
    """,
    "clients_identity": """
    CREATE TRIGGER clients_identity BEFORE UPDATE ON clients
    WHEN NEW.id IS NOT OLD.id
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: owner');
    END
    """,
    "members_identity": """
    CREATE TRIGGER members_identity BEFORE UPDATE ON members
    WHEN NEW.id IS NOT OLD.id
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: owner');
    END
    """,
    "practice_identity": """
    CREATE TRIGGER practice_identity BEFORE UPDATE ON practice
    WHEN NEW.id IS NOT OLD.id
    BEGIN
        SELECT RAISE(ABORT, 'holdfast: owner');
    END
    """,
}

_WORDS_INDEX = """
    CREATE VIRTUAL TABLE note_words USING fts5 (
        text, content = 'notes', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    )
    """

_WORDS: dict[str, str] = {
    "notes_words_add": """
    CREATE TRIGGER notes_words_add AFTER INSERT ON notes
    BEGIN
        INSERT INTO note_words (rowid, text) VALUES (NEW.number, NEW.text);
    END
    """,
    "notes_words_change": """
    CREATE TRIGGER notes_words_change AFTER UPDATE ON notes WHEN NEW.text IS NOT OLD.text
    BEGIN
        INSERT INTO note_words (note_words, rowid, text) VALUES ('delete', OLD.number, OLD.text);
        INSERT INTO note_words (rowid, text) VALUES (NEW.number, NEW.text);
    END
    """,
}

_ALL = {**_NO_DELETE, **_LOCKS, **_WORDS}
TRIGGERS: frozenset[str] = frozenset(_ALL)
LOCKS: tuple[str, ...] = (_WORDS_INDEX, *_ALL.values())
