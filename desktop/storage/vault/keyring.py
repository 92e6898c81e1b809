"""Knows what a member holds after unlocking, and how a practice's keys are founded and shared."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from desktop.domain.errors_practice import DamagedKeyFile, MemberHasSlot, NoSuchMember, SecondFactorNeeded
from desktop.storage.vault.canonical import spell
from desktop.storage.vault.keyfile import KeyFile, Keyholder, authenticated, fit_name, is_authentic
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    CannotOpen,
    Cost,
    KeyPairs,
    expand,
    mac,
    random_secret,
    seal_to,
)
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import make_slot, open_slot


class Label(StrEnum):
    """What the epoch master's sub-keys are for; each purpose has its own key."""

    HEADER = "header mac"
    AUDIT = "audit chain"
    ARCHIVE_SIGNING = "archive signing"
    HEAD = "audit head"
    ARCHIVE_IDENTITY = "archive identity"
    ARCHIVE_LOG = "archive log"


class KeyRing:
    """The keys of an unlocked practice: the epoch's, and the member's own. Never shown; `wipe` ends it."""

    __slots__ = ("_master", "_own", "epoch", "member_id", "page_key", "practice_id")

    def __init__(
        self, practice_id: str, epoch: int, member_id: str, master: Secret, page_key: Secret, own: KeyPairs
    ) -> None:
        self.practice_id = practice_id
        self.epoch = epoch
        self.member_id = member_id
        self.page_key = page_key
        self._master = master
        self._own = own

    def __repr__(self) -> str:
        return f"KeyRing(epoch={self.epoch})"

    def subkey(self, label: Label) -> Secret:
        """32 bytes for one purpose, the same for every member of this epoch. Wipe them after use."""
        return expand(self._master, spell({"use": f"holdfast {label.value} 1", "practice": self.practice_id,
                                           "epoch": self.epoch}))  # fmt: skip

    def mac(self, label: Label, message: bytes) -> bytes:
        """HMAC-SHA256 of a message under one purpose's key."""
        with self.subkey(label) as key:
            return mac(key, message)

    def sign(self, message: bytes) -> bytes:
        """The member's own signature."""
        return self._own.sign(message)

    def open_own(self, sealed: bytes, purpose: bytes) -> Secret:
        """What was sealed to this member alone; CannotOpen."""
        return self._own.open(sealed, purpose)

    def sealed_for(self, recipient_id: str, exchange: bytes) -> bytes:
        """This epoch's master and page key, sealed to a public key."""
        with Secret(self._master.reveal() + self.page_key.reveal()) as both:
            return seal_to(exchange, both.reveal(), purpose_of_epoch(self.practice_id, self.epoch, recipient_id))

    def wipe(self) -> None:
        """Forget the keys, as well as Python allows; may be called twice."""
        self._master.wipe()
        self.page_key.wipe()


def purpose_of_epoch(practice_id: str, epoch: int, recipient_id: str) -> bytes:
    """What an epoch's keys are sealed for: they open for this recipient in this epoch of this practice only."""
    return spell({"use": "holdfast epoch keys 1", "practice": practice_id, "epoch": epoch, "for": recipient_id})


def _enrol(ring: KeyRing, private: Secret, member_id: str, name: str, passphrase: str, cost: Cost) -> Keyholder:
    own = KeyPairs(private)
    return Keyholder(
        id=member_id,
        name=name,
        exchange=own.exchange_public,
        signing=own.signing_public,
        slot=make_slot(passphrase, private, cost, member_id, ring.practice_id),
        sealed=ring.sealed_for(member_id, own.exchange_public),
    )


def _authenticated(keys: KeyFile, ring: KeyRing) -> KeyFile:
    with ring.subkey(Label.HEADER) as key:
        return authenticated(keys, key)


def found(practice_id: str, member_id: str, name: str, passphrase: str, cost: Cost) -> tuple[KeyFile, KeyRing]:
    """The keys of a new practice, with its first member. PassphraseTooShort, PassphraseUnusable, NameUnusable."""
    check_new(passphrase)
    fit_name(name)
    with random_secret(2 * KEY_BYTES) as private:
        master, page_key = random_secret(KEY_BYTES), random_secret(KEY_BYTES)
        ring = KeyRing(practice_id, 1, member_id, master, page_key, KeyPairs(private))
        first = _enrol(ring, private, member_id, name, passphrase, cost)
    return _authenticated(KeyFile(practice_id, ring.epoch, (first,)), ring), ring


def with_member(keys: KeyFile, ring: KeyRing, member_id: str, name: str, passphrase: str, cost: Cost) -> KeyFile:
    """The key file with one more member; nobody else's passphrase is needed. MemberHasSlot, PassphraseTooShort."""
    check_new(passphrase)
    fit_name(name)
    if keys.member(member_id) or keys.member(name):
        raise MemberHasSlot
    with random_secret(2 * KEY_BYTES) as private:
        newcomer = _enrol(ring, private, member_id, name, passphrase, cost)
    members = tuple(sorted((*keys.members, newcomer), key=lambda each: each.id))
    return _authenticated(replace(keys, members=members), ring)


def unlock(keys: KeyFile, member: str, passphrase: str) -> KeyRing:
    """The key ring of a member, named by id or by name.

    NoSuchMember, SecondFactorNeeded, WrongPassphrase, NotEnoughMemory; DamagedKeyFile when the passphrase is right and
    the file is not what its members made it.
    """
    holder = keys.member(member)
    if holder is None:
        raise NoSuchMember
    if holder.slot.second_factor:
        raise SecondFactorNeeded
    own = open_slot(holder.slot, passphrase, holder.id, keys.practice_id)
    if (own.exchange_public, own.signing_public) != (holder.exchange, holder.signing):
        raise DamagedKeyFile
    try:
        with own.open(holder.sealed, purpose_of_epoch(keys.practice_id, keys.epoch, holder.id)) as both:
            raw = both.reveal()
            ring = KeyRing(
                keys.practice_id, keys.epoch, holder.id, Secret(raw[:KEY_BYTES]), Secret(raw[KEY_BYTES:]), own
            )
    except CannotOpen:
        raise DamagedKeyFile from None
    with ring.subkey(Label.HEADER) as key:
        if not is_authentic(keys, key):
            ring.wipe()
            raise DamagedKeyFile
    return ring
