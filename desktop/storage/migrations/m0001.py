"""Knows how schema 1 is made in an empty file."""

from __future__ import annotations

from typing import Any

from desktop.storage.migrations.m0001_locks import LOCKS, TRIGGERS
from desktop.storage.migrations.m0001_tables import TABLES
from desktop.storage.migrations.step import Step


def _apply(connection: Any) -> None:
    for statement in (*TABLES, *LOCKS):
        connection.execute(statement)


STEP = Step(1, _apply, TRIGGERS)
