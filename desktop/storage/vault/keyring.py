"""Knows what a member holds after unlocking, and how a practice's keys are founded and shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.errors_practice import DamagedKeyFile, MemberHasSlot, NoSuchMember
from desktop.storage.vault.canonical import spell
from desktop.storage.vault.keyfile import KeyFile, Keyholder, Previous, authenticated, fit_name, is_authentic
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    NONCE_BYTES,
    CannotOpen,
    Cost,
    KeyPairs,
    close_with,
    expand,
    mac,
    open_with,
    random_bytes,
    random_secret,
    seal_to,
    signed_by,
)
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Credentials, Factor, make_slot, open_slot

SIGNATURE_BYTES = 64


class Label(StrEnum):
    """What the epoch master's sub-keys are for; each purpose has its own key."""

    HEADER = "header mac"
    AUDIT = "audit chain"
    ARCHIVE_SIGNING = "archive signing"
    HEAD = "audit head"
    ARCHIVE_IDENTITY = "archive identity"
    EARLIER = "earlier epochs"
    ARCHIVE_LOG = "archive log"
    CARRY = "carried session"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The keys of an earlier epoch. lines, head: how long the audit trail was at its end, and its last line's MAC."""

    epoch: int
    lines: int
    head: bytes
    master: Secret
    page_key: Secret


class KeyRing:
    """The keys of an unlocked practice: the epochs', and the member's own. Never shown; `wipe` ends it.

    member_id is "" and nothing can be signed where a recovery kit opened it. former: the member's earlier pairs.
    """

    __slots__ = ("_former", "_master", "_own", "earlier", "epoch", "member_id", "page_key", "practice_id")

    def __init__(
        self, practice_id: str, epoch: int, member_id: str, master: Secret, page_key: Secret, own: KeyPairs | None,
        earlier: tuple[Earlier, ...] = (), former: tuple[KeyPairs, ...] = (),
    ) -> None:  # fmt: skip
        self.practice_id = practice_id
        self.epoch = epoch
        self.member_id = member_id
        self.page_key = page_key
        self.earlier = earlier
        self._master = master
        self._own = own
        self._former = former

    def __repr__(self) -> str:
        return f"KeyRing(epoch={self.epoch})"

    def subkey(self, label: Label, of: Earlier | None = None) -> Secret:
        """32 bytes for one purpose, the same for every member of an epoch: the present one, or `of`. Wipe after use."""
        master, epoch = (self._master, self.epoch) if of is None else (of.master, of.epoch)
        return expand(
            master, spell({"use": f"holdfast {label.value} 1", "practice": self.practice_id, "epoch": epoch})
        )

    def mac(self, label: Label, message: bytes, of: Earlier | None = None) -> bytes:
        """HMAC-SHA256 of a message under one purpose's key."""
        with self.subkey(label, of) as key:
            return mac(key, message)

    @property
    def own(self) -> KeyPairs:
        """The member's own pairs; CannotOpen where a recovery kit opened the ring."""
        if self._own is None:
            raise CannotOpen
        return self._own

    def sign(self, message: bytes) -> bytes:
        """The member's own signature."""
        return self.own.sign(message)

    def open_own(self, sealed: bytes, purpose: bytes) -> Secret:
        """What was sealed to this member alone, now or under an earlier pair of theirs; CannotOpen."""
        for pairs in (self.own, *reversed(self._former)):
            try:
                return pairs.open(sealed, purpose)
            except CannotOpen:
                continue
        raise CannotOpen

    def seal_own(self, text: bytes, purpose: bytes) -> bytes:
        """Text that only this member opens again, signed so that nobody else can put theirs in its place."""
        signed = self.own.sign(purpose + text) + text
        return seal_to(self.own.exchange_public, signed, purpose)

    def own_words(self, opened: bytes, purpose: bytes) -> bytes:
        """The text behind the signature in what `open_own` gave; CannotOpen when it is not this member's."""
        signature, text = opened[:SIGNATURE_BYTES], opened[SIGNATURE_BYTES:]
        if any(signed_by(pairs.signing_public, signature, purpose + text) for pairs in (self.own, *self._former)):
            return text
        raise CannotOpen

    def sealed_for(self, recipient_id: str, exchange: bytes) -> bytes:
        """This epoch's master and page key, sealed to a public key."""
        with Secret(self._master.reveal() + self.page_key.reveal()) as both:
            return seal_to(exchange, both.reveal(), purpose_of_epoch(self.practice_id, self.epoch, recipient_id))

    def kept_earlier(self) -> tuple[Previous, ...]:
        """The earlier epochs, closed under this one's master, for the key file."""
        kept = []
        with self.subkey(Label.EARLIER) as key:
            for each in self.earlier:
                nonce = random_bytes(NONCE_BYTES)
                around = _around_earlier(self.practice_id, each.epoch, each.lines, each.head)
                with Secret(each.master.reveal() + each.page_key.reveal()) as both:
                    closed = nonce + close_with(key.reveal(), nonce, both.reveal(), around)
                kept.append(Previous(each.epoch, each.lines, each.head, closed))
        return tuple(kept)

    def at(self, epoch: int) -> KeyRing | None:
        """The keys of one epoch, this one or an earlier one, to be wiped on their own; None for one there never was."""
        if epoch == self.epoch:
            master, page_key, earlier = self._master, self.page_key, self.earlier
        else:
            place = next((at for at, each in enumerate(self.earlier) if each.epoch == epoch), None)
            if place is None:
                return None
            master, page_key = self.earlier[place].master, self.earlier[place].page_key
            earlier = self.earlier[:place]
        kept = tuple(replace(each, master=_copy(each.master), page_key=_copy(each.page_key)) for each in earlier)
        return KeyRing(
            self.practice_id, epoch, self.member_id, _copy(master), _copy(page_key), self._own, kept, self._former
        )

    def next(self, lines: int, head: bytes, own: KeyPairs | None = None) -> KeyRing:
        """A ring of fresh keys, one epoch on. lines, head: the end of the audit trail. own: the member's new pairs."""
        closing = Earlier(self.epoch, lines, head, _copy(self._master), _copy(self.page_key))
        earlier = tuple(
            replace(each, master=_copy(each.master), page_key=_copy(each.page_key)) for each in self.earlier
        )
        former = self._former if own is None or self._own is None else (*self._former, self._own)
        return KeyRing(
            self.practice_id, self.epoch + 1, self.member_id, random_secret(KEY_BYTES), random_secret(KEY_BYTES),
            own or self._own, (*earlier, closing), former,
        )

    def held_by(self, member_id: str, own: KeyPairs) -> KeyRing:
        """The same keys in a member's hand; this ring is not to be used any more."""
        return KeyRing(self.practice_id, self.epoch, member_id, self._master, self.page_key, own, self.earlier)

    def wipe(self) -> None:
        """Forget the keys, as well as Python allows; may be called twice."""
        self._master.wipe()
        self.page_key.wipe()
        for each in self.earlier:
            each.master.wipe()
            each.page_key.wipe()


def _copy(secret: Secret) -> Secret:
    return Secret(bytearray(secret.reveal()))


def purpose_of_epoch(practice_id: str, epoch: int, recipient_id: str) -> bytes:
    """What an epoch's keys are sealed for: they open for this recipient in this epoch of this practice only."""
    return spell({"use": "holdfast epoch keys 1", "practice": practice_id, "epoch": epoch, "for": recipient_id})


def purpose_of_former(practice_id: str, member_id: str) -> bytes:
    """What an earlier pair of keys is sealed to the next one for."""
    return spell({"use": "holdfast former keys 1", "practice": practice_id, "for": member_id})


def _around_earlier(practice_id: str, epoch: int, lines: int, head: bytes) -> bytes:
    return spell(
        {"use": "holdfast earlier epoch 1", "practice": practice_id, "epoch": epoch, "lines": lines, "head": head.hex()}
    )


def enrolled(
    ring: KeyRing, private: Secret, member_id: str, name: str, given: Credentials, cost: Cost
) -> Keyholder:
    """A member with fresh pairs (64 private bytes) and a slot of their own."""
    own = KeyPairs(private)
    return Keyholder(
        id=member_id,
        name=name,
        exchange=own.exchange_public,
        signing=own.signing_public,
        slot=make_slot(given, private, cost, member_id, ring.practice_id),
        sealed=ring.sealed_for(member_id, own.exchange_public),
    )


def authenticated_by(keys: KeyFile, ring: KeyRing) -> KeyFile:
    """The same with its MAC renewed."""
    with ring.subkey(Label.HEADER) as key:
        return authenticated(keys, key)


def with_holder(keys: KeyFile, ring: KeyRing, holder: Keyholder) -> KeyFile:
    """The same with a member put in, or put in the place of who had their id."""
    others = (each for each in keys.members if each.id != holder.id)
    members = tuple(sorted((*others, holder), key=lambda each: each.id))
    return authenticated_by(replace(keys, members=members), ring)


def found(
    practice_id: str, member_id: str, name: str, passphrase: str, cost: Cost, factor: Factor | None = None
) -> tuple[KeyFile, KeyRing]:
    """The keys of a new practice, with its first member. PassphraseTooShort, PassphraseUnusable, NameUnusable."""
    check_new(passphrase)
    fit_name(name)
    with random_secret(2 * KEY_BYTES) as private:
        master, page_key = random_secret(KEY_BYTES), random_secret(KEY_BYTES)
        ring = KeyRing(practice_id, 1, member_id, master, page_key, KeyPairs(private))
        first = enrolled(ring, private, member_id, name, Credentials(passphrase, factor), cost)
    return authenticated_by(KeyFile(practice_id, ring.epoch, (first,)), ring), ring


def with_member(
    keys: KeyFile, ring: KeyRing, member_id: str, name: str, passphrase: str, cost: Cost, factor: Factor | None = None
) -> KeyFile:
    """The key file with one more member; nobody else's passphrase is needed. MemberHasSlot, PassphraseTooShort."""
    check_new(passphrase)
    fit_name(name)
    if keys.member(member_id) or keys.member(name):
        raise MemberHasSlot
    with random_secret(2 * KEY_BYTES) as private:
        newcomer = enrolled(ring, private, member_id, name, Credentials(passphrase, factor), cost)
    return with_holder(keys, ring, newcomer)


def with_name(keys: KeyFile, ring: KeyRing, member_id: str, name: str) -> KeyFile:
    """The key file with another name for a member; the slot stays. NoSuchMember, MemberHasSlot, NameUnusable."""
    fit_name(name)
    holder = next((each for each in keys.members if each.id == member_id), None)
    if holder is None:
        raise NoSuchMember
    if any(name in (each.name, each.id) for each in keys.members if each is not holder):
        raise MemberHasSlot
    return with_holder(keys, ring, replace(holder, name=name))


def unlock(keys: KeyFile, member: str, passphrase: str, factor: Factor | None = None) -> KeyRing:
    """The key ring of a member, named by id or by name. Where a change of keys is pending, it is opened, not the old.

    NoSuchMember, SecondFactorNeeded, WrongSecondFactor, WrongPassphrase, NotEnoughMemory; DamagedKeyFile when what was
    given is right and the file is not what its members made it.
    """
    keys = keys.current
    holder = keys.member(member)
    if holder is None:
        raise NoSuchMember
    with open_slot(holder.slot, Credentials(passphrase, factor), holder.id, keys.practice_id) as private:
        own = KeyPairs(private)
    if (own.exchange_public, own.signing_public) != (holder.exchange, holder.signing):
        raise DamagedKeyFile
    try:
        with own.open(holder.sealed, purpose_of_epoch(keys.practice_id, keys.epoch, holder.id)) as both:
            return ring_from(keys, both, holder.id, own, _former_pairs(keys.practice_id, holder, own))
    except CannotOpen:
        raise DamagedKeyFile from None


def ring_from(
    keys: KeyFile, both: Secret, member_id: str, own: KeyPairs | None, former: tuple[KeyPairs, ...] = ()
) -> KeyRing:
    """The ring for a master and page key that were opened; DamagedKeyFile unless the file is its members' work."""
    raw = both.reveal()
    ring = KeyRing(
        keys.practice_id, keys.epoch, member_id, Secret(raw[:KEY_BYTES]), Secret(raw[KEY_BYTES:]), own, (), former
    )
    try:
        with ring.subkey(Label.HEADER) as key:
            if not is_authentic(keys, key):
                raise DamagedKeyFile
        ring.earlier = _earlier(keys, ring)
    except BaseException:
        ring.wipe()
        raise
    return ring


def _earlier(keys: KeyFile, ring: KeyRing) -> tuple[Earlier, ...]:
    found = []
    with ring.subkey(Label.EARLIER) as key:
        for each in keys.previous:
            nonce, closed = each.closed[:NONCE_BYTES], each.closed[NONCE_BYTES:]
            around = _around_earlier(keys.practice_id, each.epoch, each.lines, each.head)
            try:
                with open_with(key.reveal(), nonce, closed, around) as both:
                    raw = both.reveal()
                    pair = Secret(raw[:KEY_BYTES]), Secret(raw[KEY_BYTES:])
            except CannotOpen:
                raise DamagedKeyFile from None
            found.append(Earlier(each.epoch, each.lines, each.head, *pair))
    return tuple(found)


def _former_pairs(practice_id: str, holder: Keyholder, own: KeyPairs) -> tuple[KeyPairs, ...]:
    """A member's earlier pairs, as far back as each is sealed to the one after it; oldest first. CannotOpen."""
    found: list[KeyPairs] = []
    newer = own
    for each in reversed(holder.former):
        if not each.sealed:
            break
        with newer.open(each.sealed, purpose_of_former(practice_id, holder.id)) as private:
            newer = KeyPairs(private)
        found.insert(0, newer)
    return tuple(found)
