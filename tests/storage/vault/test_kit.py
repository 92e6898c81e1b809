"""Knows that the recovery kit opens what it is to open, says which character is mistyped, and is kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from desktop.domain.errors_keys import KitMistyped, KitOfAnother, KitThere
from desktop.domain.errors_practice import DamagedKeyFile, NoSuchMember, PassphraseTooShort, WrongPassphrase
from desktop.storage.vault.epochs import Change, TrailEnd, next_epoch
from desktop.storage.vault.keyfile import KeyFile, parse
from desktop.storage.vault.keyring import Label, found, unlock
from desktop.storage.vault.kit import (
    LETTERS,
    START,
    DrawnKit,
    draw_kit,
    groups,
    open_with_kit,
    read_kit,
    recovered,
    with_kit,
)
from desktop.storage.vault.primitives import FLOOR, CannotOpen
from desktop.storage.vault.slots import Credentials
from tests.storage.vault.conftest import MIRA, NGUYEN, Shared

END = TrailEnd(7, bytes(range(32)))
NEW = Credentials("nobody knows this one yet")


@pytest.fixture(scope="module")
def drawn() -> DrawnKit:
    return draw_kit("kit-1")


@pytest.fixture(scope="module")
def keys(shared: Shared, drawn: DrawnKit) -> KeyFile:
    return parse(with_kit(shared.keys, shared.ring, drawn).content())


def test_a_kit_reads_as_age_writes_its_identities(drawn: DrawnKit) -> None:
    assert drawn.text.startswith(START)
    assert len(drawn.text) == len(START) + LETTERS
    assert drawn.recipient.startswith("age1")
    assert read_kit(drawn.text).same_as(drawn.secret.reveal())


def test_a_kit_is_read_with_any_blanks_and_in_small_letters(drawn: DrawnKit) -> None:
    assert read_kit("  ".join(groups(drawn.text)) + "\n").same_as(drawn.secret.reveal())
    assert read_kit(drawn.text.lower()).same_as(drawn.secret.reveal())
    assert "".join(groups(drawn.text)) == drawn.text
    assert [len(group) for group in groups(drawn.text)[1:-1]] == [4] * 14


def test_every_mistyped_character_is_caught_and_its_group_is_named(drawn: DrawnKit) -> None:
    by = Random(4711)
    for at in range(LETTERS):
        place = len(START) + at
        other = by.choice([letter for letter in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" if letter != drawn.text[place]])
        with pytest.raises(KitMistyped, match=f"group {at // 4 + 1} ") as caught:
            read_kit(drawn.text[:place] + other + drawn.text[place + 1 :])
        assert caught.value.group == at // 4 + 1


def test_of_many_mistyped_characters_no_group_is_named(drawn: DrawnKit) -> None:
    scrambled = drawn.text[: len(START)] + "".join(reversed(drawn.text[len(START) :]))
    with pytest.raises(KitMistyped) as caught:
        read_kit(scrambled)
    assert caught.value.group is None


def test_a_letter_that_no_kit_has_and_two_that_changed_places_are_caught(drawn: DrawnKit) -> None:
    text = drawn.text
    place = next(at for at in range(len(START) + 8, len(text) - 1) if text[at] != text[at + 1])
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    with pytest.raises(KitMistyped, match=f"group {(place - len(START)) // 4 + 1} "):
        read_kit(swapped)
    with pytest.raises(KitMistyped, match="group 3 "):
        read_kit(text[: len(START) + 9] + "B" + text[len(START) + 10 :])


@pytest.mark.parametrize("typed", ["", "AGE-SECRET-KEY-", "AGE-SECRET-KEY-1", "hello", "age1qqqq", "ſ" * 74, "\0"])
def test_what_is_no_kit_is_refused(typed: str) -> None:
    with pytest.raises(KitMistyped):
        read_kit(typed)


def test_a_missing_and_a_doubled_character_are_counted(drawn: DrawnKit) -> None:
    with pytest.raises(KitMistyped, match="here are 57"):
        read_kit(drawn.text[:-1])
    with pytest.raises(KitMistyped, match="here are 59"):
        read_kit(drawn.text + "Q")


def test_the_kit_opens_what_the_members_open(shared: Shared, keys: KeyFile, drawn: DrawnKit) -> None:
    ring = open_with_kit(keys, read_kit(drawn.text))
    assert ring.page_key.same_as(shared.ring.page_key.reveal())
    assert ring.mac(Label.AUDIT, b"x") == shared.ring.mac(Label.AUDIT, b"x")
    with pytest.raises(CannotOpen):
        ring.sign(b"the kit is no member")


def test_only_the_public_half_is_kept(keys: KeyFile, drawn: DrawnKit) -> None:
    secret = bytes(drawn.secret.reveal())
    content = keys.content()
    assert drawn.exchange.hex().encode() in content
    assert secret.hex().encode() not in content
    assert drawn.text.encode() not in content.upper()
    assert secret.hex() not in repr(drawn)
    assert drawn.text not in repr(drawn)


def test_another_practices_kit_and_none_at_all_are_said_to_be(shared: Shared, keys: KeyFile, drawn: DrawnKit) -> None:
    other_keys, other_ring = found("another", MIRA.id, MIRA.name, MIRA.passphrase, FLOOR)
    strange = draw_kit("kit-1")
    for file in (keys, shared.keys, with_kit(other_keys, other_ring, drawn)):
        with pytest.raises(KitOfAnother):
            open_with_kit(file, strange.secret)
    moved = with_kit(other_keys, other_ring, drawn).recovery
    with pytest.raises(DamagedKeyFile):
        open_with_kit(replace(keys, recovery=moved), drawn.secret)
    with pytest.raises(KitOfAnother):
        open_with_kit(shared.keys, drawn.secret)


def test_a_second_kit_needs_a_new_epoch_and_the_old_one_opens_nothing_of_it(
    shared: Shared, keys: KeyFile, drawn: DrawnKit
) -> None:
    newer = draw_kit("kit-2")
    with pytest.raises(KitThere):
        with_kit(keys, shared.ring, newer)
    following, ring = next_epoch(keys, shared.ring, END, Change(kit=(newer.id, newer.exchange)))
    following = parse(following.content())
    with pytest.raises(KitOfAnother):
        open_with_kit(following, drawn.secret)
    assert open_with_kit(following, newer.secret).page_key.same_as(ring.page_key.reveal())
    assert open_with_kit(keys, drawn.secret).page_key.same_as(shared.ring.page_key.reveal())


def test_a_kit_that_holds_over_an_altered_file_opens_nothing(shared: Shared, keys: KeyFile, drawn: DrawnKit) -> None:
    mira, nguyen = keys.members
    with pytest.raises(DamagedKeyFile):
        open_with_kit(replace(keys, members=(replace(mira, name="Somebody Else"), nguyen)), drawn.secret)


def test_a_member_gets_a_new_passphrase_with_the_kit_and_the_old_one_opens_nothing(
    keys: KeyFile, drawn: DrawnKit
) -> None:
    opened = open_with_kit(keys, drawn.secret)
    changed, ring = recovered(keys, opened, NGUYEN.id, NEW, FLOOR)
    changed = parse(changed.content())
    assert ring.member_id == NGUYEN.id
    assert len(ring.sign(b"again a member")) == 64
    assert unlock(changed, NGUYEN.id, NEW.passphrase).page_key.same_as(ring.page_key.reveal())
    with pytest.raises(WrongPassphrase):
        unlock(changed, NGUYEN.id, NGUYEN.passphrase)
    assert changed.member(MIRA.id) == keys.member(MIRA.id)
    [lost] = changed.member(NGUYEN.id).former  # type: ignore[union-attr]
    before = keys.member(NGUYEN.id)
    assert before is not None
    assert (lost.signing, lost.sealed) == (before.signing, b"")


def test_recovering_asks_for_a_member_and_a_good_passphrase(keys: KeyFile, drawn: DrawnKit) -> None:
    opened = open_with_kit(keys, drawn.secret)
    with pytest.raises(NoSuchMember):
        recovered(keys, opened, "nobody", NEW, FLOOR)
    with pytest.raises(PassphraseTooShort):
        recovered(keys, opened, MIRA.id, Credentials("short"), FLOOR)
