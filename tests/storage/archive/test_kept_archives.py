"""Knows that archives which an earlier program made, in an earlier form, are still read, tried out and restored."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.bootstrap import Program, Settings
from desktop.domain.moment import Moment
from desktop.services.ports_archives import RestoreWish
from desktop.storage.archive import manifest as names
from desktop.storage.archive.agefile import decrypt, decrypt_apart
from desktop.storage.archive.kit_opening import open_with_kit
from desktop.storage.archive.manifest import VERSION
from desktop.storage.archive.reading import read_archive
from desktop.storage.archive.tarball import TarReader
from desktop.storage.archive.zstd import Unpacker
from desktop.storage.vault.kit import read_kit
from tests.kit import HandClock
from tests.storage.archive.kit import nobody
from tests.storage.kept import making
from tests.storage.kept.contents import CONTENTS, contents_of

KEPT = making.HERE / "archive-1"
SAID = json.loads((making.HERE / "schema-2" / CONTENTS).read_text("utf-8"))
LATER = Moment(datetime(2036, 7, 1, 9, 0, tzinfo=UTC), 120, 90_000, "another boot")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(Settings(clock=HandClock(LATER), root=tmp_path / "own", cheap_keys=True, reserve=making.RESERVE))
    yield made
    made.close()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    shutil.copytree(KEPT, tmp_path / "drawer")
    (found,) = (tmp_path / "drawer").glob("*.age")
    return found


def test_it_is_of_the_first_form(archive: Path) -> None:
    with read_kit(SAID["kit"]) as kit:
        found = read_archive(archive, SAID["kit"], lambda keys: open_with_kit(keys, kit))
    assert (found.manifest.version, found.manifest.schema) == (1, SAID["schema"])
    assert VERSION > 1
    assert names.PAGE_KEY in [entry.name for entry in found.manifest.entries]
    assert not found.page_key.same_as(found.ring.page_key.reveal())


def test_the_kit_verifies_it(program: Program, archive: Path) -> None:
    found = program.archives.verify_with_kit(archive, SAID["kit"], nobody)
    assert (found.counter, found.schema) == (1, SAID["schema"])


@pytest.mark.parametrize("by_kit", [False, True])
def test_it_is_restored_and_the_practice_holds_what_was_written(
    program: Program, archive: Path, tmp_path: Path, by_kit: bool
) -> None:
    name, words = "Mara Köhler", SAID["passphrases"]["Mara Köhler"]
    kit = SAID["kit"] if by_kit else ""
    wish = RestoreWish(archive, tmp_path / "back", *(() if by_kit else (name, words)), **({"kit": kit} if kit else {}))
    program.archives.restore(wish, nobody)
    (member,) = (each.id for each in program.door.peek(tmp_path / "back").members if each.name == name)
    desk = program.door.unlock(tmp_path / "back", member, words)
    try:
        found = contents_of(desk)
        told = found.keys() & SAID.keys() - {"trail"}
        assert {key: found[key] for key in told} == {key: SAID[key] for key in told}
        assert program.door.found_at_unlock(desk) == ()
    finally:
        program.door.leave(desk)


def test_both_readers_of_the_outer_form_give_the_same(archive: Path) -> None:
    class Names:
        def __init__(self) -> None:
            self.found: list[str] = []

        def begin(self, name: str, size: int) -> None:
            self.found.append(f"{name} {size}")

        def take(self, content: bytes | memoryview) -> None:
            """Not looked at."""

        def end(self) -> None:
            """Not looked at."""

    seen = []
    for reader in (decrypt, decrypt_apart):
        inside = Names()
        unpacker = Unpacker(TarReader(inside).feed)
        with archive.open("rb") as file:
            reader(file, unpacker.feed, SAID["kit"])
        seen.append(inside.found)
    assert seen[0] == seen[1]
    assert any(each.startswith("tables/clients.jsonl ") for each in seen[0])
