"""Knows that what somebody did to a locked practice is named before anything of it is shown, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.bootstrap import Program, Settings
from desktop.domain.integrity import Wrong
from desktop.domain.people import ClientDraft, Role
from desktop.domain.records import Act
from desktop.services.clients import change_client, make_client
from desktop.services.desk import Desk
from desktop.services.trail import check_trail
from desktop.storage.head_file import FILE, TrailRefused
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.migrations.m0001_locks import LOCKS
from desktop.storage.opening import RESTORED
from desktop.storage.practice_folder import Surroundings, open_practice
from desktop.storage.vault.primitives import FLOOR
from desktop.system.machine import LocalMachine
from tests.storage.practice_kit import NAME, PASSPHRASE, hashes

OWNER = frozenset({Role.OWNER, Role.THERAPIST})
WAL = "practice.db-wal"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked practice with a client whose record was changed once; beside it the folder as it was before."""
    folder = tmp_path_factory.mktemp("opening")
    program = Program(Settings(root=folder / "root", cheap_keys=True, reserve=1 << 20))
    desk = program.door.create(folder / "now", "Harbour", NAME, OWNER, PASSPHRASE)
    client = make_client(desk, ClientDraft("Łukasz Wiśniewski", "1984-05-01", contact="older")).value
    program.door.leave(desk)
    shutil.copytree(folder / "now", folder / "yesterday")
    desk = unlock(program, folder / "now")
    change_client(desk, client.id, ClientDraft("Łukasz Wiśniewski", "1984-05-01", contact="newer"), client.version)
    # As a kill would leave it: the last changes are in the log.
    shutil.copytree(folder / "now", folder / "killed")
    program.door.leave(desk)
    program.close()
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(Settings(root=tmp_path / "root", cheap_keys=True, reserve=1 << 20))
    yield made
    made.close()


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template / "now", tmp_path / "practice"))


def unlock(program: Program, folder: Path) -> Desk:
    return program.door.unlock(folder, program.door.peek(folder).members[0].id, PASSPHRASE)


def found(program: Program, folder: Path) -> tuple[set[str], set[str]]:
    """What is said at unlocking, and what a whole check says."""
    desk = unlock(program, folder)
    try:
        first = {finding.code for finding in program.door.found_at_unlock(desk)}
        whole = {finding.code for finding in check_trail(desk) if not finding.ok}
    finally:
        program.door.leave(desk)
    return first, whole


def tamper(folder: Path, *statements: str, locks_back: bool = True) -> None:
    """What somebody with the keys and tools of their own does."""
    around = Surroundings(LocalMachine(), Settings().clock, KNOWN_SCHEMA, cost=FLOOR, reserve_bytes=1 << 20)
    head = (folder / FILE).read_bytes()
    opened = open_practice(folder, NAME, PASSPHRASE, around)
    try:
        with opened.engines.separate() as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
            for _, sql in triggers if locks_back else ():
                connection.execute(sql)
    finally:
        opened.close()
    (folder / FILE).write_bytes(head)


def test_an_untouched_practice_says_nothing(program: Program, folder: Path) -> None:
    assert found(program, folder) == (set(), set())


TAMPERED: dict[str, set[Wrong]] = {
    "UPDATE clients SET contact = 'x'": {Wrong.EDITED_RECORD},
    "UPDATE clients SET name_folded = 'x'": {Wrong.EDITED_RECORD},
    "UPDATE clients SET contact = x'00'": {Wrong.EDITED_RECORD},
    "UPDATE clients SET contact = 'older', version = 1": {Wrong.REPLAYED_RECORD},
    "DELETE FROM clients": {Wrong.DELETED_RECORD},
    "INSERT INTO clients SELECT 'other', name, name_folded, born, pronouns, contact, language, 1 FROM clients":
        {Wrong.ADDED_RECORD},
    "UPDATE audit SET member_id = 'x' WHERE number = 2": {Wrong.EDITED_LINE},
    "UPDATE audit SET act = 'x' WHERE number = 2": {Wrong.EDITED_LINE},
    "UPDATE audit SET detail = x'00' WHERE number = 2": {Wrong.EDITED_LINE},
    "UPDATE audit SET mac = 'x' WHERE number = 2": {Wrong.EDITED_LINE},
    "DELETE FROM audit WHERE number = 2": {Wrong.MISSING_LINE, Wrong.ADDED_RECORD},
}  # fmt: skip


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_altered_is_named_before_anything_is_shown(program: Program, folder: Path, statement: str) -> None:
    tamper(folder, statement)
    wanted = {wrong.value for wrong in TAMPERED[statement]}
    first, whole = found(program, folder)
    assert whole == wanted
    # A record that no line tells of any more shows only once all records are looked at.
    assert first >= wanted - {"added_record"}


def test_what_was_found_is_told_with_what_is_safe_and_what_to_do(program: Program, folder: Path) -> None:
    tamper(folder, "UPDATE clients SET contact = 'x'")
    desk = unlock(program, folder)
    (finding,) = program.door.found_at_unlock(desk)
    assert all((finding.text, finding.safe, finding.next_step))
    assert "clients" in finding.text
    with desk.store.read() as unit:
        last = unit.trail.lines(limit=1000)[-1].entry
    assert (last.act, last.detail) == (Act.UNLOCK, "edited_record")
    program.door.leave(desk)


def test_locks_that_were_taken_off_are_missed(program: Program, folder: Path) -> None:
    tamper(folder, locks_back=False)
    assert found(program, folder) == ({"missing_lock"}, {"missing_lock"})


def test_an_index_of_words_that_is_not_the_notes_is_named(program: Program, folder: Path) -> None:
    tamper(folder, "INSERT INTO note_words (rowid, text) VALUES (99, 'nothing')")
    assert found(program, folder) == (set(), {"word_index"})


def refused(program: Program, folder: Path) -> Wrong:
    """Why it is not opened; nothing in it may change by that."""
    before = hashes(folder)
    with pytest.raises(TrailRefused) as caught:
        unlock(program, folder)
    assert hashes(folder) == before
    assert all((caught.value.what, caught.value.safe, caught.value.next_step))
    return caught.value.flaw.wrong


def test_a_cut_tail_is_told_from_an_older_database(program: Program, folder: Path) -> None:
    tamper(folder, "DELETE FROM audit WHERE number > 3")
    assert refused(program, folder) is Wrong.CUT_TAIL


def test_yesterdays_database_is_refused_as_older(program: Program, folder: Path, template: Path) -> None:
    shutil.copy(template / "yesterday" / "practice.db", folder)
    assert refused(program, folder) is Wrong.OLDER_DATABASE


def test_a_trail_that_went_on_from_yesterdays_database_is_refused(
    program: Program, folder: Path, template: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(template / "yesterday", tmp_path / "other")
    for _ in range(4):
        program.door.leave(unlock(program, other))
    shutil.copy(other / "practice.db", folder)
    assert refused(program, folder) is Wrong.FORKED_TRAIL


def test_a_log_beside_a_practice_that_was_locked_properly_is_not_read(
    program: Program, folder: Path, template: Path
) -> None:
    shutil.copy(template / "killed" / WAL, folder)
    assert refused(program, folder) is Wrong.STRAY_LOG
    (folder / WAL).unlink()
    assert found(program, folder) == (set(), set())


def test_what_a_kill_left_is_opened_without_a_word(program: Program, template: Path, tmp_path: Path) -> None:
    killed = shutil.copytree(template / "killed", tmp_path / "killed")
    assert (killed / WAL).stat().st_size
    assert found(program, killed) == (set(), set())


def test_a_log_that_a_kill_left_and_somebody_took_is_missed(program: Program, template: Path, tmp_path: Path) -> None:
    killed = shutil.copytree(template / "killed", tmp_path / "killed")
    (killed / WAL).unlink()
    assert refused(program, killed) is Wrong.LOST_LOG


def test_a_missing_head_is_said_once_and_written_anew(program: Program, folder: Path) -> None:
    (folder / FILE).unlink()
    assert found(program, folder)[0] == {"no_head"}
    assert found(program, folder) == (set(), set())


def whole(template: Path, folder: Path) -> None:
    """Everything of another day, as a copy of the whole folder is."""
    shutil.rmtree(folder)
    shutil.copytree(template / "yesterday", folder)


def from_archive(template: Path, folder: Path) -> None:
    """Database and keys of another day, with the word of the restore at the end of the trail, and no head."""
    whole(template, folder)
    program = Program(Settings(root=folder.parent / "restoring", cheap_keys=True, reserve=1 << 20))
    desk = unlock(program, folder)
    practice = desk.line(Act.CREATE, "archive", desk.store.practice_id, owner(desk), f"{RESTORED} the archive of a day")
    with desk.store.write() as unit:
        unit.audit(practice)
    for name in ("practice.db", WAL):
        shutil.copy(folder / name, folder / f"{name}.kept")
    program.door.leave(desk)
    program.close()
    for name in ("practice.db", WAL):
        (folder / f"{name}.kept").rename(folder / name)
    (folder / FILE).unlink()


def owner(desk: Desk) -> Any:
    from desktop.domain.audience import Owner

    return Owner.practice(desk.store.practice_id)


@pytest.mark.parametrize("restore", [whole, from_archive])
def test_a_legitimate_restore_is_silent(
    program: Program, folder: Path, template: Path, restore: Callable[[Path, Path], None]
) -> None:
    restore(template, folder)
    assert found(program, folder) == (set(), set())


LATER_TABLES = (
    "word_releases", "followup_steps", "followups", "order_signatures", "adverse_events", "safety_cards",
    "touch_plans", "practice_protocols", "travelling", "carried", "countersignatures", "checkpoints",
)  # fmt: skip
BACK_TO_THE_FIRST = (
    *(f"DROP TABLE {table}" for table in LATER_TABLES), "ALTER TABLE sessions DROP COLUMN format",
    "ALTER TABLE sessions DROP COLUMN label", "ALTER TABLE session_people DROP COLUMN couple_id", *LOCKS[1:],
    "PRAGMA user_version = 1",
)  # fmt: skip


def schema(program: Program, folder: Path) -> int:
    desk = unlock(program, folder)
    try:
        return program.door._open[id(desk.store)].opened.schema
    finally:
        program.door.leave(desk)


def test_a_practice_of_the_first_schema_is_brought_to_todays_without_a_word(program: Program, folder: Path) -> None:
    tamper(folder, *BACK_TO_THE_FIRST, locks_back=False)
    assert found(program, folder) == (set(), set())
    assert schema(program, folder) == KNOWN_SCHEMA


def test_an_older_database_of_an_older_schema_is_refused_before_it_is_brought_to_todays(
    program: Program, folder: Path, template: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(template / "yesterday", tmp_path / "other")
    tamper(other, *BACK_TO_THE_FIRST, locks_back=False)
    shutil.copy(other / "practice.db", folder)
    assert refused(program, folder) is Wrong.OLDER_DATABASE


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("DELETE FROM practice", Wrong.DELETED_RECORD), ("DELETE FROM members", Wrong.DELETED_RECORD),
        ("UPDATE members SET roles = 'x'", Wrong.EDITED_RECORD), ("UPDATE members SET roles = 7", Wrong.EDITED_RECORD),
    ],
)  # fmt: skip
def test_a_practice_whose_own_records_are_gone_says_what_is_wrong(
    program: Program, folder: Path, statement: str, wrong: Wrong
) -> None:
    tamper(folder, "PRAGMA foreign_keys = OFF", statement)
    assert refused(program, folder) is wrong
