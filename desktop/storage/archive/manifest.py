"""Knows an archive's manifest: what is inside, in which order, with which digests, and who vouches for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors_archive import ForeignArchive, NewerArchive, NotAnArchive
from desktop.domain.errors_practice import DamagedKeyFile
from desktop.storage.audit import Head
from desktop.storage.mapper import utc_text
from desktop.storage.vault.canonical import Fields, JsonObject, read, spell
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.primitives import signed_by

FORMAT = "holdfast-archive"
VERSION = 2  # in the first one the database lay under a key of its own, which came as a file before the tables
KEYS, MANIFEST, README, PAGE_KEY, DATABASE = (
    "practice.keys.json", "manifest.json", "READ-ME.txt", "database.key", "practice.db",
)  # fmt: skip
MOST_TABLES = 200
MOST_MANIFEST = 256 * 1024
NO_ROWS = -1
SIGNATURE_BYTES = 64
_MOST = 1 << 60
_TABLE = re.compile(r"tables/[a-z][a-z0-9_]{0,60}\.jsonl")
_FIELDS = (
    "format version program schema practice epoch counter made offset_minutes member reason audit_number audit_mac "
    "entries signature"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file inside. rows: how many lines a table has, NO_ROWS for anything else; digest: sha256 of it, hex."""

    name: str
    size: int
    digest: str
    rows: int = NO_ROWS

    @property
    def table(self) -> str:
        """The table's name, '' for anything else."""
        return self.name.removeprefix("tables/").removesuffix(".jsonl") if self.rows != NO_ROWS else ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. made: UTC as text of one width; reason: asked, schedule, close or migration."""

    program: str
    schema: int
    practice_id: str
    epoch: int
    counter: int
    made: datetime
    offset_minutes: int
    member_id: str
    reason: str
    head: Head
    entries: tuple[Entry, ...]
    signature: bytes = bytes(SIGNATURE_BYTES)
    version: int = VERSION

    def body(self) -> JsonObject:
        """Everything that the signature covers."""
        return {
            "format": FORMAT, "version": self.version, "program": self.program, "schema": self.schema,
            "practice": self.practice_id, "epoch": self.epoch, "counter": self.counter, "made": utc_text(self.made),
            "offset_minutes": self.offset_minutes, "member": self.member_id, "reason": self.reason,
            "audit_number": self.head.number, "audit_mac": self.head.mac,
            "entries": [
                {"name": each.name, "size": each.size, "sha256": each.digest, "rows": each.rows}
                for each in self.entries
            ],
        }  # fmt: skip

    def content(self) -> bytes:
        """The bytes of manifest.json."""
        return spell({**self.body(), "signature": self.signature.hex()})

    def message(self) -> bytes:
        """What is signed."""
        return b"holdfast archive manifest %d\n" % self.version + spell(self.body())

    @property
    def tables(self) -> tuple[Entry, ...]:
        """The tables' files."""
        return tuple(each for each in self.entries if each.rows != NO_ROWS)

    @property
    def rows(self) -> int:
        """Lines in all tables together."""
        return sum(each.rows for each in self.tables)

    def entry(self, name: str) -> Entry:
        """The file of that name; NotAnArchive."""
        for each in self.entries:
            if each.name == name:
                return each
        raise NotAnArchive


def signed(manifest: Manifest, ring: KeyRing) -> Manifest:
    """The same with the practice's signature (Ed25519)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    with ring.subkey(Label.ARCHIVE_SIGNING) as seed:
        key = Ed25519PrivateKey.from_private_bytes(seed.reveal())
    return replace(manifest, signature=key.sign(manifest.message()))


def require_own(manifest: Manifest, ring: KeyRing) -> None:
    """Raise ForeignArchive unless the practice of this key ring signed the manifest."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    with ring.subkey(Label.ARCHIVE_SIGNING) as seed:
        public = Ed25519PrivateKey.from_private_bytes(seed.reveal()).public_key().public_bytes_raw()
    same = (manifest.practice_id, manifest.epoch) == (ring.practice_id, ring.epoch)
    if not same or not signed_by(public, manifest.signature, manifest.message()):
        raise ForeignArchive


def _read_entry(value: object) -> Entry:
    fields = Fields(value, "name size sha256 rows")
    name, rows = fields.text("name", 80), fields.whole("rows", NO_ROWS, _MOST)
    if (rows != NO_ROWS) != bool(_TABLE.fullmatch(name)):
        raise NotAnArchive
    return Entry(name, fields.whole("size", 0, _MOST), fields.raw("sha256", 32).hex(), rows)


def _require_order(entries: Iterable[Entry], version: int) -> None:
    """The fixed files stand where they must, each name once: nothing else can be inside."""
    names = [each.name for each in entries]
    tables = [name for name in names if _TABLE.fullmatch(name)]
    first = [KEYS, README, PAGE_KEY] if version == 1 else [KEYS, README]
    if names != [*first, *tables, DATABASE] or tables != sorted(set(tables)):
        raise NotAnArchive


def parse(content: bytes) -> Manifest:
    """The manifest that these bytes are; NotAnArchive, NewerArchive. Its signature is not looked at here."""
    try:
        value = read(content)
        version = value.get("version")
        if value.get("format") == FORMAT and type(version) is int and version > VERSION:
            raise NewerArchive
        fields = Fields(value, _FIELDS)
        if fields.text("format", 40) != FORMAT:
            raise NotAnArchive
        manifest = Manifest(
            program=fields.text("program", 40), schema=fields.whole("schema", 1, 1 << 31),
            practice_id=fields.text("practice", 64), epoch=fields.whole("epoch", 1, 1 << 31),
            counter=fields.whole("counter", 1, _MOST), made=datetime.fromisoformat(fields.text("made", 40)),
            offset_minutes=fields.whole("offset_minutes", -1440, 1440), member_id=fields.text("member", 64),
            reason=fields.text("reason", 20),
            head=Head(fields.whole("audit_number", 0, _MOST), fields.raw("audit_mac", 32).hex()),
            entries=tuple(_read_entry(each) for each in fields.many("entries", MOST_TABLES)),
            signature=fields.raw("signature", SIGNATURE_BYTES), version=fields.whole("version", 1, VERSION),
        )  # fmt: skip
    except (DamagedKeyFile, ValueError, OverflowError):
        raise NotAnArchive from None
    _require_order(manifest.entries, manifest.version)
    if manifest.made.tzinfo is None or manifest.content() != content:
        raise NotAnArchive
    return manifest
