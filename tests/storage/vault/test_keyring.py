"""Knows that a practice's keys open for each of its members and for nobody else."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from desktop.domain.errors_practice import (
    DamagedKeyFile,
    MemberHasSlot,
    NameUnusable,
    NoSuchMember,
    PassphraseTooShort,
    PassphraseUnusable,
    SecondFactorNeeded,
    WrongPassphrase,
)
from desktop.storage.vault.keyfile import KeyFile, Keyholder, authenticated, parse
from desktop.storage.vault.keyring import KeyRing, Label, found, unlock, with_member
from desktop.storage.vault.passphrase import as_secret, check_new
from desktop.storage.vault.primitives import FLOOR, CannotOpen, KeyPairs, random_bytes, seal_to, signed_by
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Credentials, make_slot
from tests.storage.vault.conftest import MIRA, NGUYEN, PRACTICE, Shared


def page_key(ring: KeyRing) -> bytes:
    return bytes(ring.page_key.reveal())


def test_each_member_opens_the_same_epoch_with_their_own_passphrase(shared: Shared) -> None:
    for person in (MIRA, NGUYEN):
        ring = unlock(parse(shared.keys.content()), person.id, person.passphrase)
        assert page_key(ring) == page_key(shared.ring)
        assert (ring.practice_id, ring.epoch, ring.member_id) == (PRACTICE, 1, person.id)
        assert ring.mac(Label.AUDIT, b"x") == shared.ring.mac(Label.AUDIT, b"x")


def test_a_member_is_found_by_name_and_a_decomposed_passphrase_fits(shared: Shared) -> None:
    decomposed = unicodedata.normalize("NFD", NGUYEN.passphrase)
    assert decomposed != NGUYEN.passphrase
    assert page_key(unlock(shared.keys, NGUYEN.name, decomposed)) == page_key(shared.ring)


def test_a_wrong_passphrase_and_another_members_are_refused(shared: Shared) -> None:
    for wrong in (MIRA.passphrase + " ", NGUYEN.passphrase, ""):
        with pytest.raises(WrongPassphrase):
            unlock(shared.keys, MIRA.id, wrong)


def test_somebody_without_a_slot_is_refused(shared: Shared) -> None:
    with pytest.raises(NoSuchMember):
        unlock(shared.alone, NGUYEN.id, NGUYEN.passphrase)


def test_adding_a_member_leaves_the_others_slot_as_it_was(shared: Shared) -> None:
    before, after = shared.alone.member(MIRA.id), shared.keys.member(MIRA.id)
    assert before == after


def test_a_member_is_added_once(shared: Shared) -> None:
    for member_id, name in ((NGUYEN.id, "Another Name"), ("new-id", NGUYEN.name)):
        with pytest.raises(MemberHasSlot):
            with_member(shared.keys, shared.ring, member_id, name, "a passphrase that is long", FLOOR)


@pytest.mark.parametrize("name", ["", "x" * 121, "two\nlines", "a\u2028b", "\x00"])
def test_a_name_that_the_key_file_cannot_hold_is_refused(shared: Shared, name: str) -> None:
    with pytest.raises(NameUnusable):
        found(PRACTICE, MIRA.id, name, MIRA.passphrase, FLOOR)
    with pytest.raises(NameUnusable):
        with_member(shared.alone, shared.ring, "m2", name, MIRA.passphrase, FLOOR)


def test_a_passphrase_needs_fifteen_characters_and_nothing_else() -> None:
    for good in ("aaaaaaaaaaaaaaa", "               ", "שלום לכל העולם!", "x" * 1024):
        check_new(good)
    for short in ("", "fourteen chars", "e\u0301" * 14):
        with pytest.raises(PassphraseTooShort, match="15"):
            check_new(short)
    for unusable in ("x" * 1025, "fifteen chars \x00 and", "a tab\tis not typed", "half a \ud800 pair here"):
        with pytest.raises(PassphraseUnusable):
            check_new(unusable)


def test_what_cannot_be_encoded_opens_nothing_and_breaks_nothing() -> None:
    assert len(as_secret("\ud800")) == 3
    assert len(as_secret("x" * 1_000_000)) == 1025


def test_a_slot_that_asks_for_a_second_factor_is_said_to(shared: Shared) -> None:
    holder = shared.keys.members[0]
    asking = replace(holder, slot=replace(holder.slot, factor=b"8 bytes!"))
    keys = replace(shared.keys, members=(asking, *shared.keys.members[1:]))
    with pytest.raises(SecondFactorNeeded):
        unlock(keys, holder.id, MIRA.passphrase)


def forged(shared: Shared, holder: Keyholder) -> KeyFile:
    """A key file whose Mira is `holder`, with a MAC that is right: what a dishonest member could write."""
    keys = replace(shared.keys, members=(holder, *shared.keys.members[1:]))
    with shared.ring.subkey(Label.HEADER) as key:
        return authenticated(keys, key)


def test_a_slot_moved_to_another_member_opens_nothing(shared: Shared) -> None:
    mira, nguyen = shared.keys.members
    with pytest.raises(DamagedKeyFile):
        unlock(forged(shared, replace(mira, slot=nguyen.slot)), MIRA.id, NGUYEN.passphrase)


def test_a_slot_of_another_practice_opens_nothing(shared: Shared) -> None:
    with pytest.raises(DamagedKeyFile):
        unlock(replace(shared.keys, practice_id="another"), MIRA.id, MIRA.passphrase)


def test_keys_sealed_to_another_member_open_nothing(shared: Shared) -> None:
    mira, nguyen = shared.keys.members
    with pytest.raises(DamagedKeyFile):
        unlock(forged(shared, replace(mira, sealed=nguyen.sealed)), MIRA.id, MIRA.passphrase)


def test_a_public_half_that_is_not_the_members_is_noticed(shared: Shared) -> None:
    mira, nguyen = shared.keys.members
    for altered in (replace(mira, exchange=nguyen.exchange), replace(mira, signing=nguyen.signing)):
        with pytest.raises(DamagedKeyFile):
            unlock(forged(shared, altered), MIRA.id, MIRA.passphrase)


def test_an_epoch_number_that_was_set_back_is_noticed(shared: Shared) -> None:
    with pytest.raises(DamagedKeyFile):
        unlock(replace(shared.keys, epoch=2), MIRA.id, MIRA.passphrase)


def test_a_member_slipped_in_by_a_stranger_is_noticed(shared: Shared) -> None:
    """The stranger knows every public key, but not the epoch master, so the MAC does not fit."""
    private = Secret(random_bytes(64))
    own = KeyPairs(private)
    stranger = Keyholder(
        id="stranger", name="Mira Kowalczyk 2", exchange=own.exchange_public, signing=own.signing_public,
        slot=make_slot(Credentials("the stranger's passphrase"), private, FLOOR, "stranger", PRACTICE),
        sealed=seal_to(own.exchange_public, bytes(64), b"whatever"),
    )  # fmt: skip
    keys = replace(shared.keys, members=(*shared.keys.members, stranger))
    with pytest.raises(DamagedKeyFile):
        unlock(keys, MIRA.id, MIRA.passphrase)


def test_every_purpose_has_a_key_of_its_own(shared: Shared) -> None:
    keys = [bytes(shared.ring.subkey(label).reveal()) for label in Label]
    assert len({*keys, page_key(shared.ring)}) == len(Label) + 1
    assert all(len(key) == 32 for key in keys)


def test_two_practices_share_no_key_even_with_one_passphrase(shared: Shared) -> None:
    _, other = found("another-practice", MIRA.id, MIRA.name, MIRA.passphrase, FLOOR)
    assert page_key(other) != page_key(shared.ring)
    assert other.mac(Label.AUDIT, b"x") != shared.ring.mac(Label.AUDIT, b"x")


def test_a_member_signs_and_opens_what_is_theirs_alone(shared: Shared) -> None:
    holder = shared.keys.members[0]
    signature = shared.ring.sign(b"a statement")
    assert signed_by(holder.signing, signature, b"a statement")
    assert not signed_by(holder.signing, signature, b"another statement")
    assert not signed_by(shared.keys.members[1].signing, signature, b"a statement")
    assert not signed_by(b"no key", signature, b"a statement")
    sealed = seal_to(holder.exchange, b"for Mira", b"note 1")
    assert shared.ring.open_own(sealed, b"note 1").same_as(b"for Mira")
    with pytest.raises(CannotOpen):
        shared.ring.open_own(sealed, b"note 2")


def test_a_locked_ring_gives_no_key_and_shows_none() -> None:
    keys, ring = found(PRACTICE, MIRA.id, MIRA.name, MIRA.passphrase, FLOOR)
    secret = page_key(ring).hex()
    assert secret not in repr(ring) + repr(keys) + repr(ring.page_key)
    assert "KeyPairs(...)" in repr(ring._own)
    ring.wipe()
    ring.wipe()
    with pytest.raises(ValueError):
        page_key(ring)
    with pytest.raises(ValueError):
        ring.subkey(Label.AUDIT)


def test_no_error_of_the_vault_tells_a_passphrase(shared: Shared) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        unlock(shared.keys, MIRA.id, "canary-passphrase-4711")
    shown: list[str] = []
    error: BaseException | None = caught.value
    while error is not None:
        shown += [str(error), repr(error)]
        error = error.__cause__
    assert "canary" not in " ".join(shown)


def test_private_halves_have_one_length() -> None:
    with pytest.raises(ValueError):
        KeyPairs(Secret(b"short"))
