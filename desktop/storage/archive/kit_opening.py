"""Knows what a recovery kit opens of a key file: the epoch's keys, without any member."""

from __future__ import annotations

from desktop.domain.errors_archive import WrongKit
from desktop.storage.vault.keyfile import KeyFile, Recipient
from desktop.storage.vault.keyring import KeyRing, purpose_of_epoch
from desktop.storage.vault.primitives import KEY_BYTES, CannotOpen, KeyPairs, open_sealed, random_secret
from desktop.storage.vault.secret import Secret

KIT_HOLDER = "recovery-kit"  # who did it, in the audit trail


def open_with_kit(keys: KeyFile, kit: Secret) -> KeyRing:
    """The key ring that a kit opens; it holds no member's own halves. WrongKit."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.from_private_bytes(kit.reveal())
    public = private.public_key().public_bytes_raw()
    for each in keys.recovery:
        if each.exchange == public:
            return _opened(keys, each, private)
    raise WrongKit


def _opened(keys: KeyFile, mine: Recipient, private: object) -> KeyRing:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    assert isinstance(private, X25519PrivateKey)
    try:
        with open_sealed(private, mine.sealed, purpose_of_epoch(keys.practice_id, keys.epoch, mine.id)) as both:
            raw = both.reveal()
            master, page_key = Secret(raw[:KEY_BYTES]), Secret(raw[KEY_BYTES:])
    except CannotOpen:
        raise WrongKit from None
    with random_secret(2 * KEY_BYTES) as nobody:  # a ring needs pairs; nothing was ever sealed to these
        return KeyRing(keys.practice_id, keys.epoch, KIT_HOLDER, master, page_key, KeyPairs(nobody))
