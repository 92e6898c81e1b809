"""Knows how carried sessions lie in tables: what was given out here, and what a travelling practice was made from."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from desktop.storage.tables import metadata, moment_columns


def _text(name: str, *parts: ForeignKey) -> Column[str]:
    return Column(name, Text, *parts, nullable=False)


carried = Table(
    "carried", metadata,
    Column("id", Text, primary_key=True, nullable=False), _text("session_id", ForeignKey("sessions.id")),
    _text("owner_kind"), _text("owner_id"), _text("made_by", ForeignKey("members.id")), *moment_columns("made"),
    *moment_columns("expires"), Column("epoch", BigInteger, nullable=False), _text("bundle_digest"),
    _text("given_digest"), _text("state"), *moment_columns("settled", nullable=True),
    Column("settled_by", Text, ForeignKey("members.id")), _text("return_digest"),
    Column("entries", Integer, nullable=False), _text("reason"), Column("version", Integer, nullable=False),
    CheckConstraint("owner_kind IN ('client', 'couple', 'practice')", name="owner_kind_known"),
    CheckConstraint("state IN ('out', 'returned', 'taken_back')", name="carried_state_known"),
    Index("carried_by_session", "session_id"),
)  # fmt: skip

travelling = Table(
    "travelling", metadata,
    Column("id", Text, primary_key=True, nullable=False), _text("session_id", ForeignKey("sessions.id")),
    _text("practice_id"), *moment_columns("made"), *moment_columns("expires"),
    Column("epoch", BigInteger, nullable=False), _text("home_public"), _text("secret"), _text("given"),
    _text("bundle_digest"), Column("version", Integer, nullable=False),
)  # fmt: skip
