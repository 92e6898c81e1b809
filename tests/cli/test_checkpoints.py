"""Knows that the trail's end is signed and countersigned by command, by two different members."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.people import Role
from desktop.services.practice import MemberDraft, add_member
from tests.cli.harness import OWNER, PASSPHRASE, Terminal, unlocked

OTHER, THEIRS = "Aoife Ní Bhriain", "another harbour nine stones"


def colleague(holdfast: Terminal, practice: Path) -> None:
    with unlocked(holdfast.program, practice) as desk:
        draft = MemberDraft(OTHER, THEIRS, THEIRS, frozenset({Role.PRESCRIBER}))
        add_member(desk, holdfast.program.door, draft)


def test_two_members_vouch_for_the_end_of_the_trail(holdfast: Terminal, practice: Path) -> None:
    colleague(holdfast, practice)
    first = holdfast("audit", "checkpoint", practice, "--member", OWNER, "--json", passphrase=PASSPHRASE)
    assert first.code == 0
    assert first.json["countersignatures"] == []
    own = holdfast(
        "audit", "countersign", practice, "--member", OWNER, "--checkpoint", first.json["id"], passphrase=PASSPHRASE
    )
    assert own.code == 3
    assert "another member" in own.err
    theirs = holdfast("audit", "countersign", practice, "--member", OTHER, "--json", passphrase=THEIRS)
    assert theirs.json["id"] == first.json["id"]
    assert len(theirs.json["countersignatures"]) == 1
    assert holdfast("audit", "verify", practice, "--member", OWNER, passphrase=PASSPHRASE).code == 0
    again = holdfast("audit", "countersign", practice, "--member", OTHER, passphrase=THEIRS)
    assert again.code == 3


def test_a_checkpoint_is_told_with_its_line_and_its_code(holdfast: Terminal, practice: Path) -> None:
    said = holdfast("audit", "checkpoint", practice, passphrase=PASSPHRASE)
    assert "is signed" in said.out
