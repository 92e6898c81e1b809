"""Knows that a new epoch opens for who stays and for nobody else, and that what came before stays reachable."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import replace

import pytest

from desktop.domain.errors_keys import LastMember
from desktop.domain.errors_practice import DamagedKeyFile, NewerKeyFile, NoSuchMember, WrongPassphrase
from desktop.storage.vault.canonical import spell
from desktop.storage.vault.epochs import Change, TrailEnd, begun, next_epoch
from desktop.storage.vault.keyfile import KeyFile, is_authentic, parse
from desktop.storage.vault.keyring import KeyRing, Label, found, unlock, with_holder
from desktop.storage.vault.kit import draw_kit, open_with_kit, with_kit
from desktop.storage.vault.own import renewed, with_factor_required, with_new_slot
from desktop.storage.vault.primitives import FLOOR, CannotOpen, seal_to
from desktop.storage.vault.slots import Credentials
from tests.storage.vault.conftest import MIRA, NGUYEN, Shared

END = TrailEnd(7, bytes(range(32)))
NEW = "nobody knows this one yet"


@pytest.fixture(scope="module")
def without(shared: Shared) -> tuple[KeyFile, KeyRing]:
    keys, ring = next_epoch(shared.keys, shared.ring, END, Change(without=NGUYEN.id))
    return parse(keys.content()), ring


def test_who_stays_opens_the_new_epoch_with_the_passphrase_they_had(
    shared: Shared, without: tuple[KeyFile, KeyRing]
) -> None:
    keys, made = without
    ring = unlock(keys, MIRA.id, MIRA.passphrase)
    assert (ring.epoch, keys.epoch) == (2, 2)
    assert ring.page_key.same_as(made.page_key.reveal())
    assert not ring.page_key.same_as(shared.ring.page_key.reveal())
    assert ring.mac(Label.AUDIT, b"x") != shared.ring.mac(Label.AUDIT, b"x")


def test_who_was_removed_does_not_get_in_and_their_public_half_is_kept(
    shared: Shared, without: tuple[KeyFile, KeyRing]
) -> None:
    keys, _ = without
    with pytest.raises(NoSuchMember):
        unlock(keys, NGUYEN.id, NGUYEN.passphrase)
    leaving = shared.keys.member(NGUYEN.id)
    assert leaving is not None
    assert [(each.id, each.signing) for each in keys.retired] == [(NGUYEN.id, leaving.signing)]


def test_the_old_key_file_opens_only_the_old_keys(shared: Shared, without: tuple[KeyFile, KeyRing]) -> None:
    old = unlock(shared.keys, NGUYEN.id, NGUYEN.passphrase)
    assert not old.page_key.same_as(without[1].page_key.reveal())
    with pytest.raises(CannotOpen):
        old.open_own(without[0].members[0].sealed, b"whatever purpose")


def test_earlier_epochs_stay_reachable_through_many(shared: Shared) -> None:
    keys, ring = shared.keys, shared.ring
    audit = [ring.mac(Label.AUDIT, b"x")]
    for lines in (3, 9, 9):
        keys, ring = next_epoch(keys, ring, TrailEnd(lines, bytes([lines]) * 32), Change())
        audit.append(ring.mac(Label.AUDIT, b"x"))
    again = unlock(parse(keys.content()), NGUYEN.id, NGUYEN.passphrase)
    assert [(each.epoch, each.lines, each.head[0]) for each in again.earlier] == [(1, 3, 3), (2, 9, 9), (3, 9, 9)]
    assert [again.mac(Label.AUDIT, b"x", each) for each in again.earlier] == audit[:-1]
    assert again.earlier[0].page_key.same_as(shared.ring.page_key.reveal())
    assert len(set(audit)) == 4


def test_nobody_can_be_the_last_to_go_and_a_stranger_cannot_go(shared: Shared) -> None:
    with pytest.raises(LastMember):
        next_epoch(shared.alone, shared.ring, END, Change(without=MIRA.id))
    with pytest.raises(NoSuchMember):
        next_epoch(shared.alone, shared.ring, END, Change(without="nobody"))


def test_while_it_is_pending_the_next_epoch_is_what_is_opened(
    shared: Shared, without: tuple[KeyFile, KeyRing]
) -> None:
    both = parse(begun(shared.keys, shared.ring, without[0]).content())
    assert both.current == without[0]
    ring = unlock(both, MIRA.id, MIRA.passphrase)
    assert ring.page_key.same_as(without[1].page_key.reveal())
    assert ring.earlier[-1].page_key.same_as(shared.ring.page_key.reveal())
    with ring.subkey(Label.HEADER, ring.earlier[-1]) as key:
        assert is_authentic(both, key)
    with pytest.raises(NoSuchMember):
        unlock(both, NGUYEN.id, NGUYEN.passphrase)


def with_checksum(value: dict[str, object]) -> bytes:
    body = {name: each for name, each in value.items() if name != "checksum"}
    return spell({**body, "checksum": hashlib.sha256(spell(body)).hexdigest()})


def test_a_pending_epoch_is_the_next_one_and_holds_none_of_its_own(
    shared: Shared, without: tuple[KeyFile, KeyRing]
) -> None:
    both = json.loads(begun(shared.keys, shared.ring, without[0]).content())
    for change in ({"epoch": 3}, {"practice": "another"}, {"pending": both["pending"]}, {"version": 1}):
        value = copy.deepcopy(both)
        value["pending"] |= change
        with pytest.raises(DamagedKeyFile):
            parse(with_checksum(value))


def test_every_field_of_a_file_with_a_history_is_read_strictly(
    shared: Shared, without: tuple[KeyFile, KeyRing]
) -> None:
    """Whoever alters anything, mending the checksum, is found out by the reader or by the MAC."""
    kit = draw_kit("kit-1")
    keys, ring = without
    whole = json.loads(with_kit(keys, ring, kit).content())
    for name in ("retired", "previous", "recovery"):
        for field in whole[name][0]:
            for wrong in (None, -1, "zz", [], True):
                value = copy.deepcopy(whole)
                value[name][0][field] = wrong
                with pytest.raises((DamagedKeyFile, NewerKeyFile)):
                    open_with_kit(parse(with_checksum(value)), kit.secret)
            value = copy.deepcopy(whole)
            del value[name][0][field]
            with pytest.raises(DamagedKeyFile):
                parse(with_checksum(value))


def test_an_earlier_epoch_that_was_left_out_or_altered_is_noticed(without: tuple[KeyFile, KeyRing]) -> None:
    keys, ring = without
    assert keys.previous
    with pytest.raises(DamagedKeyFile):
        unlock(replace(keys, previous=()), MIRA.id, MIRA.passphrase)
    [before] = keys.previous
    forged = with_holder(replace(keys, previous=(replace(before, lines=1),)), ring, keys.members[0])
    with pytest.raises(DamagedKeyFile):
        unlock(forged, MIRA.id, MIRA.passphrase)


def test_a_new_passphrase_opens_and_the_old_one_does_not(shared: Shared) -> None:
    changed = with_new_slot(shared.alone, shared.ring, Credentials(MIRA.passphrase), Credentials(NEW), FLOOR)
    assert unlock(parse(changed.content()), MIRA.id, NEW).page_key.same_as(shared.ring.page_key.reveal())
    with pytest.raises(WrongPassphrase):
        unlock(changed, MIRA.id, MIRA.passphrase)
    with pytest.raises(WrongPassphrase):
        with_new_slot(changed, shared.ring, Credentials(MIRA.passphrase), Credentials(NEW), FLOOR)


def test_with_new_pairs_what_was_sealed_to_the_old_ones_still_opens(shared: Shared) -> None:
    keys, ring = found("practice", MIRA.id, MIRA.name, MIRA.passphrase, FLOOR)
    first = keys.members[0]
    sealed = seal_to(first.exchange, b"for her alone", b"purpose")
    passphrase = MIRA.passphrase
    for number in range(2):
        new = f"{NEW} {number}"
        holder, own = renewed(keys, ring, Credentials(passphrase), Credentials(new), FLOOR)
        keys, ring = next_epoch(keys, ring, END, Change(holder=holder, own=own))
        assert ring.open_own(sealed, b"purpose").same_as(b"for her alone")
        passphrase = new
        ring = unlock(parse(keys.content()), MIRA.id, passphrase)
        assert ring.open_own(sealed, b"purpose").same_as(b"for her alone")
    assert keys.members[0].exchange != first.exchange
    assert keys.members[0].former[0].signing == first.signing
    with pytest.raises(CannotOpen):
        ring.open_own(sealed, b"another purpose")


def test_an_epoch_that_never_was_has_no_keys_and_nobody_wants_a_key_file_of_a_stranger(shared: Shared) -> None:
    assert shared.ring.at(99) is None
    with pytest.raises(NoSuchMember):
        with_factor_required(shared.keys, shared.ring, "nobody", True)
    with pytest.raises(NoSuchMember):
        gone = replace(shared.keys, members=())
        with_new_slot(gone, shared.ring, Credentials(MIRA.passphrase), Credentials(NEW), FLOOR)
