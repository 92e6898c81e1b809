"""Knows the recovery kit: an age identity on paper, which opens the archives and the epoch's keys alike.

Only its public half is ever kept. It is a key of full strength, so nothing is derived from it slowly.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop.domain.errors_keys import KitMistyped, KitOfAnother, KitThere
from desktop.domain.errors_practice import DamagedKeyFile, NoSuchMember
from desktop.storage.vault import bech32
from desktop.storage.vault.keyfile import Custody, Former, KeyFile, Recipient
from desktop.storage.vault.keyring import KeyRing, authenticated_by, enrolled, purpose_of_epoch, ring_from, with_holder
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    CannotOpen,
    Cost,
    KeyPairs,
    exchange_key,
    exchange_public,
    open_sealed,
    random_secret,
)
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Credentials

START = "AGE-SECRET-KEY-1"
LETTERS = 58  # after START: 52 that hold the key, 6 that check it
GROUP = 4
_ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"


@dataclass(frozen=True, slots=True)
class DrawnKit:
    """A kit that was drawn and is not kept yet. id: what the key file will know it by."""

    id: str
    secret: Secret = field(repr=False)

    @property
    def text(self) -> str:
        """The identity, as age writes it."""
        return bech32.encode(bech32.IDENTITY, bytes(self.secret.reveal())).upper()

    @property
    def exchange(self) -> bytes:
        """The public half, 32 bytes."""
        return exchange_public(self.secret)

    @property
    def recipient(self) -> str:
        """The public half, as age writes it."""
        return bech32.encode(bech32.RECIPIENT, self.exchange)


def draw_kit(kit_id: str) -> DrawnKit:
    """A fresh kit; nothing knows of it before it is kept."""
    return DrawnKit(kit_id, random_secret(KEY_BYTES))


def groups(text: str) -> tuple[str, ...]:
    """A kit's text as it is printed: its start, then four characters at a time."""
    letters = text[len(START) :]
    return (text[: len(START)], *(letters[at : at + GROUP] for at in range(0, len(letters), GROUP)))


def read_kit(typed: str) -> Secret:
    """The 32 bytes of a kit that was typed or read from its code; blanks and case do not matter. KitMistyped."""
    text = "".join(typed.split()).upper()
    try:
        return Secret(bech32.decode(bech32.IDENTITY, text))
    except bech32.Mistyped:
        pass
    letters = text.removeprefix(START)
    if letters == text or not letters.isascii():
        raise KitMistyped
    if len(letters) != LETTERS:
        raise KitMistyped(letters=len(letters))
    place = _suspect(letters)
    raise KitMistyped(None if place is None else place // GROUP + 1)


def _suspect(letters: str) -> int | None:
    """Where one changed character, or two that change places, would mend the text; never what it should be."""
    for at in range(LETTERS):
        others = [letters[:at] + letter + letters[at + 1 :] for letter in _ALPHABET if letter != letters[at]]
        if at + 1 < LETTERS:
            others.append(letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :])
        if any(_holds(other) for other in others):
            return at
    return None


def _holds(letters: str) -> bool:
    try:
        bech32.decode(bech32.IDENTITY, START + letters)
    except bech32.Mistyped:
        return False
    return True


def with_kit(keys: KeyFile, ring: KeyRing, drawn: DrawnKit) -> KeyFile:
    """The key file with its first kit. KitThere: another one takes its place only together with a new epoch."""
    if keys.recovery:
        raise KitThere
    recipient = Recipient(drawn.id, drawn.exchange, ring.sealed_for(drawn.id, drawn.exchange))
    return authenticated_by(replace(keys, recovery=(recipient,)), ring)


def open_with_kit(keys: KeyFile, secret: Secret) -> KeyRing:
    """The ring that a kit opens: everything of the practice, nothing of one member. KitOfAnother, DamagedKeyFile."""
    keys = keys.current
    public = exchange_public(secret)
    for each in keys.recovery:
        if each.exchange != public:
            continue
        purpose = purpose_of_epoch(keys.practice_id, keys.epoch, each.id)
        try:
            with open_sealed(exchange_key(secret), each.sealed, purpose) as both:
                return ring_from(keys, both, "", None)
        except CannotOpen:
            raise DamagedKeyFile from None
    raise KitOfAnother


def _ended(custody: Custody) -> Custody:
    """It stays, under a custodian who is no member; an earlier one does not come into force again in its place."""
    return replace(custody, custodian=f"{custody.custodian}-before")


def recovered(
    keys: KeyFile, ring: KeyRing, member_id: str, given: Credentials, cost: Cost
) -> tuple[KeyFile, KeyRing]:
    """A member with a new passphrase and new pairs, their own private halves being lost with the old passphrase.

    ring: what the kit opened; the one returned is the member's. What was sealed to the old pair opens only in custody.
    Custody that was this member's ends: their part of its key was sealed to the old pair, so that nobody opens it any
    more, and nothing may be sealed to it from now on. NoSuchMember, PassphraseTooShort.
    """
    check_new(given.passphrase)
    before = keys.member(member_id)
    if before is None:
        raise NoSuchMember
    with random_secret(2 * KEY_BYTES) as private:
        own = KeyPairs(private)
        holder = enrolled(ring, private, before.id, before.name, given, cost)
    former = (*before.former, Former(before.exchange, before.signing, b""))
    holder = replace(holder, former=former, factor_required=before.factor_required)
    keys = replace(keys, custody=tuple(_ended(each) if each.custodian == before.id else each for each in keys.custody))
    return with_holder(keys, ring, holder), ring.held_by(before.id, own)
