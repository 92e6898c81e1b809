"""Knows the outer form of an archive: an age v1 file, whom it is for, and how it is read as a stream."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import IO, Any

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_archive import DamagedArchive, ForeignArchive, NotAnArchive, WrongKit
from desktop.storage.archive import agereading
from desktop.storage.archive.agewriting import VERSION_LINE
from desktop.storage.vault.bech32 import IDENTITY, RECIPIENT, encode
from desktop.storage.vault.keyfile import KeyFile
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.secret import Secret

# pyrage reads a header in quadratic time: 24 KB take 0.6 s, 98 KB 10 s. Seventeen recipients take 1.8 KB.
MOST_HEADER = 8 * 1024
_LINE = re.compile(rb"[\x21-\x7e][\x20-\x7e]{0,199}")
_LAST = re.compile(rb"--- [A-Za-z0-9+/]{43}")
_PIECE = 1 << 16

Take = Callable[[bytes], None]


class _Pushed(io.RawIOBase):
    """A stream for writing that hands everything on. failed: what the taker raised, which pyrage would swallow."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self.failed: BaseException | None = None

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        """Hand a piece on."""
        try:
            self._take(bytes(piece))
        except BaseException as error:
            self.failed = error
            raise
        return len(piece)


def recipient_of(exchange: bytes) -> str:
    """An X25519 public half as age writes it."""
    return encode(RECIPIENT, exchange)


def identity_of(private: Secret) -> str:
    """An X25519 private half as age writes it."""
    return encode(IDENTITY, bytes(private.reveal())).upper()


def own_identity(ring: KeyRing) -> str:
    """The identity that every member of this epoch can derive."""
    with ring.subkey(Label.ARCHIVE_IDENTITY) as key:
        return identity_of(key)


def own_identities(ring: KeyRing) -> str:
    """The practice's own identities of all its epochs, the present one first, one to a line."""
    found = [own_identity(ring)]
    for each in reversed(ring.earlier):
        with ring.subkey(Label.ARCHIVE_IDENTITY, each) as key:
            found.append(identity_of(key))
    return "\n".join(found)


def ring_of(ring: KeyRing, keys: KeyFile) -> KeyRing:
    """The keys of the epoch that an archive's key file is of. ForeignArchive for one that this practice never had."""
    found = ring.at(keys.epoch) if keys.practice_id == ring.practice_id else None
    if found is None:
        raise ForeignArchive
    return found


def recipients(keys: KeyFile, ring: KeyRing) -> tuple[str, ...]:
    """Everybody that an archive is made for: every recovery kit, and the practice itself."""
    from pyrage import x25519

    own = str(x25519.Identity.from_str(own_identity(ring)).to_public())
    return (*(recipient_of(each.exchange) for each in keys.recovery), own)


def require_header(source: IO[bytes]) -> bytes:
    """The lines before the content. Raises NotAnArchive unless they are age's and of bearable length; rewinds it."""
    source.seek(0)
    begin = source.read(MOST_HEADER)
    source.seek(0)
    if not begin.startswith(VERSION_LINE):
        raise NotAnArchive
    at = len(VERSION_LINE)
    for line in begin[at:].split(b"\n")[:-1]:
        at += len(line) + 1
        if _LAST.fullmatch(line):
            return begin[:at]
        if line and not _LINE.fullmatch(line):
            raise NotAnArchive
    raise NotAnArchive


def decrypt(source: IO[bytes], take: Take, identity: str) -> None:
    """Hand on the content of an age file, piece by piece; nothing of it counts before this has come back.

    identity: as age's identity files have them, one to a line; any of them may open it.
    NotAnArchive, WrongKit, DamagedArchive; what `take` raised; OSError with a number when the file cannot be read.
    """
    agereading.decrypt(source, take, identity, require_header(source))


def decrypt_apart(source: IO[bytes], take: Take, identity: str) -> None:
    """The same by a library of other people (rage): slower, and it knows nothing of how this program writes."""
    import pyrage
    from pyrage import x25519

    require_header(source)
    reader, sink = _Read(source), _Pushed(take)
    try:
        pyrage.decrypt_io(reader, sink, [x25519.Identity.from_str(each) for each in identity.split()])
    except HoldfastError:
        raise
    except BaseException as error:
        failed = reader.failed or sink.failed
        if failed is not None:
            raise failed from None
        if isinstance(error, pyrage.DecryptError):
            raise (WrongKit if "No matching keys" in str(error) else DamagedArchive) from None
        if isinstance(error, Exception):
            raise DamagedArchive from None
        raise


class _Read(io.RawIOBase):
    """A file for reading that remembers the disk's own error."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.failed: OSError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        try:
            return self._source.read(_PIECE if size < 0 else size)
        except OSError as error:
            self.failed = error
            raise
