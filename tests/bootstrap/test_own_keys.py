"""Knows that members change their own passphrase and key file, and that custody opens for two together only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.bootstrap import Program
from desktop.domain.audience import Owner
from desktop.domain.errors import Invalid, NotAllowed
from desktop.domain.errors_keys import (
    CustodianLeaves,
    DamagedFactor,
    FactorRequired,
    NoKit,
    NotInCustody,
    NotTheCustodian,
    NotYours,
)
from desktop.domain.errors_practice import (
    DamagedDatabase,
    PracticeLocked,
    SecondFactorNeeded,
    TooManyTries,
    WrongPassphrase,
    WrongSecondFactor,
)
from desktop.domain.people import Member, Role
from desktop.domain.records import Act
from desktop.services.custody import (
    InCustody,
    accept_custody,
    custody_choice,
    decline_custody,
    name_custodian,
    notices,
    open_in_custody,
    open_own,
    seal_own,
)
from desktop.services.desk import Desk
from desktop.services.keys import (
    OwnDraft,
    RecoverDraft,
    change_own,
    draw_factor,
    key_state,
    recover,
    remove_member,
    require_factor,
)
from desktop.services.practice import MemberDraft, PracticeDraft, add_member, create_practice
from tests.bootstrap.keykit import BOTH, MARTA, NEW, PASSPHRASE, PAUL, PAULS, add_kit, enter, intact, lines, member_id


def test_one_changes_ones_own_passphrase_and_the_old_one_opens_nothing(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    with pytest.raises(WrongPassphrase):
        change_own(key_desk, key_program.door, OwnDraft("a wrong one, long enough", None, NEW, NEW))
    change_own(key_desk, key_program.door, OwnDraft(PASSPHRASE, None, NEW, NEW))
    assert lines(key_desk)[-1].detail == "own passphrase"
    assert key_state(key_desk, key_program.door).epoch == 1
    key_program.door.leave(key_desk)
    with pytest.raises(WrongPassphrase):
        enter(key_program, key_folder)
    key_program.door.leave(enter(key_program, key_folder, MARTA, NEW))
    key_program.door.leave(enter(key_program, key_folder, PAUL, PAULS))


def test_keys_are_renewed_when_somebody_may_have_seen_the_passphrase(
    key_program: Program, key_folder: Path, key_desk: Desk, tmp_path: Path
) -> None:
    sealed = seal_own(key_desk, key_program.door, "for me alone", "note-1")
    old = (key_folder / "practice.keys.json").read_bytes()
    change_own(key_desk, key_program.door, OwnDraft(PASSPHRASE, None, NEW, NEW, renew=True))
    assert key_state(key_desk, key_program.door).epoch == 2
    assert open_own(key_desk, key_program.door, sealed, "note-1") == "for me alone"
    key_program.door.leave(key_desk)
    copied = Path(shutil.copytree(key_folder, tmp_path / "old key file"))
    (copied / "practice.keys.json").write_bytes(old)
    with pytest.raises(DamagedDatabase):
        enter(key_program, copied)
    again = enter(key_program, key_folder, MARTA, NEW)
    assert open_own(again, key_program.door, sealed, "note-1") == "for me alone"
    assert intact(again)
    key_program.door.leave(again)
    key_program.door.leave(enter(key_program, key_folder, PAUL, PAULS))


def test_wrong_passphrases_at_the_open_desk_make_one_wait_as_at_the_door(key_program: Program, key_desk: Desk) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            change_own(key_desk, key_program.door, OwnDraft("a wrong one, long enough", None, NEW, NEW))
    with pytest.raises(TooManyTries):
        change_own(key_desk, key_program.door, OwnDraft(PASSPHRASE, None, NEW, NEW))


@pytest.mark.parametrize("guessed", ["passwordpassword1", "ketamine ketamine", "marta kowalczyk praxis", "too short"])
def test_a_passphrase_that_would_be_guessed_is_taken_nowhere(
    key_program: Program, key_desk: Desk, tmp_path: Path, guessed: str
) -> None:
    for ask in (
        lambda: change_own(key_desk, key_program.door, OwnDraft(PASSPHRASE, None, guessed, guessed)),
        lambda: add_member(key_desk, key_program.door, MemberDraft("Tess", guessed, guessed, BOTH)),
        lambda: create_practice(
            key_program.door, tmp_path / "new", PracticeDraft("Praxis Łódź", MARTA, guessed, guessed, BOTH)
        ),
        lambda: recover(key_program.door, tmp_path / "practice", RecoverDraft("m", "kit", guessed, guessed)),
    ):
        with pytest.raises(Invalid) as caught:
            ask()
        assert [problem.field for problem in caught.value.problems] == ["passphrase"]
    assert not (tmp_path / "new").exists()


def test_a_key_file_is_needed_once_it_was_taken_on_and_never_by_the_kit(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    kit = add_kit(key_desk, key_program)
    factor, another = draw_factor(key_desk, key_program.door), draw_factor(key_desk, key_program.door)
    change_own(key_desk, key_program.door, OwnDraft(PASSPHRASE, None, NEW, NEW, factor))
    assert key_state(key_desk, key_program.door).slot(key_desk.member.id).factor  # type: ignore[union-attr]
    key_program.door.leave(key_desk)
    assert {each.name: each.factor for each in key_program.door.peek(key_folder).members} == {MARTA: True, PAUL: False}
    marta = key_desk.member.id
    with pytest.raises(SecondFactorNeeded):
        key_program.door.unlock(key_folder, marta, NEW)
    with pytest.raises(WrongSecondFactor):
        key_program.door.unlock(key_folder, marta, NEW, another)
    with pytest.raises(DamagedFactor):
        key_program.door.unlock(key_folder, marta, NEW, b"not a key file")
    with pytest.raises(WrongPassphrase):
        key_program.door.unlock(key_folder, marta, PASSPHRASE, factor)
    key_program.door.leave(key_program.door.unlock(key_folder, marta, NEW, factor))
    key_program.door.leave(recover(key_program.door, key_folder, RecoverDraft(marta, kit, PASSPHRASE, PASSPHRASE)))
    key_program.door.leave(key_program.door.unlock(key_folder, marta, PASSPHRASE))


def test_an_owner_may_want_a_key_file_of_a_member(key_program: Program, key_folder: Path, key_desk: Desk) -> None:
    require_factor(key_desk, key_program.door, member_id(key_desk, PAUL), True)
    key_program.door.leave(key_desk)
    paul = enter(key_program, key_folder, PAUL, PAULS)
    with pytest.raises(NotAllowed):
        require_factor(
            Desk(
                Member(paul.member.id, PAUL, "PO", frozenset({Role.THERAPIST})), paul.store, paul.clock, paul.ids,
                paul.resources, paul.press, paul.program_version, paul.practice_name,
            ),
            key_program.door, paul.member.id, False,
        )  # fmt: skip
    assert key_state(paul, key_program.door).slot(paul.member.id).factor_required  # type: ignore[union-attr]
    with pytest.raises(FactorRequired):
        change_own(paul, key_program.door, OwnDraft(PAULS, None, NEW, NEW))
    factor = draw_factor(paul, key_program.door)
    change_own(paul, key_program.door, OwnDraft(PAULS, None, NEW, NEW, factor))
    with pytest.raises(FactorRequired):
        change_own(paul, key_program.door, OwnDraft(NEW, factor, PAULS, PAULS))
    key_program.door.leave(paul)


def test_custody_opens_for_the_custodian_with_the_kit_and_everybody_is_told(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    with pytest.raises(NoKit):
        name_custodian(key_desk, key_program.door, member_id(key_desk, PAUL))
    kit = add_kit(key_desk, key_program)
    state = name_custodian(key_desk, key_program.door, member_id(key_desk, PAUL)).value
    assert state.custodian == member_id(key_desk, PAUL)
    sealed = seal_own(key_desk, key_program.door, "what only I know", "note-1")
    assert b"what only I know" not in sealed
    wanted = InCustody(sealed, "note-1", Owner.client("client-1"))
    with pytest.raises(NotTheCustodian):
        open_in_custody(key_desk, key_program.door, wanted, kit, "why")
    assert notices(key_desk) == ()
    with pytest.raises(CustodianLeaves):
        remove_member(key_desk, key_program.door, state.custodian)
    key_program.door.leave(key_desk)
    paul = enter(key_program, key_folder, PAUL, PAULS)
    with pytest.raises(NotYours):
        open_own(paul, key_program.door, sealed, "note-1")
    with pytest.raises(Invalid):
        open_in_custody(paul, key_program.door, wanted, kit, "  ")
    reason = "The author died; the family's request of today."
    assert open_in_custody(paul, key_program.door, wanted, kit, reason) == "what only I know"
    last = lines(paul)[-1]
    assert (last.act, last.subject_id, last.owner, last.detail) == (
        Act.CUSTODY, "note-1", Owner.client("client-1"), reason
    )  # fmt: skip
    key_program.door.leave(paul)
    marta = enter(key_program, key_folder)
    [notice] = notices(marta)
    assert (notice.who, notice.kind, notice.text) == (PAUL, "custody", reason)
    key_program.door.leave(marta)


def test_custody_is_declined_in_writing_and_the_text_is_kept(key_program: Program, key_desk: Desk) -> None:
    kit = add_kit(key_desk, key_program)
    name_custodian(key_desk, key_program.door, key_desk.member.id)
    with pytest.raises(Invalid):
        decline_custody(key_desk, " ")
    with pytest.raises(Invalid):
        decline_custody(key_desk, "x" * 401)
    words = "I decline: these notes end with me."
    assert decline_custody(key_desk, words).value.declined == words
    sealed = seal_own(key_desk, key_program.door, "what only I know", "note-1")
    assert open_own(key_desk, key_program.door, sealed, "note-1") == "what only I know"
    wanted = InCustody(sealed, "note-1", Owner.client("client-1"))
    with pytest.raises(NotInCustody):
        open_in_custody(key_desk, key_program.door, wanted, kit, "why")
    assert notices(key_desk) == ()
    assert accept_custody(key_desk).value.declined == ""
    again = seal_own(key_desk, key_program.door, "what only I know", "note-1")
    assert open_in_custody(key_desk, key_program.door, InCustody(again, "note-1", wanted.owner), kit, "why")
    assert [entry.detail for entry in lines(key_desk) if entry.subject_kind == "custody choice"] == [words, ""]


def test_a_member_without_a_choice_has_custody_and_a_desk_that_was_left_opens_nothing(
    key_program: Program, key_desk: Desk
) -> None:
    assert custody_choice(key_desk).declined == ""
    key_program.door.leave(key_desk)
    with pytest.raises(PracticeLocked):
        key_state(key_desk, key_program.door)
