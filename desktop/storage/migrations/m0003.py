"""Knows how schema 3 is made of schema 2: what each of its parts adds, in order."""

from __future__ import annotations

from typing import Any

from desktop.storage.migrations import m0003_care, m0003_carry, m0003_protocols
from desktop.storage.migrations.m0002 import STEP as BEFORE
from desktop.storage.migrations.step import Step

# Each part: the statements that make its tables, and its locks by name.
_PARTS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    ((*m0003_care.ADDED, *m0003_care.TABLES), m0003_care.LOCKS),
    (m0003_carry.TABLES, m0003_carry.LOCKS),
    (m0003_protocols.TABLES, m0003_protocols.LOCKS),
)


def _apply(connection: Any) -> None:
    for statements, locks in _PARTS:
        for statement in (*statements, *locks.values()):
            connection.execute(statement)


STEP = Step(3, _apply, BEFORE.triggers.union(*(locks for _, locks in _PARTS)))
