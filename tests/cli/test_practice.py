"""Knows that a practice is made, shown and checked from the command line, and refused with the right exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.practice import CHECK, CREATE, INFO
from desktop.domain.people import Role
from desktop.services.practice import MemberDraft, add_member
from tests.cli.harness import OWNER, PASSPHRASE, PRACTICE, WRONG, Terminal, unlocked


def test_a_practice_is_made_and_can_be_opened_with_its_passphrase(holdfast: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    words = ("practice", "create", folder, "--name", PRACTICE, "--member", OWNER)
    made = holdfast(*words, "--json", passphrase=PASSPHRASE)
    assert made.code == 0, made.err
    assert set(made.json) == set(CREATE)
    assert made.json["practice"] == PRACTICE
    assert made.json["folder"] == str(folder.resolve())
    assert made.json["member"]["name"] == OWNER
    assert made.json["member"]["roles"] == ["owner", "therapist"]
    checked = holdfast("practice", "check", folder, "--json", passphrase=PASSPHRASE)
    assert checked.code == 0, checked.out


def test_a_member_is_here_for_what_was_said(holdfast: Terminal, tmp_path: Path) -> None:
    made = holdfast(
        "practice", "create", tmp_path / "new", "--name", "P", "--member", "Dr. Who", "--role", "prescriber", "--json",
        passphrase=PASSPHRASE,
    )  # fmt: skip
    assert made.json["member"]["roles"] == ["owner", "prescriber"]


@pytest.mark.parametrize(
    ("passphrase", "field"), [("too short", "passphrase:"), ("", "descriptor")]
)
def test_a_practice_is_not_made_with_a_poor_passphrase(
    holdfast: Terminal, tmp_path: Path, passphrase: str, field: str
) -> None:
    said = holdfast("practice", "create", tmp_path / "new", "--name", "P", "--member", "M", passphrase=passphrase)
    assert said.code == (3 if passphrase else 2)
    assert field in said.err
    assert not (tmp_path / "new").exists()


def test_a_practice_is_not_made_over_another(holdfast: Terminal, practice: Path) -> None:
    said = holdfast("practice", "create", practice, "--name", "P", "--member", "M", passphrase=PASSPHRASE)
    assert said.code == 3
    assert "already" in said.err


def test_info_needs_no_passphrase(holdfast: Terminal, practice: Path) -> None:
    shown = holdfast("practice", "info", practice, "--json")
    assert shown.code == 0
    assert set(shown.json) == set(INFO)
    assert [member["name"] for member in shown.json["members"]] == [OWNER]
    assert OWNER in holdfast("practice", "info", practice).out


def test_a_sound_practice_passes_every_look(holdfast: Terminal, practice: Path) -> None:
    checked = holdfast("practice", "check", practice, "--json", passphrase=PASSPHRASE)
    assert checked.code == 0
    assert set(checked.json) == set(CHECK)
    assert checked.json["ok"] is True
    assert {"pages", "key file", "audit trail"} <= {finding["name"] for finding in checked.json["findings"]}


def test_a_practice_that_others_may_look_into_is_not_ok(holdfast: Terminal, practice: Path) -> None:
    practice.chmod(0o755)
    checked = holdfast("practice", "check", practice, passphrase=PASSPHRASE)
    assert checked.code == 5
    assert "NOT OK  privacy" in checked.out


def test_a_wrong_passphrase_ends_with_four_and_a_try_too_soon_as_well(holdfast: Terminal, practice: Path) -> None:
    codes = [holdfast("practice", "check", practice, passphrase=WRONG).code for _ in range(6)]
    assert codes == [4] * 6
    said = holdfast("practice", "check", practice, passphrase=PASSPHRASE)
    assert said.code == 4
    assert "wait" in said.err


def test_a_member_can_be_named_and_must_be_one(holdfast: Terminal, practice: Path) -> None:
    assert holdfast("practice", "check", practice, "--member", OWNER, passphrase=PASSPHRASE).code == 0
    assert holdfast("practice", "check", practice, "--member", "Nobody", passphrase=PASSPHRASE).code == 4


def test_where_there_are_several_members_one_must_be_named(holdfast: Terminal, practice: Path) -> None:
    with unlocked(holdfast.program, practice) as desk:
        draft = MemberDraft("Aoife Ní Bhriain", WRONG, WRONG, frozenset({Role.PRESCRIBER}))
        add_member(desk, holdfast.program.door, draft)
    said = holdfast("practice", "check", practice, passphrase=PASSPHRASE)
    assert said.code == 2
    assert "--member" in said.err
    assert "Aoife" not in said.err
    assert holdfast("practice", "check", practice, "--member", "Aoife Ní Bhriain", passphrase=WRONG).code == 0


def test_a_practice_in_use_ends_with_six(holdfast: Terminal, practice: Path) -> None:
    with unlocked(holdfast.program, practice):
        said = holdfast("practice", "check", practice, passphrase=PASSPHRASE)
    assert said.code == 6
    assert "another Holdfast" in said.err


@pytest.mark.parametrize(("file", "code"), [("practice.keys.json", 5), ("practice.db", 5)])
def test_a_practice_that_lacks_a_file_ends_with_five(holdfast: Terminal, practice: Path, file: str, code: int) -> None:
    (practice / file).unlink()
    assert holdfast("practice", "check", practice, passphrase=PASSPHRASE).code == code


def test_a_folder_without_a_practice_is_refused_before_anything_is_asked(holdfast: Terminal, tmp_path: Path) -> None:
    said = holdfast("practice", "check", tmp_path / "nowhere")
    assert said.code == 3
    assert "There is no practice in this folder" in said.err


def test_a_cloud_folder_is_refused(holdfast: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "new"
    said = holdfast("practice", "create", folder, "--name", "P", "--member", "M", passphrase=PASSPHRASE)
    assert said.code == 7
    assert "Dropbox" in said.err
