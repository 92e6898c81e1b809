"""Knows the right answers to a few cryptographic questions, and asks them at every start."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.errors_machine import NotSafeHere
from desktop.storage.vault import bech32
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    CannotOpen,
    KeyPairs,
    close_with,
    exchange_public,
    mac,
    open_sealed,
    open_with,
    seal_to,
    signed_by,
)
from desktop.storage.vault.secret import Secret

_hex = bytes.fromhex

Check = tuple[str, Callable[[], bool]]


def stays_closed(work: Callable[[], object]) -> bool:
    """Whether `work` finds that it cannot open what it tries to open."""
    try:
        work()
    except CannotOpen:
        return True
    return False


def _argon2id() -> bool:
    """RFC 9106, section 5.3."""
    kdf = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    return kdf.derive(b"\x01" * 32) == _hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")


def _hkdf() -> bool:
    """RFC 5869, test case 1."""
    salt, info = _hex("000102030405060708090a0b0c"), _hex("f0f1f2f3f4f5f6f7f8f9")
    kdf = HKDF(algorithm=SHA256(), length=42, salt=salt, info=info)
    return kdf.derive(b"\x0b" * 22) == _hex(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def _hmac() -> bool:
    """RFC 4231, test case 2."""
    return mac(Secret(b"Jefe"), b"what do ya want for nothing?") == _hex(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def _chacha20_poly1305() -> bool:
    """RFC 8439, section 2.8.2; and a changed byte must not open."""
    key, nonce, around = bytes(range(0x80, 0xA0)), _hex("070000004041424344454647"), _hex("50515253c0c1c2c3c4c5c6c7")
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    closed = close_with(key, nonce, text, around)
    altered = closed[:-1] + bytes([closed[-1] ^ 1])
    start_and_tag = _hex("d31a8d34648e60db7b86afbc53ef7ec2") + _hex("1ae10b594f09e26a7e902ecbd0600691")
    return (
        closed[:16] + closed[-16:] == start_and_tag
        and open_with(key, nonce, closed, around).same_as(text)
        and stays_closed(lambda: open_with(key, nonce, altered, around))
    )


def _x25519() -> bool:
    """RFC 7748, section 6.1."""
    private = X25519PrivateKey.from_private_bytes(
        _hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
    )
    other = X25519PublicKey.from_public_bytes(_hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"))
    return private.exchange(other) == _hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")


def _hpke() -> bool:
    """A text sealed once with the recipient's key of RFC 9180, appendix A.2; and a round of our own."""
    private = X25519PrivateKey.from_private_bytes(
        _hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    )
    sealed = _hex(
        "8474fba515a9e01b2fc3ff505249bdf8f3efc761cbf08d9d21c67ec73f87933fe712995ff71833d8bb2f6500"
        "32060a1a7039524277890e0f50f557dd386a6b0e46a86f9eaa74b4ecce8e"
    )
    purpose = _hex("4f6465206f6e2061204772656369616e2055726e")
    again = seal_to(private.public_key().public_bytes_raw(), b"and back", purpose)
    return (
        open_sealed(private, sealed, purpose).same_as(b"Holdfast knows this answer")
        and open_sealed(private, again, purpose).same_as(b"and back")
        and stays_closed(lambda: open_sealed(private, again, purpose + b"!"))
    )


def _ed25519() -> bool:
    """RFC 8032, section 7.1, test 2; and another message must not pass."""
    private = _hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    own = KeyPairs(Secret(bytes(range(KEY_BYTES)) + private))
    signature = own.sign(b"\x72")
    known = _hex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    return (
        own.signing_public == _hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        and signature == known
        and signed_by(own.signing_public, signature, b"\x72")
        and not signed_by(own.signing_public, signature, b"\x73")
    )


def _kit() -> bool:
    """What age's own `age-keygen -y` says of a known identity; and a mistyped letter must not pass."""
    secret = Secret(bytes(range(KEY_BYTES)))
    text = "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG"
    public = "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"
    try:
        bech32.decode(bech32.IDENTITY, text[:-1] + "Q")
        return False
    except bech32.Mistyped:
        pass
    return (
        secret.same_as(bech32.decode(bech32.IDENTITY, text))
        and bech32.encode(bech32.IDENTITY, bytes(range(KEY_BYTES))).upper() == text
        and bech32.encode(bech32.RECIPIENT, exchange_public(secret)) == public
    )


CHECKS: tuple[Check, ...] = (
    ("Argon2id", _argon2id),
    ("HKDF", _hkdf),
    ("HMAC", _hmac),
    ("ChaCha20-Poly1305", _chacha20_poly1305),
    ("X25519", _x25519),
    ("HPKE", _hpke),
    ("Ed25519", _ed25519),
    ("recovery kit", _kit),
)


def selftest(checks: tuple[Check, ...] = CHECKS) -> tuple[str, ...]:
    """Ask every question; the names of what was asked. NotSafeHere names the first wrong answer."""
    for name, right in checks:
        try:
            passed = right()
        except Exception:  # noqa: BLE001 - a part that fails in whatever way is not to be used
            passed = False
        if not passed:
            raise NotSafeHere(name)
    return tuple(name for name, _ in checks)
