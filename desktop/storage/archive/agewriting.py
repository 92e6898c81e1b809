"""Knows how an age v1 file is written, to X25519 recipients, as the format's specification says, in one pass.

The library that restores archives (`agefile.decrypt_apart`) could write them too, at a quarter of the speed. It and the
system's own `age` read what is written here, in the tests and in every drill.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.storage.vault.bech32 import RECIPIENT, decode
from desktop.storage.vault.primitives import random_bytes

VERSION_LINE = b"age-encryption.org/v1\n"
CHUNK = 64 * 1024
FILE_KEY_BYTES = NONCE_BYTES = 16
X25519_INFO = b"age-encryption.org/v1/X25519"
_AT_ONCE = 16  # chunks in one call of the disk


def encrypt(pieces: Iterable[bytes], target: IO[bytes], to: tuple[str, ...]) -> None:
    """Write an age file to recipients (`age1...`). Raises what making the pieces raised, or the target's OSError."""
    file_key = random_bytes(FILE_KEY_BYTES)
    nonce = random_bytes(NONCE_BYTES)
    _write(target, _header(file_key, to) + nonce)
    for closed in _closed(derived(file_key, nonce, b"payload"), _chunks(pieces)):
        _write(target, closed)


def _write(target: IO[bytes], content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[target.write(view) :]


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """A key for one purpose (HKDF-SHA256, 32 bytes)."""
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _text(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _header(file_key: bytes, to: tuple[str, ...]) -> bytes:
    """The lines before the content: the file's key for each recipient, and a MAC over them under that key."""
    lines = [VERSION_LINE, *(_stanza(file_key, decode(RECIPIENT, each)) for each in to), b"---"]
    covered = b"".join(lines)
    mac = hmac.digest(derived(file_key, b"", b"header"), covered, hashlib.sha256)
    return covered + b" " + _text(mac) + b"\n"


def _stanza(file_key: bytes, recipient: bytes) -> bytes:
    own = X25519PrivateKey.generate()
    share = own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = own.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrapping = ChaCha20Poly1305(derived(shared, share + recipient, X25519_INFO))
    # The key that wraps is used this once: its nonce is nothing but zeros.
    return b"-> X25519 " + _text(share) + b"\n" + _text(wrapping.encrypt(bytes(12), file_key, None)) + b"\n"


def _chunks(pieces: Iterable[bytes]) -> Iterator[list[memoryview]]:
    """The content in whole chunks, several at a time; the very last one may be shorter, and is empty for nothing."""
    held = bytearray()
    for piece in pieces:
        held += piece
        whole = (len(held) - 1) // CHUNK  # the last one is kept back: it is closed in another way
        if whole >= _AT_ONCE:
            ready = memoryview(bytes(held[: whole * CHUNK]))
            del held[: whole * CHUNK]
            yield [ready[at : at + CHUNK] for at in range(0, len(ready), CHUNK)]
    rest = memoryview(bytes(held))
    yield [rest[at : at + CHUNK] for at in range(0, max(len(rest), 1), CHUNK)]


def _closed(key: bytes, groups: Iterable[list[memoryview]]) -> Iterator[bytes]:
    """Every chunk closed under its number; the last one under a nonce that says so."""
    cipher, number = ChaCha20Poly1305(key), 0
    waiting: list[memoryview] = []
    for group in groups:
        if waiting:
            yield b"".join([cipher.encrypt(nonce_of(number + at), each, None) for at, each in enumerate(waiting)])
            number += len(waiting)
        waiting = group
    closed = [cipher.encrypt(nonce_of(number + at), each, None) for at, each in enumerate(waiting[:-1])]
    closed.append(cipher.encrypt(nonce_of(number + len(waiting) - 1, last=True), waiting[-1], None))
    yield b"".join(closed)


def nonce_of(number: int, last: bool = False) -> bytes:
    """The nonce of a chunk: its number, and whether it is the last one."""
    return number.to_bytes(11, "big") + bytes([last])
