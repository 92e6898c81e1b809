"""Knows how an archive is put together: a copy under a fresh key, its tables as lines, a signed list, one stream.

    with prepared(source, about, scratch) as archive:
        with disk.create(path) as file:
            archive.write(file)
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from desktop.domain.errors_archive import PlaceFull
from desktop.domain.errors_practice import DamagedDatabase
from desktop.domain.moment import Moment
from desktop.domain.words import tr
from desktop.services.ports_archives import Report
from desktop.storage.archive import manifest as names
from desktop.storage.archive.agefile import encrypt, recipients
from desktop.storage.archive.aside import beside
from desktop.storage.archive.copying import as_it_lies, copy_under, quiet, standing_still
from desktop.storage.archive.manifest import Entry, Manifest, signed
from desktop.storage.archive.readme import text as readme
from desktop.storage.archive.rows import lines, table_names
from desktop.storage.archive.spool import Spool
from desktop.storage.archive.tarball import END, header, padding
from desktop.storage.archive.zstd import QUICK, Packer, frame
from desktop.storage.audit import Chain, Head
from desktop.storage.disk import Disk
from desktop.storage.faults import SPACE_FOR_A_STEP, explained
from desktop.storage.vault.keyfile import KeyFile
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.primitives import KEY_BYTES, random_secret
from desktop.storage.vault.secret import Secret

_PIECE = 1 << 20
COPY, SPOOL = "copy.db", "lines.spool"


@dataclass(frozen=True, slots=True)
class Source:
    """The practice that is archived. scratch: an empty folder beside its database, for encrypted copies."""

    database: Path
    ring: KeyRing
    keys: KeyFile
    disk: Disk
    scratch: Path


@dataclass(frozen=True, slots=True)
class About:
    """What an archive is to say of itself."""

    program: str
    counter: int
    at: Moment
    member_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that goes into an archive, its sizes and digests known."""

    manifest: Manifest
    content: dict[str, bytes]
    parts: dict[str, tuple[int, int]]
    spool: Spool
    copy: Path
    to: tuple[str, ...]
    report: Report

    @property
    def size(self) -> int:
        """About how many bytes the archive will have, or a little fewer."""
        written = self.spool.size
        return written + self.copy.stat().st_size + sum(map(len, self.content.values())) + _PIECE

    def write(self, file: IO[bytes]) -> None:
        """Write the archive. OSError of the file, with its number."""
        encrypt(self._pieces(), file, self.to)

    def _pieces(self) -> Iterator[bytes]:
        yield self._plain(names.KEYS)
        content = self.manifest.content()
        yield frame(header(names.MANIFEST, len(content)) + content + padding(len(content)))
        yield self._plain(names.README) + self._plain(names.PAGE_KEY)
        for entry in self.manifest.tables:
            yield frame(header(entry.name, entry.size))
            yield from self.spool.pieces(*self.parts[entry.name])
            if fill := padding(entry.size):
                yield frame(fill)
        yield from self._database()
        yield frame(END)

    def _plain(self, name: str) -> bytes:
        content = self.content[name]
        return frame(header(name, len(content)) + content + padding(len(content)))

    def _database(self) -> Iterator[bytes]:
        entry = self.manifest.entry(names.DATABASE)
        packer = Packer(QUICK)
        yield packer.add(header(entry.name, entry.size))
        done = 0
        with self.copy.open("rb") as file:
            while piece := file.read(_PIECE):
                done += len(piece)
                self.report(done, entry.size, tr("Writing the archive"))
                yield packer.add(piece)
        yield packer.add(padding(entry.size)) + packer.end()


def _require_room(source: Source) -> None:
    size = source.database.stat().st_size
    log = source.database.with_name(source.database.name + "-wal")
    size += log.stat().st_size if log.exists() else 0
    needed = size + size // 4 + SPACE_FOR_A_STEP
    if source.disk.free(source.scratch) < needed:
        raise PlaceFull(needed, here=True)


def _head(connection: Any, ring: KeyRing) -> Head:
    row = connection.execute("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    if row is None:
        with ring.subkey(Label.AUDIT) as key:
            return Chain(ring.practice_id, bytes(key.reveal())).start
    return Head(int(row[0]), bytes(row[1]).hex())


def _spooled(connection: Any, table: str, spool: Spool, step: Callable[[], None]) -> Entry:
    """A table's lines, compressed into the spool, and what the list says of them."""
    rows, size, digest, packer = 0, 0, hashlib.sha256(), Packer(QUICK)
    for count, content in lines(connection, table, step):
        rows, size = rows + count, size + len(content)
        digest.update(content)
        spool.add(packer.add(content))
    spool.add(packer.end())
    return Entry(f"tables/{table}.jsonl", size, digest.hexdigest(), rows)


def digest_of_file(path: Path) -> str:
    """SHA-256, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hex_key(key: Secret) -> bytes:
    """A page key as it stands in database.key."""
    return bytes(key.reveal()).hex().encode("ascii") + b"\n"


def _entry(name: str, content: bytes) -> Entry:
    return Entry(name, len(content), hashlib.sha256(content).hexdigest())


def _looked_over(connection: Any, copy: Path) -> str:
    """The copy's digest, after its structure was looked at. DamagedDatabase."""
    if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
        raise DamagedDatabase
    return digest_of_file(copy)


@contextmanager
def _look_over(copy: Path, key: Secret) -> Iterator[Future[str]]:
    """Look the copy over on the other core while the block goes on; stopped at once when that ends in an error."""
    with as_it_lies(copy, key) as connection, beside(partial(_looked_over, connection, copy)) as looked_over:
        try:
            yield looked_over
        except BaseException:
            connection.interrupt()
            raise


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What reading a copy gave. parts: where each table's lines are in the spool."""

    schema: int
    head: Head
    tables: tuple[Entry, ...]
    parts: dict[str, tuple[int, int]]


def _scan(source: Source, copy: Path, key: Secret, spool: Spool, report: Report) -> _Scanned:
    """Every table's lines into the spool."""
    entries, parts = [], {}
    with as_it_lies(copy, key) as connection:
        tables = table_names(connection)
        for number, table in enumerate(tables):
            step = partial(report, number, len(tables), tr("Reading the records"))
            step()
            first = spool.mark()
            entries.append(_spooled(connection, table, spool, step))
            parts[entries[-1].name] = (first, spool.mark())
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        return _Scanned(schema, _head(connection, source.ring), tuple(entries), parts)


def _manifest(ring: KeyRing, about: About, found: _Scanned, entries: tuple[Entry, ...]) -> Manifest:
    return Manifest(
        about.program, found.schema, ring.practice_id, ring.epoch, about.counter, about.at.utc,
        about.at.offset_minutes, about.member_id, about.reason, found.head, entries,
    )  # fmt: skip


@contextmanager
def prepared(source: Source, about: About, report: Report = quiet) -> Iterator[Prepared]:
    """Copy and read the database, once each. Known errors; nothing is left in the scratch folder afterwards."""
    copy, disk = source.scratch / COPY, source.disk
    with explained():
        _require_room(source)
    try:
        with random_secret(KEY_BYTES) as key:
            with standing_still(source.database, source.ring.page_key) as view:
                copy_under(view, copy, key, disk, report)
            with explained(), Spool(source.scratch / SPOOL, disk) as spool:
                with _look_over(copy, key) as looked_over:
                    found = _scan(source, copy, key, spool, report)
                    digest = looked_over.result()
                content = {
                    names.KEYS: source.keys.content(), names.README: readme(), names.PAGE_KEY: hex_key(key),
                }
                fixed = [_entry(name, content[name]) for name in (names.KEYS, names.README, names.PAGE_KEY)]
                database = Entry(names.DATABASE, copy.stat().st_size, digest)
                whole = signed(_manifest(source.ring, about, found, (*fixed, *found.tables, database)), source.ring)
                yield Prepared(whole, content, found.parts, spool, copy, recipients(source.keys, source.ring), report)
    finally:
        with contextlib.suppress(OSError):  # the scratch folder is swept as a whole
            disk.remove(copy)
