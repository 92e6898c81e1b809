"""Knows which locks a practice's file must hold today, word for word."""

from __future__ import annotations

from functools import cache

from sqlcipher3 import dbapi2

from desktop.storage.migrations.runner import migrate


@cache
def locks() -> dict[str, str]:
    """The triggers of an untouched practice by name, as the database spells them."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        return {str(name): str(sql) for name, sql in rows}
    finally:
        connection.close()
