"""Knows the practice with two owners that the tests of its keys share, and how somebody enters it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.domain.people import Role
from desktop.domain.records import AuditEntry
from desktop.services.desk import Desk
from desktop.services.handclock import HandClock
from desktop.services.keys import draw_kit, keep_kit
from desktop.services.practice import MemberDraft, PracticeDraft, add_member, create_practice

MARTA, PAUL = "Marta Kowalczyk", "Paul Osei"
PASSPHRASE = "violet harbour seven stones"
PAULS = "quiet ladder under orange snow"
NEW = "seldom paper rivers borrow eleven"
START = "2026-05-04T09:00:00+02:00"
BOTH = frozenset({Role.OWNER, Role.THERAPIST})


def program_at(root: Path) -> Program:
    clock = HandClock(datetime.fromisoformat(START))
    return Program(Settings(clock=clock, root=root, cheap_keys=True, reserve=SMALL_RESERVE))


@pytest.fixture(scope="module")
def key_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    door = program_at(folder / "own").door
    desk = create_practice(door, folder / "practice", PracticeDraft("Praxis Łódź", MARTA, PASSPHRASE, PASSPHRASE, BOTH))
    add_member(desk, door, MemberDraft(PAUL, PAULS, PAULS, BOTH))
    door.leave(desk)
    return folder / "practice"


@pytest.fixture
def key_folder(key_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(key_template, tmp_path / "practice"))


@pytest.fixture
def key_program(tmp_path: Path) -> Program:
    return program_at(tmp_path / "own")


@pytest.fixture
def key_desk(key_program: Program, key_folder: Path) -> Iterator[Desk]:
    entered = enter(key_program, key_folder)
    yield entered
    key_program.door.leave(entered)


def enter(program: Program, folder: Path, name: str = MARTA, passphrase: str = PASSPHRASE) -> Desk:
    member = next((each.id for each in program.door.peek(folder).members if each.name == name), name)
    return program.door.unlock(folder, member, passphrase)


def member_id(desk: Desk, name: str) -> str:
    with desk.store.read() as unit:
        return next(member.id for member in unit.members.all() if member.name == name)


def lines(desk: Desk) -> list[AuditEntry]:
    with desk.store.read() as unit:
        return [line.entry for line in unit.trail.lines(limit=10_000)]


def intact(desk: Desk) -> bool:
    with desk.store.read() as unit:
        return unit.trail.verify().intact


def add_kit(desk: Desk, program: Program) -> str:
    draft = draw_kit(desk, program.door)
    keep_kit(desk, program.door, draft)
    return draft.text
