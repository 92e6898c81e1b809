"""Knows the commands for members and keys, as somebody at a terminal uses them, with and without --json."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from desktop.storage.vault.kit import START, read_kit
from tests.cli.harness import OWNER, PASSPHRASE, WRONG, Said, Terminal, descriptor
from tests.worksheets.reading import text

NEW = "seldom paper rivers borrow eleven"
THEIRS = "quiet ladder under orange snow"
PAUL = "Paul Osei"


@contextmanager
def given(**secrets: str) -> Iterator[list[str]]:
    """Options that hand secrets over on descriptors: given(new_passphrase="...") for --new-passphrase-fd."""
    with ExitStack() as stack:
        words: list[str] = []
        for name, secret in secrets.items():
            words += [f"--{name.replace('_', '-')}-fd", str(stack.enter_context(descriptor(secret)))]
        yield words


def add_paul(holdfast: Terminal, practice: Path) -> Said:
    with given(new_passphrase=THEIRS) as words:
        return holdfast("member", "add", practice, "--name", PAUL, "--role", "owner", "--member", OWNER, "--json",
                        *words, passphrase=PASSPHRASE)  # fmt: skip


def make_kit(holdfast: Terminal, practice: Path, name: str, *more: str) -> tuple[Said, str]:
    pdf, plain = practice.parent / f"{name}.pdf", practice.parent / f"{name}.txt"
    said = holdfast("key", "kit", practice, "--member", OWNER, "--out", pdf, "--text", plain, "--json", *more,
                    passphrase=PASSPHRASE)  # fmt: skip
    return said, plain.read_text().strip() if plain.exists() else ""


def test_a_member_is_added_listed_and_removed(holdfast: Terminal, practice: Path) -> None:
    added = add_paul(holdfast, practice)
    assert (added.code, added.json["member"]["name"], added.json["member"]["roles"]) == (0, PAUL, ["owner"])
    listed = holdfast("member", "list", practice, "--member", PAUL, "--json", passphrase=THEIRS)
    assert [(row["name"], row["unlocks"], row["key_file"]) for row in listed.json["members"]] == [
        (OWNER, True, False), (PAUL, True, False)
    ]  # fmt: skip
    unsure = holdfast("member", "remove", practice, PAUL, "--member", OWNER, passphrase=PASSPHRASE)
    assert (unsure.code, "--yes" in unsure.err) == (2, True)
    removed = holdfast("member", "remove", practice, PAUL, "--yes", "--member", OWNER, "--json", passphrase=PASSPHRASE)
    assert (removed.code, removed.json["epoch"]) == (0, 2)
    assert [each["name"] for each in removed.json["members"]] == [OWNER]
    assert holdfast("member", "list", practice, "--member", PAUL, passphrase=THEIRS).code == 4
    plain = holdfast("member", "list", practice, passphrase=PASSPHRASE)
    assert plain.code == 0
    assert "removed" in next(line for line in plain.out.splitlines() if PAUL in line)
    assert holdfast("practice", "check", practice, passphrase=PASSPHRASE).code == 0
    assert holdfast("audit", "verify", practice, passphrase=PASSPHRASE).code == 0


def test_nobody_is_removed_by_a_name_that_is_not_there_nor_by_themselves(holdfast: Terminal, practice: Path) -> None:
    assert holdfast("member", "remove", practice, "Nobody", "--yes", passphrase=PASSPHRASE).code == 4
    themselves = holdfast("member", "remove", practice, OWNER, "--yes", passphrase=PASSPHRASE)
    assert (themselves.code, "another owner" in themselves.err) == (3, True)


def test_the_kit_is_made_with_its_page_and_sets_a_passphrase_anew(holdfast: Terminal, practice: Path) -> None:
    said, kit = make_kit(holdfast, practice, "kit")
    assert (said.code, said.json["replaced"], said.json["epoch"]) == (0, False, 1)
    page = practice.parent / "kit.pdf"
    assert said.json["file"] == str(page.resolve())
    assert said.json["kit"] in text(page.read_bytes()).replace("\n", "")
    assert page.stat().st_mode & 0o777 == 0o600
    assert kit.startswith(START)
    assert len(read_kit(kit)) == 32
    state = holdfast("key", "state", practice, "--json", passphrase=PASSPHRASE)
    assert (state.json["kit"], state.json["custodian"]) == (said.json["kit"], None)
    with given(kit=kit.lower(), new_passphrase=NEW) as words:
        back = holdfast("key", "recover", practice, "--json", *words)
    assert (back.code, back.json["name"]) == (0, OWNER)
    assert holdfast("key", "state", practice, passphrase=PASSPHRASE).code == 4
    assert "recovery kit: age1" in holdfast("key", "state", practice, passphrase=NEW).out


def test_a_stolen_kit_is_replaced_and_opens_nothing_new(holdfast: Terminal, practice: Path) -> None:
    _, old = make_kit(holdfast, practice, "old")
    again, _ = make_kit(holdfast, practice, "again")
    assert (again.code, "--replace" in again.err) == (2, True)
    assert not (practice.parent / "again.pdf").exists()
    said, new = make_kit(holdfast, practice, "new", "--replace")
    assert (said.code, said.json["replaced"], said.json["epoch"]) == (0, True, 2)
    with given(kit=old, new_passphrase=NEW) as words:
        refused = holdfast("key", "recover", practice, *words)
    assert (refused.code, "a newer one replaced it" in refused.err) == (4, True)
    with given(kit=new, new_passphrase=NEW) as words:
        assert holdfast("key", "recover", practice, *words).code == 0


def test_a_mistyped_kit_is_said_with_its_group_and_the_kit_is_not_repeated(holdfast: Terminal, practice: Path) -> None:
    _, kit = make_kit(holdfast, practice, "kit")
    place = len(START) + 9
    wrong = kit[:place] + ("Q" if kit[place] != "Q" else "P") + kit[place + 1 :]
    with given(kit=wrong, new_passphrase=NEW) as words:
        refused = holdfast("key", "recover", practice, *words)
    assert (refused.code, "group 3" in refused.err) == (4, True)
    assert wrong[20:] not in refused.err


def test_a_page_is_never_written_over_another_file(holdfast: Terminal, practice: Path) -> None:
    (practice.parent / "kit.pdf").write_text("something else")
    said, _ = make_kit(holdfast, practice, "kit")
    assert (said.code, "--force" in said.err) == (3, False)
    assert (practice.parent / "kit.pdf").read_text() == "something else"
    assert holdfast("key", "state", practice, "--json", passphrase=PASSPHRASE).json["kit"] is None


def test_a_file_that_was_written_before_a_failure_is_named(holdfast: Terminal, practice: Path) -> None:
    (practice.parent / "kit.txt").write_text("something else")
    said, _ = make_kit(holdfast, practice, "kit")
    assert (said.code, "kit.pdf was written before this failed" in said.err) == (3, True)
    assert holdfast("key", "state", practice, "--json", passphrase=PASSPHRASE).json["kit"] is None


def test_ones_own_passphrase_is_changed(holdfast: Terminal, practice: Path) -> None:
    with given(new_passphrase=NEW) as words:
        said = holdfast("key", "change", practice, "--json", *words, passphrase=PASSPHRASE)
    assert (said.code, said.json["key_file"], said.json["epoch"]) == (0, False, 1)
    assert holdfast("key", "state", practice, passphrase=PASSPHRASE).code == 4
    with given(new_passphrase=PASSPHRASE) as words:
        renewed = holdfast("key", "change", practice, "--renew", "--json", *words, passphrase=NEW)
    assert (renewed.code, renewed.json["epoch"]) == (0, 2)


@pytest.mark.parametrize(("new", "said"), [("too short", "15 characters"), ("passwordpassword", "tried first")])
def test_a_passphrase_that_would_be_guessed_is_refused_with_the_field(
    holdfast: Terminal, practice: Path, new: str, said: str
) -> None:
    with given(new_passphrase=new) as words:
        refused = holdfast("key", "change", practice, *words, passphrase=PASSPHRASE)
    assert (refused.code, said in refused.err, new in refused.err) == (3, True, False)


def test_a_key_file_is_taken_on_needed_and_dropped(holdfast: Terminal, practice: Path) -> None:
    stick = practice.parent / "stick.holdfast-key"
    with given(new_passphrase=NEW) as words:
        said = holdfast("key", "change", practice, "--make-key-file", stick, "--json", *words, passphrase=PASSPHRASE)
    assert (said.code, said.json["key_file"]) == (0, True)
    assert os.stat(stick).st_mode & 0o777 == 0o600
    without = holdfast("key", "state", practice, passphrase=NEW)
    assert (without.code, "no key file was given" in without.err) == (4, True)
    missing = holdfast("key", "state", practice, "--key-file", practice / "nowhere", passphrase=NEW)
    assert missing.code == 7
    (practice.parent / "other").write_text("not a key file")
    assert holdfast("key", "state", practice, "--key-file", practice.parent / "other", passphrase=NEW).code == 4
    assert holdfast("key", "state", practice, "--key-file", stick, passphrase=WRONG).code == 4
    kept = holdfast("key", "state", practice, "--key-file", stick, passphrase=NEW)
    assert f"{OWNER}: passphrase and key file" in kept.out
    with given(new_passphrase=PASSPHRASE) as words:
        still = holdfast("key", "change", practice, "--key-file", stick, "--json", *words, passphrase=NEW)
    assert still.json["key_file"] is True
    with given(new_passphrase=NEW) as words:
        dropped = holdfast("key", "change", practice, "--key-file", stick, "--drop-key-file", *words,
                           passphrase=PASSPHRASE)  # fmt: skip
    assert dropped.code == 0
    assert holdfast("key", "state", practice, passphrase=NEW).code == 0


def test_a_custodian_is_named_and_a_key_file_is_wanted(holdfast: Terminal, practice: Path) -> None:
    add_paul(holdfast, practice)
    options = ["--member", OWNER, "--json"]
    early = holdfast("key", "custodian", practice, PAUL, *options, passphrase=PASSPHRASE)
    assert (early.code, "no recovery kit" in early.err) == (3, True)
    make_kit(holdfast, practice, "kit")
    named = holdfast("key", "custodian", practice, PAUL, *options, passphrase=PASSPHRASE)
    paul = next(each for each in named.json["members"] if each["name"] == PAUL)
    assert named.json["custodian"] == paul["id"]
    plain = holdfast("key", "require", practice, PAUL, "--member", OWNER, passphrase=PASSPHRASE)
    assert f"{PAUL}: passphrase; a key file is wanted from their next change on" in plain.out
    wanted = holdfast("key", "require", practice, PAUL, *options, passphrase=PASSPHRASE)
    assert [each["key_file_wanted"] for each in wanted.json["members"]] == [False, True]
    no_longer = holdfast("key", "require", practice, PAUL, "--no-longer", *options, passphrase=PASSPHRASE)
    assert [each["key_file_wanted"] for each in no_longer.json["members"]] == [False, False]
    assert holdfast("member", "remove", practice, PAUL, "--yes", *options, passphrase=PASSPHRASE).code == 3


def test_only_an_owner_makes_a_kit(holdfast: Terminal, practice: Path) -> None:
    with given(new_passphrase=THEIRS) as words:
        holdfast("member", "add", practice, "--name", PAUL, "--member", OWNER, *words, passphrase=PASSPHRASE)
    out = practice.parent / "kit.pdf"
    refused = holdfast("key", "kit", practice, "--out", out, "--member", PAUL, passphrase=THEIRS)
    assert (refused.code, out.exists()) == (3, False)


def test_a_custodian_hands_over_with_the_kit_before_they_are_removed(holdfast: Terminal, practice: Path) -> None:
    add_paul(holdfast, practice)
    _, kit = make_kit(holdfast, practice, "kit")
    holdfast("key", "custodian", practice, PAUL, "--member", OWNER, passphrase=PASSPHRASE)
    with given(kit=kit) as words:
        refused = holdfast("key", "custodian", practice, OWNER, "--member", OWNER, *words, passphrase=PASSPHRASE)
    assert (refused.code, "Only the named custodian" in refused.err) == (3, True)
    with given(kit=kit) as words:
        over = holdfast("key", "custodian", practice, OWNER, "--member", PAUL, "--json", *words, passphrase=THEIRS)
    owner = next(each for each in over.json["members"] if each["name"] == OWNER)
    assert over.json["custodian"] == owner["id"]
    assert holdfast("member", "remove", practice, PAUL, "--yes", "--member", OWNER, passphrase=PASSPHRASE).code == 0


def test_whoever_writes_the_kit_as_text_is_told_that_it_lies_there(holdfast: Terminal, practice: Path) -> None:
    plain = practice.parent / "plain.txt"
    said = holdfast("key", "kit", practice, "--out", practice.parent / "page.pdf", "--text", plain,
                    passphrase=PASSPHRASE)  # fmt: skip
    assert (said.code, str(plain.resolve()) in said.out, "delete what was written" in said.out) == (0, True, True)
    assert plain.read_text().strip()[len(START) :] not in said.out + said.err


def test_every_member_is_told_on_the_command_line_that_the_kit_was_used(holdfast: Terminal, practice: Path) -> None:
    add_paul(holdfast, practice)
    _, kit = make_kit(holdfast, practice, "kit")
    assert "recovery kit was used" not in holdfast("key", "state", practice, "--member", PAUL, passphrase=THEIRS).err
    with given(kit=kit, new_passphrase=NEW) as words:
        holdfast("key", "recover", practice, "--member", OWNER, *words)
    for name, secret in ((PAUL, THEIRS), (OWNER, NEW)):
        told = holdfast("key", "state", practice, "--member", name, "--json", passphrase=secret)
        assert (told.code, "recovery kit was used" in told.err, told.json["epoch"]) == (0, True, 1)


def test_what_is_wrong_at_unlocking_is_said_before_keys_are_changed(holdfast: Terminal, practice: Path) -> None:
    _, kit = make_kit(holdfast, practice, "kit")
    (practice / "practice.head").unlink()
    with given(new_passphrase=NEW) as words:
        changed = holdfast("key", "change", practice, *words, passphrase=PASSPHRASE)
    assert (changed.code, "practice.head is missing" in changed.err) == (0, True)
    (practice / "practice.head").unlink()
    with given(kit=kit, new_passphrase=PASSPHRASE) as words:
        back = holdfast("key", "recover", practice, *words)
    assert (back.code, "practice.head is missing" in back.err) == (0, True)


def test_an_old_key_file_put_back_after_a_removal_opens_nothing_and_is_named(
    holdfast: Terminal, practice: Path
) -> None:
    add_paul(holdfast, practice)
    old = (practice / "practice.keys.json").read_bytes()
    holdfast("member", "remove", practice, PAUL, "--yes", "--member", OWNER, passphrase=PASSPHRASE)
    new = (practice / "practice.keys.json").read_bytes()
    (practice / "practice.keys.json").write_bytes(old)
    for name, secret in ((PAUL, THEIRS), (OWNER, PASSPHRASE)):
        refused = holdfast("member", "list", practice, "--member", name, passphrase=secret)
        assert (refused.code, "practice.keys.json is older" in refused.err) == (5, True)
    (practice / "practice.keys.json").write_bytes(new)
    assert holdfast("practice", "check", practice, passphrase=PASSPHRASE).code == 0
