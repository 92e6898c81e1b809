"""Knows that a restored database which differs in one row, table or trigger of its form is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors_archive import ArchiveDiffers
from desktop.storage.archive import manifest as names
from desktop.storage.archive.copying import as_it_lies
from desktop.storage.archive.manifest import Manifest, parse
from desktop.storage.archive.restoring import compare
from desktop.storage.engine import lone_connection
from desktop.storage.vault.secret import Secret
from tests.storage.archive.conftest import Made
from tests.storage.archive.kit import ring_of


@pytest.fixture
def taken(made: Made, tmp_path: Path) -> tuple[Path, Secret, Manifest]:
    inside = made.inside
    path = tmp_path / "taken.db"
    path.write_bytes(inside[names.DATABASE])
    return path, ring_of(made.house.folder).page_key, parse(inside[names.MANIFEST])


def test_an_equal_database_is_equal(taken: tuple[Path, Secret, Manifest]) -> None:
    path, key, manifest = taken
    with as_it_lies(path, key) as rows, as_it_lies(path, key) as structure:
        compare(rows, structure, manifest)


@pytest.mark.parametrize(("statement", "part"), [
    ("UPDATE clients SET language = 'x'", "clients"),
    ("INSERT INTO members SELECT 'x', name, 'ZZ', roles, active, version FROM members LIMIT 1", "members"),
    ("CREATE TABLE extra (id TEXT)", "tables"),
    ("DROP TABLE session_people", "tables"),
    ("PRAGMA user_version = 9", "schema"),
])  # fmt: skip
def test_a_database_that_differs_is_named(taken: tuple[Path, Secret, Manifest], statement: str, part: str) -> None:
    path, key, manifest = taken
    connection = lone_connection(path, key, "mode=rw")
    connection.execute(statement)
    connection.close()
    with as_it_lies(path, key) as rows, as_it_lies(path, key) as structure, pytest.raises(ArchiveDiffers) as caught:
        compare(rows, structure, manifest)
    assert part in caught.value.parts


@pytest.mark.parametrize("change", [
    lambda made: replace(made, head=replace(made.head, number=made.head.number + 1)),
    lambda made: replace(made, entries=(*made.entries[:3], replace(made.entries[3], rows=1), *made.entries[4:])),
])  # fmt: skip
def test_a_list_that_says_something_else_is_noticed(
    taken: tuple[Path, Secret, Manifest], change: Callable[[Manifest], Any]
) -> None:
    path, key, manifest = taken
    with as_it_lies(path, key) as rows, as_it_lies(path, key) as structure, pytest.raises(ArchiveDiffers):
        compare(rows, structure, change(manifest))
