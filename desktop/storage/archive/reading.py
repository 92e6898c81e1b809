"""Knows how an archive is read to its end and found to be whole: nothing of it counts before that.

The keys come first, then the signed list; everything after must be what the list says, in its order.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_archive import DamagedArchive, ForeignArchive, NotAnArchive
from desktop.domain.errors_practice import DamagedKeyFile
from desktop.domain.words import tr
from desktop.services.ports_archives import Report
from desktop.storage.archive import manifest as names
from desktop.storage.archive.agefile import decrypt, decrypt_apart
from desktop.storage.archive.aside import HandedOn
from desktop.storage.archive.copying import quiet
from desktop.storage.archive.manifest import MOST_MANIFEST, Entry, Manifest, parse, require_own
from desktop.storage.archive.placing import at_place
from desktop.storage.archive.tarball import TarReader
from desktop.storage.archive.zstd import Unpacker
from desktop.storage.disk import Disk
from desktop.storage.faults import explained
from desktop.storage.vault import keyfile
from desktop.storage.vault.keyfile import KeyFile, is_authentic
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.primitives import KEY_BYTES
from desktop.storage.vault.secret import Secret

RingFor = Callable[[KeyFile], KeyRing]
TakePart = Callable[[bytes | memoryview], None]
_MOST_SMALL = 64 * 1024
_BUFFER = 256 * 1024  # the library that decrypts asks for 8 KB at a time


@dataclass(frozen=True, slots=True)
class Found:
    """What a whole archive holds. ring: the keys of the practice that signed it; page_key: of the database in it.

    In the first form that was a key of its own; now it is the one of the epoch.
    """

    manifest: Manifest
    keys: KeyFile
    ring: KeyRing
    page_key: Secret


class _Inside:
    """Receives the files and compares each with the list."""

    def __init__(self, ring_for: RingFor, database: TakePart) -> None:
        self._ring_for, self._database = ring_for, database
        self._held = bytearray()
        self._digest = hashlib.sha256()
        self._name, self._size = "", 0
        self._count = -1  # files begun before this one
        self._keys_digest = ""
        self.keys: KeyFile | None = None
        self.ring: KeyRing | None = None
        self.manifest: Manifest | None = None
        self.page_key = Secret(b"")

    def begin(self, name: str, size: int) -> None:
        """Only what must come now may come."""
        self._count += 1
        self._name, self._size = name, size
        self._held.clear()
        self._digest = hashlib.sha256()
        if self._count == 0:
            allowed = name == names.KEYS and size <= keyfile.MOST_BYTES
        elif self._count == 1:
            allowed = name == names.MANIFEST and size <= MOST_MANIFEST
        else:
            entry = self._expected()
            small = name not in {names.README, names.PAGE_KEY} or size <= _MOST_SMALL
            allowed = (name, size) == (entry.name, entry.size) and small
        if not allowed:
            raise NotAnArchive

    def _expected(self) -> Entry:
        # The key file came before the list: the list's second entry is the third file.
        if self.manifest is None or self._count - 1 >= len(self.manifest.entries):
            raise NotAnArchive
        return self.manifest.entries[self._count - 1]

    def take(self, content: bytes | memoryview) -> None:
        """Some bytes of the present file."""
        self._digest.update(content)
        if self._name == names.DATABASE:
            self._database(content)
        elif self._count < 2 or self._name == names.PAGE_KEY:
            self._held += content

    def end(self) -> None:
        """The present file is whole."""
        digest = self._digest.hexdigest()
        if self._count == 0:
            self._keys_digest = digest
            self._take_keys(bytes(self._held))
        elif self._count == 1:
            self._take_manifest(bytes(self._held))
        elif digest != self._expected().digest:
            raise DamagedArchive
        elif self._name == names.PAGE_KEY:
            self._take_page_key()

    def _take_keys(self, content: bytes) -> None:
        try:
            self.keys = keyfile.parse(content)
        except DamagedKeyFile:
            raise NotAnArchive from None
        self.ring = self._ring_for(self.keys)
        with self.ring.subkey(Label.HEADER) as key:
            own = self.keys.practice_id == self.ring.practice_id and is_authentic(self.keys, key)
        if not own:
            raise ForeignArchive

    def _take_manifest(self, content: bytes) -> None:
        if self.ring is None:
            raise NotAnArchive
        manifest = parse(content)
        require_own(manifest, self.ring)
        if manifest.entries[0].digest != self._keys_digest:
            raise ForeignArchive
        self.manifest = manifest

    def _take_page_key(self) -> None:
        try:
            raw = bytearray.fromhex(self._held.decode("ascii"))
        except ValueError:
            raise NotAnArchive from None
        self._held[:] = bytes(len(self._held))
        if len(raw) != KEY_BYTES:
            raise NotAnArchive
        self.page_key = Secret(raw)

    def found(self) -> Found:
        """Everything, once the end was reached. NotAnArchive when something lacks."""
        whole = self.manifest is not None and self._count == len(self.manifest.entries)
        if not whole or self.manifest is None or self.keys is None or self.ring is None:
            raise NotAnArchive
        if self.manifest.version > 1:
            self.page_key = Secret(bytearray(self.ring.page_key.reveal()))
        return Found(self.manifest, self.keys, self.ring, self.page_key)


def _nowhere(content: bytes | memoryview) -> None:
    """Where the database goes when it is only to be compared."""


def read_archive(
    path: Path, identity: str, ring_for: RingFor, *, into: Path | None = None, disk: Disk | None = None,
    report: Report = quiet,
) -> Found:
    """Read an archive to its end and compare all of it with its signed list. into: where the database copy goes.

    ring_for: given the key file inside, the keys whose signature counts. What stands in `into` counts only after this
    has come back; after an error it is removed. Raises NotAnArchive, WrongKit, ForeignArchive, DamagedArchive,
    NewerArchive, PlaceTrouble, NoArchive, DiskFull.
    """
    disk = disk or Disk()
    with at_place(), path.open("rb", buffering=_BUFFER) as file:
        if into is None:
            return read_whole(file, path.stat().st_size, identity, ring_for, report=report)
    try:
        with at_place(), path.open("rb", buffering=_BUFFER) as file, disk.create(into) as out:
            found = read_whole(file, path.stat().st_size, identity, ring_for, _into(out), report, apart=True)
            disk.sync(out)
            return found
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(into)
        raise


def read_whole(
    file: IO[bytes], total: int, identity: str, ring_for: RingFor, database: TakePart = _nowhere,
    report: Report = quiet, *, apart: bool = False,
) -> Found:
    """Read an archive of `total` bytes from a stream that can be rewound; what `database` is given counts only after.

    apart: by other people's library. Every restore and every drill shows so that what is written here is an age file.
    Raises what `read_archive` raises; OSError as the stream does.
    """
    done = 0
    inside = _Inside(ring_for, database)
    tar = TarReader(inside)
    unpacker = Unpacker(tar.feed)

    def take(content: bytes) -> None:
        nonlocal done
        before, done = done, done + len(content)
        if before >> 22 != done >> 22:
            report(min(done, total), total, tr("Reading the archive"))
        other.give(content)

    try:
        with HandedOn(unpacker.feed) as other:
            (decrypt_apart if apart else decrypt)(file, take, identity)
            other.end()
        unpacker.end()
        tar.end()
        return inside.found()
    except HoldfastError:
        inside.page_key.wipe()
        raise


def _into(out: IO[bytes]) -> TakePart:
    def take(content: bytes | memoryview) -> None:
        with explained():  # this machine's own disk, not the archive's place
            out.write(content)

    return take
