"""Knows that what is sealed to one author opens for them alone, or for two people together where they agreed to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from desktop.domain.errors_keys import KitOfAnother, NoKit, NotInCustody, NotTheCustodian, NotYours
from desktop.domain.errors_practice import DamagedKeyFile, NoSuchMember
from desktop.storage.vault.custody import (
    handed_over,
    open_as_author,
    open_in_custody,
    present_custody,
    seal_for_author,
    with_custody,
)
from desktop.storage.vault.epochs import Change, TrailEnd, next_epoch
from desktop.storage.vault.keyfile import KeyFile, parse
from desktop.storage.vault.keyring import KeyRing, unlock
from desktop.storage.vault.kit import DrawnKit, draw_kit, open_with_kit, recovered, with_kit
from desktop.storage.vault.primitives import FLOOR
from desktop.storage.vault.slots import Credentials
from tests.storage.vault.conftest import MIRA, NGUYEN, Shared

TEXT = "only I know this, Łukasz".encode()
END = TrailEnd(7, bytes(range(32)))
NOTE = b"note-1"


@dataclass(frozen=True)
class Practice:
    keys: KeyFile
    mira: KeyRing
    nguyen: KeyRing
    kit: DrawnKit
    sealed: bytes  # by Mira, with Nguyen as custodian


@pytest.fixture(scope="module")
def practice(shared: Shared) -> Practice:
    kit = draw_kit("kit-1")
    keys = with_custody(with_kit(shared.keys, shared.ring, kit), shared.ring, "custody-1", NGUYEN.id)
    keys = parse(keys.content())
    mira, nguyen = unlock(keys, MIRA.id, MIRA.passphrase), unlock(keys, NGUYEN.id, NGUYEN.passphrase)
    return Practice(keys, mira, nguyen, kit, seal_for_author(keys, mira, TEXT, NOTE, declined=False))


def test_the_author_opens_it_and_another_member_does_not(practice: Practice) -> None:
    assert open_as_author(practice.keys, practice.mira, practice.sealed, NOTE).same_as(TEXT)
    with pytest.raises(NotYours):
        open_as_author(practice.keys, practice.nguyen, practice.sealed, NOTE)
    assert TEXT not in practice.sealed


def test_the_custodian_and_the_kit_open_it_together_and_neither_alone(practice: Practice) -> None:
    keys, kit = practice.keys, practice.kit
    assert open_in_custody(keys, practice.nguyen, practice.sealed, NOTE, kit.secret).same_as(TEXT)
    with pytest.raises(NotTheCustodian):
        open_in_custody(keys, practice.mira, practice.sealed, NOTE, kit.secret)
    with pytest.raises(NotTheCustodian):
        open_in_custody(keys, open_with_kit(keys, kit.secret), practice.sealed, NOTE, kit.secret)
    with pytest.raises(KitOfAnother):
        open_in_custody(keys, practice.nguyen, practice.sealed, NOTE, draw_kit("kit-1").secret)


def test_a_member_who_calls_themselves_the_custodian_still_opens_nothing(practice: Practice) -> None:
    [custody] = practice.keys.custody
    keys = replace(practice.keys, custody=(replace(custody, custodian=MIRA.id),))
    with pytest.raises(NotTheCustodian):
        open_in_custody(keys, practice.mira, practice.sealed, NOTE, practice.kit.secret)


def test_what_was_declined_is_sealed_to_its_author_alone(practice: Practice) -> None:
    sealed = seal_for_author(practice.keys, practice.mira, TEXT, NOTE, declined=True)
    assert open_as_author(practice.keys, practice.mira, sealed, NOTE).same_as(TEXT)
    with pytest.raises(NotInCustody):
        open_in_custody(practice.keys, practice.nguyen, sealed, NOTE, practice.kit.secret)


def test_without_a_custodian_it_is_sealed_to_its_author_alone(shared: Shared, practice: Practice) -> None:
    sealed = seal_for_author(shared.keys, practice.mira, TEXT, NOTE, declined=False)
    with pytest.raises(NotInCustody):
        open_in_custody(practice.keys, practice.nguyen, sealed, NOTE, practice.kit.secret)


def test_custody_needs_a_kit_and_a_member(shared: Shared, practice: Practice) -> None:
    with pytest.raises(NoKit):
        with_custody(shared.keys, shared.ring, "custody-1", NGUYEN.id)
    with pytest.raises(NoSuchMember):
        with_custody(practice.keys, practice.mira, "custody-2", "nobody")


def test_every_altered_byte_and_every_other_place_is_refused(practice: Practice) -> None:
    for at in range(0, len(practice.sealed), 7):
        altered = bytearray(practice.sealed)
        altered[at] ^= 1
        with pytest.raises((DamagedKeyFile, NotYours)):
            open_as_author(practice.keys, practice.mira, bytes(altered), NOTE)
    with pytest.raises(DamagedKeyFile):
        open_as_author(practice.keys, practice.mira, practice.sealed, b"note-2")
    for nonsense in (b"", b"{}", practice.sealed[:-1], practice.sealed + b" "):
        with pytest.raises(DamagedKeyFile):
            open_as_author(practice.keys, practice.mira, nonsense, NOTE)


def test_nobody_seals_in_anothers_name(practice: Practice) -> None:
    by_nguyen = seal_for_author(practice.keys, practice.nguyen, b"never said by her", NOTE, declined=True)
    forged = by_nguyen.replace(NGUYEN.id.encode(), MIRA.id.encode())
    with pytest.raises(DamagedKeyFile):
        open_as_author(practice.keys, practice.mira, forged, NOTE)


def test_after_a_new_kit_what_was_sealed_before_opens_with_the_old_kit_only(practice: Practice) -> None:
    newer = draw_kit("kit-2")
    keys, ring = next_epoch(practice.keys, practice.mira, END, Change(kit=(newer.id, newer.exchange)))
    assert present_custody(keys) is None
    keys = with_custody(keys, ring, "custody-2", NGUYEN.id)
    nguyen = unlock(parse(keys.content()), NGUYEN.id, NGUYEN.passphrase)
    with pytest.raises(KitOfAnother):
        open_in_custody(keys, nguyen, practice.sealed, NOTE, newer.secret)
    assert open_in_custody(keys, nguyen, practice.sealed, NOTE, practice.kit.secret).same_as(TEXT)
    sealed = seal_for_author(keys, ring, TEXT, NOTE, declined=False)
    assert open_in_custody(keys, nguyen, sealed, NOTE, newer.secret).same_as(TEXT)


def test_an_author_who_lost_their_passphrase_cannot_open_it_and_custody_can(practice: Practice) -> None:
    opened = open_with_kit(practice.keys, practice.kit.secret)
    keys, mira = recovered(practice.keys, opened, MIRA.id, Credentials("nobody knows this one yet"), FLOOR)
    with pytest.raises(NotYours):
        open_as_author(keys, mira, practice.sealed, NOTE)
    assert open_in_custody(keys, practice.nguyen, practice.sealed, NOTE, practice.kit.secret).same_as(TEXT)


def test_what_a_removed_author_left_still_opens_in_custody(practice: Practice) -> None:
    keys, _ = next_epoch(practice.keys, practice.nguyen, END, Change(without=MIRA.id))
    nguyen = unlock(parse(keys.content()), NGUYEN.id, NGUYEN.passphrase)
    assert open_in_custody(keys, nguyen, practice.sealed, NOTE, practice.kit.secret).same_as(TEXT)


def test_a_custodian_with_the_kit_hands_over_what_was_sealed_before(practice: Practice) -> None:
    keys, count = handed_over(practice.keys, practice.nguyen, practice.kit.secret, MIRA.id)
    keys = parse(keys.content())
    assert count == 1
    assert open_in_custody(keys, practice.mira, practice.sealed, NOTE, practice.kit.secret).same_as(TEXT)
    with pytest.raises(NotTheCustodian):
        open_in_custody(keys, practice.nguyen, practice.sealed, NOTE, practice.kit.secret)
    assert keys.custody[0].exchange == practice.keys.custody[0].exchange


def test_with_the_old_kit_in_hand_what_was_sealed_before_comes_under_the_new_one(practice: Practice) -> None:
    newer = draw_kit("kit-2")
    keys, _ = next_epoch(practice.keys, practice.nguyen, END, Change(kit=(newer.id, newer.exchange)))
    nguyen = unlock(parse(keys.content()), NGUYEN.id, NGUYEN.passphrase)
    with pytest.raises(KitOfAnother):
        handed_over(keys, nguyen, newer.secret, NGUYEN.id)
    keys, _ = handed_over(keys, nguyen, practice.kit.secret, NGUYEN.id)
    assert open_in_custody(keys, nguyen, practice.sealed, NOTE, newer.secret).same_as(TEXT)
    assert present_custody(keys) == keys.custody[0]


def test_who_is_no_member_seals_nothing(shared: Shared, practice: Practice) -> None:
    with pytest.raises(NoSuchMember):
        seal_for_author(replace(practice.keys, members=()), practice.mira, b"x", b"note-1", declined=False)


def test_who_is_not_the_custodian_hands_nothing_over(shared: Shared, practice: Practice) -> None:
    with pytest.raises(NotTheCustodian):
        handed_over(practice.keys, practice.mira, practice.kit.secret, MIRA.id)
    with pytest.raises(NotTheCustodian):
        handed_over(shared.keys, practice.nguyen, practice.kit.secret, MIRA.id)
    with pytest.raises(NoSuchMember):
        handed_over(practice.keys, practice.nguyen, practice.kit.secret, "nobody")
