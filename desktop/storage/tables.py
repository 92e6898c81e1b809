"""Knows how the practice's records lie in tables: one row per record, plain columns that any SQL database holds."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _text(name: str, *parts: ForeignKey) -> Column[str]:
    return Column(name, Text, *parts, nullable=False)


def _maybe(name: str, *parts: ForeignKey) -> Column[str | None]:
    return Column(name, Text, *parts)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _milliseconds(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _key() -> Column[str]:
    return Column("id", Text, primary_key=True, nullable=False)


def moment_columns(name: str, nullable: bool = False) -> tuple[Column[str], Column[int], Column[int], Column[str]]:
    """The four columns of a Moment: UTC as text of one width, minutes of offset, boot clock and boot."""
    return (
        Column(f"{name}_utc", Text, nullable=nullable),
        Column(f"{name}_offset", Integer, nullable=nullable),
        Column(f"{name}_boot_ms", BigInteger, nullable=nullable),
        Column(f"{name}_boot_id", Text, nullable=nullable),
    )


def _owner_columns() -> tuple[Column[str], Column[str], CheckConstraint]:
    return (
        _text("owner_kind"),
        _text("owner_id"),
        CheckConstraint("owner_kind IN ('client', 'couple', 'practice')", name="owner_kind_known"),
    )


practice = Table(
    "practice", metadata,
    _key(), _text("name"), _number("format"), *moment_columns("created"),
)  # fmt: skip

members = Table(
    "members", metadata,
    _key(), _text("name"), _text("initials"), _text("roles"), _number("active"), _number("version"),
    UniqueConstraint("initials", name="members_initials"),
)  # fmt: skip

clients = Table(
    "clients", metadata,
    _key(), _text("name"), _text("name_folded"), _text("born"), _text("pronouns"), _text("contact"),
    _text("language"), _number("version"),
    Index("clients_by_name", "name_folded", "born", "id"),
)  # fmt: skip

couples = Table(
    "couples", metadata,
    _key(), _text("partner_a", ForeignKey("clients.id")), _text("partner_b", ForeignKey("clients.id")),
    _text("label"), _text("label_folded"), _number("version"),
    CheckConstraint("partner_a <> partner_b", name="couples_of_two"),
    Index("couples_by_a", "partner_a"), Index("couples_by_b", "partner_b"),
)  # fmt: skip

# Amounts of medicine are whole numbers of 0.01 mg.
orders = Table(
    "orders", metadata,
    _key(), _text("client_id", ForeignKey("clients.id")), _text("prescriber_id", ForeignKey("members.id")),
    _text("medicine"), _text("route"), _number("max_single_mg"), _number("max_total_mg"), _number("boosters"),
    Column("booster_after_min", Integer), _text("valid_from"), _text("valid_until"), _text("schedule"),
    _text("remarks"), _number("withdrawn"), _number("version"),
    Index("orders_by_client", "client_id", "valid_from"),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    _key(), *_owner_columns(), _text("kind"), _text("protocol_id"), _text("planned_for"), _text("state"),
    *moment_columns("started", nullable=True), *moment_columns("closed", nullable=True), _number("version"),
    _maybe("format"), _maybe("label"),
    CheckConstraint("state IN ('planned', 'running', 'closed')", name="sessions_state_known"),
    Index("sessions_by_owner", "owner_kind", "owner_id"), Index("sessions_by_state", "state"),
)  # fmt: skip

session_people = Table(
    "session_people", metadata,
    _text("session_id", ForeignKey("sessions.id")), _text("client_id", ForeignKey("clients.id")),
    _number("place"), _text("seat"), _text("role"), _maybe("order_id", ForeignKey("orders.id")), _text("intention"),
    _maybe("couple_id"),
    PrimaryKeyConstraint("session_id", "client_id"),
    UniqueConstraint("session_id", "seat", name="session_people_seat"),
    Index("session_people_by_client", "client_id"),
)  # fmt: skip

live_events = Table(
    "live_events", metadata,
    _text("session_id", ForeignKey("sessions.id")), _number("seq"), _text("kind"), _number("version"),
    *_owner_columns(), _maybe("seat"), _text("author"), _text("attested_by", ForeignKey("members.id")),
    *moment_columns("entered"), _milliseconds("at_ms"), _milliseconds("entered_ms"), _text("payload"),
    PrimaryKeyConstraint("session_id", "seq"),
)  # fmt: skip

# `number` is what the word index points to: text keys may move, whole-number keys do not.
notes = Table(
    "notes", metadata,
    Column("number", Integer, primary_key=True, nullable=False),
    _text("id"), *_owner_columns(), _maybe("session_id", ForeignKey("sessions.id")),
    _text("author_id", ForeignKey("members.id")), _text("text"), *moment_columns("written"), _text("kind"),
    *moment_columns("signed", nullable=True), _number("version"),
    UniqueConstraint("id", name="notes_id"),
    Index("notes_by_owner", "owner_kind", "owner_id"), Index("notes_by_session", "session_id"),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, nullable=False),
    _text("act"), _text("member_id"), _text("subject_kind"), _text("subject_id"), *_owner_columns(),
    *moment_columns("at"), _number("version"), _text("digest"), _text("detail"),
    Column("mac", LargeBinary, nullable=False),
    Index("audit_by_subject", "subject_kind", "subject_id"),
)  # fmt: skip

# Members' signatures under lines of the trail; public keys and signatures as hex.
checkpoints = Table(
    "checkpoints", metadata,
    _key(), _number("number"), _text("mac"), _text("member_id", ForeignKey("members.id")), *moment_columns("signed"),
    _text("public_key"), _text("signature"),
    Index("checkpoints_by_number", "number"),
)  # fmt: skip

countersignatures = Table(
    "countersignatures", metadata,
    _key(), _text("checkpoint_id", ForeignKey("checkpoints.id")), _text("member_id", ForeignKey("members.id")),
    *moment_columns("signed"), _text("public_key"), _text("signature"),
    UniqueConstraint("checkpoint_id", "member_id", name="countersignatures_once"),
)  # fmt: skip

# Versions of what a client permits, and of what must be at hand in an emergency: the highest number is in force.
touch_plans = Table(
    "touch_plans", metadata,
    _key(), _text("client_id", ForeignKey("clients.id")), _number("number"), _text("permissions"), _text("clothing"),
    _text("stop_word"), _text("signal"), _number("silence"), _text("if_more"), _maybe("practised_on"),
    _maybe("sober_on"), *moment_columns("made"), _text("made_by", ForeignKey("members.id")), _number("version"),
    UniqueConstraint("client_id", "number", name="touch_plans_number"),
)  # fmt: skip

safety_cards = Table(
    "safety_cards", metadata,
    _key(), _text("client_id", ForeignKey("clients.id")), _number("number"), _text("allergies"), _text("medicines"),
    _text("contact_name"), _text("contact_phone"), _text("other"), *moment_columns("made"),
    _text("made_by", ForeignKey("members.id")), _number("version"),
    UniqueConstraint("client_id", "number", name="safety_cards_number"),
)  # fmt: skip

adverse_events = Table(
    "adverse_events", metadata,
    _key(), _text("client_id", ForeignKey("clients.id")), _maybe("session_id", ForeignKey("sessions.id")),
    Column("seq", Integer), _text("what"), _text("began"), _text("ended"), _number("severity"), _text("serious"),
    _text("related"), _text("action"), _text("outcome"), _text("reported_to"), _maybe("follow_up"), _text("note"),
    *moment_columns("made"), _text("made_by", ForeignKey("members.id")), _number("version"),
    UniqueConstraint("session_id", "seq", name="adverse_events_entry"),
    Index("adverse_events_by_client", "client_id"), Index("adverse_events_by_day", "follow_up"),
)  # fmt: skip

order_signatures = Table(
    "order_signatures", metadata,
    _key(), _text("session_id"), _number("seq"), _text("client_id", ForeignKey("clients.id")),
    _text("member_id", ForeignKey("members.id")), _text("meaning"), _text("digest"), *moment_columns("signed"),
    _number("version"),
    ForeignKeyConstraint(["session_id", "seq"], ["live_events.session_id", "live_events.seq"]),
    UniqueConstraint("session_id", "seq", name="order_signatures_once"),
)  # fmt: skip

followups = Table(
    "followups", metadata,
    _key(), _text("client_id", ForeignKey("clients.id")), _text("session_id", ForeignKey("sessions.id")),
    _text("kind"), _text("label"), _text("due"), _text("state"), *moment_columns("made"), _number("version"),
    CheckConstraint("state IN ('open', 'not_reached', 'done')", name="followups_state_known"),
    UniqueConstraint("session_id", "client_id", "kind", name="followups_once"),
    Index("followups_by_due", "state", "due"), Index("followups_by_client", "client_id"),
)  # fmt: skip

followup_steps = Table(
    "followup_steps", metadata,
    _key(), _text("followup_id", ForeignKey("followups.id")), _text("client_id", ForeignKey("clients.id")),
    _text("how"), _text("note"), _text("answers"), _maybe("due"), *moment_columns("at"),
    _text("done_by", ForeignKey("members.id")), _number("version"),
    Index("followup_steps_by_followup", "followup_id"),
)  # fmt: skip

word_releases = Table(
    "word_releases", metadata,
    _key(), _text("couple_id", ForeignKey("couples.id")), _text("session_id"), _number("seq"),
    _text("client_id", ForeignKey("clients.id")), _text("seat"), _text("text"), _milliseconds("said_ms"),
    _text("asked"), *moment_columns("released"), _text("released_by", ForeignKey("members.id")),
    *moment_columns("withdrawn", nullable=True), _number("version"),
    ForeignKeyConstraint(["session_id", "seq"], ["live_events.session_id", "live_events.seq"]),
    Index("word_releases_by_session", "session_id", "couple_id"),
)  # fmt: skip

# A practice's own editions of its protocols and cards: the highest number of a name is in force.
practice_protocols = Table(
    "practice_protocols", metadata,
    _key(), _text("kind"), _text("name"), _number("number"), _text("done"), _text("place"), _text("text"),
    _text("based_on"), _text("reason"), *moment_columns("made"), _text("made_by", ForeignKey("members.id")),
    _number("version"),
    CheckConstraint("kind IN ('protocol', 'card')", name="practice_protocols_kind_known"),
    UniqueConstraint("kind", "name", "number", name="practice_protocols_number"),
)  # fmt: skip
