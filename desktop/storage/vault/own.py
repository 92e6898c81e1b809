"""Knows how a member changes what they unlock with, and gets new pairs without losing what was sealed to them."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.errors_keys import FactorRequired
from desktop.domain.errors_practice import NoSuchMember
from desktop.storage.vault.keyfile import Former, KeyFile, Keyholder
from desktop.storage.vault.keyring import KeyRing, enrolled, purpose_of_former, with_holder
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.primitives import KEY_BYTES, Cost, KeyPairs, random_secret, seal_to
from desktop.storage.vault.slots import Credentials, make_slot, open_slot


def _holder(keys: KeyFile, ring: KeyRing) -> Keyholder:
    holder = keys.member(ring.member_id)
    if holder is None:
        raise NoSuchMember
    return holder


def _check(holder: Keyholder, new: Credentials) -> None:
    check_new(new.passphrase)
    if holder.factor_required and new.factor is None:
        raise FactorRequired


def with_new_slot(keys: KeyFile, ring: KeyRing, old: Credentials, new: Credentials, cost: Cost) -> KeyFile:
    """The key file with the slot of the member at work made anew; their pairs stay.

    WrongPassphrase, SecondFactorNeeded, WrongSecondFactor, PassphraseTooShort, FactorRequired.
    """
    holder = _holder(keys, ring)
    _check(holder, new)
    with open_slot(holder.slot, old, holder.id, keys.practice_id) as private:
        slot = make_slot(new, private, cost, holder.id, keys.practice_id)
    return with_holder(keys, ring, replace(holder, slot=slot))


def renewed(
    keys: KeyFile, ring: KeyRing, old: Credentials, new: Credentials, cost: Cost
) -> tuple[Keyholder, KeyPairs]:
    """The member at work with new pairs and a new slot, the old pairs sealed to the new. To be followed by a new epoch.

    WrongPassphrase, SecondFactorNeeded, WrongSecondFactor, PassphraseTooShort, FactorRequired.
    """
    holder = _holder(keys, ring)
    _check(holder, new)
    with (
        open_slot(holder.slot, old, holder.id, keys.practice_id) as before,
        random_secret(2 * KEY_BYTES) as private,
    ):
        made = enrolled(ring, private, holder.id, holder.name, new, cost)
        sealed = seal_to(made.exchange, before.reveal(), purpose_of_former(keys.practice_id, holder.id))
        own = KeyPairs(private)
    former = (*holder.former, Former(holder.exchange, holder.signing, sealed))
    return replace(made, former=former, factor_required=holder.factor_required), own


def with_factor_required(keys: KeyFile, ring: KeyRing, member_id: str, required: bool) -> KeyFile:
    """The key file in which a key file is wanted of a member, or no longer; NoSuchMember."""
    holder = keys.member(member_id)
    if holder is None:
        raise NoSuchMember
    return with_holder(keys, ring, replace(holder, factor_required=required))
