"""Knows how a database file is asked about its schema, over a driver connection."""

from __future__ import annotations

from typing import Any


def schema_number(connection: Any) -> int:
    """The number of the schema that a driver connection finds."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_schema_number(connection: Any, number: int) -> None:
    """Write the schema's number, inside the transaction that is open."""
    connection.execute(f"PRAGMA user_version = {int(number)}")


def triggers(connection: Any) -> frozenset[str]:
    """The names of the triggers that are there."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    return frozenset(row[0] for row in rows)


def broken_references(connection: Any) -> int:
    """How many rows point to one that is not there."""
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def structure_holds(connection: Any) -> bool:
    """Whether the file's own structure is sound."""
    return [row[0] for row in connection.execute("PRAGMA quick_check").fetchall()] == ["ok"]


def foreign_keys(connection: Any) -> bool:
    """Whether references are looked after on this connection, and so children removed with a rebuilt table."""
    return bool(connection.execute("PRAGMA foreign_keys").fetchone()[0])
