"""Knows that a check calls nothing damaged that the program reads well."""

from __future__ import annotations

from pathlib import Path

from desktop.storage.practice_check import look_over
from desktop.storage.practice_folder import open_practice
from desktop.storage.practice_layout import DATABASE
from tests.storage.practice_kit import CANARY, NAME, PASSPHRASE, add_note, make, notes, surroundings


def test_a_page_that_is_torn_in_the_file_and_whole_in_the_log_is_no_damage(tmp_path: Path) -> None:
    """As a power loss leaves it while the log was being folded in."""
    folder = tmp_path / "practice"
    make(folder).close()
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
    add_note(practice, "kept")
    log = (folder / (DATABASE + "-wal")).read_bytes()
    content = bytearray((folder / DATABASE).read_bytes())
    practice.close()
    page = int.from_bytes(log[32:36], "big")  # the first frame's
    content[page * 4096 - 100] ^= 1
    (folder / DATABASE).write_bytes(content)
    (folder / (DATABASE + "-wal")).write_bytes(log)
    practice = open_practice(folder, NAME, PASSPHRASE, surroundings())
    assert [look.text for look in look_over(practice) if not look.ok] == []
    assert notes(practice) == [CANARY, "kept"]
    practice.close()
