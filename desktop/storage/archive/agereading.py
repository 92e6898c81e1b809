"""Knows how an age v1 file to X25519 recipients is read in one pass, as the format's specification says.

Strictly, and only what `agewriting` and the format's own tools write for such recipients: other kinds of stanzas are
passed over, no length is believed, and every piece is authenticated before it is handed on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.domain.errors_archive import DamagedArchive, NotAnArchive, WrongKit
from desktop.storage.archive.agewriting import (
    CHUNK,
    FILE_KEY_BYTES,
    NONCE_BYTES,
    VERSION_LINE,
    X25519_INFO,
    derived,
    nonce_of,
)
from desktop.storage.vault.bech32 import IDENTITY, decode
from desktop.storage.vault.primitives import KEY_BYTES, TAG_BYTES

_AT_ONCE = 16  # chunks in one call of the disk
_KIND = "X25519"


@dataclass(frozen=True, slots=True)
class _Header:
    """The lines before the content. stanzas: the share and the closed key of each X25519 recipient."""

    covered: bytes
    mac: bytes
    stanzas: tuple[tuple[bytes, bytes], ...]


def decrypt(source: IO[bytes], take: Callable[[bytes], None], identity: str, header: bytes) -> None:
    """Hand on the content of an age file, about a megabyte at a time; nothing of it counts before this has come back.

    header: the file's first bytes, up to and with the line of the MAC, found to be of bearable length.
    identity: as age's identity files have them, one to a line; any of them may open it. NotAnArchive, WrongKit,
    DamagedArchive; what `take` raised; the OSError of the source.
    """
    found = _parsed(header)
    file_key = _file_key(found, [decode(IDENTITY, each) for each in identity.split()])
    mac = hmac.digest(derived(file_key, b"", b"header"), found.covered, hashlib.sha256)
    if not hmac.compare_digest(mac, found.mac):
        raise DamagedArchive
    source.seek(len(header))
    nonce = source.read(NONCE_BYTES)
    if len(nonce) != NONCE_BYTES:
        raise DamagedArchive
    try:
        for content in _opened(derived(file_key, nonce, b"payload"), source):
            take(content)
    except InvalidTag:
        raise DamagedArchive from None


def _raw(text: bytes, length: int) -> bytes:
    """Base64 without padding, spelt in the one way that there is."""
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise NotAnArchive from None
    if len(raw) != length or base64.b64encode(raw).rstrip(b"=") != text:
        raise NotAnArchive
    return raw


def _parsed(header: bytes) -> _Header:
    if not header.startswith(VERSION_LINE) or not header.endswith(b"\n"):
        raise NotAnArchive
    lines = header[len(VERSION_LINE) : -1].split(b"\n")
    last = lines.pop()
    if not last.startswith(b"--- "):
        raise NotAnArchive
    stanzas, at = [], 0
    while at < len(lines):
        words = lines[at].split(b" ")
        if words[0] != b"->" or len(words) < 2:
            raise NotAnArchive
        at += 1
        body = []
        while at < len(lines):  # a body ends with a line that is shorter than 64, and may be empty
            body.append(lines[at])
            at += 1
            if len(body[-1]) < 64:
                break
        if words[1] == _KIND.encode() and len(words) == 3:
            stanzas.append((_raw(words[2], KEY_BYTES), _raw(b"".join(body), FILE_KEY_BYTES + TAG_BYTES)))
    covered = header[: -len(last) - 1] + b"---"
    return _Header(covered, _raw(last.removeprefix(b"--- "), KEY_BYTES), tuple(stanzas))


def _file_key(header: _Header, identities: list[bytes]) -> bytes:
    for raw in identities:
        own = X25519PrivateKey.from_private_bytes(raw)
        public = own.public_key().public_bytes_raw()
        for share, closed in header.stanzas:
            try:
                shared = own.exchange(X25519PublicKey.from_public_bytes(share))
            except ValueError:  # a share of low order: nobody's
                raise NotAnArchive from None
            try:
                return ChaCha20Poly1305(derived(shared, share + public, X25519_INFO)).decrypt(bytes(12), closed, None)
            except InvalidTag:
                continue
    raise WrongKit


def _opened(key: bytes, source: IO[bytes]) -> Iterator[bytes]:
    """Every chunk opened under its number. InvalidTag; DamagedArchive for an end that is none."""
    cipher, number, width = ChaCha20Poly1305(key), 0, CHUNK + TAG_BYTES
    waiting = _block(source, _AT_ONCE * width)
    while waiting:
        following = _block(source, _AT_ONCE * width)
        view = memoryview(waiting)
        parts = [view[at : at + width] for at in range(0, len(view), width)]
        last = number + len(parts) - 1 if not following else -1
        content = b"".join([
            cipher.decrypt(nonce_of(number + at, number + at == last), part, None) for at, part in enumerate(parts)
        ])  # fmt: skip
        number += len(parts)
        if not following and len(parts[-1]) == TAG_BYTES and number > 1:
            raise DamagedArchive  # only nothing at all ends with an empty chunk
        yield content
        waiting = following
    if not number:
        raise DamagedArchive


def _block(source: IO[bytes], size: int) -> bytes:
    """So many bytes, fewer only at the end."""
    found = source.read(size)
    while 0 < len(found) < size:
        more = source.read(size - len(found))
        if not more:
            break
        found += more
    return found
