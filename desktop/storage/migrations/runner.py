"""Knows how a practice's file is brought to today's schema: step by step, each whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from sqlcipher3 import dbapi2

from desktop.domain.errors import HoldfastError, Known
from desktop.domain.errors_practice import NewerDatabase
from desktop.domain.words import tr
from desktop.storage.faults import explained
from desktop.storage.migrations import STEPS
from desktop.storage.migrations.pragmas import (
    broken_references,
    foreign_keys,
    schema_number,
    set_schema_number,
    structure_holds,
    triggers,
)
from desktop.storage.migrations.step import Step

Before = Callable[[int, int], None]


class MigrationFailed(Known):
    """A step that did not come out as it must; the file is as it was before it."""

    def __init__(self, number: int, why: str) -> None:
        self.number = number
        self.why = why
        super().__init__(
            tr("The practice could not be brought to the form of this version (step {n}: {why}).", n=number, why=why),
            tr("It is as it was before."),
            tr("Open it with the version that wrote it, and ask for help with this message."),
        )


class WrongConnection(HoldfastError):
    """The program's own mistake: a migration was given a connection on which rebuilt tables lose their children."""


def _no_archive(found: int, wanted: int) -> None:
    """Nothing to do before a first step: there is nothing in the file yet."""


def migrate(connection: Any, steps: Sequence[Step] = STEPS, before: Before = _no_archive) -> int:
    """Bring the file behind a driver connection to the last of `steps`; the number it has then.

    The connection is one of its own, foreign_keys OFF, no transaction begun. `before(found, wanted)` runs once before
    the first step on a file that holds something already: a verified archive belongs there. Raises NewerDatabase,
    untouched; MigrationFailed; what explained() names. Every step is a transaction with its number inside.
    """
    if foreign_keys(connection):
        raise WrongConnection("foreign_keys must be OFF")
    found, wanted = schema_number(connection), steps[-1].number
    if found > wanted:
        raise NewerDatabase(found, wanted)
    if 0 < found < wanted:
        before(found, wanted)
    for step in steps:
        if step.number > found:
            with explained():
                _take(connection, step)
    return wanted


def _take(connection: Any, step: Step) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply(connection, step)
        set_schema_number(connection, step.number)
        _check(connection, step)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(dbapi2.Error):  # the driver may have rolled back by itself
            connection.execute("ROLLBACK")
        raise


def _apply(connection: Any, step: Step) -> None:
    try:
        step.apply(connection)
    except (dbapi2.IntegrityError, dbapi2.ProgrammingError):
        # Cut off from its cause: that one may hold values.
        raise MigrationFailed(step.number, "rows") from None


def _check(connection: Any, step: Step) -> None:
    if triggers(connection) != step.triggers:
        raise MigrationFailed(step.number, "locks")
    if broken_references(connection):
        raise MigrationFailed(step.number, "references")
    if not structure_holds(connection):
        raise MigrationFailed(step.number, "structure")
