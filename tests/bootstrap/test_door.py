"""Knows how a practice is made, opened, shared and left through the one door, on the real parts."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.bootstrap import SMALL_RESERVE, VERSION, Program, Settings
from desktop.domain.drafts import NoteDraft
from desktop.domain.errors import Conflict, Invalid, NotAllowed
from desktop.domain.errors_machine import AnotherInstance
from desktop.domain.errors_practice import DamagedDatabase, MemberHasSlot, PracticeLocked, WrongPassphrase
from desktop.domain.people import ClientDraft, Role
from desktop.domain.records import Act
from desktop.services.audit_trail import newest_lines
from desktop.services.clients import make_client
from desktop.services.handclock import HandClock
from desktop.services.members import change_member, members, rename_member
from desktop.services.notes import write_note
from desktop.services.practice import MemberDraft, PracticeDraft, add_member, create_practice

ROOT = Path(__file__).parents[2]
PASSPHRASE = "violet harbour seven stones"
OTHER = "another harbour nine stones"
START = "2026-05-04T09:00:00+02:00"
THERAPIST = frozenset({Role.THERAPIST})


def program_at(root: Path) -> Program:
    clock = HandClock(datetime.fromisoformat(START))
    return Program(Settings(clock=clock, root=root, cheap_keys=True, reserve=SMALL_RESERVE))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return program_at(tmp_path / "own")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("door")
    door = program_at(folder / "own").door
    draft = PracticeDraft(" Praxis  Łódź ", "Marta Kowalczyk", PASSPHRASE, PASSPHRASE, THERAPIST)
    door.leave(create_practice(door, folder / "practice", draft))
    return folder / "practice"


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "practice"))


def owner_of(program: Program, folder: Path) -> str:
    [member] = program.door.peek(folder).members
    return member.id


def hashes(folder: Path) -> dict[str, str]:
    names = ("practice.db", "practice.keys.json", "practice.head")
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def test_a_practice_is_opened_by_whoever_made_it_and_knows_its_name(program: Program, folder: Path) -> None:
    desk = program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    assert desk.practice_name == "Praxis Łódź"
    assert desk.member.name == "Marta Kowalczyk"
    assert desk.member.roles == {Role.OWNER, Role.THERAPIST}
    assert desk.program_version == VERSION
    program.door.leave(desk)


def test_the_trail_says_who_came_and_went(program: Program, folder: Path) -> None:
    for _ in range(2):
        desk = program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
        with desk.store.read() as unit:
            acts = [line.entry.act for line in unit.trail.lines()]
        program.door.leave(desk)
    assert acts == [Act.CREATE, Act.CREATE, Act.LOCK, Act.UNLOCK, Act.LOCK, Act.UNLOCK]


def test_a_desk_that_was_left_shows_and_keeps_nothing_more(program: Program, folder: Path) -> None:
    desk = program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    program.door.leave(desk)
    program.door.leave(desk)
    with pytest.raises(PracticeLocked), desk.store.read():
        pass
    with pytest.raises(PracticeLocked), desk.store.write():
        pass


def test_a_wrong_passphrase_changes_nothing_and_lets_the_practice_go(program: Program, folder: Path) -> None:
    before = hashes(folder)
    with pytest.raises(WrongPassphrase):
        program.door.unlock(folder, owner_of(program, folder), "not the right one at all")
    assert hashes(folder) == before
    program.door.leave(program.door.unlock(folder, owner_of(program, folder), PASSPHRASE))


def test_only_one_program_has_a_practice_open(program: Program, folder: Path) -> None:
    desk = program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    with pytest.raises(AnotherInstance):
        program.door.unlock(folder, desk.member.id, PASSPHRASE)
    program.door.leave(desk)


def test_a_colleague_unlocks_with_a_passphrase_of_their_own(program: Program, folder: Path) -> None:
    door = program.door
    desk = door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    draft = MemberDraft("Aoife Ní Bhriain", OTHER, OTHER, frozenset({Role.PRESCRIBER}))
    colleague = add_member(desk, door, draft).value
    with pytest.raises(Invalid):
        add_member(desk, door, draft)
    door.leave(desk)
    with pytest.raises(WrongPassphrase):
        door.unlock(folder, colleague.id, PASSPHRASE)
    theirs = door.unlock(folder, colleague.id, OTHER)
    assert theirs.member == colleague
    with pytest.raises(NotAllowed):
        add_member(theirs, door, replace(draft, name="Somebody Else"))
    door.leave(theirs)


def test_a_corrected_name_is_in_the_records_the_trail_and_at_unlock(program: Program, folder: Path) -> None:
    door = program.door
    desk = door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    member = add_member(desk, door, MemberDraft("Aoife Ni", OTHER, OTHER, THERAPIST)).value
    kept = rename_member(desk, door, member.id, "Dr Aoife Ní Bhriain", member.version).value
    assert (kept.name, kept.initials) == ("Dr Aoife Ní Bhriain", "ANB")
    line = newest_lines(desk)[-1].entry
    assert (line.act, line.subject_kind, line.subject_id, line.detail) == (Act.CHANGE, "member", member.id, "name")
    door.leave(desk)
    assert "Dr Aoife Ní Bhriain" in [each.name for each in door.peek(folder).members]
    theirs = door.unlock(folder, member.id, OTHER)
    assert theirs.member == kept
    with pytest.raises(NotAllowed):
        rename_member(theirs, door, member.id, "Somebody Else", kept.version)
    door.leave(theirs)


def test_a_name_that_the_key_file_refuses_is_not_kept_in_the_records_either(program: Program, folder: Path) -> None:
    door = program.door
    desk = door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    member = add_member(desk, door, MemberDraft("Aoife Ni", OTHER, OTHER, THERAPIST)).value
    with pytest.raises(MemberHasSlot):
        rename_member(desk, door, member.id, desk.member.id, member.version)
    assert "Aoife Ni" in [each.name for each in members(desk)]
    door.leave(desk)


def test_a_member_who_left_the_practice_does_not_come_in_any_more(program: Program, folder: Path) -> None:
    door = program.door
    desk = door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    gone = add_member(desk, door, MemberDraft("Old Hand", OTHER, OTHER, THERAPIST)).value
    change_member(desk, gone.id, gone.roles, False, gone.version)
    with pytest.raises(Conflict):
        change_member(desk, gone.id, gone.roles, True, gone.version)
    door.leave(desk)
    with pytest.raises(NotAllowed):
        door.unlock(folder, gone.id, OTHER)
    door.leave(door.unlock(folder, owner_by_name(program, folder, "Marta Kowalczyk"), PASSPHRASE))


def owner_by_name(program: Program, folder: Path, name: str) -> str:
    return next(member.id for member in program.door.peek(folder).members if member.name == name)


def test_an_older_database_alone_is_noticed_before_anything_is_shown(program: Program, folder: Path) -> None:
    older = (folder / "practice.db").read_bytes()
    program.door.leave(program.door.unlock(folder, owner_of(program, folder), PASSPHRASE))
    (folder / "practice.db").write_bytes(older)
    with pytest.raises(DamagedDatabase):
        program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    with pytest.raises(DamagedDatabase):  # and the lock was let go
        program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)


def test_everything_about_a_sound_practice_is_ok(program: Program, folder: Path) -> None:
    desk = program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    findings = program.door.check(desk)
    program.door.leave(desk)
    assert [finding for finding in findings if not finding.ok] == []
    assert findings[-1].name == "audit trail"


def test_a_throw_away_practice_is_gone_also_after_a_fault(program: Program) -> None:
    with pytest.raises(ZeroDivisionError), program.throwaway() as desk:
        first = desk.member.id
        assert 1 // 0
    assert not list(program.folders.runtime.iterdir())
    with program.throwaway() as desk:
        assert desk.member.id == first, "its identifiers are the same every time"


def test_what_takes_time_to_load_is_not_loaded_at_the_start() -> None:
    watch = (
        "import sys, desktop.__main__, desktop.bootstrap; "
        "heavy = ('sqlalchemy', 'sqlcipher3', 'cryptography', 'reportlab', 'PySide6', 'pypdfium2', "
        "'uharfbuzz', 'wakepy', 'platformdirs', 'argparse'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", watch], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_the_program_says_the_version_that_it_is_built_as() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_a_check_between_notes_does_not_call_a_whole_practice_damaged(program: Program, folder: Path) -> None:
    desk = program.door.unlock(folder, owner_of(program, folder), PASSPHRASE)
    client = make_client(desk, ClientDraft("Ana Lund", "1984-05-01")).value
    for number in range(20):  # the index of words is laid out anew every sixteen notes
        write_note(desk, NoteDraft(client.owner, f"the {number}th summer"))
        assert [finding.name for finding in program.door.check(desk) if not finding.ok] == []
    program.door.leave(desk)
