"""Knows that what opens a practice is changed through the one door: whole, written down, and told to who must know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.bootstrap import Program
from desktop.domain.errors import Invalid, NotAllowed, Refused
from desktop.domain.errors_keys import (
    KitOfAnother,
    RemovingYourself,
    UnitsUnderWay,
)
from desktop.domain.errors_practice import (
    DamagedDatabase,
    NoSuchMember,
    WrongPassphrase,
)
from desktop.domain.people import Role
from desktop.services.custody import (
    notices,
    take_notice,
)
from desktop.services.desk import Desk
from desktop.services.keys import (
    RecoverDraft,
    key_state,
    recover,
    remove_member,
    try_kit,
)
from desktop.services.members import change_member
from tests.bootstrap.keykit import MARTA, NEW, PASSPHRASE, PAUL, PAULS, add_kit, enter, intact, lines, member_id


def test_the_owner_alone_removes_a_member(
    key_program: Program, key_folder: Path, key_desk: Desk, tmp_path: Path
) -> None:
    kit = add_kit(key_desk, key_program)
    old = (key_folder / "practice.keys.json").read_bytes()
    state = remove_member(key_desk, key_program.door, member_id(key_desk, PAUL)).value
    assert (state.epoch, [each.name for each in state.slots]) == (2, [MARTA])
    assert [entry.detail for entry in lines(key_desk) if entry.subject_kind == "keys"] == [
        "new keys begun: a member was removed", "new keys in force: a member was removed"
    ]  # fmt: skip
    assert intact(key_desk)
    assert all(finding.ok for finding in key_program.door.check(key_desk))
    key_program.door.leave(key_desk)
    with pytest.raises(NoSuchMember):
        enter(key_program, key_folder, PAUL, PAULS)
    copied = Path(shutil.copytree(key_folder, tmp_path / "old key file"))
    (copied / "practice.keys.json").write_bytes(old)
    with pytest.raises(DamagedDatabase):
        enter(key_program, copied, PAUL, PAULS)
    again = enter(key_program, key_folder)
    assert intact(again)
    key_program.door.leave(again)
    by_kit = recover(key_program.door, key_folder, RecoverDraft(again.member.id, kit, NEW, NEW))
    assert intact(by_kit)
    key_program.door.leave(by_kit)


def test_the_trail_holds_over_many_epochs_and_a_line_of_any_of_them_that_was_altered_is_found(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    add_kit(key_desk, key_program)
    for _ in range(3):
        add_kit(key_desk, key_program)
    assert key_state(key_desk, key_program.door).epoch == 4
    assert intact(key_desk)
    key_program.door.leave(key_desk)
    again = enter(key_program, key_folder)
    total = len(lines(again))
    assert intact(again)
    store = key_program.door._open[id(again.store)].store
    with store._writer.begin() as connection:
        (lock,) = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'audit_written'").scalars()
        connection.exec_driver_sql("DROP TRIGGER audit_written")
    for number in (2, total // 2, total):
        with store._writer.begin() as connection:
            connection.exec_driver_sql("UPDATE audit SET detail = detail || 'x' WHERE number = ?", (number,))
        with again.store.read() as unit:
            state = unit.trail.verify()
        assert state.first_wrong == number
        with store._writer.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE audit SET detail = substr(detail, 1, length(detail) - 1) WHERE number = ?", (number,)
            )
    with store._writer.begin() as connection:
        connection.exec_driver_sql(lock)
    assert intact(again)
    key_program.door.leave(again)


def test_who_reads_for_too_long_keeps_the_keys_as_they_are(key_program: Program, key_desk: Desk) -> None:
    add_kit(key_desk, key_program)
    key_program.door._open[id(key_desk.store)].store._wait_seconds = 0.05
    with key_desk.store.read(), pytest.raises(UnitsUnderWay):
        add_kit(key_desk, key_program)
    assert key_state(key_desk, key_program.door).epoch == 1
    assert lines(key_desk)[-1].detail == "new keys not made: another recovery kit"
    add_kit(key_desk, key_program)
    assert key_state(key_desk, key_program.door).epoch == 2


def test_nobody_removes_themselves_a_stranger_or_the_same_person_twice(key_program: Program, key_desk: Desk) -> None:
    paul = member_id(key_desk, PAUL)
    with pytest.raises(RemovingYourself):
        remove_member(key_desk, key_program.door, key_desk.member.id)
    with pytest.raises(Refused, match="nothing to remove"):
        remove_member(key_desk, key_program.door, "nobody")
    remove_member(key_desk, key_program.door, paul)
    with pytest.raises(Refused, match="nothing to remove"):
        remove_member(key_desk, key_program.door, paul)


def test_the_only_owner_left_active_cannot_be_removed(key_program: Program, key_folder: Path, key_desk: Desk) -> None:
    with key_desk.store.read() as unit:
        marta = unit.members.get(key_desk.member.id)
    key_program.door.leave(key_desk)
    paul = enter(key_program, key_folder, PAUL, PAULS)
    change_member(paul, paul.member.id, frozenset({Role.THERAPIST}), True, paul.member.version)
    with pytest.raises(Refused, match="owner"):
        remove_member(paul, key_program.door, marta.id)
    assert key_state(paul, key_program.door).epoch == 1
    key_program.door.leave(paul)


def test_somebody_who_was_let_go_before_is_removed_too(key_program: Program, key_desk: Desk) -> None:
    with key_desk.store.read() as unit:
        paul = unit.members.get(member_id(key_desk, PAUL))
    change_member(key_desk, paul.id, paul.roles, False, paul.version)
    assert remove_member(key_desk, key_program.door, paul.id).value.slot(paul.id) is None


def test_who_was_removed_is_not_taken_back_without_a_key(key_program: Program, key_desk: Desk) -> None:
    paul = member_id(key_desk, PAUL)
    remove_member(key_desk, key_program.door, paul)
    with key_desk.store.read() as unit:
        gone = unit.members.get(paul)
    with pytest.raises(Refused, match="removed for good"):
        change_member(key_desk, paul, frozenset({Role.OWNER}), True, gone.version)
    with key_desk.store.read() as unit:
        assert unit.members.get(paul) == gone


def test_a_kit_that_was_replaced_opens_nothing_new_and_the_new_one_does(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    first = add_kit(key_desk, key_program)
    try_kit(key_desk, key_program.door, first.lower())
    second = add_kit(key_desk, key_program)
    with pytest.raises(KitOfAnother):
        try_kit(key_desk, key_program.door, first)
    try_kit(key_desk, key_program.door, second)
    key_program.door.leave(key_desk)
    with pytest.raises(KitOfAnother):
        recover(key_program.door, key_folder, RecoverDraft(key_desk.member.id, first, NEW, NEW))
    key_program.door.leave(recover(key_program.door, key_folder, RecoverDraft(key_desk.member.id, second, NEW, NEW)))


def test_the_kit_that_sets_a_passphrase_is_told_to_every_member_until_they_took_notice(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    kit = add_kit(key_desk, key_program)
    paul = member_id(key_desk, PAUL)
    key_program.door.leave(key_desk)
    again = recover(key_program.door, key_folder, RecoverDraft(paul, kit, NEW, NEW))
    assert again.member.name == PAUL
    key_program.door.leave(again)
    with pytest.raises(WrongPassphrase):
        enter(key_program, key_folder, PAUL, PAULS)
    for name, passphrase in ((PAUL, NEW), (MARTA, PASSPHRASE)):
        at_desk = enter(key_program, key_folder, name, passphrase)
        [notice] = notices(at_desk)
        assert (notice.who, notice.kind, notice.text) == (PAUL, "kit", "the recovery kit set a new passphrase")
        take_notice(at_desk, notice.number)
        assert notices(at_desk) == ()
        key_program.door.leave(at_desk)


@pytest.mark.parametrize("kit", ["", "AGE-SECRET-KEY-1", "something else"])
def test_a_recovery_that_cannot_be_is_refused_and_changes_nothing(
    key_program: Program, key_folder: Path, key_desk: Desk, kit: str
) -> None:
    add_kit(key_desk, key_program)
    key_program.door.leave(key_desk)
    before = (key_folder / "practice.keys.json").read_bytes()
    with pytest.raises((Invalid, Exception)) as caught:
        recover(key_program.door, key_folder, RecoverDraft(key_desk.member.id, kit, NEW, NEW))
    assert type(caught.value).__name__ in {"Invalid", "KitMistyped"}
    assert (key_folder / "practice.keys.json").read_bytes() == before


def test_somebody_who_was_let_go_does_not_come_back_by_the_kit_and_nothing_is_changed(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    kit = add_kit(key_desk, key_program)
    with key_desk.store.read() as unit:
        paul = unit.members.get(member_id(key_desk, PAUL))
    change_member(key_desk, paul.id, paul.roles, False, paul.version)
    key_program.door.leave(key_desk)
    before = (key_folder / "practice.keys.json").read_bytes()
    with pytest.raises(NotAllowed):
        recover(key_program.door, key_folder, RecoverDraft(paul.id, kit, NEW, NEW))
    assert (key_folder / "practice.keys.json").read_bytes() == before
