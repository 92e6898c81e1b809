"""Knows the cryptographic parts and how they are called: nothing here is of our own making.

The library is loaded when a key is first used: the unlock screen is painted sooner without it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from desktop.domain.errors_machine import NotEnoughMemory
from desktop.storage.vault.secret import Secret, taken_over

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
SEAL_BYTES = 32 + TAG_BYTES  # what a sealed text is longer by: the sender's one-time key and a tag
KIB_PER_MIB = 1024


class CannotOpen(Exception):
    """A text that this key, with these circumstances, did not close."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What deriving a key from a passphrase takes (Argon2id, RFC 9106): memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def bearable(self) -> bool:
        """Whether it is neither too little to protect nor so much that a bad file could stop the machine."""
        memory = 64 * KIB_PER_MIB <= self.memory_kib <= 1024 * KIB_PER_MIB
        return memory and 3 <= self.passes <= 12 and 1 <= self.lanes <= 8


FLOOR = Cost(64 * KIB_PER_MIB, 3, 4)
AIM = Cost(256 * KIB_PER_MIB, 3, 4)


def random_bytes(count: int) -> bytes:
    """Bytes from the system's generator."""
    return os.urandom(count)


def random_secret(count: int) -> Secret:
    """A secret from the system's generator."""
    return taken_over(os.urandom(count))


def stretch(passphrase: Secret, salt: bytes, cost: Cost, length: int, mixed_in: Secret | None = None) -> Secret:
    """`length` bytes of Argon2id. ValueError for an unbearable cost, before anything is computed; NotEnoughMemory.

    mixed_in: a second secret, without which the passphrase gives other bytes.
    """
    if not cost.bearable:
        raise ValueError("this cost is out of bounds")
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    out = bytearray(length)
    # The library takes this secret as bytes only; they are overwritten below.
    extra = None if mixed_in is None else bytes(mixed_in.reveal())
    kdf = Argon2id(
        salt=salt, length=length, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib, secret=extra
    )
    try:
        kdf.derive_into(passphrase.reveal(), out)  # type: ignore[arg-type] # the stub forgets that any buffer will do
    except MemoryError:
        raise NotEnoughMemory(cost.memory_kib // KIB_PER_MIB) from None
    finally:
        if extra is not None:
            del kdf
            taken_over(extra).wipe()
    return Secret(out)


def expand(key: Secret, label: bytes, length: int = KEY_BYTES) -> Secret:
    """A key of its own for the purpose that `label` names (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    out = bytearray(length)
    HKDF(algorithm=SHA256(), length=length, salt=None, info=label).derive_into(key.reveal(), out)
    return Secret(out)


def mac(key: Secret, message: bytes) -> bytes:
    """HMAC-SHA256."""
    return hmac.new(key.reveal(), message, hashlib.sha256).digest()


def close_with(key: bytes | bytearray, nonce: bytes, text: bytes | bytearray, around: bytes) -> bytes:
    """Encrypt under a symmetric key, bound to `around` (ChaCha20-Poly1305)."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key).encrypt(nonce, text, around)


def open_with(key: bytes | bytearray, nonce: bytes, closed: bytes, around: bytes) -> Secret:
    """The text back; CannotOpen."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    out = bytearray(max(0, len(closed) - TAG_BYTES))
    try:
        ChaCha20Poly1305(key).decrypt_into(nonce, closed, around, out)
    except InvalidTag:
        raise CannotOpen from None
    return Secret(out)


@cache
def _suite() -> hpke.Suite:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def seal_to(public: bytes, text: bytes | bytearray, purpose: bytes) -> bytes:
    """Encrypt to an X25519 public key for one purpose (HPKE base mode, RFC 9180). ValueError for a useless key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _suite().encrypt(text, X25519PublicKey.from_public_bytes(public), purpose)


def exchange_public(private: Secret) -> bytes:
    """The public half of a bare X25519 key, 32 bytes."""
    return exchange_key(private).public_key().public_bytes_raw()


def exchange_key(private: Secret) -> X25519PrivateKey:
    """A bare X25519 key of 32 bytes, ready to open what is sealed to it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    with memoryview(private.reveal()) as view:
        return X25519PrivateKey.from_private_bytes(view)


def open_sealed(private: X25519PrivateKey, sealed: bytes, purpose: bytes) -> Secret:
    """The text back; CannotOpen."""
    from cryptography.exceptions import InvalidTag

    try:
        return taken_over(_suite().decrypt(sealed, private, purpose))
    except (InvalidTag, ValueError):
        raise CannotOpen from None


class KeyPairs:
    """One person's private halves: X25519 to open what is sealed to them, Ed25519 to sign. Never shown."""

    __slots__ = ("_exchange", "_signing")

    def __init__(self, both: Secret) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        raw = both.reveal()
        if len(raw) != 2 * KEY_BYTES:
            raise ValueError("two private halves have 64 bytes")
        with memoryview(raw) as view:  # a slice of the bytes would be a copy that nobody wipes
            self._exchange = X25519PrivateKey.from_private_bytes(view[:KEY_BYTES])
            self._signing = Ed25519PrivateKey.from_private_bytes(view[KEY_BYTES:])

    def __repr__(self) -> str:
        return "KeyPairs(...)"

    @property
    def exchange_public(self) -> bytes:
        """The public half that others seal to."""
        return self._exchange.public_key().public_bytes_raw()

    @property
    def signing_public(self) -> bytes:
        """The public half that signatures are checked with."""
        return self._signing.public_key().public_bytes_raw()

    def open(self, sealed: bytes, purpose: bytes) -> Secret:
        """What was sealed to this person; CannotOpen."""
        return open_sealed(self._exchange, sealed, purpose)

    def sign(self, message: bytes) -> bytes:
        """A signature, 64 bytes."""
        return self._signing.sign(message)


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the owner of `public` signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
