"""Knows how an archive is put together: the database as it lies, its tables as lines, a signed list, one stream.

    with prepared(source, about, scratch) as archive:
        with disk.create(path) as file:
            archive.write(file)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from desktop.domain.errors_archive import PlaceFull
from desktop.domain.moment import Moment
from desktop.domain.words import tr
from desktop.services.ports_archives import Report
from desktop.storage.archive import manifest as names
from desktop.storage.archive.agefile import recipients
from desktop.storage.archive.agewriting import encrypt
from desktop.storage.archive.aside import HandedOn, beside
from desktop.storage.archive.copying import quiet
from desktop.storage.archive.holding import PATIENCE, Still, held_still
from desktop.storage.archive.manifest import Entry, Manifest, signed
from desktop.storage.archive.readme import text as readme
from desktop.storage.archive.rows import lines, require_sound, table_names
from desktop.storage.archive.spool import Spool
from desktop.storage.archive.tarball import END, header, padding
from desktop.storage.archive.zstd import ENCRYPTED, QUICK, Packer, frame
from desktop.storage.audit import Chain, Head
from desktop.storage.disk import Disk
from desktop.storage.faults import SPACE_FOR_A_STEP, explained
from desktop.storage.vault.keyfile import KeyFile
from desktop.storage.vault.keyring import KeyRing, Label

_PIECE = 1 << 20
SPOOL = "lines.spool"


@dataclass(frozen=True, slots=True)
class Source:
    """The practice that is archived. file: its database, open for reading; scratch: an empty folder beside it.

    patience: how often it is tried to hold the database still while others read.
    """

    database: Path
    file: IO[bytes]
    ring: KeyRing
    keys: KeyFile
    disk: Disk
    scratch: Path
    patience: int = PATIENCE


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
    """Everything that goes into an archive, its sizes and digests known; the database is held still meanwhile."""

    manifest: Manifest
    content: dict[str, bytes]
    parts: dict[str, tuple[int, int]]
    spool: Spool
    still: Still
    to: tuple[str, ...]
    report: Report

    @property
    def size(self) -> int:
        """About how many bytes the archive will have, or a little fewer."""
        return self.spool.size + self.still.size + sum(map(len, self.content.values())) + _PIECE

    def write(self, file: IO[bytes]) -> None:
        """Write the archive. OSError of the file, with its number."""
        encrypt(self._pieces(), file, self.to)

    def _pieces(self) -> Iterator[bytes]:
        yield self._plain(names.KEYS)
        content = self.manifest.content()
        yield frame(header(names.MANIFEST, len(content)) + content + padding(len(content)))
        yield self._plain(names.README)
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
        packer = Packer(ENCRYPTED)
        yield packer.add(header(entry.name, entry.size))
        done = 0
        for piece in self.still.pieces():
            done += len(piece)
            self.report(done, entry.size, tr("Writing the archive"))
            yield packer.add(piece)
        yield packer.add(padding(entry.size)) + packer.end()


def _require_room(source: Source) -> None:
    """Raise PlaceFull unless the lines fit beside the database for a while; compressed they take a quarter of it."""
    needed = source.database.stat().st_size // 3 + SPACE_FOR_A_STEP
    if source.disk.free(source.scratch) < needed:
        raise PlaceFull(needed, here=True)


def _head(connection: Any, ring: KeyRing) -> Head:
    row = connection.execute("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    if row is None:
        with ring.subkey(Label.AUDIT) as key:
            return Chain(ring.practice_id, bytes(key.reveal())).start
    return Head(int(row[0]), bytes(row[1]).hex())


class _Packing:
    """A table's lines on their way into the spool, and what the list says of them."""

    def __init__(self, table: str, spool: Spool) -> None:
        self._table, self._spool = table, spool
        self._first = spool.mark()
        self._size, self._digest, self._packer = 0, hashlib.sha256(), Packer(QUICK)

    def take(self, content: bytes) -> None:
        """Some lines."""
        self._size += len(content)
        self._digest.update(content)
        self._spool.add(self._packer.add(content))

    def end(self, rows: int) -> tuple[Entry, tuple[int, int]]:
        """The entry of the list, and where the lines are in the spool."""
        self._spool.add(self._packer.end())
        entry = Entry(f"tables/{self._table}.jsonl", self._size, self._digest.hexdigest(), rows)
        return entry, (self._first, self._spool.mark())


def _entry(name: str, content: bytes) -> Entry:
    return Entry(name, len(content), hashlib.sha256(content).hexdigest())


def _digest(still: Still) -> str:
    found = hashlib.sha256()
    with explained():
        for piece in still.pieces():
            found.update(piece)
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What reading a database gave. parts: where each table's lines are in the spool."""

    schema: int
    head: Head
    tables: tuple[Entry, ...]
    parts: dict[str, tuple[int, int]]


def _scan(source: Source, connection: Any, spool: Spool, report: Report) -> _Scanned:
    """Every table's lines into the spool: read here, packed on another thread."""
    entries, parts = [], {}
    tables = table_names(connection)
    for number, table in enumerate(tables):
        step = partial(report, number, len(tables), tr("Reading the records"))
        step()
        rows, packing = 0, _Packing(table, spool)
        with HandedOn(packing.take) as other:
            for count, content in lines(connection, table, step):
                rows += count
                other.give(content)
            other.end()
        entry, part = packing.end(rows)
        entries.append(entry)
        parts[entry.name] = part
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    return _Scanned(schema, _head(connection, source.ring), tuple(entries), parts)


def _manifest(ring: KeyRing, about: About, found: _Scanned, entries: tuple[Entry, ...]) -> Manifest:
    return Manifest(
        about.program, found.schema, ring.practice_id, ring.epoch, about.counter, about.at.utc,
        about.at.offset_minutes, about.member_id, about.reason, found.head, entries,
    )  # fmt: skip


@contextmanager
def prepared(source: Source, about: About, report: Report = quiet) -> Iterator[Prepared]:
    """Hold the database still while the block lasts, and read its records once.

    Known errors, DamagedDatabase among them; nothing is left in the scratch folder afterwards.
    """
    with explained():
        _require_room(source)
    ring, disk = source.ring, source.disk
    held = held_still(source.database, source.file, ring.page_key, source.scratch, disk, report, source.patience)
    with held as still, explained(), Spool(source.scratch / SPOOL, disk) as spool:
        with beside(partial(_digest, still)) as digest:
            found = _scan(source, still.connection, spool, report)
            require_sound(still.connection, {entry.table: entry.rows for entry in found.tables}, still.size)
            database = Entry(names.DATABASE, still.size, digest.result())
        content = {names.KEYS: source.keys.content(), names.README: readme()}
        fixed = [_entry(name, content[name]) for name in (names.KEYS, names.README)]
        whole = signed(_manifest(ring, about, found, (*fixed, *found.tables, database)), ring)
        yield Prepared(whole, content, found.parts, spool, still, recipients(source.keys, ring), report)
